"""Speakers of an event: written down once, with what a programme book says of them."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Redirection
from wtforms import Form

from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.office.event_fields import in_both
from tourreg.db import writing
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries import queries
from tourreg.domain.itineraries.models import Speaker
from tourreg.domain.itineraries.plans import SpeakerPlan, speaker_plan
from tourreg.domain.itineraries.speakers import remove_speaker, write_speaker
from tourreg.kernel import clock
from tourreg.kernel.bilingual import Text

blueprint = Blueprint("office_speakers", __name__)
TEXTS = ("name", "title", "organisation", "bio")
NEW = "new"


class SpeakerForm(Form):
    name_en, name_zh = in_both(_l("Name"), most=120, printed=True)
    title_en, title_zh = in_both(_l("Title"), most=200, printed=True)
    organisation_en, organisation_zh = in_both(_l("Organisation"), most=200, printed=True)
    bio_en, bio_zh = in_both(
        _l("About the speaker"), most=1_000, rows=4, printed=True, hint=_l("Two or three sentences for the book.")
    )

    def plan(self) -> SpeakerPlan:
        """Return what the form says; only after it was found right."""
        return SpeakerPlan(**{name: Text(self[f"{name}_en"].data, self[f"{name}_zh"].data) for name in TEXTS})


@blueprint.get("/events/<public_id>/speakers")
@office()
def index(public_id: str) -> str:
    event = _event(public_id)
    speakers, spoken = queries.speakers_of(event), queries.appearances_of(event)
    return render_template("office/itineraries/speakers.html", event=event, speakers=speakers, spoken=spoken)


@blueprint.get("/events/<public_id>/speakers/<speaker>")
@office()
def edit(public_id: str, speaker: str) -> Response:
    event = _event(public_id)
    found = _speaker(event, speaker)
    return _page(event, found, SpeakerForm(_typed_of(found)))


@blueprint.post("/events/<public_id>/speakers/<speaker>")
@office("programme")
def save(public_id: str, speaker: str) -> Response | Redirection:
    """Write the speaker down, or take it off where that is asked."""
    event, form = _event(public_id), SpeakerForm(request.form)
    found = _speaker(event, speaker)
    if found is not None and request.form.get("do") == "remove":
        with writing():
            remove_speaker(found, now=clock.utc_now(), by=acting())
        flash(_("The speaker is taken off."))
        return redirect(url_for(".index", public_id=public_id), 303)
    if not _is_right(form):
        return _page(event, found, form, 422)
    with writing():
        write_speaker(event, found, form.plan(), now=clock.utc_now(), by=acting())
    flash(_("Saved."))
    return redirect(url_for(".index", public_id=public_id), 303)


def _event(public_id: str) -> Event:
    return desk.event(public_id) or abort(404)


def _speaker(event: Event, public_id: str) -> Speaker | None:
    """Return the speaker that an address names; None where it asks for a new one."""
    return None if public_id == NEW else queries.speaker_of(event, public_id) or abort(404)


def _is_right(form: Any) -> bool:
    form.validate()
    if not form.name_en.data and not form.name_zh.data and not form.name_en.errors:
        form.name_en.errors = [_("Type the name, in English or in Chinese.")]
    return not any(control.errors for control in form)


def _typed_of(speaker: Speaker | None) -> MultiDict[str, str]:
    typed: MultiDict[str, str] = MultiDict()
    plan = speaker_plan(speaker) if speaker else SpeakerPlan(Text())
    for name in TEXTS:
        typed.update({f"{name}_en": getattr(plan, name).en, f"{name}_zh": getattr(plan, name).zh})
    return typed


def _page(event: Event, speaker: Speaker | None, form: SpeakerForm, status: int = 200) -> Response:
    page = render_template("office/itineraries/speaker.html", event=event, speaker=speaker, form=form)
    return make_response(page, status)

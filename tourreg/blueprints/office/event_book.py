"""What the programme book of an event says beside its days, written down in both languages."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Redirection
from wtforms import Form

from tourreg.blueprints.fields import Line
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.office.event_fields import in_both
from tourreg.blueprints.office.other_editor import other_editor
from tourreg.db import writing
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries.book import TEXTS, BookEditedMeanwhile, BookPlan, book_of, write_book
from tourreg.kernel import clock
from tourreg.kernel.bilingual import Text
from tourreg.kernel.plans import fingerprint

blueprint = Blueprint("office_event_book", __name__)
LONGEST, LONGEST_LINE = 6_000, 120
LABELS = {
    "purpose": _l("Purpose"),
    "objectives": _l("Learning objectives, one on each line"),
    "questions": _l("Questions that the group wants answered, one on each line"),
    "welcome": _l("Welcome letter, one paragraph on each line"),
    "signatory": _l("Who signs it: name, then title on the next line"),
    "reading": _l("Reading list, one title on each line"),
    "glossary": _l("Glossary, one term on each line, in the same order in both languages"),
    "escort_name": _l("Escort"),
    "emergency": _l("Whom to call, one on each line: who, then the number"),
    "insurance": _l("Insurance"),
    "lost_passport": _l("Lost passport"),
    "etiquette": _l("Etiquette"),
    "currency": _l("Money and paying"),
    "plugs": _l("Plugs and water"),
    "sponsors": _l("Partners by level, one level on each line"),
}
SHORT = ("escort_name",)


def _texts() -> dict[str, Any]:
    """Return the fields of every text of the book, in both languages."""
    made: dict[str, Any] = {}
    for name, label in LABELS.items():
        most, rows = (LONGEST_LINE, 0) if name in SHORT else (LONGEST, 4)
        made[f"{name}_en"], made[f"{name}_zh"] = in_both(label, most=most, rows=rows, printed=True)
    return made


class _BookForm(Form):
    escort_phone = Line(_l("Telephone of the escort, answered day and night"), most=40, wide=False, printed=True)


BookForm: Any = type("BookForm", (_BookForm,), _texts())


@blueprint.get("/events/<public_id>/book")
@office()
def edit(public_id: str) -> Response:
    event = desk.event(public_id) or abort(404)
    plan = book_of(event)
    return _page(event, BookForm(_typed_of(plan)), seen=fingerprint(plan))


@blueprint.post("/events/<public_id>/book")
@office("programme")
def save(public_id: str) -> Response | Redirection:
    event = desk.event(public_id) or abort(404)
    form, seen = BookForm(request.form), request.form.get("seen", "") or "nothing"
    if not form.validate():
        return _page(event, form, 422, seen=seen)
    try:
        with writing():
            changing = desk.event_to_change(public_id)
            write_book(changing, _plan(form), seen=seen, now=clock.utc_now(), by=acting())
    except BookEditedMeanwhile as refusal:
        event = desk.event(public_id) or abort(404)
        who = other_editor(refusal, event.zone)
        theirs = _differences(form, BookForm(_typed_of(refusal.now)))
        return _page(event, form, 409, seen=fingerprint(refusal.now), who=who, theirs=theirs)
    flash(_("Saved."))
    return redirect(url_for(".edit", public_id=public_id), 303)


def _plan(form: Any) -> BookPlan:
    said = {name: Text(form[f"{name}_en"].data or "", form[f"{name}_zh"].data or "") for name in TEXTS}
    return BookPlan(**said, escort_phone=form.escort_phone.data or "")


def _typed_of(plan: BookPlan) -> MultiDict[str, str]:
    """Return the fields as they would have been typed for what is written down."""
    typed: MultiDict[str, str] = MultiDict({"escort_phone": plan.escort_phone})
    for name in TEXTS:
        text = getattr(plan, name)
        typed.update({f"{name}_en": text.en, f"{name}_zh": text.zh})
    return typed


def _differences(form: Any, saved: Any) -> list[tuple[str, str]]:
    """Return what is saved now where it is not what was typed: the name of each field and what stands in it."""
    return [
        (str(control.label.text), str(saved[control.name].data or ""))
        for control in form
        if (control.data or "") != (saved[control.name].data or "")
    ]


def _page(event: Event, form: Any, status: int = 200, **more: Any) -> Response:
    return make_response(render_template("office/itineraries/book.html", event=event, form=form, **more), status)

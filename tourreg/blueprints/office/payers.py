"""Payers kept for next time: their details, what they demand of invoices, and where that is published."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Redirection
from wtforms import HiddenField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice

from tourreg.blueprints.fields import Line, Lines
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.office.acceptance_words import DEMANDS
from tourreg.blueprints.office.event_fields import Day, WholeNumber
from tourreg.blueprints.office.payer_form import FILL, PayersFields, is_sent
from tourreg.blueprints.submissions import submission_key
from tourreg.db import writing
from tourreg.domain.billing import payers
from tourreg.domain.billing.payer_models import PayerProfile
from tourreg.domain.billing.payers import BillTo, Kept
from tourreg.domain.billing.published_demands import PUBLISHED, published
from tourreg.kernel import clock
from tourreg.kernel.numbers import new_public_id

blueprint = Blueprint("office_payers", __name__)

LONGEST_TERMS_DAYS = 365
_PLAIN = [one.name for one in fields(BillTo) if one.name not in payers.OF_AN_ORDER]
_OF_DEMANDS = ("source_title", "source_address", "note")


class ProfileForm(PayersFields):
    """A payer, and what it demands of an invoice."""

    demands = SelectMultipleField(
        _l("What they demand of an invoice"), choices=[SelectChoice(name, words) for name, words in DEMANDS.items()]
    )
    terms_days = WholeNumber(_l("They pay within, in days"), most=LONGEST_TERMS_DAYS)
    w9_sent_on = Day(_l("Our W-9 went to them on"))
    source_title = Line(_l("Where they publish it: title"), most=200)
    source_address = Line(_l("Where they publish it: address"), most=500, wide=False)
    source_on = Day(_l("Read there on"))
    note = Lines(_l("Note"), most=1000)
    preset = SelectField(_l("Published demands of"), choices=[], validate_choice=False)
    submission_key = HiddenField()

    def kept(self) -> Kept:
        """Return what the form says; only after it was found right."""
        known: Any = self
        return Kept(
            bill_to=BillTo(**{name: self[name].data for name in _PLAIN}),
            demands=tuple(known.demands.data),
            terms_days=known.terms_days.value,
            w9_sent_on=known.w9_sent_on.value,
            source_on=known.source_on.value,
            **{name: self[name].data for name in _OF_DEMANDS},
        )


@blueprint.get("/money/payers")
@office("finance", "read-only")
def index() -> str:
    text = request.args.get("q", "")[:100]
    return render_template(
        "office/payers/index.html", profiles=payers.profiles(text), text=text, most=payers.MOST_LISTED
    )


@blueprint.route("/money/payers/new", methods=["GET", "POST"])
@office("finance")
def new() -> Response | Redirection:
    form = _form(MultiDict({"submission_key": new_public_id()}))
    if not is_sent(form):
        return _page(None, form)
    with writing():
        key = submission_key(request.form)
        profile = payers.keep_payer(form.kept(), submission_key=key, now=clock.utc_now(), by=acting())
        public_id = profile.public_id
    flash(_("The payer is kept."))
    return redirect(url_for(".edit", public_id=public_id), 303)


@blueprint.route("/money/payers/<public_id>", methods=["GET", "POST"])
@office("finance")
def edit(public_id: str) -> Response | Redirection:
    profile = payers.profile_by_public_id(public_id) or abort(404)
    form = _form(_typed_of(payers.kept_in(profile)))
    if not is_sent(form):
        return _page(profile, form)
    with writing():
        found = payers.profile_by_public_id(public_id) or abort(404)
        payers.change_payer(found, form.kept(), now=clock.utc_now(), by=acting())
    flash(_("Saved. Bills that came from it stay as they are."))
    return redirect(url_for(".edit", public_id=public_id), 303)


def _form(known: MultiDict[str, str]) -> ProfileForm:
    typed = MultiDict(request.form) if request.method == "POST" else known
    if request.form.get("do") == FILL:
        typed = _with_published(typed)
    form = ProfileForm(typed)
    form.preset.choices = [SelectChoice("", _("None")), *(SelectChoice(one.key, one.payer) for one in PUBLISHED)]
    return form


def _with_published(typed: MultiDict[str, str]) -> MultiDict[str, str]:
    """Return what was typed, with the published demands of a payer in place of those that stood there."""
    one = published(typed.get("preset", ""))
    if one is None:
        return typed
    typed["name"] = typed.get("name") or one.payer
    typed.setlist("demands", list(one.demands))
    typed["terms_days"] = "" if one.terms_days is None else str(one.terms_days)
    typed["source_title"], typed["source_address"], typed["note"] = one.title, one.address, one.note
    typed["source_on"] = one.read_on.isoformat() if one.read_on else ""
    return typed


def _typed_of(kept: Kept) -> MultiDict[str, str]:
    typed: MultiDict[str, str] = MultiDict({name: getattr(kept.bill_to, name) for name in _PLAIN})
    typed.update({name: getattr(kept, name) for name in _OF_DEMANDS})
    typed.setlist("demands", list(kept.demands))
    typed["terms_days"] = "" if kept.terms_days is None else str(kept.terms_days)
    days: dict[str, date | None] = {"w9_sent_on": kept.w9_sent_on, "source_on": kept.source_on}
    typed.update({name: day.isoformat() if day else "" for name, day in days.items()})
    return typed


def _page(profile: PayerProfile | None, form: ProfileForm) -> Response:
    page = render_template("office/payers/payer.html", profile=profile, form=form)
    return make_response(page, 422 if form.errors else 200)

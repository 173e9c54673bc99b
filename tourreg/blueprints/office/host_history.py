"""What a city has hosted, its certificates, and whether to invite it to pair with a city of the other country."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Redirection
from wtforms import Form, HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from tourreg.blueprints.certificate_words import STATES as CERTIFICATE_STATES
from tourreg.blueprints.fields import Lines
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.languages import language
from tourreg.blueprints.office.histories import actor_words
from tourreg.blueprints.office.pairing_words import drafts, partner_words, reason_words
from tourreg.db import writing
from tourreg.domain.accounts.queries import staff_names
from tourreg.domain.audit.queries import moves_of
from tourreg.domain.certificates import queries as certificates
from tourreg.domain.cities import queries as cities
from tourreg.domain.cities.models import City
from tourreg.domain.hosting import pairing
from tourreg.domain.hosting.history import hosted
from tourreg.domain.hosting.pairing import LONGEST_NOTE, AnsweredMeanwhile, Partner
from tourreg.domain.hosting.pairing_models import Pairing
from tourreg.domain.hosting.sent_city_letters import letters_to_city
from tourreg.kernel import clock
from tourreg.kernel.clock import local_day

blueprint = Blueprint("office_host_history", __name__)
STATES = {
    "open": ("news", _l("Open")),
    "invited": ("good", _l("Invited to pair")),
    "dismissed": ("over", _l("Not to be invited")),
}


class PairingForm(Form):
    """What the office makes of the suggestion.

    seen  the state that the page shows
    """

    state = SelectField(_l("What was decided"), choices=[], validate_choice=False)
    partner = SelectField(_l("Partner city"), choices=[], validate_choice=False)
    note = Lines(_l("Note"), most=LONGEST_NOTE, hint=_l("Why not, or what was agreed; the history keeps it."))
    seen = HiddenField()

    def validate_state(self, control: Any) -> None:
        if control.data not in {choice.value for choice in control.choices}:
            raise StopValidation(_("Choose one of the list."))

    def validate_note(self, control: Any) -> None:
        if self.state.data == "dismissed" and not control.data:
            raise StopValidation(_("Say in a word why."))


@blueprint.get("/cities/<public_id>/history")
@office()
def show(public_id: str) -> Response:
    city = _city(public_id)
    return _page(city, None)


@blueprint.post("/cities/<public_id>/pairing")
@office("programme")
def answer(public_id: str) -> Response | Redirection:
    """Note what was decided of the suggestion; sent twice, it is noted once."""
    city = _city(public_id)
    form = _form(pairing.pairing_of(city), pairing.partners_for(city), request.form)
    if not form.validate():
        return _page(city, form, 422)
    try:
        _write(public_id, form)
    except AnsweredMeanwhile as refusal:
        state = STATES[refusal.state][1]
        form.form_errors.append(_("Somebody was faster: it now says “%(state)s”. Look at it first.", state=state))
        return _page(_city(public_id), form, 409)
    flash(_("Noted."))
    return redirect(url_for(".show", public_id=public_id), 303)


def _write(public_id: str, form: PairingForm) -> None:
    typed: Any = form
    with writing():
        city = cities.city_to_change(public_id)
        partner = cities.by_public_id(typed.partner.data) if typed.partner.data else None
        pairing.answer(
            city, typed.state.data, note=typed.note.data or "", partner=partner, seen=typed.seen.data or "open",
            now=clock.utc_now(), by=acting(),
        )  # fmt: skip


def _city(public_id: str) -> City:
    return cities.by_public_id(public_id) or abort(404)


def _form(known: Pairing | None, partners: Sequence[Partner], typed: Any = None) -> PairingForm:
    form, state = PairingForm(typed), known.state if known else "open"
    next_ones = pairing.PAIRING.moves[state]
    words = {"invited": _("It was invited"), "dismissed": _("Do not invite it"), "open": _("Open the question again")}
    controls: Any = form
    controls.state.choices = [SelectChoice(name, words[name]) for name in next_ones]
    controls.partner.choices = [
        SelectChoice("", _("None named")),
        *(SelectChoice(one.city.public_id, one.city.name.in_(language())) for one in partners),
    ]
    if typed is None:
        form.seen.data = state
        if partners:
            form.partner.data = partners[0].city.public_id
    return form


def _page(city: City, form: PairingForm | None, status: int = 200) -> Response:
    visits = hosted(city, today=local_day(clock.utc_now(), city.zone))
    given, known = certificates.of_city(city), pairing.pairing_of(city)
    suggested = pairing.is_suggested(visits)
    partners = pairing.partners_for(city) if suggested or known else []
    moves = moves_of(known.public_id) if known else ()
    letters = letters_to_city(city)
    names = staff_names({*(move.by for move in moves), *(letter.written_by for letter in letters)})
    page = render_template(
        "office/cities/history.html",
        city=city,
        hosted=visits,
        given=given,
        successors=certificates.successors(given),
        certificate_states=CERTIFICATE_STATES,
        suggested=suggested,
        pairing=known,
        state=known.state if known else "open",
        states=STATES,
        reason=reason_words(visits) if suggested else "",
        partners=[(one, partner_words(one)) for one in partners],
        drafts=drafts(city, visits, partners) if suggested else [],
        moves=moves,
        letters=letters,
        who=lambda actor: actor_words(actor, names),
        form=form or _form(known, partners),
    )
    return make_response(page, status)

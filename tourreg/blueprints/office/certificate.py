"""One certificate: what it says, what became of it; revoking it, and issuing it anew with other words."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Redirection
from wtforms import Form

from tourreg.blueprints.attempts import with_free_name
from tourreg.blueprints.certificate_words import STATES
from tourreg.blueprints.fields import Lines
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.office.certificates import PrintForm
from tourreg.blueprints.office.event_fields import WholeNumber, in_both
from tourreg.blueprints.office.histories import actor_words
from tourreg.blueprints.office.papers import paper_address
from tourreg.blueprints.submissions import submission_key
from tourreg.db import writing
from tourreg.domain.accounts.queries import staff_names
from tourreg.domain.certificates import commands, queries
from tourreg.domain.certificates.models import Certificate
from tourreg.domain.certificates.rules import (
    LONGEST_CITATION,
    LONGEST_HOLDER,
    LONGEST_REASON,
    NoLongerStands,
    NothingNew,
    Wording,
)
from tourreg.domain.hosting.history import hosts_of
from tourreg.domain.hosting.rules import LARGEST_GROUP
from tourreg.kernel import clock
from tourreg.kernel.bilingual import Text
from tourreg.kernel.numbers import new_public_id
from tourreg.kernel.refusals import Refusal
from tourreg.printing import verify_address

blueprint = Blueprint("office_certificate", __name__)


class RevokeForm(Form):
    """Why a certificate no longer holds, for the office and its auditors."""

    reason = Lines(_l("Reason"), most=LONGEST_REASON, needed=_l("Say why; the register keeps it."))


class ReplaceForm(PrintForm):
    """What the certificate that takes its place says."""

    holder_en, holder_zh = in_both(_l("Who holds it"), most=LONGEST_HOLDER, printed=True)
    people = WholeNumber(_l("People received"), most=LARGEST_GROUP, hint=_l("Left empty, no number is printed."))
    citation_en, citation_zh = in_both(
        _l("A sentence of your own"),
        most=LONGEST_CITATION,
        rows=2,
        hint=_l("Printed below what every certificate says."),
        printed=True,
    )
    why = Lines(_l("What was wrong"), most=LONGEST_REASON, needed=_l("Say what was wrong; the register keeps it."))

    def wording(self) -> Wording:
        """Return what the form says; only after it was found right."""
        typed: Any = self
        holder = Text(typed.holder_en.data or "", typed.holder_zh.data or "")
        citation = Text(typed.citation_en.data or "", typed.citation_zh.data or "")
        return Wording(holder, citation, typed.people.value or None)

    def validate_holder_en(self, control: Any) -> None:
        """Ask for a name in at least one language, and in both where both are printed."""
        missing = [one for one in (self.holder_en, self.holder_zh) if not one.data]
        if self.language.data == "both" and missing:
            missing[0].errors = [_("Type who holds it in both languages.")]
        elif len(missing) == 2:
            control.errors = [_("Type who holds it.")]


@blueprint.get("/certificates/<public_id>")
@office()
def page(public_id: str) -> Response:
    found = _found(public_id)
    return _page(found, RevokeForm(), _usual(found))


@blueprint.post("/certificates/<public_id>/revocation")
@office("programme")
def revoke(public_id: str) -> Response | Redirection:
    found, form = _found(public_id), RevokeForm(request.form)
    if not form.validate():
        return _page(found, form, _usual(found), 422)
    try:
        with writing():
            commands.revoke(queries.to_change(public_id), form.reason.data, now=clock.utc_now(), by=acting())
    except NoLongerStands as refusal:
        form.form_errors.append(_words(refusal))
        return _page(_found(public_id), form, _usual(found), 409)
    flash(_("It is revoked. Its verify page says so."))
    return redirect(url_for(".page", public_id=public_id), 303)


@blueprint.post("/certificates/<public_id>/replacement")
@office("programme")
def replace(public_id: str) -> Response | Redirection:
    """Issue the corrected certificate; the same form again leads to what its first sending issued."""
    found, form, key = _found(public_id), ReplaceForm(request.form), submission_key(request.form)
    if not form.validate() or any(control.errors for control in form):
        return _page(found, RevokeForm(), form, 422, key)
    by = acting()
    try:
        made = with_free_name(lambda: _replace(public_id, form, key, by))
    except (NoLongerStands, NothingNew) as refusal:
        form.form_errors.append(_words(refusal))
        return _page(_found(public_id), RevokeForm(), form, 409 if isinstance(refusal, NoLongerStands) else 422, key)
    flash(_("The corrected certificate is issued. Its files are made in a moment."))
    return redirect(url_for(".page", public_id=made), 303)


def _replace(public_id: str, form: ReplaceForm, key: str, by: str) -> str:
    """Return the public id of the certificate that takes the place of one."""
    with writing():
        found = queries.to_change(public_id)
        visit = next((one for one in hosts_of(found.event) if one.city_id == found.city_id), None) or abort(404)
        made = commands.replace(
            found, visit, form.wording(), form.printed(), form.why.data, submission_key=key, now=clock.utc_now(), by=by
        )
        return str(made.public_id)


def _words(refusal: Refusal) -> str:
    if isinstance(refusal, NothingNew):
        return _("Nothing is changed yet, so there is nothing to correct.")
    state = STATES[refusal.state][1]
    return _("Somebody was faster: it now says “%(state)s”. Look at it first.", state=state)


def _usual(found: Certificate) -> ReplaceForm:
    """Return the form with what the certificate says now."""
    typed = MultiDict(
        {
            "holder_en": found.holder.en,
            "holder_zh": found.holder.zh,
            "people": str(found.people or ""),
            "citation_en": found.citation.en,
            "citation_zh": found.citation.zh,
            "language": found.paper.language,
            "page_size": found.paper.page_size,
            "tell": "1",
        }
    )
    return ReplaceForm(typed)


def _page(
    found: Certificate, revoking: RevokeForm, replacing: ReplaceForm, status: int = 200, key: str = ""
) -> Response:
    names = staff_names({found.issued_by, found.ended_by or ""})
    shown = render_template(
        "office/certificates/certificate.html",
        certificate=found,
        paper=found.paper,
        successor=queries.successors([found]).get(found.id),
        address=paper_address,
        verify_at=verify_address(found.paper.verify_code or ""),
        revoking=revoking,
        replacing=replacing,
        states=STATES,
        who=lambda actor: actor_words(actor, names),
        submission_key=key or new_public_id(),
    )
    return make_response(shown, status)


def _found(public_id: str) -> Certificate:
    return queries.by_public_id(public_id) or abort(404)

"""Who pays what: the payer of a bill, lines that another payer takes over, and registrations billed together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Redirection
from wtforms import BooleanField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from tourreg import settling
from tourreg.adapters.payments import PaymentsError
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.languages import language
from tourreg.blueprints.office.acceptance_words import missed_words
from tourreg.blueprints.office.money_words import bill_asked_for, described, page_of, registration_or_404
from tourreg.blueprints.office.payer_form import PayerForm, is_sent, payer_form, typed_of
from tourreg.blueprints.outside import payments
from tourreg.blueprints.submissions import submission_key
from tourreg.blueprints.words import settings
from tourreg.db import writing
from tourreg.domain.billing import payers as kept_payers
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.models import Entry, Folio
from tourreg.domain.billing.payers import BillTo, Kept, bill_to_of, order_lines_of
from tourreg.domain.billing.rules import standing_lines
from tourreg.domain.registrations import queries as registrations
from tourreg.domain.registrations.models import Registration
from tourreg.domain.registrations.rules import working_day
from tourreg.domain.settlements import payers
from tourreg.domain.settlements.acceptance import missed_on
from tourreg.domain.settlements.bills import PayersBill, bill_of, lines_of
from tourreg.kernel import clock
from tourreg.kernel.clock import end_of_day, local_day
from tourreg.kernel.money import Money

blueprint = Blueprint("office_bills", __name__)

LONGEST_PO_LINE = 20
MOST_OFFERED = 100


class BillPayerForm(PayerForm):
    """The payer of a bill."""

    keep = BooleanField(_l("Keep this payer for next time"))


class AnotherPayerForm(PayerForm):
    """The payer who takes lines over."""

    lines = SelectMultipleField(_l("What the other payer pays"), choices=[])

    def validate_lines(self, field: SelectMultipleField) -> None:
        if not field.data:
            raise ValidationError(_("Choose at least one line."))


class TogetherForm(FlaskForm):
    """Other registrations to be billed on this bill."""

    others = SelectMultipleField(_l("Bill together with"), choices=[])

    def validate_others(self, field: SelectMultipleField) -> None:
        if not field.data:
            raise ValidationError(_("Choose at least one registration."))


@blueprint.route("/money/registrations/<public_id>/payer", methods=["GET", "POST"])
@office("finance")
def payer(public_id: str) -> Response | Redirection:
    """Name the payer of a bill, by whose rules, and which line of the order pays what."""
    registration = registration_or_404(public_id)
    folio = bill_asked_for(registration)
    bill = bill_of(folio.id)
    form = payer_form(BillPayerForm, typed_of(bill_to_of(folio), folio.profile))
    lines = [line for line in standing_lines(billing.entries_of(folio)) if line.amount_minor]
    typed_lines = {line.public_id: _po_line(line) for line in lines}
    too_long = [public_id for public_id, po_line in typed_lines.items() if len(po_line) > LONGEST_PO_LINE]
    if is_sent(form) and not too_long:
        _name_payer(folio, form, typed_lines)
        flash(_("Saved. What was issued stays as it is; papers to come name this payer."))
        return redirect(page_of(registration), 303)
    named = order_lines_of(folio)
    known = {line.public_id: named[line.id] for line in lines if line.id in named}
    page = render_template(
        "office/money/payer.html",
        form=form,
        lines=_described_lines(lines, bill),
        po_lines=typed_lines if request.method == "POST" else known,
        too_long=too_long,
        most=LONGEST_PO_LINE,
        missed=missed_words(missed_on(folio)),
        **described(registration),
    )
    return make_response(page, 422 if form.errors or too_long else 200)


@blueprint.route("/money/registrations/<public_id>/another-payer", methods=["GET", "POST"])
@office("finance")
def another_payer(public_id: str) -> Response | Redirection:
    """Let another payer pay some lines of a bill."""
    registration = registration_or_404(public_id)
    folio = bill_asked_for(registration)
    bill = bill_of(folio.id)
    lines = [line for line in lines_of(bill, registration) if line.amount_minor]
    form = payer_form(AnotherPayerForm, MultiDict({"country": folio.payer_country}))
    form.lines.choices = [SelectChoice(line.public_id, line.public_id) for line in lines]
    if is_sent(form) and _has_moved(registration, folio, form):
        return redirect(page_of(registration), 303)
    page = render_template(
        "office/money/another_payer.html",
        form=form,
        lines=_described_lines(lines, bill),
        **described(registration),
    )
    return make_response(page, 422 if form.errors or form.form_errors else 200)


@blueprint.route("/money/registrations/<public_id>/together", methods=["GET", "POST"])
@office("finance")
def together(public_id: str) -> Response | Redirection:
    """Bill other registrations of the event on this one's main bill."""
    registration = registration_or_404(public_id)
    text = request.args.get("q", "")[:100]
    offered = registrations.others_to_bill_with(registration, text, most=MOST_OFFERED)
    form = TogetherForm()
    form.others.choices = [SelectChoice(one.public_id, one.reference) for one in offered]
    if form.validate_on_submit() and _are_together(registration, form, offered):
        return redirect(page_of(registration), 303)
    page = render_template(
        "office/money/together.html",
        form=form,
        offered=offered,
        text=text,
        most=MOST_OFFERED,
        **described(registration),
    )
    return make_response(page, 422 if form.errors or form.form_errors else 200)


def _name_payer(folio: Folio, form: BillPayerForm, po_lines: dict[str, str]) -> None:
    now, by, bill_to = clock.utc_now(), acting(), form.bill_to()
    with writing():
        profile = form.chosen
        if form.keep.data and profile is None:
            key = submission_key(request.form)
            profile = kept_payers.keep_payer(Kept(_without_order(bill_to)), submission_key=key, now=now, by=by)
        payers.name_payer(folio.id, bill_to, profile, po_lines=po_lines, now=now, by=by)


def _without_order(bill_to: BillTo) -> BillTo:
    values = {**vars(bill_to), "po_number": "", "po_on": None, "requester": ""}
    return BillTo(**values)


def _has_moved(registration: Registration, folio: Folio, form: AnotherPayerForm) -> bool:
    """Move the lines; where that is refused, say so above the form and return False."""
    now = clock.utc_now()
    try:
        settling.close_pages_of([registration.id], payments(), now=now)
        with writing():
            payers.let_another_pay(
                registration.id,
                folio.id,
                form.lines.data,
                form.bill_to(),
                language=folio.language,
                held_until=_held_until(registration, now),
                now=now,
                by=acting(),
                profile=form.chosen,
            )
    except PaymentsError:
        form.form_errors.append(_("Stripe cannot be asked just now, so that nothing was changed. Try again soon."))
    except payers.NothingToMove:
        form.form_errors.append(_("Nothing was changed: these lines are on that payer’s bill, or stand no more."))
    else:
        flash(_("The other payer pays these lines now, and is written to."))
        return True
    return False


def _are_together(registration: Registration, form: TogetherForm, offered: Sequence[Registration]) -> bool:
    """Bill them together; where that is refused, say so above the form and return False."""
    now, ids = clock.utc_now(), [one.id for one in offered if one.public_id in form.others.data]
    try:
        settling.close_pages_of([registration.id, *ids], payments(), now=now)
        with writing():
            until = _held_until(registration, now)
            payers.bill_together(registration.id, ids, held_until=until, now=now, by=acting())
    except PaymentsError:
        form.form_errors.append(_("Stripe cannot be asked just now, so that nothing was changed. Try again soon."))
    except payers.PaidAlready as refusal:
        sentence = _("Something was paid for %(reference)s already. Leave it out, or send that back first.")
        form.form_errors.append(sentence % {"reference": refusal.reference})
    except payers.OtherBooks as refusal:
        sentence = _("%(reference)s belongs to another event, seller or currency.") % {"reference": refusal.reference}
        form.form_errors.append(sentence)
    except payers.AlreadyTogether:
        form.form_errors.append(_("They are billed together already."))
    else:
        flash(_("They stand on one bill now, and its payer is written to."))
        return True
    return False


def _held_until(registration: Registration, now: datetime) -> datetime:
    """Return until when a new payer's seats are held: as long as for an invoice."""
    zone = registration.event.zone
    days = settings().invoice_hold_working_days
    return end_of_day(working_day(local_day(now, zone), days), zone)


def _po_line(line: Entry) -> str:
    return request.form.get(f"po-line-{line.public_id}", "").strip()


def _described_lines(lines: Sequence[Entry], bill: PayersBill) -> list[tuple[Entry, str, Money]]:
    """Return each line with whom it is for and its amount."""
    people = [person for one in bill.registrations for person in one.participants]
    names = {person.public_id: person.name.in_(language()) for person in people}
    return [(line, names.get(line.subject, ""), Money(line.amount_minor, bill.folio.currency)) for line in lines]

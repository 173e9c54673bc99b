"""Who pays for what: lines that another payer takes over, and registrations billed together.

Open payment pages of the bills are to be closed at Stripe before, since they ask for the amounts of before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from tourreg.db import db
from tourreg.domain.audit.commands import move_to, note_change
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.commands import lock_folio, open_folio
from tourreg.domain.billing.invoicing import issue_invoice
from tourreg.domain.billing.models import Entry, Folio
from tourreg.domain.billing.payer_models import PayerProfile
from tourreg.domain.billing.payers import BillTo, bill_to_of, change_bill_to, follow_profile, name_order_lines
from tourreg.domain.billing.rules import with_discounts
from tourreg.domain.billing.taking_back import move_lines
from tourreg.domain.papers.models import Paper
from tourreg.domain.registrations import holds
from tourreg.domain.registrations import queries as registrations
from tourreg.domain.registrations.models import FurtherFolio, Registration, Seat
from tourreg.domain.settlements import desk, mails
from tourreg.domain.settlements.bills import PayersBill, bill_of, lines_of, lock_bill, lock_bills
from tourreg.domain.settlements.checkouts import prolong_hold
from tourreg.domain.settlements.credit import CREDIT
from tourreg.domain.settlements.invoices import close_to_former_payer, correct_invoices, invoice_as_one
from tourreg.domain.settlements.purposes import purpose_of
from tourreg.kernel.bilingual import Text
from tourreg.kernel.refusals import Refusal

ANOTHER_PAYS = "Another payer pays for this."
BILLED_TOGETHER = "Billed together with others."
# What credit notes say of them.
_REASONS = {
    ANOTHER_PAYS: Text(ANOTHER_PAYS, "此项由其他付款方支付。"),
    BILLED_TOGETHER: Text(BILLED_TOGETHER, "与其他报名合并开具账单。"),
}


class NothingToMove(Refusal):
    """None of the lines stands on the bill any more, or each stands on the payer's own already."""


class OtherBooks(Refusal):
    """Only registrations of one event, one seller and one currency share a bill; facts: reference."""


class PaidAlready(Refusal):
    """What was paid on a bill cannot be moved to another; facts: reference."""


class AlreadyTogether(Refusal):
    """The registrations share their bill already."""


def let_another_pay(
    registration_id: int,
    folio_id: int,
    lines: Collection[str],
    payer: BillTo,
    *,
    language: str,
    held_until: datetime,
    now: datetime,
    by: str,
    profile: PayerProfile | None = None,
) -> Folio:
    """Take lines back on one of a registration's bills and charge them on the payer's own for the event.

    What was invoiced is invoiced anew, to each what they pay now; seats that are held and paid for by the lines wait
    for the new payer. A payer whose bill for the event is known by name and address pays them on that.

    lines       public ids of the postings
    held_until  at least so long seats are held for the new payer
    raises      NothingToMove
    """
    known = db.session.get_one(Folio, folio_id)
    theirs = _folio_of(payer, known)
    source, target = _locked_pair(known, theirs, payer, language=language, now=now)
    registration = next(one for one in source.registrations if one.id == registration_id)
    moving = with_discounts(lines_of(source, registration), lines)
    if not moving or source.folio.id == target.id:
        raise NothingToMove
    if theirs is None:
        follow_profile(target, profile)
    _add_further(registration, target)
    for seat in _seats_of(moving, registration):
        seat.folio_id = None if target.id == registration.folio_id else target.id
    db.session.flush()
    invoiced = _take_off(source, target, moving, why=ANOTHER_PAYS, now=now, by=by)
    _welcome(bill_of(target.id), invoiced, held_until=held_until, now=now, by=by)
    note_change(registration.public_id, "payer", {"payer": known.payer_name}, {"payer": payer.name}, now=now, by=by)
    return target


def bill_together(lead_id: int, others: Collection[int], *, held_until: datetime, now: datetime, by: str) -> Folio:
    """Put all that registrations are billed for on their main bills onto the main bill of one of them.

    raises  OtherBooks, PaidAlready, AlreadyTogether
    """
    main_ids = [registrations.main_folio_of(one) for one in (lead_id, *others)]
    bills = lock_bills(set(main_ids))
    target = bills[main_ids[0]]
    joining = [
        (bill, registration)
        for bill in bills.values()
        for registration in bill.main_of
        if registration.id in others and bill.folio.id != target.folio.id
    ]
    if not joining:
        raise AlreadyTogether
    for bill, registration in joining:
        _require_same_books(bill.folio, target.folio, registration)
    for folio_id in sorted({target.folio.id, *(bill.folio.id for bill, _registration in joining)}):
        lock_folio(bills[folio_id].folio)
    invoiced = False
    for bill, registration in joining:
        moving = lines_of(bill, registration)
        _make_main(registration, target.folio)
        _follow_credit(bill.folio, target.folio, now=now, by=by)
        invoiced |= _take_off(bill, target.folio, moving, why=BILLED_TOGETHER, now=now, by=by)
        before, after = bill.folio.reference, target.folio.reference
        note_change(registration.public_id, "bill", {"bill": before}, {"bill": after}, now=now, by=by)
    joint = bill_of(target.folio.id)
    _seat(joint, held_until, now=now, by=by)
    is_invoiced = invoiced or bool(billing.live_invoices(joint.folio))
    papers = invoice_as_one(joint, _REASONS[BILLED_TOGETHER], now=now, by=by) if is_invoiced else []
    mails.lines_came(joint, papers, key=billing.entries_of(joint.folio)[-1].public_id, now=now)
    return target.folio


def name_payer(
    folio_id: int,
    bill_to: BillTo,
    profile: PayerProfile | None,
    *,
    po_lines: Mapping[str, str],
    now: datetime,
    by: str,
) -> None:
    """Name the payer of a bill otherwise on papers to come, by whose demands, and which line of the order pays what.

    po_lines  by the public ids of postings
    """
    bill = lock_bill(folio_id)
    lock_folio(bill.folio)
    before = bill_to_of(bill.folio)
    change_bill_to(bill.folio, bill_to)
    follow_profile(bill.folio, profile)
    note_change(bill.folio.public_id, "bill_to", before.plain(), bill_to.plain(), now=now, by=by)
    close_to_former_payer(bill, before.email, now=now, by=by)
    entries = {entry.public_id: entry.id for entry in billing.entries_of(bill.folio)}
    named = {entries[public_id]: line for public_id, line in po_lines.items() if public_id in entries}
    name_order_lines(bill.folio, named, now=now, by=by)


def _folio_of(payer: BillTo, known: Folio) -> Folio | None:
    return billing.folio_of_payer(
        payer.email, payer.name, event=known.event, issuer_id=known.issuer_id, currency=known.currency
    )


def _locked_pair(
    known: Folio, theirs: Folio | None, payer: BillTo, *, language: str, now: datetime
) -> tuple[PayersBill, Folio]:
    """Return the bill where the lines stand, and the payer's folio, opened if there is none, both locked."""
    bills = lock_bills({known.id, theirs.id} if theirs else {known.id})
    source = bills[known.id]
    for folio_id in sorted(bills):
        lock_folio(bills[folio_id].folio)
    if theirs is not None:
        return source, bills[theirs.id].folio
    prefix = source.lead.event.reference_prefix
    reference = registrations.free_reference(prefix)
    return source, open_folio(
        payer,
        issuer_id=known.issuer_id,
        event=known.event,
        currency=known.currency,
        language=language,
        reference=reference,
        now=now,
    )


def _add_further(registration: Registration, folio: Folio) -> None:
    known = {registration.folio_id, *(further.folio_id for further in registration.further_folios)}
    if folio.id not in known:
        registration.further_folios.append(FurtherFolio(folio_id=folio.id, folio=folio))
        db.session.flush()


def _make_main(registration: Registration, folio: Folio) -> None:
    """Make a folio the registration's main bill; the one of before stays known, for its papers."""
    before = registration.folio
    registration.further_folios = [one for one in registration.further_folios if one.folio_id != folio.id]
    registration.folio = folio
    registration.further_folios.append(FurtherFolio(folio_id=before.id, folio=before))
    db.session.flush()


def _seats_of(lines: Iterable[Entry], registration: Registration) -> list[Seat]:
    """Return the seats that lines charge for: of a fee the place at the event, of an add-on its own."""
    firsts = [(line.subject, registrations.add_on_of(billing.first_reference(line))) for line in lines]
    return [
        seat
        for participant in registration.participants
        for seat in participant.seats
        if (participant.public_id, seat.add_on.public_id if seat.add_on else "") in firsts
    ]


def _take_off(source: PayersBill, target: Folio, lines: list[Entry], *, why: str, now: datetime, by: str) -> bool:
    """Move lines from a bill to a folio, put its invoices right and tell its payer; tell whether any was invoiced."""
    was_invoiced = bool(_on_invoices(source.folio) & {line.id for line in lines})
    move_lines(lines, source.folio, target, why=why, now=now, by=by)
    if billing.overpaid(source.folio):
        _lay_overpaid_on_desk(source.folio, now)
    papers = correct_invoices(source, _REASONS[why], now=now, by=by)
    if papers or source.main_of:
        mails.lines_went(source, papers, key=billing.entries_of(source.folio)[-1].public_id, now=now)
    return was_invoiced


def _welcome(bill: PayersBill, invoiced: bool, *, held_until: datetime, now: datetime, by: str) -> None:
    """Hold or confirm the seats that the payer has to pay for now, invoice them where they were, and tell the payer."""
    _seat(bill, held_until, now=now, by=by)
    papers = _invoice(bill, now=now, by=by) if invoiced else []
    mails.lines_came(bill, papers, key=billing.entries_of(bill.folio)[-1].public_id, now=now)


def _seat(bill: PayersBill, held_until: datetime, *, now: datetime, by: str) -> None:
    """Confirm the seats of a bill that may be paid later, and hold those of another longer."""
    if bill.folio.credit_state == "granted":
        for registration in bill.registrations:
            holds.confirm(registration, now=now, by=by, folio_id=bill.folio.id)
    prolong_hold(bill, held_until, now=now)


def _on_invoices(folio: Folio) -> set[int]:
    return {line.entry_id for invoice in billing.live_invoices(folio) for line in invoice.lines}


def _invoice(bill: PayersBill, *, now: datetime, by: str) -> list[Paper]:
    invoice = issue_invoice(bill.folio, purpose_of(bill), now=now, by=by)
    return [invoice.paper] if invoice else []


def _lay_overpaid_on_desk(folio: Folio, now: datetime) -> None:
    overpaid = billing.overpaid(folio)
    facts = {"reference": folio.reference, "amount_minor": overpaid.minor, "currency": folio.currency}
    newest = billing.entries_of(folio)[-1].public_id
    desk.open_case("overpaid", key=f"overpaid:{newest}", folio_id=folio.id, facts=facts, now=now)


def _require_same_books(folio: Folio, target: Folio, registration: Registration) -> None:
    if (folio.event, folio.issuer_id, folio.currency) != (target.event, target.issuer_id, target.currency):
        raise OtherBooks(reference=registration.reference)
    if billing.standing(folio).kept:
        raise PaidAlready(reference=registration.reference)


def _follow_credit(folio: Folio, target: Folio, *, now: datetime, by: str) -> None:
    """Let the joint bill wait for its invoice, or for finance's answer, where the bill of before did."""
    if folio.credit_state in ("asked", "granted") and target.credit_state in ("none", "refused"):
        move_to(target, CREDIT, "asked", now=now, by=by)
    if folio.credit_state == "granted" and target.credit_state == "asked":
        move_to(target, CREDIT, "granted", now=now, by=by)

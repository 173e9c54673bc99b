"""Cancelling by the event's terms: everybody, one person or one add-on, what comes of it shown before it is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from tourreg.db import db
from tourreg.domain.billing.commands import lock_folio
from tourreg.domain.billing.models import Folio
from tourreg.domain.billing.taking_back import keep_fee, take_back
from tourreg.domain.registrations import holds
from tourreg.domain.registrations.chosen import fitting, seats_of
from tourreg.domain.registrations.commands import give_up
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import mails, queries
from tourreg.domain.settlements.bills import bills_of
from tourreg.domain.settlements.foreseeing import Ahead, BillAhead, Order, ahead_of, confirmed_of, fingerprint_of
from tourreg.domain.settlements.invoices import correct_invoices, invoice_rest
from tourreg.domain.settlements.models import Cancellation
from tourreg.domain.settlements.reckoning import GivenUp
from tourreg.domain.settlements.refunding import ask_for_refunds
from tourreg.kernel.bilingual import Text
from tourreg.kernel.numbers import new_public_id
from tourreg.kernel.refusals import Refusal

CANCELLED = Text("The registration %s was cancelled.", "报名%s已取消。")
PARTLY_CANCELLED = Text("Part of registration %s was cancelled.", "报名%s的一部分已取消。")


class NothingToCancel(Refusal):
    """The registration has neither seats nor money nor an invoice."""


class ForeseenOtherwise(Refusal):
    """What would come of it is no longer what was shown; facts: ahead."""


class FeeWithoutReason(Refusal):
    """Another fee than the terms say needs a reason."""


def cancel(registration_id: int, order: Order, *, now: datetime, by: str) -> Cancellation:
    """Carry a decision out: seats freed, lines taken back, fees kept, money sent home, papers and letter issued.

    Open payment pages are to be closed at Stripe before; the same form again returns its first cancellation.

    raises  NothingToCancel, NothingChosen, ForeseenOtherwise, FeeOutOfBounds, FeeWithoutReason
    """
    registration = holds.lock(registration_id)
    known = queries.cancellation_of_form(order.submission_key)
    if known is not None:
        return known
    chosen, confirmed = fitting(registration, order.chosen), confirmed_of(registration)
    seats = len(seats_of(registration, chosen))
    bills = bills_of(registration)
    give_up(registration, chosen, now=now, by=by, why=order.why)
    for bill in bills:
        lock_folio(bill.folio)
    ahead = replace(ahead_of(registration, bills, chosen, confirmed, order, now), seats=seats)
    _require_as_decided(ahead, order)
    done = _written_down(registration, ahead, order, now=now, by=by)
    for part in ahead.bills:
        _settle(registration, part, done, now=now, by=by)
    return done


def _require_as_decided(ahead: Ahead, order: Order) -> None:
    if ahead.is_nothing:
        raise NothingToCancel
    if order.seen and order.seen != fingerprint_of(ahead):
        raise ForeseenOtherwise(ahead=ahead)
    if order.full_refund or order.exemption.why:
        return
    if any(thing.kept != thing.by_policy for thing in ahead.things):
        raise FeeWithoutReason


def _written_down(registration: Registration, ahead: Ahead, order: Order, *, now: datetime, by: str) -> Cancellation:
    exemption = order.exemption
    done = Cancellation(
        public_id=new_public_id(),
        registration_id=registration.id,
        batch_id=order.batch_id,
        submission_key=order.submission_key,
        is_everything=ahead.is_everything,
        currency=ahead.currency,
        seats=ahead.seats,
        things=[_plain(thing, part.folio) for part in ahead.bills for thing in part.things],
        kept_minor=ahead.kept.minor,
        back_minor=ahead.back.minor,
        why=order.why,
        exemption_why=exemption.why,
        document=exemption.document,
        document_name=exemption.document_name,
        document_kind=exemption.document_kind,
        done_at=now,
        done_by=by,
    )
    db.session.add(done)
    db.session.flush()
    return done


def _plain(thing: GivenUp, folio: Folio) -> dict[str, Any]:
    return {
        "folio": folio.reference,
        "subject": thing.line.subject,
        "thing": thing.thing,
        "description": thing.line.description.plain(),
        "price_minor": thing.price.minor,
        "by_policy_minor": thing.by_policy.minor,
        "kept_minor": thing.kept.minor,
    }


def _settle(registration: Registration, part: BillAhead, done: Cancellation, *, now: datetime, by: str) -> None:
    """Post what becomes of one bill, ask for its refunds, put its invoices right and tell its payer.

    A bill on which nothing of it stands or is paid any more stays as it is; its payer hears nothing.
    """
    folio = part.folio
    if part.is_nothing and folio.id != registration.folio_id:
        return
    lines = [entry for thing in part.things for entry in thing.entries]
    take_back(folio, lines, why=done.why, now=now, by=by)
    for thing in part.things:
        if thing.kept:
            keep_fee(folio, thing.line, thing.kept, why=done.why, now=now, by=by)
    if part.back:
        ask_for_refunds(folio, part.back, why=done.why, cause=done.public_id, now=now, by=by)
    said = CANCELLED if done.is_everything else PARTLY_CANCELLED
    reason = Text(*(f"{words % registration.reference} {done.why}".strip() for words in (said.en, said.zh)))
    papers = correct_invoices(part.bill, reason, now=now, by=by)
    if part.kept and not papers:
        papers = invoice_rest(part.bill, now=now, by=by)
    mails.cancelled(part.bill.only(registration), done, part.back, papers, now=now)

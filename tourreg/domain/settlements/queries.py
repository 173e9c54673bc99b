"""Checkouts under way, the inbox and the desk."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from tourreg.db import db
from tourreg.domain.billing.models import Entry, Folio, Refund
from tourreg.domain.billing.overdue import overdue_bills
from tourreg.domain.billing.taking_back import CHARGED_AGAIN
from tourreg.domain.registrations.models import FurtherFolio, Participant, Registration, Seat
from tourreg.domain.settlements.models import Cancellation, Checkout, DeskCase, StripeEvent
from tourreg.kernel.money import Money

# The desk is worked off from its oldest end, so that what is beyond these comes up by itself.
MOST_SHOWN = 200
UNDER_WAY = ("opening", "open", "awaiting_funds")


def checkout_of_session(session_id: str, client_reference: str | None = None) -> Checkout | None:
    """Return our record of a session; by our own reference where Stripe's answer never reached us."""
    known = db.session.scalar(select(Checkout).where(Checkout.session_id == session_id))
    if known is not None or not client_reference:
        return known
    unanswered = select(Checkout).where(Checkout.public_id == client_reference, Checkout.session_id.is_(None))
    return db.session.scalar(unanswered)


def checkout_by_public_id(public_id: str) -> Checkout | None:
    return db.session.scalar(select(Checkout).where(Checkout.public_id == public_id))


def checkouts_under_way(folio: Folio) -> list[Checkout]:
    """Return the payment pages by which money may still come, oldest first."""
    return list(
        db.session.scalars(
            select(Checkout)
            .where(Checkout.folio_id == folio.id, Checkout.state.in_(UNDER_WAY))
            .order_by(Checkout.attempt)
        )
    )


def checkouts_under_way_on(folio_ids: Collection[int]) -> list[Checkout]:
    """Return the payment pages by which money for any of these bills may still come, oldest first."""
    waiting = select(Checkout).where(Checkout.folio_id.in_(folio_ids), Checkout.state.in_(UNDER_WAY))
    return list(db.session.scalars(waiting.order_by(Checkout.id)))


def next_attempt(folio: Folio) -> int:
    """Return the number of the folio's next checkout, from 1."""
    made = db.session.scalar(select(func.max(Checkout.attempt)).where(Checkout.folio_id == folio.id))
    return (made or 0) + 1


def cancellation_of_form(submission_key: str) -> Cancellation | None:
    """Return what a form cancelled that was sent before."""
    return db.session.scalar(select(Cancellation).where(Cancellation.submission_key == submission_key))


def cancellation_by_public_id(public_id: str) -> Cancellation | None:
    return db.session.scalar(select(Cancellation).where(Cancellation.public_id == public_id))


def cancellations_of(registration: Registration) -> list[Cancellation]:
    """Return what was cancelled of a registration, oldest first."""
    done = select(Cancellation).where(Cancellation.registration_id == registration.id)
    return list(db.session.scalars(done.order_by(Cancellation.id)))


def event_kept(event_id: str) -> StripeEvent | None:
    return db.session.scalar(select(StripeEvent).where(StripeEvent.event_id == event_id))


def locked_events(*conditions: ColumnElement[bool], most: int = 1) -> list[StripeEvent]:
    """Return events, oldest first, that nobody else asks for again meanwhile."""
    found = select(StripeEvent).where(*conditions).order_by(StripeEvent.id).limit(most)
    return list(db.session.scalars(found.with_for_update().execution_options(populate_existing=True)))


def case_by_public_id(public_id: str) -> DeskCase | None:
    return db.session.scalar(select(DeskCase).where(DeskCase.public_id == public_id))


def case_by_key(key: str) -> DeskCase | None:
    return db.session.scalar(select(DeskCase).where(DeskCase.key == key))


def is_disputed(payment: Entry) -> bool:
    """Tell whether the payer's bank wants a payment back and has not decided yet, as far as we have heard."""
    disputes = select(DeskCase.facts).where(DeskCase.kind == "dispute", DeskCase.closed_at.is_(None))
    return any(f"stripe:{facts['payment_intent']}" == payment.reference for facts in db.session.scalars(disputes))


def open_cases() -> list[DeskCase]:
    """Return what waits on the desk, oldest first, at most MOST_SHOWN of it."""
    waiting = select(DeskCase).where(DeskCase.closed_at.is_(None)).order_by(DeskCase.opened_at, DeskCase.id)
    with_issuer = joinedload(DeskCase.folio).joinedload(Folio.issuer)
    return list(db.session.scalars(waiting.options(with_issuer).limit(MOST_SHOWN)))


def asked_for_credit() -> list[Registration]:
    """Return the registrations whose payers asked to pay by invoice, first those whose hold ends first.

    A bill of several is named by the first of them.
    """
    ends_at = (
        select(func.min(Seat.held_until))
        .join(Participant, Participant.id == Seat.participant_id)
        .where(Participant.registration_id == Registration.id, Seat.state == "held")
        .correlate(Registration)
        .scalar_subquery()
    )
    waiting = (
        select(Registration)
        .join(Registration.folio)
        .where(Folio.credit_state == "asked", ends_at.is_not(None), _is_first_on_its_bill())
        .order_by(ends_at, Registration.id)
        .options(
            joinedload(Registration.folio),
            joinedload(Registration.event),
            selectinload(Registration.participants).selectinload(Participant.seats),
        )
    )
    return list(db.session.scalars(waiting.limit(MOST_SHOWN)))


def _is_first_on_its_bill() -> ColumnElement[bool]:
    """Narrow to one registration for each bill."""
    other = aliased(Registration)
    return ~exists().where(other.folio_id == Registration.folio_id, other.id < Registration.id)


@dataclass(frozen=True)
class OverdueBill:
    """A bill of which something should have been paid, and who registered with it first.

    due_on  the oldest day that was missed
    """

    folio: Folio
    registration: Registration
    amount: Money
    due_on: date

    def days(self, today: date) -> int:
        return (today - self.due_on).days


def overdue_list(today: date) -> list[OverdueBill]:
    """Return the bills that are overdue, oldest first, at most MOST_SHOWN of them."""
    late = overdue_bills(today)
    further = select(FurtherFolio.registration_id).where(FurtherFolio.folio_id == Folio.id).correlate(Folio)
    stands = or_(Registration.folio_id == Folio.id, Registration.id.in_(further))
    first = select(func.min(Registration.id)).where(stands).correlate(Folio).scalar_subquery()
    found = (
        select(Folio, Registration, late.c.overdue_minor, late.c.due_on)
        .join(late, late.c.folio_id == Folio.id)
        .join(Registration, Registration.id == first)
        .order_by(late.c.due_on, Folio.id)
        .options(joinedload(Registration.event))
        .limit(MOST_SHOWN)
    )
    return [
        OverdueBill(folio, registration, Money(int(minor), folio.currency), due_on)
        for folio, registration, minor, due_on in db.session.execute(found)
    ]


def refunds_to_pay_out() -> list[Refund]:
    """Return the refunds that finance has to pay by hand: asked for so, or failed on their way, oldest first."""
    return _oldest(select(Refund).where(Refund.is_to_pay_out))


def refunds_on_their_way() -> list[Refund]:
    """Return the refunds that Stripe has not finished, oldest first."""
    return _oldest(select(Refund).where(Refund.means == "stripe", Refund.state.in_(("requested", "pending"))))


def _oldest(wanted: Select[Refund]) -> list[Refund]:
    with_payer = wanted.options(joinedload(Refund.folio).joinedload(Folio.issuer), joinedload(Refund.payment))
    return list(db.session.scalars(with_payer.order_by(Refund.requested_at, Refund.id).limit(MOST_SHOWN)))


def lapsed_lines(folio: Folio, why: str) -> list[Entry]:
    """Return the postings that took lines back because a hold had ended, those whose lines were charged again left out.

    why  what such postings give as their reason
    """
    again = aliased(Entry)
    is_charged_again = exists().where(again.reference == CHARGED_AGAIN + Entry.public_id)
    lapsed = select(Entry).where(
        Entry.folio_id == folio.id, Entry.reverses_id.is_not(None), Entry.why == why, ~is_charged_again
    )
    return list(db.session.scalars(lapsed.order_by(Entry.id)))

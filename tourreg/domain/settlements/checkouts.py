"""Payment pages at Stripe, from our side: asked for, opened, ended, and what Stripe says became of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from tourreg.db import db
from tourreg.domain.audit.commands import move_to
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing import rules as billing_rules
from tourreg.domain.billing.commands import lock_folio
from tourreg.domain.billing.dues import dues_of, next_to_pay
from tourreg.domain.billing.models import Entry, Folio
from tourreg.domain.billing.rules import MoneyStanding
from tourreg.domain.outbox.commands import add_task
from tourreg.domain.registrations import holds
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import queries, rules
from tourreg.domain.settlements.bills import PayersBill, lock_bill_of
from tourreg.domain.settlements.means import least, means_offered, most
from tourreg.domain.settlements.models import CHECKOUT_MOVES, Checkout
from tourreg.kernel.bilingual import Language, Text
from tourreg.kernel.money import Money
from tourreg.kernel.refusals import Refusal
from tourreg.kernel.states import Axis

CHECKOUT = Axis("checkout", "state", CHECKOUT_MOVES)
RELEASE_HOLD = "release_hold"
NO_ANSWER = "Stripe did not answer."
BALANCE = Text("Balance", "余款")
PART = Text("Part payment", "部分付款")
# A page in one of these may be paid on.
ASKING = ("opening", "open")
# Stripe keeps a line's name up to 250 letters.
LONGEST_LINE_NAME = 250


class AwaitsApproval(Refusal):
    """The office has yet to say whether somebody may take the fee, so nobody pays it."""


class NothingOwed(Refusal):
    """There is nothing left to pay."""


class SeatsGone(Refusal):
    """The seats were freed, so there is nothing to pay for."""


class PaymentUnderWay(Refusal):
    """Money for all that is owed was promised and is on its way; facts: amount."""


class PieceTooLarge(Refusal):
    """More is to be paid at once than is left or than a payment page takes; facts: most."""


class PieceTooSmall(Refusal):
    """A payment page takes no amount this small, or so little would be left that none does; facts: least."""


class OpenedElsewhere(Refusal):
    """While a payment page was being opened, another came to ask for the same money."""


@dataclass(frozen=True)
class Plan:
    """What to ask of Stripe for one payment, as plain values that outlive the transaction.

    checkout   public id of our record, which Stripe gives back with the session
    url        of the page that is open already, or "" where Stripe is to be asked for one
    key        makes asking twice harmless: the folio and the attempt
    outdated   sessions to close at Stripe first, so that nobody pays twice
    means      that the page offers, by Stripe's names
    lines      name, price of one in minor units, and quantity
    reference  of the registration
    """

    checkout: str
    url: str
    key: str
    expires_at: datetime
    currency: str
    outdated: tuple[str, ...]
    means: tuple[str, ...]
    lines: tuple[tuple[str, int, int], ...]
    reference: str
    email: str
    language: Language


def plan_checkout(
    registration_id: int, *, now: datetime, by: str, folio_id: int | None = None, amount: Money | None = None
) -> Plan:
    """Note that somebody begins to pay: hold the seats longer and pick a page that is open or a new one.

    Pages that are open together never ask for more than is left; those that would are named to be closed first.

    folio_id  of the bill to pay; the registration's main one unless it is given
    amount    what they want to pay now; what is due next unless given
    raises    NothingOwed, SeatsGone, PaymentUnderWay, PieceTooLarge, PieceTooSmall
    """
    bill = lock_bill_of(registration_id, folio_id)
    folio = bill.folio
    lock_folio(folio)
    left = _require_payable(bill)
    wanted = _piece(folio, left, amount)
    latest = max(registration.registered_at for registration in bill.registrations)
    prolong_hold(bill, rules.card_hold_until(latest, now), now=now)
    known = [checkout for checkout in queries.checkouts_under_way(folio) if checkout.state != "awaiting_funds"]
    usable = [checkout for checkout in known if rules.can_be_used(checkout, wanted, now)]
    checkout = usable[-1] if usable else _new(folio, wanted, now)
    outdated = _without_room([other for other in known if other is not checkout], left.owed - wanted, now)
    for unanswered in (other for other in outdated if other.session_id is None):
        move_to(unanswered, CHECKOUT, "expired", now=now, by=by, why=NO_ANSWER)
    db.session.flush()
    return _plan(bill, checkout, left, outdated=[other.session_id for other in outdated if other.session_id])


def note_opened(public_id: str, session_id: str, url: str, *, now: datetime, by: str) -> bool:
    """Note that Stripe has opened the page of a checkout; tell whether it may be paid on.

    It may not where meanwhile money came, or another page was opened, so that both would ask for more than is left;
    the page is then to be closed unseen.
    """
    checkout = queries.checkout_by_public_id(public_id)
    if checkout is None:
        raise LookupError(f"no checkout {public_id}")
    lock_folio(checkout.folio)
    db.session.refresh(checkout)
    checkout.session_id = session_id
    checkout.url = url
    if checkout.state not in ("opening", "expired"):
        return True
    stands = _fits(checkout)
    if stands or checkout.state == "opening":
        move_to(checkout, CHECKOUT, "open" if stands else "expired", now=now, by=by)
    return stands


def sessions_of_ended_hold(registration_id: int, *, now: datetime) -> list[str]:
    """Return the sessions to close before the seats of a hold that is over are freed; none while it runs.

    A page that Stripe never answered for is given up here: nobody was told its address.
    """
    registration = holds.lock(registration_id)
    ended = holds.ended(registration, now)
    known = queries.checkouts_under_way_on({holds.folio_of(seat, registration) for seat in ended})
    for unanswered in (checkout for checkout in known if checkout.session_id is None):
        move_to(unanswered, CHECKOUT, "expired", now=now, by="worker", why=NO_ANSWER)
    return [checkout.session_id for checkout in known if checkout.session_id]


def sessions_under_way(registration_id: int) -> list[str]:
    """Return the sessions by which money may still come."""
    registration = holds.lock(registration_id)
    known = queries.checkouts_under_way_on([folio.id for folio in registration.folios])
    return [checkout.session_id for checkout in known if checkout.session_id]


def give_up_unanswered(public_id: str, *, now: datetime) -> None:
    """Give up a page that Stripe never answered for: nobody was told its address."""
    checkout = queries.checkout_by_public_id(public_id)
    if checkout is not None and checkout.state == "opening" and checkout.session_id is None:
        lock_folio(checkout.folio)
        move_to(checkout, CHECKOUT, "expired", now=now, by="worker", why=NO_ANSWER)


def sessions_of(folio_id: int) -> list[str]:
    """Return the sessions by which money for one bill may still come."""
    return [checkout.session_id for checkout in queries.checkouts_under_way_on([folio_id]) if checkout.session_id]


def note_state(checkout: Checkout, state: str, *, now: datetime, why: str = "") -> bool:
    """Move the checkout to what Stripe says of it; tell whether that is new."""
    if checkout.state == state or state not in CHECKOUT_MOVES[checkout.state]:
        return False
    move_to(checkout, CHECKOUT, state, now=now, by="stripe", why=why)
    return True


def prolong_hold(bill: PayersBill, until: datetime, *, now: datetime) -> None:
    """Hold the held seats that the bill pays for at least so long, and look again when that is over."""
    for registration in bill.registrations:
        prolong_hold_of(registration, bill.folio.id, until, now=now)


def prolong_hold_of(registration: Registration, folio_id: int, until: datetime, *, now: datetime) -> None:
    """Hold the held seats of one registration that a bill pays for at least so long, and look again after that."""
    before = holds.held_until(registration, folio_id)
    if before is None or until <= max(before, now):
        return
    holds.prolong(registration, until, folio_id)
    add_task(
        RELEASE_HOLD,
        {"registration": registration.public_id},
        key=f"{RELEASE_HOLD}:{registration.public_id}:{until.isoformat()}",
        now=now,
        run_at=until,
    )


def left_to_ask(folio: Folio) -> MoneyStanding:
    """Return where the folio stands once what was promised has come."""
    promised = [checkout for checkout in queries.checkouts_under_way(folio) if checkout.state == "awaiting_funds"]
    stands = billing.standing(folio)
    coming = Money(sum(checkout.amount_minor for checkout in promised), folio.currency)
    return replace(stands, received=stands.received + coming)


def _plan(bill: PayersBill, checkout: Checkout, left: MoneyStanding, *, outdated: list[str]) -> Plan:
    amount = Money(checkout.amount_minor, checkout.currency)
    return Plan(
        checkout=checkout.public_id,
        url=checkout.url,
        key=f"checkout:{bill.folio.reference}:{checkout.attempt}",
        expires_at=checkout.expires_at,
        currency=checkout.currency,
        outdated=tuple(outdated),
        means=means_offered(amount),
        lines=_lines(bill, amount, left),
        reference=bill.folio.reference,
        email=bill.lead.contact_email if bill.main_of else bill.folio.payer_email,
        language="zh" if bill.folio.language == "zh" else "en",
    )


def _require_payable(bill: PayersBill) -> MoneyStanding:
    """Return where the bill stands with what was promised, if any of it is left to pay."""
    owed = billing.standing(bill.folio).owed
    if not bill.live_seats:
        raise SeatsGone
    if not owed:
        raise NothingOwed
    if any(registration.awaits_approval for registration in bill.registrations):
        raise AwaitsApproval
    left = left_to_ask(bill.folio)
    if not left.owed:
        raise PaymentUnderWay(amount=owed)
    return left


def _piece(folio: Folio, left: MoneyStanding, amount: Money | None) -> Money:
    """Return what to ask for: the piece that somebody wants to pay, or else what is due next."""
    smallest, largest = least(folio.currency), min(left.owed, most(folio.currency))
    wanted = min(next_to_pay(folio, left), largest) if amount is None else amount
    if largest < wanted:
        raise PieceTooLarge(most=largest)
    rest = left.owed - wanted
    if wanted < smallest or (rest and rest < smallest):
        raise PieceTooSmall(least=smallest)
    return wanted


def _without_room(others: list[Checkout], room: Money, now: datetime) -> list[Checkout]:
    """Return the pages to close so that those that stay ask for no more than there is room for; the newest stay."""
    closing = []
    for other in reversed(others):
        amount = Money(other.amount_minor, other.currency)
        if not room < amount and rules.can_be_used(other, amount, now):
            room = room - amount
        else:
            closing.append(other)
    return closing


def _fits(checkout: Checkout) -> bool:
    """Tell whether what is left suffices for this page and the others that are open or being opened."""
    known = queries.checkouts_under_way(checkout.folio)
    asked_minor = sum(other.amount_minor for other in known if other is not checkout and other.state in ASKING)
    return asked_minor + checkout.amount_minor <= left_to_ask(checkout.folio).owed.minor


def _new(folio: Folio, wanted: Money, now: datetime) -> Checkout:
    checkout = Checkout(
        folio_id=folio.id,
        attempt=queries.next_attempt(folio),
        amount_minor=wanted.minor,
        currency=wanted.currency,
        created_at=now,
        expires_at=(now + rules.CHECKOUT_TERM).replace(microsecond=0),
    )
    db.session.add(checkout)
    return checkout


def _lines(bill: PayersBill, amount: Money, left: MoneyStanding) -> tuple[tuple[str, int, int], ...]:
    """Return the lines of the bill, or in one line the part of it where not the whole is asked for."""
    language = bill.folio.language
    lines = [line for line in billing_rules.standing_lines(billing.entries_of(bill.folio)) if line.amount_minor]
    net = _net_amounts(lines)
    if sum(net.values()) == amount.minor and all(minor >= 0 for minor in net.values()):
        people = [person for registration in bill.registrations for person in registration.participants]
        names = {person.public_id: person.name.in_(language) for person in people}
        return tuple(
            (_line_name(line, names.get(line.subject, ""), language), *_price(line, net[line.id]))
            for line in lines
            if net.get(line.id)
        )
    name = BALANCE if amount == left.owed else _part_name(bill.folio, amount, left)
    return ((f"{name.in_(language)} {bill.folio.reference}", amount.minor, 1),)


def _part_name(folio: Folio, amount: Money, left: MoneyStanding) -> Text:
    due = next((due for due in dues_of(folio, left) if due.is_next), None)
    return due.name if due and due.name and due.open == amount else PART


def _net_amounts(lines: list[Entry]) -> dict[int, int]:
    """Return what each charge costs after what is let off of it, by its id."""
    net = {line.id: line.amount_minor for line in lines}
    for line in lines:
        if line.reduces_id in net:
            net[line.reduces_id] += net.pop(line.id)
    return net


def _price(line: Entry, net_minor: int) -> tuple[int, int]:
    """Return the price of one and how many there are; a lessened line is one thing."""
    return (line.unit_minor, line.quantity) if net_minor == line.amount_minor else (net_minor, 1)


def _line_name(line: Entry, person: str, language: str) -> str:
    name = ": ".join(part for part in (line.description.in_(language), person) if part)
    return name[:LONGEST_LINE_NAME]

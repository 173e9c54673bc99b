"""What cancelling would do by the event's terms: what goes back, what is kept, and over which payments."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from tourreg.domain.billing import queries as billing
from tourreg.domain.billing import refunds as billing_refunds
from tourreg.domain.billing import rules as billing_rules
from tourreg.domain.billing.models import Entry, Folio, Invoice
from tourreg.domain.registrations import queries as registrations
from tourreg.domain.registrations.chosen import Chosen, fitting, is_everything, seats_of
from tourreg.domain.registrations.models import Registration
from tourreg.domain.registrations.promises import kept_of
from tourreg.domain.settlements.bills import PayersBill, bills_of, lines_of
from tourreg.domain.settlements.reckoning import Account, GivenUp, back_minor, first_references, lessened
from tourreg.kernel.money import Money, total
from tourreg.kernel.plans import fingerprint
from tourreg.kernel.refusals import Refusal


class FeeOutOfBounds(Refusal):
    """Of a line, nothing to all of its price is kept; facts: key, price."""


@dataclass(frozen=True)
class Exemption:
    """That another fee is kept than the terms say.

    kept_minor  by the key of the line (`GivenUp.key`)
    why         what the office reads later: the visa was denied
    document    hash of a file that shows it, with its name and its kind
    """

    kept_minor: Mapping[str, int] = field(default_factory=dict)
    why: str = ""
    document: str = ""
    document_name: str = ""
    document_kind: str = ""


@dataclass(frozen=True)
class Order:
    """What staff has decided.

    why             for the payer
    seen            `fingerprint_of` what was shown; "" asks for no such care
    submission_key  the same for every sending of one form
    full_refund     keep nothing, whatever the terms say
    batch_id        of the batch that cancels everybody of an event
    """

    chosen: Chosen
    why: str
    submission_key: str
    exemption: Exemption = Exemption()
    seen: str = ""
    full_refund: bool = False
    batch_id: int | None = None


@dataclass(frozen=True)
class BillAhead:
    """What cancelling does to one bill.

    invoices   those that a credit note takes back
    ways       what goes back over which payment, newest first
    owed       what is still to be paid then
    """

    bill: PayersBill
    things: tuple[GivenUp, ...]
    invoices: tuple[Invoice, ...]
    back: Money
    ways: tuple[tuple[Entry, Money], ...]
    owed: Money

    @property
    def folio(self) -> Folio:
        return self.bill.folio

    @property
    def kept(self) -> Money:
        return total((thing.kept for thing in self.things), self.folio.currency)

    @property
    def price(self) -> Money:
        return total((thing.price for thing in self.things), self.folio.currency)

    @property
    def is_nothing(self) -> bool:
        return not (any(thing.line.amount_minor for thing in self.things) or self.invoices or self.back)


@dataclass(frozen=True)
class Ahead:
    """What cancelling does, shown before it is done.

    seats  that are freed
    """

    chosen: Chosen
    seats: int
    bills: tuple[BillAhead, ...]
    is_everything: bool

    @property
    def things(self) -> list[GivenUp]:
        return [thing for bill in self.bills for thing in bill.things]

    @property
    def currency(self) -> str:
        return str(self.bills[0].folio.currency)

    @property
    def back(self) -> Money:
        return total((bill.back for bill in self.bills), self.currency)

    @property
    def kept(self) -> Money:
        return total((bill.kept for bill in self.bills), self.currency)

    @property
    def price(self) -> Money:
        return total((bill.price for bill in self.bills), self.currency)

    @property
    def owed(self) -> Money:
        """Return what is still to be paid then."""
        return total((bill.owed for bill in self.bills), self.currency)

    @property
    def by_stripe(self) -> Money:
        return self._over(by_stripe=True)

    @property
    def by_hand(self) -> Money:
        return self._over(by_stripe=False)

    @property
    def invoices(self) -> list[str]:
        return [invoice.paper.number for bill in self.bills for invoice in bill.invoices]

    @property
    def is_nothing(self) -> bool:
        return not self.seats and all(bill.is_nothing for bill in self.bills)

    def _over(self, *, by_stripe: bool) -> Money:
        parts = (
            part
            for bill in self.bills
            for payment, part in bill.ways
            if billing_refunds.goes_by_stripe(payment) is by_stripe
        )
        return total(parts, self.currency)


@dataclass(frozen=True)
class Shown:
    """What a page has shown of a cancellation: what the terms keep of each line."""

    by_policy_minor: tuple[tuple[str, int], ...]


def foresee(registration: Registration, order: Order, *, now: datetime) -> Ahead:
    """Return what carrying a decision out would do now.

    raises  NothingChosen, FeeOutOfBounds
    """
    chosen = fitting(registration, order.chosen)
    return ahead_of(registration, bills_of(registration), chosen, confirmed_of(registration), order, now)


def fingerprint_of(ahead: Ahead) -> str:
    """Return what two views of the same cancellation share only if they keep and send back the same by the terms."""
    return fingerprint(Shown(tuple((thing.key, thing.by_policy.minor) for thing in ahead.things)))


def confirmed_of(registration: Registration) -> set[tuple[str, str]]:
    """Return participant and thing of the seats that are theirs."""
    return {
        (participant.public_id, seat.add_on.public_id if seat.add_on else "")
        for participant in registration.participants
        for seat in participant.seats
        if seat.state == "confirmed"
    }


def ahead_of(
    registration: Registration,
    bills: Sequence[PayersBill],
    chosen: Chosen,
    confirmed: Collection[tuple[str, str]],
    order: Order,
    now: datetime,
) -> Ahead:
    """Reckon every bill.

    confirmed  participant and thing of the seats that are theirs; what is only held costs nothing to give up
    """
    posted = {bill.folio.id: billing.entries_of(bill.folio) for bill in bills}
    every = [entry for entries in posted.values() for entry in entries]
    whole = is_everything(registration, chosen)
    parts = []
    for bill in bills:
        entries = posted[bill.folio.id]
        things = [
            _kept(registration, thing, order, now, sure=(thing.line.subject, thing.thing) in confirmed)
            for thing in _given_up(lines_of(bill, registration, entries), every, chosen, bill.folio.currency)
        ]
        parts.append(_bill_ahead(bill, entries, tuple(things), whole=whole))
    return Ahead(chosen, len(seats_of(registration, chosen)), tuple(parts), whole)


def _given_up(lines: list[Entry], every: list[Entry], chosen: Chosen, currency: str) -> Iterator[GivenUp]:
    """Yield what of standing lines is chosen, each with the discounts that lessen it.

    every  postings of all the bills of the registration, among which lines may have moved
    """
    charges = [line for line in lines if line.kind == "charge"]
    first = first_references(charges, every)
    for line in charges:
        thing = registrations.add_on_of(first.get(line.id) or billing.first_reference(line))
        if chosen.holds(line.subject, thing):
            lessening = tuple(one for one in lines if one.kind == "discount" and _lessens(one, line, thing))
            price = lessened(line, lessening, currency)
            yield GivenUp(line, lessening, thing, price, by_policy=price, kept=price)


def _lessens(discount: Entry, line: Entry, thing: str) -> bool:
    """Tell whether a discount lessens a line; one that names no line lessens the programme of its person."""
    if discount.reduces_id is not None:
        return discount.reduces_id == line.id
    return not thing and discount.subject == line.subject


def _kept(registration: Registration, thing: GivenUp, order: Order, now: datetime, *, sure: bool) -> GivenUp:
    """Return the thing with what is kept of its price, by the terms and by whoever decided otherwise.

    raises  FeeOutOfBounds
    """
    price = thing.price
    by_policy = kept_of(registration, thing.thing, price.minor, now=now) if sure else 0
    kept = 0 if order.full_refund else order.exemption.kept_minor.get(thing.key, by_policy)
    if not 0 <= kept <= price.minor:
        raise FeeOutOfBounds(key=thing.key, price=price)
    currency = price.currency
    return replace(thing, by_policy=Money(by_policy, currency), kept=Money(kept, currency))


def _bill_ahead(bill: PayersBill, entries: list[Entry], things: tuple[GivenUp, ...], *, whole: bool) -> BillAhead:
    """Return what becomes of one bill.

    whole  whether nobody of the registration is left, so that what was paid too much goes back too
    """
    folio = bill.folio
    left = billing.left_of_payments(folio, entries)
    given_up, kept = sum(thing.price.minor for thing in things), sum(thing.kept.minor for thing in things)
    account = Account(
        balance=sum(entry.amount_minor for entry in entries),
        going_back=billing.on_its_way_back(folio).minor,
        left=sum(part.minor for _payment, part in left),
    )
    back = Money(back_minor(account, given_up=given_up, kept=kept, all_of_it=whole), folio.currency)
    return BillAhead(
        bill=bill,
        things=things,
        invoices=tuple(billing.invoices_asking_for(folio, [entry.id for thing in things for entry in thing.entries])),
        back=back,
        ways=tuple(billing_rules.shares(back, left)) if back else (),
        owed=Money(max(0, account.balance - given_up + kept), folio.currency),
    )

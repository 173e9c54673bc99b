"""What finance does: records and matches money, cancels, moves lines between payers, decides, and pays out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from sqlalchemy import select

from tests.domain.settlements.an_office import AnOffice, dies_at, pick, some
from tests.money_cast import FINANCE, WHY
from tourreg import settling
from tourreg.db import db, writing
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.models import Folio, Invoice, Refund
from tourreg.domain.billing.payers import BillTo
from tourreg.domain.billing.rules import standing_lines
from tourreg.domain.catalogue import commands as catalogue
from tourreg.domain.registrations.chosen import Chosen, everything, taking_part
from tourreg.domain.registrations.corrections import Person
from tourreg.domain.registrations.models import Registration
from tourreg.domain.registrations.replacing import replace_participant
from tourreg.domain.settlements import batches, cancelling, commands, credit, invoices, payers
from tourreg.domain.settlements.changing_plans import PlanWish, change_plan
from tourreg.domain.settlements.foreseeing import Order
from tourreg.domain.settlements.recording import PaymentSlip, record_payment
from tourreg.kernel.bilingual import Text
from tourreg.kernel.clock import local_day
from tourreg.kernel.money import Money
from tourreg.kernel.names import PersonName
from tourreg.kernel.numbers import new_public_id

DECISIONS = ["accept", "refuse", "seat", "invoice", "correct"]
PARTS = [1, 20_000, 48_000, 96_000, 120_000]
PAYERS = [
    BillTo(name="Emily Hart", email="emily@example.org", country="US"),
    BillTo(name="City of Davenport", email="ap@example.org"),
]
BURNT = Text("The hall has burnt down.", "会场失火。")
HELD = timedelta(days=3)


class Finance(AnOffice):
    @precondition(lambda self: self.registrations)
    @rule(which=some, other=some, part=st.sampled_from(PARTS), number=some, form=some, strange=some, dies=dies_at)
    def record_a_wire(self, which: int, other: int, part: int, number: int, form: int, strange: int, dies: int) -> None:
        """Now and then one in a currency that is not the bill's."""
        registration, folio, currency = self.bill(which, other)
        day = local_day(self.now, "America/New_York")
        paid = Money(part, "EUR" if strange == 9 else currency)
        slip = PaymentSlip(paid, "wire", f"W-{number}", day, f"form {form}", shared=True)
        recording = self.writes(lambda: record_payment(registration, slip, now=self.now, by=FINANCE, folio_id=folio))
        self.do_twice(recording, dies)

    @precondition(lambda self: self.registrations)
    @rule(which=some, full_refund=st.booleans(), dies=dies_at)
    def cancel(self, which: int, full_refund: bool, dies: int) -> None:
        """Cancel for everybody, by the terms or for nothing."""
        self._cancel(self.registration(which), "", full_refund, dies)

    @precondition(lambda self: self.registrations)
    @rule(which=some, only=st.sampled_from(["person", "room"]), full_refund=st.booleans(), dies=dies_at)
    def cancel_a_part(self, which: int, only: str, full_refund: bool, dies: int) -> None:
        self._cancel(self.registration(which), only, full_refund, dies)

    @precondition(lambda self: self.registrations)
    @rule(which=some, other=some, dies=dies_at)
    def send_home_what_was_paid_too_much(self, which: int, other: int, dies: int) -> None:
        registration, folio, _currency = self.bill(which, other)

        def sent() -> None:
            cancelling.refund_overpayment(registration, why=WHY, now=self.now, by=FINANCE, folio_id=folio)

        self.do_twice(self.writes(sent), dies)

    @precondition(lambda self: self.registrations)
    @rule(which=some, other=some, what=st.sampled_from(DECISIONS), dies=dies_at)
    def decide(self, which: int, other: int, what: str, dies: int) -> None:
        registration, folio, _currency = self.bill(which, other)
        self.do(self.writes(lambda: self._decision(what, registration, folio)), dies)

    @precondition(lambda self: self.registrations)
    @rule(which=some, other=some, kind=st.sampled_from(["in_full", "deposit", "instalments", "after_event"]))
    def agree_another_plan(self, which: int, other: int, kind: str) -> None:
        _registration, folio, _currency = self.bill(which, other)
        self.do(self.writes(lambda: change_plan(folio, PlanWish(kind), why=WHY, now=self.now, by=FINANCE)))

    @precondition(lambda self: self.registrations)
    @rule(which=some, other=some, dies=dies_at)
    def give_unpaid_seats_back(self, which: int, other: int, dies: int) -> None:
        _registration, folio, _currency = self.bill(which, other)
        self.do(lambda: settling.release_unpaid(folio, self.payments, why=WHY, now=self.now, by=FINANCE), dies)

    @precondition(lambda self: self.to_pay_out())
    @rule(which=some, dies=dies_at)
    def pay_a_refund_out(self, which: int, dies: int) -> None:
        refund = pick(self.to_pay_out(), which)
        wire = f"OUT-{refund[:6]}"
        paying = self.writes(lambda: cancelling.pay_out_by_hand(refund, wire, now=self.now, by=FINANCE))
        self.do_twice(paying, dies)

    # Who pays and who comes

    @precondition(lambda self: self.registrations)
    @rule(which=some, other=some, lines=st.integers(1, 2), payer=st.sampled_from(PAYERS), dies=dies_at)
    def let_another_pay(self, which: int, other: int, lines: int, payer: BillTo, dies: int) -> None:
        """Some lines of a bill, asked for twice; payment pages are closed first, as the office's page does it."""
        registration, folio, _currency = self.bill(which, other)
        standing = standing_lines(billing.entries_of(db.session.get_one(Folio, folio)))
        chosen = [line.public_id for line in standing[-lines:]]
        held, now = self.now + HELD, self.now

        def moved() -> None:
            settling.close_pages_of([registration], self.payments, now=now)
            with writing():
                payers.let_another_pay(
                    registration, folio, chosen, payer, language="en", held_until=held, now=now, by=FINANCE
                )

        self.do_twice(moved, dies)

    @precondition(lambda self: len(self.registrations) > 1)
    @rule(which=some, other=some, dies=dies_at)
    def bill_together(self, which: int, other: int, dies: int) -> None:
        lead, joining = self.registration(which), self.registration(other)

        def joined() -> None:
            settling.close_pages_of([lead, joining], self.payments, now=self.now)
            with writing():
                payers.bill_together(lead, [joining], held_until=self.now + HELD, now=self.now, by=FINANCE)

        self.do_twice(joined, dies)

    @precondition(lambda self: self.registrations)
    @rule(which=some, other=some, dies=dies_at)
    def somebody_else_comes(self, which: int, other: int, dies: int) -> None:
        registration = self.registration(which)
        place = pick(db.session.get_one(Registration, registration).participants, other).public_id
        person = Person(PersonName(f"Chen{other}", "Li"))
        self.do(
            self.writes(lambda: replace_participant(registration, place, person, why=WHY, now=self.now, by=FINANCE)),
            dies,
        )

    # The end of the event

    @precondition(lambda self: self.acts > 30 and self.event().state != "cancelled")
    @rule(by_terms=st.booleans(), dies=dies_at)
    def call_the_event_off(self, by_terms: bool, dies: int) -> None:
        def called_off() -> None:
            event = self.event()
            if event.state != "cancelled":
                catalogue.cancel(event, now=self.now, by=FINANCE, why="Fire.")
            batches.begin(event, BURNT, by_terms=by_terms, now=self.now, by=FINANCE)

        self.do_twice(self.writes(called_off), dies)

    @precondition(lambda self: self.event().state == "cancelled")
    @rule(resumes=st.booleans(), dies=dies_at)
    def stop_or_resume_the_refunds(self, resumes: bool, dies: int) -> None:
        def done() -> None:
            batch = batches.batch_of(self.event())
            if batch is not None:
                (batches.resume if resumes else batches.stop)(batch, now=self.now, by=FINANCE)

        self.do(self.writes(done), dies)

    # How it is done

    def to_pay_out(self) -> Sequence[str]:
        return db.session.scalars(select(Refund.public_id).where(Refund.is_to_pay_out).order_by(Refund.id)).all()

    def _cancel(self, registration: int, only: str, full_refund: bool, dies: int) -> None:
        """Send one form twice."""
        form = new_public_id()

        def cancelled() -> None:
            chosen = _part_of(db.session.get_one(Registration, registration), only)
            order = Order(chosen, WHY, form, full_refund=full_refund)
            settling.cancel(registration, order, self.payments, now=self.now, by=FINANCE)

        self.do_twice(cancelled, dies)

    def _decision(self, what: str, registration: int, folio: int) -> None:
        deciding: dict[str, Callable[[], object]] = {
            "accept": lambda: credit.accept_credit(
                registration, po_number="PO 7", now=self.now, by=FINANCE, folio_id=folio
            ),
            "refuse": lambda: credit.refuse_credit(registration, why=WHY, now=self.now, by=FINANCE, folio_id=folio),
            "seat": lambda: commands.seat_after_all(registration, now=self.now, by=FINANCE, folio_id=folio),
            "invoice": lambda: invoices.issue_now(registration, now=self.now, by=FINANCE),
            "correct": lambda: self._correct(registration, folio),
        }
        deciding[what]()

    def _correct(self, registration: int, folio: int) -> None:
        newest = select(Invoice.public_id).where(Invoice.folio_id == folio).order_by(Invoice.id.desc()).limit(1)
        known = db.session.scalar(newest)
        if known is not None:
            invoices.correct_invoice(registration, known, PAYERS[1], reason=WHY, now=self.now, by=FINANCE)


def _part_of(registration: Registration, only: str) -> Chosen:
    """Return everybody, the first person, or the first room that somebody has."""
    if only == "room":
        people = taking_part(registration)
        return Chosen(
            add_ons=tuple(
                (person.public_id, seat.add_on.public_id) for person in people for seat in person.seats if seat.add_on
            )[:1]
        )
    chosen = everything(registration)
    return Chosen(chosen.people[:1]) if only else chosen

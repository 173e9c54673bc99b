"""The sample registrations, made by the same commands as real ones and led into every state, oldest first."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from tourreg import settling
from tourreg.adapters.payments import Payments
from tourreg.db import db, writing
from tourreg.demo.events import EVENTS
from tourreg.demo.people import ORGANISATIONS, REGISTRATIONS
from tourreg.demo.programme import Season
from tourreg.demo.shapes import CancellationRequest, Contact, Organisation, Participant, Piece
from tourreg.demo.shapes import Payment as PaymentContent
from tourreg.demo.shapes import Registration as Content
from tourreg.demo.stand_in import StandIn
from tourreg.domain.billing.enclosing import enclose_w9
from tourreg.domain.billing.models import Refund
from tourreg.domain.billing.payers import BillTo
from tourreg.domain.catalogue.models import Event
from tourreg.domain.consents.queries import current_text, current_texts
from tourreg.domain.registrations.approvals import approve
from tourreg.domain.registrations.commands import register
from tourreg.domain.registrations.models import Registration
from tourreg.domain.registrations.own_changes import ask_to_cancel
from tourreg.domain.registrations.rules import BookedPerson, Booking
from tourreg.domain.settlements.cancelling import cancel_registration, pay_out_by_hand
from tourreg.domain.settlements.credit import accept_credit
from tourreg.domain.settlements.recording import PaymentSlip, record_payment
from tourreg.kernel import clock
from tourreg.kernel.money import Money
from tourreg.kernel.names import PersonName

SALUTATIONS = {"mr": "Mr", "ms": "Ms", "dr": "Dr", "prof": "Prof"}
HOLD_DAYS = 3
UNTIL_ACCEPTED = timedelta(hours=5)
UNTIL_PAID = timedelta(minutes=6)


class Desk:
    """The one who makes the sample registrations, with Stripe's stand-in at hand."""

    def __init__(self, season: Season, stand_in: StandIn, payments: Payments, site: str, now: datetime) -> None:
        self.season = season
        self.stand_in = stand_in
        self.payments = payments
        self.site = site
        self.now = now

    def make_all(self) -> None:
        """Make every registration in the order of its moment; the stand-in's clock walks along."""
        for content in sorted(REGISTRATIONS, key=self._moment):
            self._make(content)
        for content in (content for content in REGISTRATIONS if content["state"] == "paid_late"):
            self._record_all(content)
        self.stand_in.show(clock.utc_now(), now=clock.utc_now())

    def _moment(self, content: Content) -> datetime:
        return self.now - timedelta(days=content["days_ago"], minutes=content["minutes_ago"])

    def _make(self, content: Content) -> None:
        at = self._moment(content)
        registration = self._register(content, at)
        state = content["state"]
        if state == "review":
            return
        if registration.awaits_approval:
            with writing():
                approve(registration.id, hold_working_days=HOLD_DAYS, now=at, by="worker")
        if content["payer"] == "card":
            self._pay_by_card(registration, at, finish=state in ("paid", "cancelled_refunded"))
        elif state != "invoice_waiting":
            self._accept(registration, content, at)
        for piece in content.get("pieces", []):
            self._pay_piece(registration, piece)
        if state in ("expired", "paid_late"):
            self._let_go(registration, at + timedelta(hours=1))
        else:
            self._record_all(content)
        if content["cancellation"]:
            self._cancel(registration, content)
        if "request" in content:
            self._ask_to_cancel(registration, content["request"])

    def _register(self, content: Content, at: datetime) -> Registration:
        event = self.season.events[content["event"]]
        booking = _booking(content, event, at)
        with writing():
            return register(event, booking, invoice_hold_working_days=HOLD_DAYS, now=at)

    def _accept(self, registration: Registration, content: Content, at: datetime) -> None:
        with writing():
            enclose_w9(registration.folio, registration.folio.payer_country == "US", now=at, by="worker")
            accept_credit(registration.id, po_number=content["po_number"], now=at + UNTIL_ACCEPTED, by="worker")

    def _record_all(self, content: Content) -> None:
        registration = db.session.scalars(select(Registration).filter_by(submission_key=_key(content))).one()
        for payment in content["payments"]:
            self._record(registration, content, payment)

    def _record(self, registration: Registration, content: Content, payment: PaymentContent) -> None:
        at = self.now - timedelta(days=payment["days_ago"], minutes=30)
        slip = PaymentSlip(
            amount=Money(payment["amount_minor"], registration.folio.currency),
            means=payment["means"],
            detail=payment["reference"],
            received_on=at.astimezone(ZoneInfo(registration.folio.issuer.zone)).date(),
            submission_key=f"demo-{content['key']}-{payment['days_ago']}"[:40],
        )
        with writing():
            record_payment(registration.id, slip, now=at, by="worker")

    def _pay_by_card(self, registration: Registration, at: datetime, *, finish: bool) -> None:
        """Open the payment page at the stand-in and, if wanted, press its button."""
        self.stand_in.show(at, now=clock.utc_now())
        ways_back = self._ways_back(registration)
        contact = f"contact:{registration.public_id}"
        address = settling.open_checkout(registration.id, ways_back, self.payments, now=at, by=contact)
        if finish:
            session_id = self.stand_in.pay(address)
            settling.settle_session(session_id, self.payments, now=at + UNTIL_PAID)

    def _pay_piece(self, registration: Registration, piece: Piece) -> None:
        """Pay a part of the balance at the stand-in, as somebody does whose wallet has a limit."""
        at = self.now - timedelta(days=piece["days_ago"], minutes=20)
        self.stand_in.show(at, now=clock.utc_now())
        amount = Money(piece["amount_minor"], registration.folio.currency)
        contact = f"contact:{registration.public_id}"
        ways_back = self._ways_back(registration)
        address = settling.open_checkout(registration.id, ways_back, self.payments, now=at, by=contact, amount=amount)
        session_id = self.stand_in.pay(address, piece["button"])
        settling.settle_session(session_id, self.payments, now=at + UNTIL_PAID)

    def _ways_back(self, registration: Registration) -> settling.WaysBack:
        page = f"{self.site}/my/registrations/{registration.public_id}"
        return settling.WaysBack(paid=f"{page}/paid", left=page)

    def _let_go(self, registration: Registration, at: datetime) -> None:
        self.stand_in.show(at, now=clock.utc_now())
        settling.release_hold(registration.id, self.payments, now=at)

    def _cancel(self, registration: Registration, content: Content) -> None:
        cancellation = content["cancellation"]
        if cancellation is None or _is_called_off(content):
            return
        at = self.now - timedelta(days=cancellation["days_ago"], minutes=10)
        why = cancellation["reason"][registration.language]  # type: ignore[literal-required]
        with writing():
            cancel_registration(registration.id, why=why, now=at, by="worker")
        for refund in registration.folio.refunds if content["state"] == "cancelled_refunded" else ():
            self._send_home(refund, at + timedelta(hours=1))

    def _ask_to_cancel(self, registration: Registration, request: CancellationRequest) -> None:
        at = self.now - timedelta(days=request["days_ago"], minutes=50)
        why = request["reason"][registration.language]  # type: ignore[literal-required]
        with writing():
            ask_to_cancel(registration.id, why, now=at)

    def _send_home(self, refund: Refund, at: datetime) -> None:
        if refund.means == "stripe":
            settling.send_refund(refund.public_id, self.payments, now=at)
        else:
            with writing():
                pay_out_by_hand(refund.public_id, f"ACH-{refund.id:06d}", now=at, by="worker")


def _booking(content: Content, event: Event, at: datetime) -> Booking:
    contact = content["contact"]
    body = ORGANISATIONS[contact["organisation"]]
    return Booking(
        contact_name=_contact_name(contact),
        contact_email=contact["email"],
        contact_phone=contact["phone"],
        organisation=body["name"][contact["language"]],
        people=tuple(
            _person(person, content, event, f"{content['key']}-{place}")
            for place, person in enumerate(content["participants"], start=1)
        ),
        pays_by=content["payer"],
        bill_to=_bill_to(content, body),
        consents=_consents(content, at),
        language=contact["language"],
        submission_key=_key(content),
        plan=content.get("plan", ""),
        code=content.get("code", ""),
        currency=content.get("currency", ""),
    )


def _consents(content: Content, at: datetime) -> dict[str, date]:
    """Return what the contact ticks; one in six leaves being listed out, by the spelling of the address."""
    agreed = {text.kind: text.version_on for text in current_texts(at)}
    listing = current_text("listed", at)
    shy = sum(content["contact"]["email"].encode()) % 6 == 0
    return agreed if listing is None or shy else {**agreed, "listed": listing.version_on}


def _is_called_off(content: Content) -> bool:
    """Tell whether the whole event is called off, which refunds everybody by itself."""
    return any(entry["key"] == content["event"] and entry["state"] == "cancelled" for entry in EVENTS)


def _key(content: Content) -> str:
    return f"demo-{content['key']}"[:40]


def _contact_name(contact: Contact) -> str:
    return PersonName(contact["surname"], contact["given"], contact["native_name"]).in_(contact["language"])


def _person(person: Participant, content: Content, event: Event, member: str) -> BookedPerson:
    entry = next(entry for entry in EVENTS if entry["key"] == content["event"])
    fees = {fee["key"]: event.fees[place].public_id for place, fee in enumerate(entry["fees"])}
    add_ons = {add_on["key"]: event.add_ons[place].public_id for place, add_on in enumerate(entry["add_ons"])}
    body = ORGANISATIONS[person["organisation"]]
    return BookedPerson(
        name=PersonName(
            person["surname"],
            person["given"],
            person["native_name"],
            salutation=SALUTATIONS.get(person["salutation"], ""),
        ),
        fee=fees[person["fee"]],
        member_number=member if person["fee"] == "member" else "",
        add_ons=tuple(add_ons[key] for key in person["add_ons"]),
        email=person["email"],
        post=person["position"][content["contact"]["language"]],
        organisation=body["name"][content["contact"]["language"]],
        country=body["country"],
    )


def _bill_to(content: Content, body: Organisation) -> BillTo:
    bill_to = content["bill_to"]
    if bill_to is None:
        contact = content["contact"]
        return BillTo(name=_contact_name(contact), email=contact["email"], country=body["country"])
    return BillTo(
        name=bill_to["legal_name"],
        email=bill_to["email"],
        department=bill_to["department"],
        address=bill_to["address"],
        country=bill_to["country"],
        vendor_number=bill_to["vendor_number"],
        po_number=content["po_number"],
    )

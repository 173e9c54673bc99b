"""Registering: all the places of a booking or none, its bill, its consents, its hold and its letter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from tourreg.db import db
from tourreg.domain.audit.commands import move_to
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.commands import (
    Charge,
    LetOff,
    agree_plan,
    open_folio,
    post_first_charges,
    post_first_discounts,
)
from tourreg.domain.billing.models import CREDIT_MOVES, Folio
from tourreg.domain.billing.plans import schedule
from tourreg.domain.catalogue import seats
from tourreg.domain.catalogue.models import AddOn, Event, Fee, Pool
from tourreg.domain.catalogue.prices import PriceList, price_list
from tourreg.domain.catalogue.rules import places_free
from tourreg.domain.cities.queries import by_public_id as city_by_public_id
from tourreg.domain.consents import commands as consents
from tourreg.domain.consents.models import ConsentText
from tourreg.domain.consents.queries import asked_of_registrants
from tourreg.domain.discounts import queries as codes
from tourreg.domain.discounts.rules import CodeRefused, Discount
from tourreg.domain.discounts.using import use
from tourreg.domain.memberships.rules import normal_number
from tourreg.domain.outbox.commands import add_task, send_letter
from tourreg.domain.registrations import holds, mails, payment_plans, queries, rules
from tourreg.domain.registrations.bills import Bill, discount_by
from tourreg.domain.registrations.bills import bill as bill_of
from tourreg.domain.registrations.chosen import Chosen, everything, seats_of, taking_part
from tourreg.domain.registrations.models import Participant, Registration, Seat
from tourreg.domain.registrations.promises import promised_by
from tourreg.domain.registrations.proofs import needs_approval, require_proofs
from tourreg.domain.registrations.rules import BookedPerson, Booking
from tourreg.kernel.bilingual import Text
from tourreg.kernel.clock import local_day
from tourreg.kernel.numbers import new_public_id
from tourreg.kernel.ordering import name_sort_key, sort_key
from tourreg.kernel.states import Axis

RELEASE_HOLD = "release_hold"
CREDIT = Axis("credit", "credit_state", CREDIT_MOVES)
OPEN_ADMISSION = "Open admission."
_LONGEST_KEY = 200


def register(event: Event, booking: Booking, *, invoice_hold_working_days: int, now: datetime) -> Registration:
    """Take every place that the booking asks for, or none, and open its bill; the same form again returns its first.

    Where something is to be paid the places are held, else they are confirmed at once; where the office has to approve
    a fee they are held until it has answered. The pools stay locked until the caller's transaction ends.

    raises  what `rules.require_bookable` raises, ConsentMissing, NoPlaces, CodeRefused, ProofMissing,
            PlanNotOffered, PlanNeedsInvoice
    """
    known = queries.by_submission_key(booking.submission_key)
    if known is not None:
        return known
    rules.require_bookable(event, booking, now)
    texts = _agreed_texts(booking, now)
    discount = _discount(event, booking, now)
    _take_places(event, booking)
    require_proofs(event, booking.people, discount, day=local_day(now, event.zone))
    held_until = _held_until(event, booking, invoice_hold_working_days, now)
    public_id = new_public_id()
    if discount:
        use(discount, registration=public_id, contact=booking.contact_email, now=now)
    registration = _write_down(event, booking, public_id, held_until, now)
    actor = f"contact:{registration.public_id}"
    subjects = [participant.public_id for participant in registration.participants]
    consents.give(texts, subjects=subjects, now=now, by=actor)
    _charge(registration, discount, now=now, by=actor)
    _agree_plan(registration, booking, now=now)
    _admit(registration, now=now, by=actor)
    bill = bill_of(event, booking.people, now, discount, booking.currency)
    _hold_or_confirm(registration, bill, held_until, now=now, by=actor)
    return registration


def _held_until(event: Event, booking: Booking, invoice_working_days: int, now: datetime) -> datetime | None:
    """Return until when places are held; none where the office has to answer first."""
    chosen = {person.fee for person in booking.people}
    if any(needs_approval(fee) for fee in event.fees if fee.public_id in chosen):
        return None
    return rules.hold_ends_at(booking.pays_by, event.zone, now, invoice_working_days=invoice_working_days)


def confirm(registration: Registration, *, now: datetime, by: str) -> None:
    """Make every held seat theirs for good; what is confirmed stays so, and what was released stays released."""
    holds.confirm(holds.lock(registration.id), now=now, by=by)


def release(registration: Registration, *, now: datetime, by: str, why: str) -> None:
    """Give every seat back, each once however often this is asked."""
    holds.release(holds.lock(registration.id), now=now, by=by, why=why)


def withdraw(registration: Registration, *, now: datetime, by: str, why: str) -> None:
    """Take everybody of a locked registration out of the event for good, and give every seat back; each once."""
    give_up(registration, everything(registration), now=now, by=by, why=why)
    holds.release(registration, now=now, by=by, why=why)


def give_up(registration: Registration, chosen: Chosen, *, now: datetime, by: str, why: str) -> None:
    """Give the chosen seats of a locked registration back, and take the chosen people out for good.

    Whom the office has in review it declines by that; the others withdraw.
    A request to cancel is answered by that, whatever of it was asked for.
    """
    leaving = [person for person in taking_part(registration) if person.public_id in chosen.people]
    holds.release(registration, now=now, by=by, why=why, only=seats_of(registration, chosen))
    for participant in leaving:
        after = "declined" if participant.application_state == "in_review" else "withdrawn"
        move_to(participant, rules.APPLICATION, after, now=now, by=by, why=why)
    if registration.cancellation_state == "asked":
        move_to(registration, rules.CANCELLATION, "cancelled", now=now, by=by)
    registration.asked_to_give_up = {}


def _agreed_texts(booking: Booking, now: datetime) -> list[ConsentText]:
    """Return the texts that apply, each of which must have been agreed to, and that of being listed where it was."""
    texts, listed = asked_of_registrants(now)
    missing = [text.kind for text in texts if booking.consents.get(text.kind) != text.version_on]
    if missing:
        raise rules.ConsentMissing(kinds=missing)
    wished = listed is not None and booking.consents.get("listed") == listed.version_on
    return [listed, *texts] if listed is not None and wished else texts


def _discount(event: Event, booking: Booking, now: datetime) -> Discount | None:
    """Return what the typed code takes off; no less than the contact has seen.

    raises  CodeRefused
    """
    if not booking.code:
        return None
    code = codes.by_word(booking.code)
    if code is None:
        raise CodeRefused(reason="unknown", code=None)
    used = codes.used_by_contact(code, booking.contact_email)
    discount = discount_by(code, event, booking.people, now, used_by_contact=used, currency=booking.currency)
    if discount.total.minor < booking.shown_off_minor:
        raise CodeRefused(reason="changed", code=code)
    return discount


def _take_places(event: Event, booking: Booking) -> None:
    wanted = rules.places_wanted(event, booking.people)
    try:
        seats.take(wanted)
    except seats.PoolIsFull as refusal:
        raise rules.NoPlaces(shortages=_shortages(event, wanted, refusal)) from refusal


def _shortages(event: Event, wanted: Mapping[int, int], refusal: seats.PoolIsFull) -> list[rules.Shortage]:
    """Return all that is short, not only the first: pools are taken by rising id, so the later ones are untouched."""
    later_pools = select(Pool).where(Pool.id.in_(wanted), Pool.id > refusal.pool_id)
    later = db.session.scalars(later_pools.execution_options(populate_existing=True))
    free = {refusal.pool_id: min(refusal.free, refusal.wanted - 1), **{pool.id: places_free(pool) for pool in later}}
    things: list[Fee | AddOn] = [*event.fees, *event.add_ons]
    of_things = {thing.pool_id: thing for thing in things}
    return [
        rules.Shortage(of_things.get(pool_id), wanted[pool_id], left)
        for pool_id, left in sorted(free.items())
        if left < wanted[pool_id]
    ]


def _write_down(
    event: Event, booking: Booking, public_id: str, held_until: datetime | None, now: datetime
) -> Registration:
    reference = queries.free_reference(event.reference_prefix)
    registration = Registration(
        public_id=public_id,
        reference=reference,
        event=event,
        folio=_open_folio(event, booking, reference, now),
        contact_name=booking.contact_name,
        contact_email=booking.contact_email,
        contact_phone=booking.contact_phone,
        organisation=booking.organisation,
        sort_key=name_sort_key(booking.contact_name)[:_LONGEST_KEY],
        language=booking.language,
        pays_by=booking.pays_by,
        submission_key=booking.submission_key,
        cancellation_terms=promised_by(event, booking.currency),
        asked_to_give_up={},
        registered_at=now,
    )
    registration.participants = [
        _participant(event, person, position, held_until, now)
        for position, person in enumerate(booking.people, start=1)
    ]
    db.session.add(registration)
    db.session.flush()
    return registration


def _open_folio(event: Event, booking: Booking, reference: str, now: datetime) -> Folio:
    return open_folio(
        booking.bill_to,
        issuer_id=event.issuer_id,
        event=event.public_id,
        currency=booking.currency or event.currency,
        language=booking.language,
        reference=reference,
        now=now,
    )


def _participant(
    event: Event, person: BookedPerson, position: int, held_until: datetime | None, now: datetime
) -> Participant:
    name = person.name
    fee = next(fee for fee in event.fees if fee.public_id == person.fee)
    add_ons = [add_on for add_on in event.add_ons if add_on.public_id in person.add_ons]
    pool_ids = [event.pool_id] if fee.pool_id is None else [event.pool_id, fee.pool_id]
    seats_at_event = [_seat(pool_id, None, held_until, now) for pool_id in pool_ids]
    return Participant(
        public_id=new_public_id(),
        position=position,
        surname=name.surname,
        given=name.given,
        native=name.native,
        badge=name.badge,
        salutation=name.salutation,
        email=person.email,
        post=person.post,
        organisation=person.organisation,
        country=person.country,
        sort_key=sort_key(f"{name.surname} {name.given}")[:_LONGEST_KEY],
        fee=fee,
        guest=person.guest if any(add_on.kind == "guest" for add_on in add_ons) else "",
        member_number=normal_number(person.member_number) if fee.proof == "number" else "",
        city=city_by_public_id(person.city) if person.city and fee.population_most is not None else None,
        application_state="submitted",
        seats=[*seats_at_event, *(_seat(add_on.pool_id, add_on, held_until, now) for add_on in add_ons)],
    )


def _seat(pool_id: int | None, add_on: AddOn | None, held_until: datetime | None, now: datetime) -> Seat:
    return Seat(
        public_id=new_public_id(),
        pool_id=pool_id,
        add_on=add_on,
        state="held",
        held_until=held_until,
        taken_at=now,
    )


def _charge(registration: Registration, discount: Discount | None, *, now: datetime, by: str) -> None:
    event = registration.event
    prices = price_list(event, now, registration.folio.currency)
    charges = [charge for person in registration.participants for charge in _charges(event, person, prices)]
    post_first_charges(registration.folio, charges, now=now, by=by)
    if discount:
        let_off = [
            LetOff(_fee_reference(person), discount.label, discount.of(person.position))
            for person in registration.participants
            if discount.of(person.position)
        ]
        post_first_discounts(registration.folio, let_off, now=now, by=by)


def _agree_plan(registration: Registration, booking: Booking, *, now: datetime) -> None:
    """Freeze the plan that was chosen, with its days and amounts, where something is to be paid."""
    folio, charged = registration.folio, billing.standing(registration.folio).charged
    if not charged:
        return
    plan = payment_plans.plan_of(registration.event, booking)
    bounds = payment_plans.plan_bounds(registration.event, booking.pays_by, folio.terms_days, now)
    agree_plan(folio, plan.kind, schedule(plan, charged, len(booking.people), bounds), now=now)


def _charges(event: Event, participant: Participant, prices: PriceList) -> list[Charge]:
    fee = Charge(
        subject=participant.public_id,
        description=prices.label_of(participant.fee),
        unit=prices.of(participant.fee),
        reference=_fee_reference(participant),
        service_from=event.starts_on,
        service_to=event.ends_on,
    )
    return [
        fee,
        *(_charge_for_add_on(fee, seat.add_on, participant.guest, prices) for seat in participant.seats if seat.add_on),
    ]


def _fee_reference(participant: Participant) -> str:
    return f"fee:{participant.public_id}"


def _charge_for_add_on(fee: Charge, add_on: AddOn, guest: str, prices: PriceList) -> Charge:
    return replace(
        fee,
        description=_with_guest(add_on, guest),
        unit=prices.of(add_on),
        reference=f"add_on:{fee.subject}:{add_on.public_id}",
        service_from=add_on.from_on or fee.service_from,
        service_to=add_on.to_on or fee.service_to,
    )


def _with_guest(add_on: AddOn, guest: str) -> Text:
    """Return what a bill calls an add-on; of a guest it says the name."""
    if add_on.kind != "guest" or not guest:
        return add_on.label
    return Text(f"{add_on.label.in_('en')} ({guest})", f"{add_on.label.in_('zh')}（{guest}）")


def _admit(registration: Registration, *, now: datetime, by: str) -> None:
    for participant in registration.participants:
        if not needs_approval(participant.fee):
            move_to(participant, rules.APPLICATION, "accepted", now=now, by=by, why=OPEN_ADMISSION)


def _hold_or_confirm(
    registration: Registration, bill: Bill, held_until: datetime | None, *, now: datetime, by: str
) -> None:
    if held_until is not None and bill.total:
        if registration.pays_by == "invoice":
            move_to(registration.folio, CREDIT, "asked", now=now, by=by)
        key = f"{RELEASE_HOLD}:{registration.public_id}"
        add_task(RELEASE_HOLD, {"registration": registration.public_id}, key=key, now=now, run_at=held_until)
    elif held_until is not None:
        holds.confirm(registration, now=now, by=by)
    send_letter(
        "registered",
        mails.registered(registration, bill, held_until if bill.total else None),
        to=registration.contact_email,
        language=registration.language,
        about=registration.public_id,
        key=f"registered:{registration.public_id}",
        now=now,
    )

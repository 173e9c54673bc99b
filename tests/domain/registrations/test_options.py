"""Optional items are chosen as other places are taken: all or none, and never more than there are."""

from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from tests.cast import a_person, a_registration, a_study_tour
from tests.fake_payments import FakePayments
from tests.money_cast import FINANCE, balance_of, letters_about, papers_of, pay_by_card, postings, read_again
from tests.notice_cast import change, issue, item_of
from tests.option_cast import (
    BOAT,
    BOAT_FEE,
    MARKET,
    MUSEUM,
    a_summit_with_options,
    a_sure_registration,
    choose,
    chosen,
    option,
    places_taken,
    wish,
)
from tests.races import all_at_once, outcome_of
from tests.several_bills import bill_together
from tourreg import settling
from tourreg.db import db, writing
from tourreg.domain.catalogue import desk, seats
from tourreg.domain.catalogue.cancellation import EventTerms, Step, Terms, plain_terms
from tourreg.domain.catalogue.models import Event, Pool
from tourreg.domain.itineraries.calendars import calendar_of
from tourreg.domain.itineraries.options import MoreHaveChosen, options_of
from tourreg.domain.itineraries.queries import days_of
from tourreg.domain.registrations import options
from tourreg.domain.registrations.chosen import Chosen
from tourreg.domain.registrations.commands import confirm
from tourreg.domain.registrations.models import Registration
from tourreg.domain.registrations.options import Taken, Wish
from tourreg.domain.registrations.own_changes import ask_to_cancel
from tourreg.domain.reports.event_papers import EVENT_PAPERS, Asked
from tourreg.domain.reports.queries import parts_taken
from tourreg.domain.reports.subjects import Subjects
from tourreg.domain.settlements import options as settled
from tourreg.domain.settlements.credit import accept_credit
from tourreg.domain.settlements.foreseeing import Order
from tourreg.kernel.bilingual import Text
from tourreg.kernel.numbers import new_public_id

LAST_CALL = datetime(2027, 10, 20, 10, 59, tzinfo=UTC)  # a minute before the boat leaves at 19:00 in Yangzhou
HALF_KEPT = plain_terms(EventTerms(Terms((Step(60, 0), Step(0, 50)))))


@pytest.fixture
def summit(app: Flask, now: datetime) -> Event:
    return a_summit_with_options(now, cancellation_terms=HALF_KEPT)


@pytest.fixture
def registration(summit: Event, now: datetime) -> Registration:
    return a_sure_registration(summit, now)


@pytest.fixture
def stripe(now: datetime) -> FakePayments:
    return FakePayments(now)


def give_up(registration: Registration, title: str, stripe: FakePayments, now: datetime, key: str = "") -> None:
    pair = (registration.participants[0].public_id, option(title).public_id)
    order = Order(Chosen(add_ons=(pair,)), "Given up.", key or new_public_id())
    settling.cancel(registration.id, order, stripe, now=now, by="contact:x")


def test_what_is_chosen_takes_a_place_and_stands_on_the_bill(registration: Registration, now: datetime) -> None:
    before = balance_of(registration)

    choose(registration, [wish(registration, BOAT), wish(registration, MARKET, person=1)], now)

    assert chosen(registration) == [("Hart", BOAT), ("Chen", MARKET)]
    assert (places_taken(BOAT), places_taken(MARKET)) == (1, 1)
    assert balance_of(registration) - before == BOAT_FEE
    assert letters_about(registration) == ["options_chosen"]


def test_what_is_paid_on_the_spot_is_not_charged(registration: Registration, now: datetime) -> None:
    before = postings(registration)

    choose(registration, [wish(registration, MUSEUM)], now)

    assert chosen(registration) == [("Hart", MUSEUM)]
    assert postings(registration) == before


def test_the_same_form_again_chooses_nothing_more(registration: Registration, now: datetime) -> None:
    wishes = [wish(registration, BOAT)]

    first, second = (choose(registration, wishes, now, key="k" * 22) for _ in range(2))

    assert (len(first), second) == (1, [])
    assert places_taken(BOAT) == 1


def test_whoever_has_it_gets_it_once(registration: Registration, now: datetime) -> None:
    for _ in range(2):
        choose(registration, [wish(registration, BOAT), wish(registration, BOAT)], now)

    assert places_taken(BOAT) == 1
    assert [kind for kind, amount in postings(registration) if amount == BOAT_FEE] == ["charge"]


def test_all_that_is_ticked_is_taken_or_nothing(app: Flask, now: datetime) -> None:
    registration = a_sure_registration(a_summit_with_options(now, capacity=1), now)
    both = [wish(registration, MARKET), wish(registration, BOAT), wish(registration, BOAT, person=1)]

    with pytest.raises(options.OptionIsFull) as refusal:
        choose(registration, both, now)

    assert refusal.value.free == 1
    assert chosen(registration) == []
    assert (places_taken(BOAT), places_taken(MARKET)) == (0, 0)


def test_it_can_be_chosen_until_it_begins(registration: Registration) -> None:
    with pytest.raises(options.OptionIsClosed):
        choose(registration, [wish(registration, BOAT)], LAST_CALL + timedelta(minutes=1))

    assert choose(registration, [wish(registration, BOAT)], LAST_CALL)


def test_it_can_be_chosen_until_the_end_of_its_last_day(app: Flask, now: datetime) -> None:
    registration = a_sure_registration(a_summit_with_options(now, until="2027-09-30"), now)
    midnight = datetime(2027, 9, 30, 16, 0, tzinfo=UTC)  # in Yangzhou

    with pytest.raises(options.OptionIsClosed):
        choose(registration, [wish(registration, BOAT)], midnight)

    assert choose(registration, [wish(registration, BOAT)], midnight - timedelta(seconds=1))


def test_nobody_chooses_what_another_event_offers(registration: Registration, now: datetime) -> None:
    other = a_study_tour()
    stranger = a_sure_registration(other, now)
    boat = option(BOAT)

    with pytest.raises(options.NothingWished):
        choose(stranger, [Wish(stranger.participants[0].public_id, boat.public_id, BOAT_FEE)], now)
    with pytest.raises(options.NothingWished):
        choose(stranger, [wish(registration, BOAT)], now)


def test_a_place_that_is_only_held_chooses_nothing(summit: Event, now: datetime) -> None:
    held = a_registration(summit, a_person(), now=now)

    with pytest.raises(options.OptionIsNotTheirs):
        choose(held, [wish(held, BOAT)], now)


def test_what_is_on_a_tour_is_for_those_who_take_it(registration: Registration, summit: Event, now: datetime) -> None:
    change(summit, "Walk in Yangmeizhu Lane", now, optional=True)

    with pytest.raises(options.OptionIsNotTheirs):
        choose(registration, [wish(registration, "Walk in Yangmeizhu Lane")], now)

    pre = next(add_on for add_on in summit.add_ons if add_on.kind == "pre_tour")
    taker = a_registration(summit, a_person("Wu", add_ons=(pre.public_id,)), now=now)
    with writing():
        confirm(taker, now=now, by="worker")
    assert choose(taker, [wish(taker, "Walk in Yangmeizhu Lane")], now)


def test_nobody_is_in_two_places_at_once(registration: Registration, now: datetime) -> None:
    with pytest.raises(options.OptionsClash):
        choose(registration, [wish(registration, BOAT), wish(registration, MUSEUM)], now)

    choose(registration, [wish(registration, BOAT)], now)
    with pytest.raises(options.OptionsClash):
        choose(registration, [wish(registration, MUSEUM)], now)
    assert choose(registration, [wish(registration, MUSEUM, person=1), wish(registration, MARKET)], now)


def test_nobody_pays_another_fee_than_they_saw(registration: Registration, summit: Event, now: datetime) -> None:
    seen = wish(registration, BOAT)
    change(summit, BOAT, now, fee_minor=3_000)

    with pytest.raises(options.OptionHasAnotherFee):
        choose(registration, [seen], now)


def test_while_the_office_is_asked_to_cancel_nothing_is_chosen(registration: Registration, now: datetime) -> None:
    with writing():
        ask_to_cancel(registration.id, "", now=now)

    with pytest.raises(options.CancellationWaits):
        choose(registration, [wish(registration, BOAT)], now)


def test_where_the_bill_is_invoiced_the_new_line_is_too(summit: Event, now: datetime) -> None:
    registration = a_registration(summit, a_person(), now=now, pays_by="invoice")
    with writing():
        accept_credit(registration.id, po_number="PO-1", now=now, by=FINANCE)
    assert papers_of(registration) == ["invoice"]

    choose(registration, [wish(registration, BOAT)], now)

    assert papers_of(registration) == ["invoice", "invoice"]


def test_on_a_bill_that_another_pays_the_contact_chooses_only_what_is_free(summit: Event, now: datetime) -> None:
    payer, other = (
        a_sure_registration(summit, now, contact_email=address) for address in ("lan@example.org", "wu@example.org")
    )
    bill_together(payer, other, now=now)
    boat, market = wish(other, BOAT), wish(other, MARKET)

    with pytest.raises(settled.SomebodyElsePays):
        choose(other, [boat], now)

    assert choose(other, [market], now)
    assert choose(payer, [wish(payer, BOAT)], now)
    with writing():
        key = new_public_id()
        assert settled.choose_options(other.id, [boat], submission_key=key, now=now, by=FINANCE, by_office=True)


def test_giving_up_frees_the_place_and_sends_back_what_the_terms_say(
    registration: Registration, stripe: FakePayments, now: datetime
) -> None:
    choose(registration, [wish(registration, BOAT)], now)
    pay_by_card(registration, stripe, now)
    late = datetime(2027, 10, 1, 9, 0, tzinfo=UTC)

    give_up(registration, BOAT, stripe, late)

    assert chosen(registration) == []
    assert places_taken(BOAT) == 0
    assert [part for part in postings(registration) if abs(part[1]) in (BOAT_FEE, BOAT_FEE // 2)] == [
        ("charge", BOAT_FEE),
        ("cancellation", -BOAT_FEE),
        ("cancellation_fee", BOAT_FEE // 2),
    ]
    assert [refund.amount_minor for refund in read_again(registration).folio.refunds] == [BOAT_FEE // 2]


def test_what_was_given_up_can_be_chosen_and_given_up_again(
    registration: Registration, stripe: FakePayments, now: datetime
) -> None:
    before = balance_of(registration)
    for _ in range(3):
        choose(registration, [wish(registration, BOAT)], now)
        assert balance_of(registration) - before == BOAT_FEE
        give_up(registration, BOAT, stripe, now)
        assert balance_of(registration) == before

    assert places_taken(BOAT) == 0


def test_a_programme_and_a_calendar_show_what_was_chosen(
    registration: Registration, summit: Event, now: datetime
) -> None:
    choose(registration, [wish(registration, BOAT)], now)
    person = registration.participants[0].public_id
    paper = EVENT_PAPERS["personal_itinerary"]
    assert paper.subjects
    emily, chen = paper.subjects(Subjects(summit))

    sheets: list[Any] = [paper.sheet(Asked(summit, one, now, issued=True)) for one in (emily, chen)]
    titles = [_titles(sheet) for sheet in sheets]
    entries = calendar_of(summit, parts=parts_taken(summit)[person]).entries

    assert [BOAT in told for told in titles] == [True, False]
    assert [[one["title"]["en"] for one in sheet["chosen"]] for sheet in sheets] == [[BOAT], []]
    assert not any(MUSEUM in told for told in titles)
    assert {entry.shown.title.en for entry in entries} & {BOAT, MUSEUM, MARKET} == {BOAT}
    assert {BOAT, MUSEUM, MARKET} <= {entry.shown.title.en for entry in calendar_of(summit).entries}


def _titles(sheet: Any) -> list[str]:
    return [item["title"]["en"] for day in sheet["days"] for item in day["items"]]


def test_a_version_with_fewer_places_than_are_taken_is_not_issued(
    registration: Registration, summit: Event, now: datetime
) -> None:
    choose(registration, [wish(registration, BOAT), wish(registration, BOAT, person=1)], now)

    with pytest.raises(MoreHaveChosen) as refusal:
        change(summit, BOAT, now, capacity=1)

    assert (refusal.value.capacity, refusal.value.taken) == (1, 2)
    with writing():
        item_of(summit, BOAT).capacity = 2
    assert issue(summit, now) == 2
    assert [one.free for one in options_of(summit) if one.add_on.label.en == BOAT] == [0]


def test_what_is_no_longer_optional_stays_with_whoever_chose_it(
    registration: Registration, summit: Event, now: datetime
) -> None:
    choose(registration, [wish(registration, BOAT)], now)

    change(summit, BOAT, now, optional=False)

    assert BOAT not in [one.add_on.label.en for one in options_of(summit)]
    assert chosen(registration) == [("Hart", BOAT)]


def test_the_draft_offers_nothing_before_it_is_issued(registration: Registration, summit: Event) -> None:
    with writing():
        days_of(summit)[1].items[0].optional = True

    assert "Opening and keynote" not in [one.add_on.label.en for one in options_of(summit)]


def test_options_are_no_add_ons_of_the_registration_form(summit: Event) -> None:
    db.session.rollback()
    found = desk.event(summit.public_id)

    assert found
    assert not any(add_on.is_option for add_on in found.add_ons)


def test_options_come_in_the_order_in_which_they_happen(summit: Event) -> None:
    found = options_of(summit)

    assert all(one.starts_at <= other.starts_at for one, other in pairwise(found))


def sure_ones(event: Event, now: datetime, people: int) -> list[Registration]:
    made = []
    for number in range(people):
        one = a_registration(event, a_person(f"Person{number}"), now=now)
        with writing():
            confirm(one, now=now, by="worker")
        made.append(one)
    return made


def choose_at_once(app: Flask, registrations: list[Registration], now: datetime) -> list[Any]:
    wishes = [(one, [wish(one, BOAT)]) for one in registrations]
    tries = [outcome_of(partial(_choose_by_id, one.id, wanted, now)) for one, wanted in wishes]
    db.session.rollback()
    return all_at_once(app, tries)


def _choose_by_id(registration_id: int, wishes: list[Wish], now: datetime) -> list[Taken]:
    with writing():
        return settled.choose_options(registration_id, wishes, submission_key=new_public_id(), now=now, by="contact:x")


@pytest.mark.both
def test_of_many_who_want_the_last_place_one_gets_it(app: Flask, now: datetime) -> None:
    summit = a_summit_with_options(now, capacity=1)

    answers = choose_at_once(app, sure_ones(summit, now, 8), now)

    assert sum(isinstance(answer, list) for answer in answers) == 1
    assert sum(isinstance(answer, options.OptionIsFull) for answer in answers) == 7
    assert places_taken(BOAT) == 1


@pytest.mark.both
def test_without_the_condition_the_same_people_are_given_too_many(
    app: Flask, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: what the test above counts does go wrong where a place is taken without a condition."""
    monkeypatch.setattr(seats, "_take", take_without_condition)
    summit = a_summit_with_options(now, capacity=1)

    answers = choose_at_once(app, sure_ones(summit, now, 8), now)

    assert sum(isinstance(answer, list) for answer in answers) == 8


def take_without_condition(pool_id: int, places: int) -> None:
    taking = update(Pool).where(Pool.id == pool_id).values(taken=Pool.taken + places)
    db.session.execute(taking.execution_options(synchronize_session=False))


@pytest.mark.both
def test_one_form_sent_six_times_at_once_chooses_once(app: Flask, now: datetime) -> None:
    registration = a_sure_registration(a_summit_with_options(now), now)
    wishes, registration_id = [wish(registration, BOAT)], registration.id
    db.session.rollback()

    def send() -> list[Taken]:
        with writing():
            return settled.choose_options(registration_id, wishes, submission_key="k" * 22, now=now, by="contact:x")

    answers = all_at_once(app, [outcome_of(send)] * 6)

    assert sorted(len(answer) for answer in answers) == [0, 0, 0, 0, 0, 1]
    assert places_taken(BOAT) == 1
    assert Text(BOAT, BOAT) == option(BOAT).label

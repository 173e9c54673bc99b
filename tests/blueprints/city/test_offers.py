"""What a city's contact does with its offers, on pages that need no script."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from tests.forms import Fields, faults_of, fields_of, page_of, send, words_of
from tests.host_offers import an_offer, moved, the_topics
from tests.hosts import MEMBER, a_host
from tests.visitors import granted
from tourreg.blueprints.city.profile import BEGUN_WITHIN, SENT_WITHIN
from tourreg.db import db, writing
from tourreg.domain.cities.models import Topic
from tourreg.domain.hosting import commands
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.offer_models import HostOffer
from tourreg.domain.hosting.offer_plans import plan_of_offer
from tourreg.domain.hosting.offer_queries import offer_by_public_id
from tourreg.kernel.bilingual import Text
from tourreg.kernel.numbers import new_public_id

TYPED: Fields = {
    "title_en": "Two days on water",
    "words_en": "From the river to the tap.",
    "topics": ["water", "energy"],
    "windows-0-first_on": "2027-05-10",
    "windows-0-last_on": "2027-05-28",
    "blackouts": "2027-05-17 to 2027-05-18\n2027-05-28",
    "largest": "20",
    "interpreted": ["zh"],
    "charges-0-label_en": "Lunch",
    "charges-0-amount": "18.50",
    "charges-0-per": "person",
}

# What is no text, so that nothing of a value that is not on the list can be kept.
CHOSEN = ("topics", "sites", "spoken", "currency", "charges-0-per")


@pytest.fixture(autouse=True)
def clock(clock_shows: Callable[[datetime], None]) -> Callable[[datetime], None]:
    return clock_shows


@pytest.fixture
def host(client: FlaskClient, now: datetime) -> HostProfile:
    """Davenport's contact, let in by a link just now."""
    profile = a_host("accepted", now=now)
    granted(client, profile.public_id, at=now)
    with writing():
        the_topics()
    return profile


@pytest.mark.both
def test_a_contact_writes_an_offer_that_counts_at_once(client: FlaskClient, host: HostProfile) -> None:
    answer = send(client, new(host), "offer", **TYPED, do="offer")

    page = client.get(answer.location)
    assert (answer.status_code, page.status_code) == (303, 200)
    assert "The offer counts from now on." in page.text
    offer = the_offer()
    plan = plan_of_offer(offer)
    assert (offer.state, offer.city.slug, offer.written_by) == ("offered", "davenport", commands.actor(host))
    assert [day.isoformat() for day in plan.blackouts] == ["2027-05-17", "2027-05-18", "2027-05-28"]
    assert (plan.title, plan.topics, plan.charges[0].amount_minor) == (
        Text("Two days on water"), ("energy", "water"), 1_850,
    )  # fmt: skip


def test_a_name_and_the_usual_numbers_are_enough_for_a_draft(client: FlaskClient, host: HostProfile) -> None:
    answer = send(client, new(host), "offer", title_en="Two days on water", largest="20")

    assert answer.status_code == 303
    assert the_offer().state == "draft"
    assert "No days yet" in client.get(answer.location).text


def test_what_an_offer_lacks_before_it_counts_is_said_beside_the_fields(client: FlaskClient, host: HostProfile) -> None:
    page = send(client, new(host), "offer", title_en="Two days on water", largest="20", do="offer")

    assert page.status_code == 422
    assert list(faults_of(page)) == ["words_en", "topics", "windows-0-first_on"]
    assert count() == 0


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title_en": ""}, "title_en"),
        ({"title_en": "x" * 10_000}, "title_en"),
        ({"words_en": "x" * 10_000}, "words_en"),
        ({"words_en": "a\x00b"}, "words_en"),
        ({"windows-0-last_on": "2027-05-09", "blackouts": ""}, "windows-0-last_on"),
        ({"windows-0-last_on": "", "blackouts": ""}, "windows-0-last_on"),
        ({"windows-0-first_on": "2026-05-10", "windows-0-last_on": "2026-05-28", "blackouts": ""}, "windows-0-last_on"),
        ({"windows-0-first_on": "31.5.2027"}, "windows-0-first_on"),
        ({"blackouts": "2027-06-01"}, "blackouts"),
        ({"blackouts": "Memorial Day"}, "blackouts"),
        ({"blackouts": "2027-02-30"}, "blackouts"),
        ({"blackouts": "2027-05-20 to 2027-05-10"}, "blackouts"),
        ({"blackouts": "2000-01-01 to 2099-12-31"}, "blackouts"),
        ({"smallest": "21"}, "smallest"),
        ({"largest": "0"}, "largest"),
        ({"largest": "many"}, "largest"),
        ({"notice_days": ""}, "notice_days"),
        ({"topics": ["no-such-topic"]}, "topics"),
        ({"sites": ["x" * 22]}, "sites"),
        ({"spoken": ["xx"]}, "spoken"),
        ({"currency": "XAU"}, "currency"),
        ({"charges-0-amount": "free"}, "charges-0-amount"),
        ({"charges-0-amount": "99,999,999,999,999,999,999.00"}, "charges-0-amount"),
        ({"charges-0-label_en": ""}, "charges-0-label_en"),
        ({"charges-0-per": "moon"}, "charges-0-per"),
    ],
)
def test_a_fault_keeps_what_was_typed_and_writes_nothing(
    client: FlaskClient, host: HostProfile, typed: Fields, field: str
) -> None:
    page = send(client, new(host), "offer", **{**TYPED, **typed})

    assert (page.status_code, list(faults_of(page))) == (422, [field])
    kept = fields_of(page, "offer")
    written = {name: value for name, value in typed.items() if name in kept and name not in CHOSEN}
    assert {name: kept[name].replace("\ufffd", "\x00") for name in written} == written
    assert count() == 0


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "{{ 7*7 }}{% raw %}", "O’Brien & \"Söhne\" 'x'"])
def test_hostile_words_stay_words(client: FlaskClient, host: HostProfile, text: str) -> None:
    answer = send(client, new(host), "offer", **{**TYPED, "title_en": text, "words_en": text, "provided_en": text})

    for address in (answer.location, f"{answer.location}/edit", offers(host)):
        assert text in words_of(page_of(client.get(address)).find(".//main"))


def test_the_same_form_sent_twice_makes_one_offer(client: FlaskClient, host: HostProfile) -> None:
    form = {**fields_of(client.get(new(host)), "offer"), **TYPED}

    answers = [client.post(new(host), data=form) for _time in range(2)]

    assert answers[0].location == answers[1].location
    assert count() == 1


def test_a_homestay_tells_what_households_wish(client: FlaskClient, host: HostProfile) -> None:
    stay = {"households": "12", "guests_each": "2", "preferences": "Two cats", "hours_en": "Home by ten"}

    answer = send(client, new(host, "homestay"), "offer", **{**TYPED, **stay})

    page = client.get(answer.location)
    assert "Two cats" in page.text
    assert "12, with up to 2 guests each" in page.text


@pytest.mark.parametrize("missing", ["households", "guests_each"])
def test_a_homestay_needs_its_numbers(client: FlaskClient, host: HostProfile, missing: str) -> None:
    page = send(
        client, new(host, "homestay"), "offer", **{**TYPED, "households": "12", "guests_each": "2", missing: ""}
    )

    assert (page.status_code, list(faults_of(page))) == (422, [missing])


@pytest.mark.both
def test_a_contact_changes_an_offer_and_takes_a_span_away(
    client: FlaskClient, host: HostProfile, now: datetime
) -> None:
    offer = an_offer("offered", now=now)

    typed = {"windows-0-remove": "y", "blackouts": "", "windows-1-first_on": "2027-10-04",
             "windows-1-last_on": "2027-10-08", "largest": "16"}  # fmt: skip
    answer = send(client, f"{offers(host)}/{offer.public_id}/edit", "offer", **typed)

    assert answer.status_code == 303
    plan = plan_of_offer(the_offer())
    assert [window.first_on.isoformat() for window in plan.windows] == ["2027-10-04"]
    assert plan.largest == 16


def test_the_second_of_two_editors_is_told_and_loses_nothing(
    client: FlaskClient, host: HostProfile, now: datetime
) -> None:
    offer = an_offer(now=now)
    address = f"{offers(host)}/{offer.public_id}/edit"
    form = fields_of(client.get(address), "offer")
    send(client, address, "offer", largest="30")

    page = client.post(address, data={**form, "largest": "12"})

    assert page.status_code == 409
    assert "The host city saved this offer while you had it open." in page.text
    assert words_of(page_of(page).find(".//div[@role='alert']/ul")) == "Largest group: 30"
    assert fields_of(page, "offer")["largest"] == "12"
    assert client.post(address, data={**fields_of(page, "offer")}).status_code == 303
    assert the_offer().largest == 12


@pytest.mark.parametrize(
    ("before", "button", "after"),
    [
        ("draft", "move-offered", "offered"),
        ("offered", "move-paused", "paused"),
        ("paused", "move-offered", "offered"),
        ("paused", "move-withdrawn", "withdrawn"),
        ("withdrawn", "move-draft", "draft"),
    ],
)
def test_each_button_does_what_it_says(
    client: FlaskClient, host: HostProfile, now: datetime, before: str, button: str, after: str
) -> None:
    offer = an_offer(before, now=now)

    answer = send(client, f"{offers(host)}/{offer.public_id}", button)

    assert (answer.status_code, the_offer().state) == (303, after)


def test_a_button_of_an_old_page_is_told_where_the_offer_stands(
    client: FlaskClient, host: HostProfile, now: datetime
) -> None:
    offer = an_offer("offered", now=now)
    address = f"{offers(host)}/{offer.public_id}"
    form = fields_of(client.get(address), "move-paused")
    moved(offer, "withdrawn", now=now)

    page = client.post(f"{address}/move", data=form)

    assert page.status_code == 422
    assert "it now says “Withdrawn”" in faults_of(page)[""]


@pytest.mark.parametrize("to", ["", "expired", "nonsense", "draft"])
def test_nobody_moves_an_offer_where_no_button_leads(
    client: FlaskClient, host: HostProfile, now: datetime, to: str
) -> None:
    offer = an_offer("offered", now=now)
    address = f"{offers(host)}/{offer.public_id}"

    page = client.post(f"{address}/move", data={**fields_of(client.get(address), "move-paused"), "to": to})

    assert (page.status_code, the_offer().state) == (422, "offered")


def test_renewing_is_one_press_and_leads_to_a_draft_to_check(
    client: FlaskClient, host: HostProfile, now: datetime
) -> None:
    offer = an_offer("offered", now=now)
    address = f"{offers(host)}/{offer.public_id}"

    answer = send(client, address, "renew")

    page = client.get(answer.location)
    assert "This is the draft for the next year." in page.text
    assert "8–26 May 2028" in page.text
    assert answer.location in client.get(address).text


def test_renewing_leaves_out_what_was_retired_since(client: FlaskClient, host: HostProfile, now: datetime) -> None:
    offer = an_offer("offered", now=now)
    with writing() as session:
        session.execute(update(Topic).where(Topic.slug == "energy").values(active=False))

    page = client.get(send(client, f"{offers(host)}/{offer.public_id}", "renew").location).text

    assert "Water and wastewater" in page
    assert "Energy" not in page


def test_a_renewal_too_far_ahead_is_refused_in_a_sentence(
    client: FlaskClient, host: HostProfile, now: datetime
) -> None:
    address = f"{offers(host)}/{an_offer('offered', now=now).public_id}"
    for _year in range(5):
        last = send(client, address, "renew")
        address = last.location or address

    assert last.status_code == 422
    assert "more than five years ahead" in last.text


def test_a_withdrawn_offer_is_changed_and_not_offered(client: FlaskClient, host: HostProfile, now: datetime) -> None:
    """A page that was opened while it was a draft may still ask for both."""
    offer = an_offer(now=now)
    address = f"{offers(host)}/{offer.public_id}/edit"
    as_opened = {**fields_of(client.get(address), "offer"), "title_en": "Three days on water", "do": "offer"}
    moved(offer, "withdrawn", now=now)

    refused = client.post(address, data=as_opened)
    again = fields_of(client.get(address), "offer")

    assert refused.status_code == 422
    assert "That cannot be done with an offer in this state." in refused.text
    assert fields_of(refused, "offer")["title_en"] == "Three days on water"
    assert "Save and offer it" not in refused.text
    assert client.post(address, data={**again, "title_en": "Three days on water"}).status_code == 303


@pytest.mark.parametrize("end", ["", "/edit", "/move", "/renew"])
def test_another_citys_offer_is_answered_like_none(
    client: FlaskClient, host: HostProfile, now: datetime, end: str
) -> None:
    foreign = an_offer("offered", city="charlotte", now=now)
    form = fields_of(client.get(new(host)), "offer")

    for name in (foreign.public_id, new_public_id(), "nonsense"):
        address = f"{offers(host)}/{name}{end}"
        answers = [client.post(address, data=form)] if end else []
        answers += [] if end in ("/move", "/renew") else [client.get(address)]
        assert {answer.status_code for answer in answers} <= {404, 405}
    assert "Two days on water" not in client.get(offers(host)).text


@pytest.mark.parametrize("state", ["address_confirmed", "declined"])
def test_only_an_accepted_city_writes_offers(client: FlaskClient, now: datetime, state: str) -> None:
    profile = a_host(state, now=now)
    granted(client, profile.public_id, at=now)

    assert "as soon as our office has accepted" in client.get(offers(profile)).text
    assert client.get(new(profile)).status_code == 404


def test_contacts_of_one_city_share_its_offers(client: FlaskClient, host: HostProfile, now: datetime) -> None:
    colleague = a_host("accepted", now=now, email="second@example.org")
    granted(client, colleague.public_id, at=now)
    offer = an_offer("offered", now=now)

    assert client.get(f"{offers(colleague)}/{offer.public_id}").status_code == 200


def test_a_city_that_is_declined_later_reaches_its_offers_no_more(
    client: FlaskClient, host: HostProfile, now: datetime
) -> None:
    offer = an_offer("offered", now=now)
    with writing():
        commands.decline(host, "Not this year.", now=now, by=MEMBER)

    assert client.get(f"{offers(host)}/{offer.public_id}").status_code == 404


@pytest.mark.parametrize("end", ["/new/visit", "/{offer}/edit"])
def test_writing_takes_a_link_of_just_now(
    client: FlaskClient, host: HostProfile, clock: Callable[[datetime], None], now: datetime, end: str
) -> None:
    offer = an_offer(now=now)
    address = offers(host) + end.format(offer=offer.public_id)
    form: dict[str, Any] = {**fields_of(client.get(address), "offer"), "title_en": "Later"}

    clock(now + BEGUN_WITHIN + timedelta(seconds=1))
    assert "Open a new link first" in client.get(address).text
    clock(now + SENT_WITHIN + timedelta(seconds=1))
    late = client.post(address, data={**form, "largest": "20"})

    assert late.status_code == 403
    assert fields_of(late, "offer")["title_en"] == "Later"
    assert count() == 1


def test_a_contact_who_writes_chinese_is_asked_in_chinese(client: FlaskClient, now: datetime) -> None:
    profile = a_host("accepted", now=now, language="zh")
    granted(client, profile.public_id, at=now)

    page = client.get(f"{new(profile)}?language=zh")

    form = words_of(page_of(page).find(".//form[@id='offer']"))
    assert form.index("接待意向名称") < form.index("同样的内容（英文）")
    assert send(client, new(profile), "offer", title_zh="两天水务考察", largest="20").status_code == 303


def offers(profile: HostProfile) -> str:
    return f"/city/{profile.public_id}/offers"


def new(profile: HostProfile, kind: str = "visit") -> str:
    return f"{offers(profile)}/new/{kind}"


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(HostOffer)) or 0


def the_offer() -> HostOffer:
    db.session.expire_all()
    found = offer_by_public_id(db.session.scalars(select(HostOffer.public_id)).one())
    assert found is not None
    return found

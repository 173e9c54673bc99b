"""The office's events: written as a draft, shown to the public, edited by two, closed and called off."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from tests.cast import a_published_summit, a_study_tour, the_city, the_issuer
from tests.forms import Fields, faults_of, fields_of, page_of, words_of
from tests.races import sent_at_once
from tests.staff import sign_in
from tourreg.db import db, writing
from tourreg.domain.catalogue.models import Event, Pool
from tourreg.kernel.numbers import new_public_id

pytestmark = pytest.mark.usefixtures("clock_shows")
INDEX, NEW = "/office/events", "/office/events/new"
MALICE = "<script>alert(1)</script>{{ 7 * 7 }}{% raw %}'\"&"


@pytest.fixture
def officer(client: FlaskClient, app: Flask) -> FlaskClient:
    """A browser in which a programme officer is signed in; a seller and two cities are known."""
    with writing():
        the_issuer()
        the_city("fort-collins")
        the_city("hangzhou")
    sign_in(client, "programme")
    return client


@pytest.fixture
def typed(officer: FlaskClient) -> Fields:
    """A forum, typed in full and ready for the public."""
    fields = fields_of(officer.get(NEW), "event")
    words = ("title", "summary", "description", "audience", "organiser", "included", "cancellation_policy", "venue")
    with writing():
        city = the_city("hangzhou").public_id
    return {
        **fields,
        **{f"{name}_en": f"The {name}" for name in words},
        **{f"{name}_zh": f"中文{name}" for name in words},
        "kind": "training_forum", "title_en": "Performance Management", "title_zh": "绩效管理",
        "starts_on": "2027-06-07", "ends_on": "2027-06-08", "zone": "Asia/Shanghai",
        "opens_on": "2027-01-10", "closes_on": "2027-05-31", "capacity": "40", "minimum": "12",
        "partners": "Academy of Government | 行政学院\n浙江大学",
        "stops-0-city": city, "stops-0-part": "main", "stops-0-from_on": "2027-06-07", "stops-0-to_on": "2027-06-08",
        "fees-0-label_en": "Member", "fees-0-label_zh": "会员", "fees-0-amount": "1,540.00",
        "fees-1-label_en": "Other", "fees-1-label_zh": "非会员", "fees-1-amount": "1800",
        "fees-1-last_on": "2027-03-31",
        "add_ons-0-kind": "single_room", "add_ons-0-label_en": "Single room", "add_ons-0-amount": "90.5",
        "add_ons-0-capacity": "",
    }  # fmt: skip


def made() -> Event:
    db.session.rollback()
    return db.session.scalars(select(Event).order_by(Event.id.desc()).limit(1)).one()


def count() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Event)) or 0


def page_at(event: Event) -> str:
    return f"/office/events/{event.public_id}"


def take(client: FlaskClient, event: Event, step: str, **more: str) -> TestResponse:
    address = f"{page_at(event)}/{step}"
    return client.post(address, data={**token(client.get(address)), **more})


def token(answer: TestResponse) -> dict[str, str]:
    found = page_of(answer).find(".//input[@name='csrf_token']")
    assert found is not None
    return {"csrf_token": found.attrib["value"]}


def test_an_event_is_drafted_published_and_seen(officer: FlaskClient, typed: Fields) -> None:
    answer = officer.post(NEW, data=typed)
    event = made()
    public = f"/en/events/{event.slug}"
    assert (answer.status_code, answer.location, event.state) == (303, page_at(event), "draft")
    assert event.slug == "performance-management-2027"
    assert officer.get(public).status_code == 404

    assert take(officer, event, "publish").status_code == 303

    shown = officer.get(public).get_data(as_text=True)
    assert "Performance Management" in shown
    assert "US$1,540" in shown
    assert "绩效管理" in officer.get(f"/zh/events/{event.slug}").get_data(as_text=True)
    assert "Performance Management" in officer.get("/en/events").get_data(as_text=True)


def test_what_was_typed_is_what_is_kept(officer: FlaskClient, typed: Fields) -> None:
    officer.post(NEW, data=typed)

    event = made()

    assert [(fee.label.zh, fee.amount_minor, fee.last_on) for fee in event.fees] == [
        ("会员", 154_000, None),
        ("非会员", 180_000, date(2027, 3, 31)),
    ]
    assert [(add_on.amount_minor, add_on.pool) for add_on in event.add_ons] == [(9_050, None)]
    assert event.partners == [
        {"name": {"en": "Academy of Government", "zh": "行政学院"}},
        {"name": {"en": "", "zh": "浙江大学"}},
    ]
    assert (event.pool.capacity, event.minimum, event.reference_prefix) == (40, 12, "PM27")
    again = fields_of(officer.get(page_at(event)), "event")
    assert {name: again[name] for name in typed if name not in ("csrf_token", "submission_key")} == {
        **{name: typed[name] for name in typed if name not in ("csrf_token", "submission_key")},
        "slug": "performance-management-2027",
        "reference_prefix": "PM27",
        "partners": "Academy of Government | 行政学院\n| 浙江大学",
        "fees-1-amount": "1,800.00",
        "add_ons-0-amount": "90.50",
    }


def test_prices_in_further_currencies_and_proofs_are_kept_as_typed(officer: FlaskClient, typed: Fields) -> None:
    more = {
        "other_currencies": ["CNY", "JPY"], "rate_currency": "CNY", "rate": "7.15", "rate_on": "2027-01-04",
        "fees-0-cny_regular": "11,000.00", "fees-0-jpy_regular": "230,000", "fees-1-cny_regular": "13,000",
        "add_ons-0-jpy_regular": "1,400", "fees-0-capacity": "12", "fees-0-admits": "student",
        "fees-0-proof": "approval", "fees-1-population_most": "50000",
    }  # fmt: skip
    answer = officer.post(NEW, data=typed | more)

    event = made()
    first, second = event.fees
    assert answer.status_code == 303
    assert (event.other_currencies, event.rate, event.rate_on) == (["CNY", "JPY"], "7.15", date(2027, 1, 4))
    assert first.other_prices == {"CNY": {"regular": 1_100_000}, "JPY": {"regular": 230_000}}
    assert event.add_ons[0].other_prices == {"JPY": {"regular": 1_400}}
    assert (first.admits, first.proof, first.pool and first.pool.capacity) == ("student", "approval", 12)
    assert second.population_most == 50_000
    again = fields_of(officer.get(page_at(event)), "event")
    assert (again["fees-0-jpy_regular"], again["fees-0-cny_regular"]) == ("230,000", "11,000.00")
    wrong = officer.post(page_at(event), data=again | {"fees-0-jpy_regular": "230,000.50", "rate": "seven"})
    assert list(faults_of(wrong)) == ["rate", "fees-0-jpy_regular"]


def test_a_form_sent_twice_makes_one_event(officer: FlaskClient, typed: Fields) -> None:
    first, second = officer.post(NEW, data=typed), officer.post(NEW, data=typed)

    assert first.location == second.location
    assert count() == 1


@pytest.mark.both
def test_a_form_sent_twice_at_once_makes_one_event(app: Flask, officer: FlaskClient, typed: Fields) -> None:
    answers = sent_at_once(app, officer, NEW, [typed] * 4)

    assert (len({answer.location for answer in answers}), count()) == (1, 1)


@pytest.mark.both
def test_events_of_one_title_drafted_at_once_get_an_address_each(
    app: Flask, officer: FlaskClient, typed: Fields
) -> None:
    forms = [{**typed, "submission_key": new_public_id()} for _ in range(4)]

    answers = sent_at_once(app, officer, NEW, forms)

    db.session.rollback()
    assert [answer.status_code for answer in answers] == [303] * 4
    assert len(set(db.session.scalars(select(Event.slug)))) == 4


@pytest.mark.both
def test_of_two_who_choose_one_address_at_once_the_slower_is_told(
    app: Flask, officer: FlaskClient, typed: Fields
) -> None:
    forms = [{**typed, "submission_key": new_public_id(), "slug": "the-one"} for _ in range(3)]

    answers = sent_at_once(app, officer, NEW, forms)

    assert sorted(answer.status_code for answer in answers) == [303, 422, 422]


def test_an_empty_form_says_what_a_draft_needs(officer: FlaskClient, typed: Fields) -> None:
    kept = {name: typed[name] for name in ("csrf_token", "submission_key")}

    answer = officer.post(NEW, data=kept)

    assert answer.status_code == 422
    assert list(faults_of(answer)) == [
        "kind", "starts_on", "ends_on", "zone", "opens_on", "closes_on", "capacity", "issuer", "currency",
    ]  # fmt: skip
    assert count() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {
            "kind": "party",
            "title_en": "Party \N{PARTY POPPER}",
            "description_zh": "字" * 20_001,
            "venue_en": "Null \x00 byte",
            "starts_on": "2027-02-30",
            "ends_on": "1066-10-14",
            "zone": "../../etc/passwd",
            "closes_on": "9999-12-31",
            "capacity": "-1",
            "issuer": "nobody",
            "currency": "BTC",
            "slip": "五个字符多",
            "stops-0-city": "Atlantis",
            "fees-0-amount": "12.345",
            "fees-0-early_until_on": "2027-13-01",
            "fees-1-last_on": "yesterday",
            "fees-1-late_amount": "1.999",
            "add_ons-0-kind": "boat",
            "add_ons-0-capacity": "many",
        },
        {"title_en": "a" * 161, "zone": "Mars/Olympus", "capacity": "1e3", "minimum": "9" * 30, "fees-0-amount": "-5"},
        {"fees-0-amount": "12 dollars", "fees-1-amount": ""},
        {"title_en": "مرحبا", "venue_zh": "مرحبا", "fees-0-label_en": "สวัสดี", "add_ons-0-label_zh": "שלום"},
        {"slug": "Not an address"},
        {"reference_prefix": "yz-27"},
    ],
)
def test_what_cannot_be_so_is_said_beside_its_field(officer: FlaskClient, typed: Fields, wrong: dict[str, str]) -> None:
    answer = officer.post(NEW, data={**typed, **wrong})

    page, again = page_of(answer), fields_of(answer, "event")
    kept = {name for name in typed if name not in wrong and name != "csrf_token"}
    assert answer.status_code == 422
    assert list(faults_of(answer)) == list(wrong)
    assert {name: again[name] for name in kept} == {name: typed[name] for name in kept}
    assert all(page.find(f".//*[@id='{name}-fault']") is not None for name in wrong)
    assert words_of(page.find(".//title")).startswith("Error: ")
    assert count() == 0


def test_an_address_that_is_taken_is_refused_and_a_suggested_one_numbered(officer: FlaskClient, typed: Fields) -> None:
    a_study_tour("performance-management-2027")

    refused = officer.post(NEW, data={**typed, "slug": "performance-management-2027"})
    assert list(faults_of(refused)) == ["slug"]

    officer.post(NEW, data=typed)
    assert made().slug == "performance-management-2027-2"


@pytest.mark.parametrize("text", [MALICE, "\u202egnp.exe\u202c Привет", "字" * 160, "O’Hara — “x” … 50 %"])
def test_hostile_and_foreign_text_is_only_text(officer: FlaskClient, typed: Fields, text: str) -> None:
    officer.post(NEW, data={**typed, "title_en": text, "summary_en": text, "fees-0-label_en": text[:120]})
    event = made()
    take(officer, event, "publish")

    for address in (INDEX, page_at(event), f"{page_at(event)}/preview", f"/en/events/{event.slug}"):
        answer = officer.get(address)
        assert answer.status_code == 200
        assert "<script>alert(1)" not in answer.get_data(as_text=True)
        assert not [one for one in page_of(answer).findall(".//script") if "alert" in "".join(one.itertext())[:20]]


def test_rows_come_and_go_without_losing_what_was_typed(officer: FlaskClient, typed: Fields) -> None:
    changed = {**typed, "title_en": "Half ty", "starts_on": "2027-99-99", "fees-0-amount": "not yet"}

    more = officer.post(NEW, data={**changed, "do": "add-fees"})
    assert more.status_code == 200
    fields = fields_of(more, "event")
    assert (fields["fees-2-amount"], fields["title_en"], fields["starts_on"]) == ("", "Half ty", "2027-99-99")

    up = fields_of(officer.post(NEW, data={**fields, "do": "up-fees-1"}), "event")
    assert (up["fees-0-label_en"], up["fees-1-amount"]) == ("Other", "not yet")

    fewer = fields_of(officer.post(NEW, data={**up, "do": "drop-fees-0"}), "event")
    assert (fewer["fees-0-amount"], fewer["fees-1-amount"]) == ("not yet", "")
    assert "fees-2-amount" not in fewer
    assert count() == 0


@pytest.mark.parametrize("wish", ["drop-fees-99", "up-fees-0", "up-stops-7", "add-everything", "drop-fees", "💥"])
def test_a_wish_that_makes_no_sense_changes_nothing(officer: FlaskClient, typed: Fields, wish: str) -> None:
    fields = fields_of(officer.post(NEW, data={**typed, "do": wish}), "event")

    expected = {**typed, "csrf_token": fields["csrf_token"]}
    if wish == "drop-fees":
        expected = {name: value for name, value in expected.items() if not name.startswith("fees-")}
        fields = {name: value for name, value in fields.items() if not name.startswith("fees-")}
    assert {name: fields[name] for name in expected} == expected


def test_a_row_number_beyond_all_measure_is_one_row(officer: FlaskClient, typed: Fields) -> None:
    answer = officer.post(NEW, data={**typed, "fees-999-amount": "5", "fees-999-label_en": "Last"})

    assert answer.status_code == 303
    assert [fee.label.en for fee in made().fees] == ["Member", "Other", "Last"]


def test_the_later_of_two_editors_is_told_what_was_saved(officer: FlaskClient, typed: Fields) -> None:
    officer.post(NEW, data=typed)
    event = made()
    first = second = fields_of(officer.get(page_at(event)), "event")
    assert officer.post(page_at(event), data={**first, "venue_en": "Old granary"}).status_code == 303

    answer = officer.post(page_at(event), data={**second, "minimum": "15"})

    page = page_of(answer)
    assert answer.status_code == 409
    assert "Ren Hui saved this event" in words_of(page.find(".//div[@role='alert']"))
    assert "Old granary" in words_of(page.find(".//div[@role='alert']"))
    assert (made().minimum, made().venue.en) == (12, "Old granary")
    kept = fields_of(answer, "event")
    assert (kept["minimum"], kept["venue_en"]) == ("15", "The venue")

    assert officer.post(page_at(event), data=kept).status_code == 303
    assert (made().minimum, made().venue.en) == (15, "The venue")


def test_a_published_event_keeps_what_people_may_hold(officer: FlaskClient, now: Any) -> None:
    event = a_published_summit()
    fields = fields_of(officer.get(page_at(event)), "event")
    assert "currency" not in fields

    gone = {name: value for name, value in fields.items() if not name.startswith("fees-0-")}
    officer.post(page_at(event), data={**gone, "currency": "CNY", "slug": "elsewhere", "fees-1-amount": "650.00"})

    changed = made()
    assert [(fee.label.en, fee.amount_minor, fee.withdrawn) for fee in changed.fees] == [
        ("Full fee", 65_000, False),
        ("Early bird", 48_000, True),
    ]
    assert (changed.currency, changed.slug) == ("USD", "yangzhou-2027")
    assert "Early bird" not in officer.get("/en/events/yangzhou-2027").get_data(as_text=True)


def test_a_fee_is_withdrawn_with_a_tick(officer: FlaskClient) -> None:
    event = a_published_summit()
    fields = fields_of(officer.get(page_at(event)), "event")

    officer.post(page_at(event), data={**fields, "fees-0-withdrawn": "1"})
    assert [fee.withdrawn for fee in made().fees] == [True, False]

    answer = officer.post(
        page_at(event), data={**fields_of(officer.get(page_at(event)), "event"), "fees-1-withdrawn": "1"}
    )
    assert list(faults_of(answer)) == ["fees"]


def test_places_that_are_taken_cannot_be_cut(officer: FlaskClient) -> None:
    event = a_published_summit(pool=Pool(capacity=200, taken=64), minimum=0)
    fields = fields_of(officer.get(page_at(event)), "event")

    answer = officer.post(page_at(event), data={**fields, "capacity": "63"})

    assert faults_of(answer) == {"capacity": "Places: 64 places are taken."}
    assert officer.post(page_at(event), data={**fields, "capacity": "64"}).status_code == 303


def test_places_of_an_add_on_that_are_taken_cannot_be_cut(officer: FlaskClient) -> None:
    event = a_published_summit()
    with writing():
        event.add_ons[0].pool.taken = 5  # type: ignore[union-attr]
    fields = fields_of(officer.get(page_at(event)), "event")

    answer = officer.post(page_at(event), data={**fields, "add_ons-0-capacity": "4"})

    assert list(faults_of(answer)) == ["add_ons-0-capacity"]


@pytest.mark.both
def test_an_add_on_whose_days_stand_in_the_itinerary_stays_in_its_row(officer: FlaskClient) -> None:
    event = a_published_summit(state="draft")
    fields = fields_of(officer.get(page_at(event)), "event")
    gone = {name: value for name, value in fields.items() if not name.startswith("add_ons-0-")}

    answer = officer.post(page_at(event), data={**gone, "venue_en": "The new hall"})

    assert answer.status_code == 422
    assert faults_of(answer) == {
        "add_ons-2-label_en": "Add-ons 3, Add-on, English: The itinerary has days of this add-on. "
        "Take them out of it first."
    }
    kept = fields_of(answer, "event")
    assert (kept["venue_en"], kept["add_ons-2-label_en"]) == ("The new hall", "Pre-tour: Beijing and Xi’an")
    assert (kept["add_ons-2-public_id"], kept["add_ons-2-amount"]) == (event.add_ons[0].public_id, "890.00")


@pytest.mark.both
def test_an_add_on_without_days_leaves_a_draft(officer: FlaskClient) -> None:
    event = a_published_summit(state="draft")
    fields = fields_of(officer.get(page_at(event)), "event")

    answer = officer.post(
        page_at(event), data={name: value for name, value in fields.items() if not name.startswith("add_ons-1-")}
    )

    assert (answer.status_code, len(made().add_ons)) == (303, 2)


def test_an_unready_draft_is_not_published_and_says_why(officer: FlaskClient, typed: Fields) -> None:
    fees = {name: value for name, value in typed.items() if not name.startswith(("fees-", "stops-"))}
    officer.post(NEW, data={**fees, "summary_en": "", "summary_zh": "", "closes_on": "2027-06-09"})
    event = made()

    question = officer.get(f"{page_at(event)}/publish")
    links = [link.attrib["href"].partition("#")[2] for link in page_of(question).findall(".//main//li/a")]
    assert links == ["summary_en", "closes_on", "fees", "stops"]
    assert page_of(question).find(".//main//form") is None

    answer = officer.post(f"{page_at(event)}/publish", data=token(officer.get(page_at(event))))
    assert (answer.status_code, made().state) == (303, "draft")


def test_the_question_says_what_follows(officer: FlaskClient) -> None:
    event = a_published_summit(pool=Pool(capacity=200, taken=64))

    question = words_of(page_of(officer.get(f"{page_at(event)}/cancel")).find(".//main"))

    assert "cannot be opened again" in question
    assert "64 of 200 places are taken." in question


def test_an_event_is_closed_opened_again_and_called_off(officer: FlaskClient) -> None:
    event = a_published_summit()

    take(officer, event, "close")
    assert made().state == "closed"
    take(officer, event, "reopen")
    assert made().state == "published"
    refused = take(officer, event, "cancel")
    assert (refused.status_code, list(faults_of(refused))) == (422, ["why"])
    take(officer, event, "cancel", why="The hall burnt down")
    assert made().state == "cancelled"
    assert officer.get(f"{page_at(event)}/cancel").status_code == 303
    assert "does not take place" in officer.get("/en/events/yangzhou-2027").get_data(as_text=True)


def test_a_step_taken_twice_is_taken_once(officer: FlaskClient) -> None:
    event = a_published_summit()
    sent = token(officer.get(f"{page_at(event)}/close"))

    first = officer.post(f"{page_at(event)}/close", data=sent)
    second = officer.post(f"{page_at(event)}/close", data=sent)

    assert (first.location, second.location) == (page_at(event), page_at(event))


def test_a_draft_is_previewed_by_the_office_alone(officer: FlaskClient, typed: Fields, app: Flask) -> None:
    officer.post(NEW, data=typed)
    address = f"{page_at(made())}/preview"

    assert "Preview: only the office sees this page." in officer.get(address).get_data(as_text=True)
    assert app.test_client().get(address).status_code == 303


def test_a_reader_reads_and_changes_nothing(client: FlaskClient, app: Flask) -> None:
    event = a_published_summit()
    sign_in(client, "read-only")

    page = officer_page = client.get(page_at(event))
    sent = {**fields_of(officer_page, "event"), "venue_en": "Elsewhere"}

    assert page_of(page).find(".//div[@class='savebar']") is None
    assert client.post(page_at(event), data=sent).status_code == 403
    assert client.get(NEW).status_code == 403
    assert client.get(f"{page_at(event)}/cancel").status_code == 403
    assert made().venue.en == "Mingyue Lake Conference Hall"


def test_the_list_narrows_by_state_and_kind(officer: FlaskClient) -> None:
    a_published_summit()
    a_study_tour(state="draft")

    def titles(query: str) -> list[str]:
        return [words_of(row) for row in page_of(officer.get(INDEX + query)).findall(".//tbody//th")]

    assert titles("") == ["Regional Summit on Eco-friendly Urbanization", "Energy Efficiency in City Buildings"]
    assert titles("?state=draft") == ["Energy Efficiency in City Buildings"]
    assert titles("?kind=summit") == ["Regional Summit on Eco-friendly Urbanization"]
    assert titles("?state=draft&kind=summit") == []
    assert len(titles("?state=%00&kind='--&page=-1")) == 2


def test_an_unknown_event_is_a_plain_404(officer: FlaskClient) -> None:
    for address in ("/office/events/nobody", "/office/events/nobody/publish", "/office/events/nobody/preview"):
        assert officer.get(address).status_code == 404

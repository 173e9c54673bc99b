"""The office looks through what cities offer, and writes for a city that called."""

from datetime import date, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from tests.cast import the_city
from tests.forms import faults_of, fields_of, page_of, send, words_of
from tests.host_offers import an_offer, the_topics
from tests.staff import sign_in
from tourreg.db import db, writing
from tourreg.domain.hosting.offer_models import HostOffer, Site
from tourreg.domain.hosting.offer_plans import WindowPlan, plan_of_offer
from tourreg.domain.hosting.offer_queries import offer_by_public_id
from tourreg.kernel.bilingual import Text

pytestmark = pytest.mark.usefixtures("clock_shows")
LATE = WindowPlan(date(2027, 10, 4), date(2027, 10, 8))


def test_offers_are_looked_through_by_city_topic_days_and_state(officer: FlaskClient, now: datetime) -> None:
    an_offer("offered", now=now)
    an_offer(
        now=now, city="charlotte", kind="lecture", topics=("culture-heritage",), windows=(LATE,), blackouts=(),
        title=Text("Old brick", "旧砖新用"),
    )  # fmt: skip

    assert titles(officer.get("/office/offers")) == ["Old brick", "Two days on water"]
    for query, found in (
        ("q=charlotte", ["Old brick"]),
        ("q=夏洛特", ["Old brick"]),
        ("topic=water", ["Two days on water"]),
        ("kind=lecture", ["Old brick"]),
        ("state=offered", ["Two days on water"]),
        ("from=2027-05-28&to=2027-06-30", ["Two days on water"]),
        ("from=2027-05-29&to=2027-06-30", []),
    ):
        assert titles(officer.get(f"/office/offers?{query}")) == found, query


@pytest.mark.parametrize("query", ["kind=x", "topic=x", "state=x", "from=x", "to=2027-02-30", "page=999999", "page=x"])
def test_what_the_address_cannot_ask_for_counts_as_left_out(officer: FlaskClient, now: datetime, query: str) -> None:
    an_offer(now=now)

    page = officer.get(f"/office/offers?{query}")

    assert (page.status_code, titles(page)) == (200, ["Two days on water"])


def test_the_list_pages(officer: FlaskClient, now: datetime) -> None:
    for _number in range(26):
        an_offer(now=now)

    assert len(titles(officer.get("/office/offers"))) == 25
    assert len(titles(officer.get("/office/offers?page=2"))) == 1


@pytest.mark.both
def test_the_office_writes_an_offer_for_a_city_that_called(officer: FlaskClient) -> None:
    city = davenport()
    begun = officer.get(f"/office/offers/new?city={city}&kind=visit")
    assert begun.location == f"/office/cities/{city}/offers/new/visit"

    answer = send(officer, begun.location, "offer", title_en="Two days on water", largest="20")

    page = officer.get(answer.location)
    assert "The draft is kept." in page.text
    assert the_offer().written_by.startswith("staff:")
    assert history(page) == ["Written down Ren Hui, 15 January 2027 03:00 CST (UTC−6)"]


@pytest.mark.parametrize("query", ["", "city=x&kind=visit", "city={city}&kind=x"])
def test_nobody_begins_without_a_city_and_a_kind(officer: FlaskClient, query: str) -> None:
    page = officer.get(f"/office/offers/new?{query.format(city=davenport())}")

    assert (page.status_code, page_of(page).find(".//form[@id='begin']") is not None) == (200, True)


def test_faults_are_said_and_nothing_is_written(officer: FlaskClient) -> None:
    address = f"/office/cities/{davenport()}/offers/new/homestay"

    page = send(officer, address, "offer", title_en="", largest="20")

    assert (page.status_code, list(faults_of(page))) == (422, ["title_en", "households", "guests_each"])
    assert db.session.scalar(select(func.count()).select_from(HostOffer)) == 0


def test_the_office_changes_an_offer_and_the_history_tells_what(officer: FlaskClient, now: datetime) -> None:
    offer = an_offer("offered", now=now)
    address = f"/office/offers/{offer.public_id}"

    answer = send(officer, f"{address}/edit", "offer", largest="16", may_share="y")

    assert (answer.status_code, plan_of_offer(the_offer()).largest) == (303, 16)
    assert history(officer.get(address))[0].startswith(
        "Changed Largest group, Two groups may come between the same daysRen Hui"
    )


def test_two_members_of_staff_do_not_overwrite_each_other(officer: FlaskClient, now: datetime) -> None:
    address = f"/office/offers/{an_offer(now=now).public_id}/edit"
    form = fields_of(officer.get(address), "offer")
    send(officer, address, "offer", largest="30")

    page = officer.post(address, data={**form, "largest": "12"})

    assert page.status_code == 409
    assert "Ren Hui saved this offer while you had it open." in page.text
    assert the_offer().largest == 30


def test_only_the_programme_role_reads_what_households_wish(client: FlaskClient, now: datetime) -> None:
    offer = an_offer(kind="homestay", now=now)
    address = f"/office/offers/{offer.public_id}"

    for name, role in (("Ren Hui", "programme"), ("Finn Ance", "finance"), ("Rea Donly", "read-only")):
        sign_in(client, role, name=name)
        pages = [client.get(address), client.get(f"{address}/edit")]
        assert any("two cats" in page.text for page in pages) is (role == "programme"), role
        assert client.get(f"{address}/approvals").status_code == (200 if role == "programme" else 403)


@pytest.mark.parametrize("end", ["move", "renew", "edit", "approvals"])
def test_only_the_programme_role_changes_offers(finance_member: FlaskClient, now: datetime, end: str) -> None:
    offer = an_offer("offered", now=now)

    answer = finance_member.post(f"/office/offers/{offer.public_id}/{end}", data={"to": "paused", "seen": "offered"})

    assert (answer.status_code, the_offer().state) == (403, "offered")


def test_the_office_moves_and_renews(officer: FlaskClient, now: datetime) -> None:
    offer = an_offer("offered", now=now)
    address = f"/office/offers/{offer.public_id}"

    send(officer, address, "move-paused")
    assert the_offer().state == "paused"
    answer = send(officer, address, "renew")
    assert "8–26 May 2028" in officer.get(answer.location).text
    assert send(officer, answer.location, "move-offered").status_code == 303


def test_an_offer_that_lacks_something_is_told_so_at_its_button(officer: FlaskClient, now: datetime) -> None:
    offer = an_offer(windows=(), blackouts=(), now=now)

    page = send(officer, f"/office/offers/{offer.public_id}", "move-offered")

    assert page.status_code == 422
    assert "Say when" in faults_of(page)[""]


def test_the_office_keeps_a_citys_places(officer: FlaskClient) -> None:
    with writing():
        the_topics()
    sites = f"/office/cities/{davenport()}/sites"

    send(officer, f"{sites}/new", "site", name_en="City hall", topics=["water"])
    site = db.session.scalars(select(Site)).one()
    send(officer, f"{sites}/{site.public_id}", "site", capacity="60")
    send(officer, f"{sites}/{site.public_id}", "move")

    page = words_of(page_of(officer.get(sites)).find(".//main"))
    assert "City hallWater and wastewaterup to 60 people" in page.replace(" City", "City")
    assert "Not shown any more" in page


def test_a_citys_page_leads_to_what_it_offers_and_shows(officer: FlaskClient, now: datetime) -> None:
    an_offer("offered", now=now)
    an_offer("offered", city="charlotte", title=Text("Elsewhere"), now=now)

    page = page_of(officer.get(f"/office/cities/{davenport()}"))
    links = {words_of(link): link.attrib["href"] for link in page.findall(".//main//a")}

    assert titles(officer.get(links["What it offers"])) == ["Two days on water"]
    assert officer.get(links["Places that it shows"]).status_code == 200


@pytest.mark.parametrize("name", ["nonsense", "x" * 22])
def test_an_address_of_nothing_is_answered_so(officer: FlaskClient, name: str) -> None:
    for address in (
        f"/office/offers/{name}",
        f"/office/offers/{name}/edit",
        f"/office/offers/{name}/approvals",
        f"/office/cities/{name}/sites",
        f"/office/cities/{name}/offers/new/visit",
        f"/office/cities/{davenport()}/sites/{name}",
    ):
        assert officer.get(address).status_code == 404, address


@pytest.fixture
def finance_member(client: FlaskClient, without_tokens: None) -> FlaskClient:
    sign_in(client, "finance")
    return client


def davenport() -> str:
    with writing() as session:
        city = the_city("davenport")
        session.flush()
        return city.public_id


def titles(page: TestResponse) -> list[str]:
    return [words_of(link) for link in page_of(page).findall(".//tbody/tr/td/a")]


def history(page: TestResponse) -> list[str]:
    return [words_of(line) for line in page_of(page).findall(".//ol[@class='history']/li")]


def the_offer() -> HostOffer:
    db.session.expire_all()
    found = offer_by_public_id(db.session.scalars(select(HostOffer.public_id).order_by(HostOffer.id)).first() or "")
    assert found is not None
    return found

"""The office's list of registrations: found, ordered, paged and taken away as a file."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest
from flask.testing import FlaskClient

from tests.cast import a_person, a_published_summit, a_registration, a_study_tour
from tests.many import many_registrations
from tests.several_bills import bill_together, of_one_city, split, wire_to, with_single_room
from tests.staff import sign_in
from tourreg.db import db, writing
from tourreg.domain.billing.payers import BillTo
from tourreg.domain.catalogue.models import Event
from tourreg.domain.registrations.commands import confirm, release
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements.credit import accept_credit

LIST = "/office/registrations"
SUMMED = (
    "Charged for this person",
    "Charged to nobody by name (once for each bill)",
    "Paid, less what went back (once for each bill)",
    "Open (once for each bill)",
)
pytestmark = pytest.mark.usefixtures("clock_shows")


def test_the_list_begins_with_the_latest(desk: FlaskClient, now: datetime) -> None:
    event = a_published_summit()
    for name in ("周岚", "Emily Hart"):
        a_registration(event, contact_name=name, now=now)

    assert order_of(desk, LIST, "周岚", "Emily Hart") == ["Emily Hart", "周岚"]


@pytest.mark.both
@pytest.mark.parametrize(
    ("order", "first"), [("contact", "Emily Hart"), ("-contact", "周岚"), ("people", "周岚"), ("-people", "Emily Hart")]
)
def test_the_list_is_ordered_by_its_columns(desk: FlaskClient, now: datetime, order: str, first: str) -> None:
    event = a_published_summit()
    a_registration(event, contact_name="周岚", now=now)
    a_registration(event, a_person(), a_person("Hart", "Tom"), contact_name="Emily Hart", now=now)

    assert order_of(desk, f"{LIST}?order={order}", "周岚", "Emily Hart")[0] == first


@pytest.mark.both
@pytest.mark.parametrize(
    "words",
    [
        "周岚",
        "zhou lan",
        "LAN",
        "charlotte",
        "lan@example",
        "PO-77",
        "Nantong Hou",
        "Núñez",
        "nunez",
        "欧阳",
        "José 周岚",
    ],
)
def test_a_registration_is_found_by_what_people_remember_of_it(desk: FlaskClient, now: datetime, words: str) -> None:
    a_registration_to_find(a_published_summit(), now)

    assert '<bdi lang="zh-Hans">周岚</bdi></a>' in desk.get(LIST, query_string={"q": words}).text
    assert "周岚</bdi></a>" not in desk.get(LIST, query_string={"q": f"{words} nobody"}).text


def test_a_reference_is_found_as_people_type_it(desk: FlaskClient, now: datetime) -> None:
    registration = a_registration_to_find(a_published_summit(), now)
    prefix, body, check = registration.reference.split("-")
    typed = f" {prefix.lower()} – {body.lower().replace('0', 'o').replace('1', 'l')} - {check.lower()} "

    assert registration.reference in desk.get(LIST, query_string={"q": typed}).text


@pytest.mark.parametrize(
    "words", ["100%", "_", "'; DROP TABLE registrations;--", "\\", "{{ 7*7 }}", "<script>", "a" * 9000]
)
def test_strange_words_find_nothing_and_do_no_harm(desk: FlaskClient, now: datetime, words: str) -> None:
    a_registration_to_find(a_published_summit(), now)

    answer = desk.get(LIST, query_string={"q": words})

    assert answer.status_code == 200
    assert "Nothing fits" in answer.text
    assert "<script>" not in answer.text


@pytest.mark.both
def test_an_order_is_to_be_accepted_while_its_seats_are_held(desk: FlaskClient, now: datetime) -> None:
    summit = a_published_summit()
    a_registration(summit, contact_name="Asks", pays_by="invoice", now=now)
    lapsed = a_registration(summit, contact_name="Lapsed", pays_by="invoice", now=now)
    with writing():
        release(lapsed, now=now, by="worker", why="")

    assert shown(desk, "money=asked", {"Asks", "Lapsed"}) == {"Asks"}


@pytest.mark.both
def test_filters_narrow_by_event_seats_money_and_means(desk: FlaskClient, now: datetime) -> None:
    summit, tour = a_published_summit(), a_study_tour()
    held = a_registration(summit, contact_name="Held", now=now)
    sure = a_registration(summit, contact_name="Sure", pays_by="invoice", now=now)
    gone = a_registration(tour, contact_name="Gone", now=now)
    with writing():
        confirm(sure, now=now, by="worker")
    with writing():
        release(gone, now=now, by="worker", why="")
    names = {held.contact_name, sure.contact_name, gone.contact_name}

    assert shown(desk, "event=energy-2027", names) == {"Gone"}
    assert shown(desk, "seats=held", names) == {"Held"}
    assert shown(desk, "seats=confirmed", names) == {"Sure"}
    assert shown(desk, "seats=released", names) == {"Gone"}
    assert shown(desk, "money=open", names) == names
    assert shown(desk, "money=settled", names) == set()
    assert shown(desk, "pays_by=card&seats=held", names) == {"Held"}
    assert shown(desk, "seats=nonsense&money=x&order=DROP&page=-3", names) == names


def test_the_list_pages_and_keeps_its_filter(desk: FlaskClient, now: datetime) -> None:
    many_registrations(a_published_summit(), 60, now=now)

    page = desk.get(f"{LIST}?event=yangzhou-2027&order=reference&page=3").text

    assert "51 to 60 of 60" in page
    assert "event=yangzhou-2027&amp;order=reference&amp;page=2" in page
    assert "51 to 60 of 60" in desk.get(f"{LIST}?page=99").text


@pytest.mark.both
def test_an_invoice_is_late_once_its_last_day_has_ended_where_it_was_issued(
    client: FlaskClient, now: datetime, clock_shows: Callable[[datetime], None]
) -> None:
    """The seller's day ends at four or five in the morning of UTC."""
    registration = a_registration(a_published_summit(), pays_by="invoice", now=now)
    with writing():
        accept_credit(registration.id, po_number="", now=now, by="staff:x")
        due_on = registration.folio.invoices[0].due_on
    assert due_on is not None
    midnight = datetime.combine(due_on + timedelta(days=1), time(0), UTC)

    clock_shows(midnight + timedelta(hours=2))
    sign_in(client, "finance")
    assert registration.reference not in client.get(f"{LIST}?money=late").text
    assert registration.reference not in client.get(f"{LIST}.csv?money=late").text

    clock_shows(midnight + timedelta(hours=6))
    assert registration.reference in client.get(f"{LIST}?money=late").text
    assert registration.reference in client.get(f"{LIST}.csv?money=late").text


@pytest.mark.parametrize(("language", "title"), [("en", "No registrations yet"), ("zh", "还没有报名")])
def test_an_empty_list_says_what_will_stand_in_it(desk: FlaskClient, language: str, title: str) -> None:
    assert title in desk.get(f"{LIST}?language={language}").text


def test_the_file_has_one_row_for_each_person(desk: FlaskClient, now: datetime) -> None:
    event = a_published_summit()
    a_registration(event, a_person(), a_person("Zhou", "Lan", native="周岚"), now=now)

    rows = file_rows(desk, "/office/registrations.csv")

    assert [row["Surname"] for row in rows] == ["Hart", "Zhou"]
    assert [row["Name in own script"] for row in rows] == ["", "周岚"]
    assert [row["Charged for this person"] for row in rows] == ["480.00", "480.00"]
    assert [row["Open (once for each bill)"] for row in rows] == ["960.00", ""]


@pytest.mark.both
def test_each_column_of_the_file_can_be_summed_though_several_share_a_bill(desk: FlaskClient, now: datetime) -> None:
    one, *others = of_one_city(now)
    joint = bill_together(one, *others, now=now)
    wire_to(joint, one, 50_000, now)
    split(with_single_room(now, event=one.event, contact_email="own@example.org"), now)
    db.session.commit()

    rows = file_rows(desk, f"{LIST}.csv?order=registered")

    sums = [sum(float(row[column] or 0) for row in rows) for column in SUMMED]
    assert sums == [3 * 480 + 480 + 210, 0, 500, 3 * 480 + 480 + 210 - 500]
    assert [row["Its bills"].endswith("(of 3 registrations)") for row in rows] == [True, True, True, False]
    assert rows[3]["Its bills"].count(";") == 1
    assert [row["Open (once for each bill)"] for row in rows] == ["940.00", "", "", "690.00"]


@pytest.mark.both
def test_the_list_says_which_open_amount_is_that_of_a_joint_bill(desk: FlaskClient, now: datetime) -> None:
    one, other, alone = of_one_city(now)
    bill_together(one, other, now=now)
    db.session.commit()

    page = desk.get(LIST).text

    assert page.count("joint bill of 2") == 2
    assert alone.reference in page


def test_the_file_opens_in_excel_in_chinese(desk: FlaskClient, now: datetime) -> None:
    a_registration(a_published_summit(), now=now)

    answer = desk.get("/office/registrations.csv?language=zh")

    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert answer.content_type == "text/csv; charset=utf-8"
    assert "早鸟价" in answer.text


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_no_cell_of_the_file_is_a_formula(desk: FlaskClient, now: datetime, sign: str) -> None:
    organisation = f"{sign}HYPERLINK(1)"
    a_registration(
        a_published_summit(), a_person(organisation=organisation), contact_name=organisation, organisation=organisation,
        contact_phone=organisation, bill_to=BillTo(name=organisation, email="a@example.org", po_number=organisation),
        now=now,
    )  # fmt: skip

    for row in file_rows(desk, "/office/registrations.csv"):
        for cell in row.values():
            assert not cell.startswith(sign)


def test_the_file_holds_what_the_list_shows(desk: FlaskClient, now: datetime) -> None:
    many_registrations(a_published_summit(), 60, now=now)

    rows = file_rows(desk, "/office/registrations.csv?q=Davenport&order=contact")

    assert {row["Contact’s organisation"] for row in rows} == {"Davenport City Hall"}
    assert [row["Contact person"] for row in rows] == sorted(row["Contact person"] for row in rows)


def test_the_file_has_no_last_row_but_the_last_person(desk: FlaskClient, now: datetime) -> None:
    many_registrations(a_published_summit(), 1_500, now=now)

    assert len(file_rows(desk, "/office/registrations.csv")) == 2_250


def a_registration_to_find(event: Event, now: datetime) -> Registration:
    bill_to = BillTo(name="City of Charlotte", email="ap@example.org", po_number="PO-7741")
    person = a_person("Núñez", "José", native="欧阳修", organisation="Nantong Housing Bureau")
    return a_registration(event, person, contact_name="周岚", bill_to=bill_to, now=now)


def order_of(browser: FlaskClient, address: str, *names: str) -> list[str]:
    page = browser.get(address).text
    return sorted(names, key=page.index)


def shown(browser: FlaskClient, parameters: str, names: set[str]) -> set[str]:
    page = browser.get(f"{LIST}?{parameters}").text
    return {name for name in names if f">{name}</a>" in page}


def file_rows(browser: FlaskClient, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(browser.get(address).data.decode("utf-8-sig"), newline="")))

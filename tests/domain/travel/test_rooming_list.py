"""What a hotel's rooming list says: rooms, names, nights, sums, and what changed since the last one."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import Flask

from tests.cast import a_person, a_study_tour, an_add_on, consent_texts, saved
from tests.travel_cast import BY, KING, TWIN, a_leg, a_stay, lodging_to_change, people_on_tour, told
from tourreg.db import db, writing
from tourreg.domain.papers import commands as papers
from tourreg.domain.registrations.models import Registration
from tourreg.domain.reports.event_papers import EVENT_PAPERS, Asked
from tourreg.domain.reports.subjects import Subject, Subjects
from tourreg.domain.travel import queries
from tourreg.domain.travel.documents import RoomingListSheet
from tourreg.domain.travel.lodging import lodging_of
from tourreg.domain.travel.models import Stay
from tourreg.domain.travel.nights import Nights
from tourreg.domain.travel.rooms import Placement, propose, rearrange
from tourreg.kernel.bilingual import Text

NIGHTS = Nights(date(2027, 5, 3), date(2027, 5, 7))


@pytest.fixture
def registration(app: Flask, now: Any) -> Registration:
    saved(*consent_texts())
    return people_on_tour(
        a_person("Chen", "Guoliang", native="陈国梁"), a_person("Han", "Xuemei", native="韩雪梅"), a_person(), now=now
    )


@pytest.fixture
def stay(registration: Registration, now: Any) -> Stay:
    billing_note = Text("Master account 44-0519")
    return a_stay(registration.event, now, room_types=(TWIN, KING), comps=1, billing_note=billing_note)


def shared_out(stay: Stay, now: Any, *numbers: int) -> None:
    """Put the people of the hotel into these rooms, in their order."""
    with writing():
        lodging = lodging_to_change(stay.public_id)
        placements = [
            Placement(one.id, number, one.nights) for one, number in zip(lodging.sleepers, numbers, strict=False)
        ]
        rearrange(lodging, placements, (), now=now, by=BY)


def the_list(stay: Stay, now: Any) -> Any:
    """Return the sheet as the office prints it."""
    db.session.rollback()
    found = queries.stay_by_public_id(stay.public_id)
    assert found is not None
    asked = Asked(found.event, Subject(found.public_id, found.hotel), now, issued=False)
    return EVENT_PAPERS["rooming_list"].sheet(asked)


def issued(stay: Stay, now: Any, language: Any = "en") -> str:
    """Issue the list and return its number."""
    sheet = the_list(stay, now)
    with writing():
        found = queries.stay_to_change(stay.public_id)
        about: dict[str, Any] = {
            "issuer": found.event.issuer,
            "about": found.event.public_id,
            "subject": found.public_id,
        }
        paper = papers.issue(
            "rooming_list", dict(sheet), **about, language=language, page_size="letter", now=now, by=BY
        )
        return paper.number


def marked(sheet: RoomingListSheet) -> list[int]:
    return [room["number"] for room in sheet["rooms"] if room["changed"]]


def test_a_list_has_rooms_names_in_latin_letters_and_a_grid_of_nights(stay: Stay, now: Any) -> None:
    shared_out(stay, now, 1, 1, 2)

    sheet = the_list(stay, now)

    rooms = [(room["number"], [one["latin"] for one in room["occupants"]]) for room in sheet["rooms"]]
    assert rooms == [(1, ["CHEN Guoliang", "HAN Xuemei"]), (2, ["Emily HART"])]
    assert sheet["rooms"][0]["occupants"][0]["native"] == "陈国梁"
    assert sheet["nights"] == ["2027-05-03", "2027-05-04", "2027-05-05", "2027-05-06"]
    assert sheet["rooms"][0]["occupants"][0]["nights"] == [True] * 4


def test_a_list_says_what_was_contracted(stay: Stay, now: Any) -> None:
    sheet = the_list(stay, now)

    assert (sheet["contract"], sheet["cut_off_on"], sheet["comps"]) == ("HPR-2027-0519", "2027-04-20", 1)
    assert (sheet["billing"], sheet["billing_note"]["en"]) == ("master", "Master account 44-0519")
    assert (sheet["check_in_on"], sheet["check_out_on"]) == ("2027-05-03", "2027-05-07")
    assert sheet["without"] == 3


def test_rooms_people_and_breakfasts_are_counted_night_by_night(
    registration: Registration, stay: Stay, now: Any
) -> None:
    told(registration.participants[0], now, legs=(a_leg(on=date(2027, 5, 4)),))
    shared_out(stay, now, 1, 1, 2)

    sheet = the_list(stay, now)

    counted = {each["type"]["en"]: (each["contracted"], each["rooms"], each["room_nights"]) for each in sheet["types"]}
    assert counted == {"Twin": (3, [1, 1, 1, 1], 4), "King": (2, [1, 1, 1, 1], 4)}
    assert sheet["people"] == [2, 3, 3, 3]
    assert [(each["on"], each["count"]) for each in sheet["breakfasts"]][:2] == [("2027-05-04", 2), ("2027-05-05", 3)]
    assert sheet["rooms"][0]["occupants"][0]["from_on"] == "2027-05-04"


def test_the_grid_grows_by_nights_before_the_contract(registration: Registration, stay: Stay, now: Any) -> None:
    told(registration.participants[0], now, legs=(a_leg(on=date(2027, 5, 2)),))
    shared_out(stay, now, 1, 1, 2)

    sheet = the_list(stay, now)

    assert sheet["nights"][0] == "2027-05-02"
    assert sheet["people"] == [1, 3, 3, 3, 3]


def test_a_guest_stands_beside_who_brings_them(app: Flask, now: Any) -> None:
    saved(*consent_texts())
    event = a_study_tour(add_ons=[an_add_on("guest", "Guest", 50_000)])
    bringing = replace(a_person("Vega", "Marisol"), guest="Otto Lind", add_ons=(event.add_ons[0].public_id,))
    stay = a_stay(people_on_tour(bringing, now=now, event=event).event, now)

    shared_out(stay, now, 4)

    sheet = the_list(stay, now)
    assert [one["latin"] for one in sheet["rooms"][0]["occupants"]] == ["Marisol VEGA", "Otto Lind"]
    assert (sheet["people"], sheet["heads"]) == ([2, 2, 2, 2], 2)


def test_nothing_but_names_nights_and_remarks_of_anybody_is_told(
    registration: Registration, stay: Stay, now: Any
) -> None:
    secret = {
        "diet": "no pork",
        "access": "wheelchair",
        "sex": "male",
        "mate": "Han Xuemei",
        "phone": "+1 202 555 0123",
    }
    told(registration.participants[0], now, **secret)
    shared_out(stay, now, 1, 1, 2)

    sheet = str(the_list(stay, now))

    assert not [value for value in ("no pork", "wheelchair", "male", "Han Xuemei", "0123") if value in sheet]


def test_rooms_that_changed_since_the_last_list_are_marked(stay: Stay, now: Any) -> None:
    shared_out(stay, now, 1, 1, 2)
    number = issued(stay, now)
    assert marked(the_list(stay, now)) == []

    with writing():
        lodging = lodging_to_change(stay.public_id)
        han = next(one for one in lodging.sleepers if one.name == "HAN Xuemei")
        hart = next(one for one in lodging.sleepers if one.name == "Emily HART")
        was = "1 2027-05-03 2027-05-07"
        moves = (Placement(han.id, 3, NIGHTS, was), Placement(hart.id, 3, NIGHTS, was.replace("1", "2", 1)))
        rearrange(lodging, moves, (), now=now, by=BY)

    sheet = the_list(stay, now)
    assert (sheet["since"], marked(sheet), sheet["gone"]) == (number, [1, 3], [2])


def test_the_same_list_in_another_language_marks_the_same_rooms(stay: Stay, now: Any) -> None:
    shared_out(stay, now, 1, 1)
    first = issued(stay, now)
    shared_out_more(stay, now)
    issued(stay, now, "en")

    sheet = the_list(stay, now)

    assert (sheet["since"], marked(sheet)) == (first, [2])


def shared_out_more(stay: Stay, now: Any) -> None:
    with writing():
        propose(lodging_to_change(stay.public_id), now=now, by=BY)


def test_the_office_prints_one_list_for_each_hotel(registration: Registration, stay: Stay, now: Any) -> None:
    other = a_stay(registration.event, now, check_in_on=date(2027, 5, 7), check_out_on=date(2027, 5, 9))
    db.session.rollback()

    event = lodging_of(queries.stay_to_change(stay.public_id)).stay.event
    subjects = EVENT_PAPERS["rooming_list"].subjects
    assert subjects is not None
    assert [(one.public_id, one.email) for one in subjects(Subjects(event))] == [
        (each.public_id, "groups@hotel.example.org") for each in (stay, other)
    ]

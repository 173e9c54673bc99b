"""The papers that an event has: from what each is made, and for whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from tourreg.domain.catalogue.models import Event
from tourreg.domain.cities.models import City
from tourreg.domain.cities.queries import by_public_id
from tourreg.domain.hosting.confirmations import confirmation_sheet
from tourreg.domain.hosting.in_kind import in_kind_sheet
from tourreg.domain.hosting.reports import report_of
from tourreg.domain.hosting.request_models import HostingRequest
from tourreg.domain.hosting.request_queries import request_by_public_id
from tourreg.domain.itineraries import cuts
from tourreg.domain.itineraries.approval import approval_sheet
from tourreg.domain.itineraries.book import book_of
from tourreg.domain.itineraries.cards import card_sheet
from tourreg.domain.itineraries.documents import itinerary_sheet, public_day
from tourreg.domain.itineraries.notices import change_notice_sheet
from tourreg.domain.itineraries.rides import driver_sheet
from tourreg.domain.itineraries.versions import Printed, days_for_print, version_of, versions_of
from tourreg.domain.itineraries.visited import days_in
from tourreg.domain.papers.sheets import Day
from tourreg.domain.reports.badges import badges_sheet
from tourreg.domain.reports.bus_lists import bus_list_sheet, heads_of
from tourreg.domain.reports.city_people import city_roster, people_coming
from tourreg.domain.reports.documents import (
    attendance_sheet,
    delegation_rows,
    named_in_books,
    roster_sheet,
)
from tourreg.domain.reports.host_days import city_days_sheet
from tourreg.domain.reports.host_letters import LetterKind, host_letter_sheet
from tourreg.domain.reports.office_roster import office_roster_sheet
from tourreg.domain.reports.own_programmes import own_sheet
from tourreg.domain.reports.queries import participants_of, parts_taken
from tourreg.domain.reports.readers import reader_notice_sheet
from tourreg.domain.reports.request_papers import request_sheet
from tourreg.domain.reports.subjects import Subject, Subjects
from tourreg.domain.reports.thanks import ThanksKind, thanks_sheet
from tourreg.domain.travel.diets import diet_sheet
from tourreg.domain.travel.documents import rooming_list_sheet
from tourreg.domain.travel.journeys import journey_of
from tourreg.domain.travel.lodging import lodgings_of
from tourreg.domain.travel.manifests import arrivals_sheet
from tourreg.domain.travel.queries import travellers_of
from tourreg.kernel.refusals import Refusal


class NotInVersion(Refusal):
    """Issued papers show the latest version, and that lacks the day or city that is asked for; facts: number."""


Shelf = Literal["programme", "people", "travel", "cities"]


@dataclass(frozen=True)
class Asked:
    """A paper that somebody wants.

    subject  for whom, where a kind is made one by one
    issued   it gets a number, and shows the latest version of the itinerary; a working copy shows the draft
    between  the versions between which a notice tells one reader what has changed
    """

    event: Event
    subject: Subject | None
    now: datetime
    issued: bool
    between: tuple[int, int] | None = None


@dataclass(frozen=True)
class EventPaper:
    """One kind of paper of an event.

    shelf     under which the office finds it
    sheet     returns the sheet of what is asked for
    subjects  picks for whom it is made one by one, in their order; None where one paper is for all
    """

    kind: str
    shelf: Shelf
    sheet: Callable[[Asked], Mapping[str, Any]]
    subjects: Callable[[Subjects], Sequence[Subject]] | None = None


def _itinerary(asked: Asked) -> Mapping[str, Any]:
    printed = days_for_print(asked.event, issued=asked.issued)
    named = named_in_books(participants_of(asked.event))
    return itinerary_sheet(
        asked.event,
        printed.days,
        now=asked.now,
        version=printed.version,
        book=book_of(asked.event),
        delegation=delegation_rows(named),
    )


def _roster(asked: Asked) -> Mapping[str, Any]:
    return roster_sheet(asked.event, participants_of(asked.event), now=asked.now)


def _security_roster(asked: Asked) -> Mapping[str, Any]:
    """Return the roster for a city whose security desk asked for nationality, which no other roster shows."""
    city = _host(asked)
    people = people_coming(asked.event, days_in(_printed(asked).days, city.public_id))
    return city_roster(asked.event, city, people, now=asked.now)


def _public_roster(asked: Asked) -> Mapping[str, Any]:
    """Return the roster for everybody: names, titles and organisations of those who agreed, as books print them."""
    named = named_in_books(participants_of(asked.event))
    sheet = roster_sheet(asked.event, named, now=asked.now)
    return {**sheet, "kind": "roster_public", "rows": delegation_rows(named)}


def _office_roster(asked: Asked) -> Mapping[str, Any]:
    return office_roster_sheet(asked.event, participants_of(asked.event), now=asked.now)


def _letter(kind: LetterKind) -> Callable[[Asked], Mapping[str, Any]]:
    """Return what makes letters of a kind to the cities of an event."""

    def letter(asked: Asked) -> Mapping[str, Any]:
        event = asked.event
        return host_letter_sheet(kind, event, _host(asked), participants_of(event), _printed(asked), now=asked.now)

    return letter


def _thanks(kind: ThanksKind) -> Callable[[Asked], Mapping[str, Any]]:
    """Return what makes letters of thanks to those whom the cities of an event elected."""

    def letter(asked: Asked) -> Mapping[str, Any]:
        event = asked.event
        return thanks_sheet(kind, event, _host(asked), participants_of(event), _printed(asked), now=asked.now)

    return letter


def _host_request(asked: Asked) -> Mapping[str, Any]:
    """Return the letter of a request to a city; of a city that was not asked yet, the letter of its days."""
    request = request_by_public_id(_required(asked).public_id)
    if request is None:
        return _letter("host_request")(asked)
    return request_sheet(request, participants_of(asked.event), _printed(asked), now=asked.now)


def _host_confirmation(asked: Asked) -> Mapping[str, Any]:
    return confirmation_sheet(_request(asked), now=asked.now)


def _in_kind(asked: Asked) -> Mapping[str, Any]:
    report = report_of(_request(asked))
    if report is None:
        raise ValueError("such a paper is made of a city's report")
    return in_kind_sheet(report, now=asked.now)


def _request(asked: Asked) -> HostingRequest:
    found = request_by_public_id(_required(asked).public_id)
    if found is None:
        raise ValueError("such a paper is made of a request to a city")
    return found


def _badges(asked: Asked) -> Mapping[str, Any]:
    days = [public_day(day) for day in _printed(asked).days]
    return badges_sheet("badges", asked.event, participants_of(asked.event), days, now=asked.now)


def _name_plates(asked: Asked) -> Mapping[str, Any]:
    return badges_sheet("name_plates", asked.event, participants_of(asked.event), [], now=asked.now)


def _attendance(asked: Asked) -> Mapping[str, Any]:
    day = _day(asked, _printed(asked))
    return attendance_sheet(asked.event, participants_of(asked.event), day, now=asked.now)


def _summary(asked: Asked) -> Mapping[str, Any]:
    return cuts.summary_sheet(asked.event, _printed(asked), now=asked.now)


def _host_day(asked: Asked) -> Mapping[str, Any]:
    city, printed = _required(asked), _printed(asked)
    sheet = city_days_sheet(asked.event, printed, city=city.public_id, reader=city.name, now=asked.now)
    if not sheet["days"]:
        raise NotInVersion(number=printed.version)
    return sheet


def _driver(asked: Asked) -> Mapping[str, Any]:
    printed = _printed(asked)
    day, people, parts = _day(asked, printed), participants_of(asked.event), parts_taken(asked.event)
    heads, found = heads_of(day, people, parts), day.get("id", "")
    return driver_sheet(asked.event, printed, day=found, people=len(people), heads=heads, now=asked.now)


def _bus_list(asked: Asked) -> Mapping[str, Any]:
    printed = _printed(asked)
    day = _day(asked, printed)
    people, parts = participants_of(asked.event), parts_taken(asked.event)
    return bus_list_sheet(asked.event, day, people, parts, version=printed.version, now=asked.now)


def _of_journeys(sheet: Callable[..., Mapping[str, Any]]) -> Callable[[Asked], Mapping[str, Any]]:
    """Return what makes a paper of what people told of their journeys."""

    def paper(asked: Asked) -> Mapping[str, Any]:
        people = participants_of(asked.event)
        return sheet(asked.event, people, travellers_of(people), now=asked.now)

    return paper


def _rooming_list(asked: Asked) -> Mapping[str, Any]:
    wanted = _required(asked).public_id
    lodging = next(each for each in lodgings_of(asked.event) if each.stay.public_id == wanted)
    return rooming_list_sheet(lodging, now=asked.now)


def _card(asked: Asked) -> Mapping[str, Any]:
    return card_sheet(asked.event, _printed(asked), now=asked.now)


def _approval(asked: Asked) -> Mapping[str, Any]:
    return approval_sheet(asked.event, _printed(asked), now=asked.now)


def _personal(asked: Asked) -> Mapping[str, Any]:
    wanted = _required(asked).public_id
    person = next(each for each in participants_of(asked.event) if each.public_id == wanted)
    parts, journey = parts_taken(asked.event)[wanted], journey_of(person)
    return own_sheet(person, _printed(asked), parts=parts, journey=journey, now=asked.now)


def _change_notice(asked: Asked) -> Mapping[str, Any]:
    """Return the notice of the version that is asked for; each version but the first has one.

    Between two versions it is for one reader, and tells what has changed of their own days.
    """
    if asked.between is not None:
        return reader_notice_sheet(asked.event, _required(asked).public_id, *asked.between, now=asked.now)
    after = next(each for each in versions_of(asked.event) if each.public_id == _required(asked).public_id)
    before = version_of(asked.event, after.number - 1)
    if before is None:
        raise ValueError(f"version {after.number} is the first")
    return change_notice_sheet(asked.event, before, after, now=asked.now)


def _printed(asked: Asked) -> Printed:
    return days_for_print(asked.event, issued=asked.issued)


def _day(asked: Asked, printed: Printed) -> Day:
    """Return the day that is asked for, of those that are printed.

    raises  NotInVersion
    """
    wanted = _required(asked).public_id
    found = next((day for day in printed.days if day.get("id") == wanted), None)
    if found is None:
        raise NotInVersion(number=printed.version)
    return found


def _host(asked: Asked) -> City:
    """Return the city that a paper is for; subjects are never cities that nobody knows."""
    city = by_public_id(_required(asked).public_id)
    if city is None:
        raise LookupError("no such city")
    return city


def _required(asked: Asked) -> Subject:
    if asked.subject is None:
        raise ValueError("such a paper is made for somebody")
    return asked.subject


# In the order in which the office sees them.
EVENT_PAPERS = {
    paper.kind: paper
    for paper in (
        EventPaper("itinerary", "programme", _itinerary),
        EventPaper("itinerary_summary", "programme", _summary),
        EventPaper("change_notice", "programme", _change_notice, Subjects.notices),
        EventPaper("personal_itinerary", "programme", _personal, Subjects.people),
        EventPaper("pocket_card", "programme", _card),
        EventPaper("approval_cut", "programme", _approval),
        EventPaper("driver_sheet", "travel", _driver, Subjects.days_with_rides),
        EventPaper("bus_list", "travel", _bus_list, Subjects.days_with_rides),
        EventPaper("arrivals", "travel", _of_journeys(arrivals_sheet)),
        EventPaper("diet_list", "travel", _of_journeys(diet_sheet)),
        EventPaper("rooming_list", "travel", _rooming_list, Subjects.hotels),
        EventPaper("host_day", "cities", _host_day, Subjects.cities),
        EventPaper("host_request", "cities", _host_request, Subjects.asked),
        EventPaper("host_confirmation", "cities", _host_confirmation, Subjects.confirmed),
        EventPaper("host_thanks", "cities", _letter("host_thanks"), Subjects.hosts),
        EventPaper("in_kind_report", "cities", _in_kind, Subjects.reported),
        EventPaper("thanks_mayor", "cities", _thanks("thanks_mayor"), Subjects.hosts),
        EventPaper("thanks_council", "cities", _thanks("thanks_council"), Subjects.hosts),
        EventPaper("roster_public", "people", _public_roster),
        EventPaper("roster", "people", _roster),
        EventPaper("roster_security", "people", _security_roster, Subjects.security_desks),
        EventPaper("roster_operations", "people", _office_roster),
        EventPaper("attendance", "people", _attendance, Subjects.days_to_sign),
        EventPaper("badges", "people", _badges),
        EventPaper("name_plates", "people", _name_plates),
    )
}

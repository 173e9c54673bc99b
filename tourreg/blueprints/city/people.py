"""Who comes to a city that confirmed: the roster that it gets, on a page and on paper, and how the group arrives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from flask import Blueprint, Response, abort, render_template, url_for

from tourreg import formats
from tourreg.blueprints import paper_files
from tourreg.blueprints.city.request_papers import FRAME
from tourreg.blueprints.city.requests import asked_of
from tourreg.blueprints.group_words import GROUPS
from tourreg.blueprints.guards import host_holder
from tourreg.blueprints.languages import language
from tourreg.blueprints.paper_kinds import LANGUAGES
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.request_models import HostingRequest
from tourreg.domain.hosting.request_rules import today_in
from tourreg.domain.itineraries.versions import days_for_print
from tourreg.domain.itineraries.visited import days_in
from tourreg.domain.papers.sheets import Day, RosterSheet
from tourreg.domain.registrations.models import Participant
from tourreg.domain.reports.city_people import city_roster, is_shown, people_coming, ways_of
from tourreg.kernel import clock
from tourreg.kernel.bilingual import Text

blueprint = Blueprint("city_people", __name__)
HERE = "/city/<public_id>/requests/<asked>/people"


@dataclass(frozen=True)
class Leg:
    """One way to, in or from the city, as its page tells it; zone in words, with the offset."""

    on: date
    starts: str
    zone: str
    title: Text
    place: Text


@blueprint.get(HERE)
@host_holder
def show(profile: HostProfile, asked: str) -> str:
    """Show who comes; before the city confirmed, and a month after the programme, nobody."""
    found = asked_of(profile, asked)
    days = _days(found)
    people = _people(found, days)
    roster = _roster(found, people)
    return render_template(
        "city/requests/people.html",
        profile=profile,
        asked=found,
        people=list(zip(roster["rows"], people, strict=True)),
        show_country=roster["show_country"],
        ways=list(_ways(days)) if people else [],
        is_over=not _is_shown(found),
        groups=GROUPS,
        papers=LANGUAGES,
    )


@blueprint.get(f"{HERE}.pdf")
@host_holder
@paper_files.printable
def paper(profile: HostProfile, asked: str) -> Response:
    """Print the same roster as it stands now."""
    found = asked_of(profile, asked)
    people = _people(found, _days(found)) or abort(404)
    back = url_for(".show", public_id=profile.public_id, asked=asked)
    size: Any = "letter" if found.city.country == "US" else "a4"
    return paper_files.working_copy(_roster(found, people), frame=FRAME, back=back, form=("both", size))


def _people(found: HostingRequest, days: Sequence[Day]) -> list[Participant]:
    if found.state != "confirmed" or not _is_shown(found):
        return []
    return people_coming(found.event, days)


def _roster(found: HostingRequest, people: Sequence[Participant]) -> RosterSheet:
    return city_roster(found.event, found.city, people, now=clock.utc_now())


def _days(found: HostingRequest) -> list[Day]:
    return days_in(days_for_print(found.event, issued=False).days, found.city.public_id)


def _is_shown(found: HostingRequest) -> bool:
    return is_shown(found.event, today_in(found.city.zone, clock.utc_now()))


def _ways(days: Sequence[Day]) -> Iterator[Leg]:
    for on, item in ways_of(days):
        day, starts = date.fromisoformat(on), time.fromisoformat(item["starts"])
        zone = formats.zone(formats.wall_time(day, starts, item["zone"]), language())
        yield Leg(day, item["starts"], zone, Text(**item["title"]), Text(**item["place"]))

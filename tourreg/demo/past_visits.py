"""What lies behind the sample season: two programmes that one city received, and its report of the last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from tourreg.blueprints import outside
from tourreg.db import db, writing
from tourreg.demo import past_content as content
from tourreg.demo.programme import Season
from tourreg.demo.sample_pictures import sample_picture
from tourreg.demo.staff import programme_officer
from tourreg.domain.audit.commands import move_to
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.cancellation import EventTerms, plain_terms
from tourreg.domain.catalogue.models import EVENT_MOVES, Event, Fee, Pool, Stop
from tourreg.domain.cities.models import City
from tourreg.domain.hosting import confirmed_days, reports, request_answers, requests, visit_files
from tourreg.domain.hosting import request_queries as queries
from tourreg.domain.hosting.commands import actor
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.report_rules import Came, Reported
from tourreg.domain.hosting.request_answers import Given
from tourreg.domain.hosting.request_models import HostingRequest
from tourreg.domain.hosting.request_rules import Asking, Span
from tourreg.domain.hosting.visit_files import Sent
from tourreg.domain.itineraries.models import Day, Item
from tourreg.domain.itineraries.versions import issue_version
from tourreg.domain.papers.models import Issuer
from tourreg.kernel.bilingual import EMPTY, Text
from tourreg.kernel.clock import at_local_time, local_day
from tourreg.kernel.states import Axis

BY = "worker"
CITY, SOLD_WITH = "davenport", "energy-efficiency-us"
FIRST, LAST = "rivers-and-small-cities", "water-and-waste"
PEOPLE = 12
DAYS = len(content.SHOWN)
A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)
_EVENT_AXIS = Axis("event", "state", EVENT_MOVES)


@dataclass(frozen=True)
class Past:
    """A programme that came to the city.

    event  its public id
    noon   of its first day, as the city's clocks showed it
    """

    event: str
    noon: datetime


def make_past_visits(season: Season, now: datetime) -> list[Past]:
    """Let two programmes have come to a city: a year ago as its route tells, four weeks ago as the city confirmed."""
    first = _programme(season, FIRST, content.FIRST_TITLE, now - 54 * A_WEEK)
    last = _programme(season, LAST, content.LAST_TITLE, now - 4 * A_WEEK)
    asked = _receive(last, season.cities[CITY].id)
    _report(asked, last.noon + 3 * A_DAY)
    _send_photograph(asked, last.noon + 3 * A_DAY)
    return [first, last]


def _programme(season: Season, slug: str, title: Text, around: datetime) -> Past:
    """Write a programme with its days from a Monday on, and let the office announce and end it in its time."""
    zone = season.cities[CITY].zone
    start = local_day(around, zone)
    start -= timedelta(days=start.weekday())
    noon = at_local_time(start, time(12), zone)
    with writing() as session:
        city = session.merge(season.cities[CITY])
        event = _event(slug, title, session.merge(season.events[SOLD_WITH].issuer), city, noon)
        session.add_all([event, *_days(event, city)])
        session.flush()
        public_id = event.public_id
    with writing():
        locked = desk.event_to_change(public_id)
        move_to(locked, _EVENT_AXIS, "published", now=noon - 12 * A_WEEK, by=BY)
        issue_version(locked, change_note=EMPTY, now=noon - A_WEEK, by=programme_officer())
        move_to(locked, _EVENT_AXIS, "closed", now=noon + DAYS * A_DAY, by=BY)
    return Past(public_id, noon)


def _event(slug: str, title: Text, issuer: Issuer, city: City, noon: datetime) -> Event:
    start = local_day(noon, city.zone)
    end = start + timedelta(days=DAYS - 1)
    return Event(
        slug=slug, reference_prefix="".join(word[0] for word in slug.split("-")).upper(), kind="study_tour",
        direction="to_us", title=title, theme=EMPTY, summary=content.SUMMARY, description=content.DESCRIPTION,
        venue=city.name, audience=content.AUDIENCE, languages=content.LANGUAGES, access=EMPTY, organiser=issuer.name,
        included=EMPTY, not_included=EMPTY, cancellation_policy=EMPTY, cancellation_terms=plain_terms(EventTerms()),
        starts_on=start, ends_on=end, zone=city.zone, opens_on=start - 10 * A_WEEK, closes_on=start - 4 * A_WEEK,
        cover="harbour", slip="大河小城", issuer=issuer, currency="USD", pool=Pool(capacity=PEOPLE, taken=0),
        stops=[Stop(city=city, position=1, from_on=start, to_on=end)],
        fees=[Fee(position=1, label=content.FEE, audience=content.AUDIENCE, amount_minor=content.FEE_MINOR)], created_at=noon - 14 * A_WEEK,
    )  # fmt: skip


def _days(event: Event, city: City) -> list[Day]:
    return [
        Day(
            event=event,
            city=city,
            on_date=event.starts_on + timedelta(days=number),
            title=title,
            items=[_item(was, position, city.zone) for position, was in enumerate(items, start=1)],
        )
        for number, (title, items) in enumerate(content.SHOWN)
    ]


def _item(was: content.Was, position: int, zone: str) -> Item:
    kind, starts, ends, title, place = was
    return Item(
        position=position, kind=kind, starts=time.fromisoformat(starts), ends=time.fromisoformat(ends), zone=zone,
        title=title, place=place, address=EMPTY, notes=EMPTY,
    )  # fmt: skip


def _receive(past: Past, city_id: int) -> str:
    """Ask the city three weeks before, and let it confirm two days later; its days stand in the itinerary already."""
    asked_at, by = past.noon - 3 * A_WEEK, programme_officer()
    with writing():
        event, city = desk.event_to_change(past.event), db.session.get_one(City, city_id)
        days = Span(event.starts_on, event.ends_on)
        asking = Asking(days, PEOPLE, content.WORDS, local_day(asked_at + A_WEEK, city.zone))
        asked = requests.ask(event, city, None, asking, submission_key=None, now=asked_at, by=by).public_id
    with writing():
        locked, at = queries.request_to_change(asked), asked_at + 2 * A_DAY
        yes = Given("confirmed", _speaker(locked).contact_name)
        request_answers.answer(locked, yes, seen="asked", now=at, by=actor(_speaker(locked)))
        confirmed_days.leave_out(locked, list(days.days()), now=at, by=by)
    return asked


def _report(asked: str, at: datetime) -> None:
    """Let the city send how many came, what it gave in kind, and how it was."""
    with writing():
        locked = queries.request_to_change(asked)
        speaker = _speaker(locked)
        came = tuple(Came(one.on_date, one.item, one.title, PEOPLE) for one in reports.counted_in(locked))
        told = Reported(speaker.contact_name, "USD", came, content.GIFTS, content.ANSWERS, may_be_quoted=True)
        reports.send(locked, told, seen=0, now=at, by=actor(speaker))


def _send_photograph(asked: str, at: datetime) -> None:
    picture = sample_picture()
    sent = Sent("photo", content.PHOTO_NOTE, outside.files().put(picture), "jpeg", "landing.jpg", len(picture))
    with writing():
        locked = queries.request_to_change(asked)
        visit_files.add_file(locked, sent, submission_key=None, now=at, by=actor(_speaker(locked)))


def _speaker(request: HostingRequest) -> HostProfile:
    """Return who signed the city up."""
    return next(iter(queries.contacts_of(request.city_id)))

"""Who reads an event's programme, and what each sees of it: participants their own days, host cities theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast

from sqlalchemy import or_, select

from tourreg.db import db
from tourreg.domain.catalogue.models import Event, Stop
from tourreg.domain.cities.models import City
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.itineraries import models as itineraries
from tourreg.domain.itineraries.cuts import host_days
from tourreg.domain.itineraries.groups import ALL_GROUPS
from tourreg.domain.itineraries.notices import NoticedChange, ReaderNoticeSheet, change_notice_sheet, changes_between
from tourreg.domain.itineraries.personal import personal_days
from tourreg.domain.itineraries.versions import version_of
from tourreg.domain.papers.documents import both
from tourreg.domain.papers.models import Paper
from tourreg.domain.papers.sheets import Day
from tourreg.domain.registrations.models import Participant
from tourreg.domain.reports.queries import participants_of, parts_taken
from tourreg.kernel.bilingual import EMPTY, Language, Text
from tourreg.kernel.glyphs import unprinted_sign


@dataclass(frozen=True)
class Reader:
    """A participant, or a city that receives the group.

    public_id     of the participant or the city
    email         to which papers can be sent, or ""; of a participant without one it is the contact's
    language      in which it reads, where that is known
    parts         public ids of the tours and optional items that a participant takes, "" for the programme itself
    groups        those whose items are the participant's
    registration  public id of a participant's registration
    profile       public id of what a city signed up with
    """

    public_id: str
    kind: Literal["participant", "city"]
    name: Text
    email: str
    language: Language | None
    parts: frozenset[str] = frozenset()
    groups: frozenset[str] = ALL_GROUPS
    registration: str = ""
    profile: str = ""

    @property
    def sees(self) -> tuple[str, frozenset[str], frozenset[str]]:
        """Return what two readers share only if they see the same of every version."""
        return (self.public_id if self.kind == "city" else "", self.parts, self.groups)

    def own(self, days: Sequence[Day]) -> list[Day]:
        """Return the days of a version as this one may read them."""
        if self.kind == "city":
            return host_days(days, self.public_id)
        return personal_days(days, self.parts, self.groups)


def readers_of(event: Event) -> list[Reader]:
    """Return the participants in protocol order, then the cities of the route, in four statements."""
    parts = parts_taken(event)
    people = [_participant(person, parts.get(person.public_id, ())) for person in participants_of(event)]
    return [*people, *_cities(event)]


def changes_for(reader: Reader, before: Sequence[Day], after: Sequence[Day]) -> list[NoticedChange]:
    """Return what is different for one reader between the days of two versions."""
    return changes_between(reader.own(before), reader.own(after))


def reader_notice_sheet(event: Event, reader: str, before: int, after: int, *, now: datetime) -> ReaderNoticeSheet:
    """Return the notice of what has changed for one reader between two versions.

    It leaves out what the author says of the version as a whole, which may tell of days that are not theirs.

    reader  public id of one of `readers_of`
    """
    found = next(each for each in readers_of(event) if each.public_id == reader)
    held, issued = version_of(event, before), version_of(event, after)
    if held is None or issued is None:
        raise LookupError(f"there are no versions {before} and {after}")
    changes = changes_for(found, cast(list[Day], held.days), cast(list[Day], issued.days))
    whole = change_notice_sheet(event, held, issued, now=now)
    return {**whole, "change_note": both(EMPTY), "changes": changes, "reader": both(on_paper(found.name))}


def full_name(person: Participant) -> Text:
    """Return the name as lists of people print it; in Chinese as the person writes it, where that is known."""
    return Text(person.name.latin(), person.native or person.name.latin())


def on_paper(name: Text) -> Text:
    """Return a name without what papers cannot print; the Latin one stands there alone then."""
    return Text(name.en) if unprinted_sign(name.zh) else name


def _participant(person: Participant, parts: Sequence[str]) -> Reader:
    registration = person.registration
    return Reader(
        person.public_id,
        "participant",
        full_name(person),
        person.email or registration.contact_email,
        "zh" if registration.language == "zh" else "en",
        parts=frozenset(parts),
        groups=person.groups,
        registration=registration.public_id,
    )


def _cities(event: Event) -> list[Reader]:
    """Return the cities of the route, of the days, and those that got a paper before they were left out."""
    lived = select(itineraries.Day.city_id).where(itineraries.Day.event_id == event.id)
    passed = select(Stop.city_id).where(Stop.event_id == event.id)
    told = select(Paper.subject).where(Paper.about == event.public_id, Paper.programme_version.is_not(None))
    chosen = select(City).where(or_(City.id.in_(lived), City.id.in_(passed), City.public_id.in_(told)))
    return city_readers(db.session.scalars(chosen.order_by(City.id)).all())


def city_readers(cities: Sequence[City]) -> list[Reader]:
    """Return cities as readers, each with the address of its accepted host, if it has one, in one statement."""
    profiles = _profiles([city.id for city in cities])
    return [_city(city, profiles.get(city.id)) for city in cities]


def _profiles(cities: Sequence[int]) -> dict[int, HostProfile]:
    """Return with what each city signed up as a host, the first that was accepted."""
    accepted = select(HostProfile).where(HostProfile.city_id.in_(cities), HostProfile.state == "accepted")
    found: dict[int, HostProfile] = {}
    for profile in db.session.scalars(accepted.order_by(HostProfile.id)):
        found.setdefault(profile.city_id or 0, profile)
    return found


def _city(city: City, profile: HostProfile | None) -> Reader:
    if profile is None:
        return Reader(city.public_id, "city", city.name, "", None)
    language: Language = "zh" if profile.language == "zh" else "en"
    return Reader(city.public_id, "city", city.name, profile.contact_email, language, profile=profile.public_id)

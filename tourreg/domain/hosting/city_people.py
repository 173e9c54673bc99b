"""Who is known at cities by their addresses, whether from a file of the office or since they share a city's page."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from tourreg.db import db
from tourreg.domain.cities.models import City
from tourreg.domain.hosting.city_contact_models import CityContact
from tourreg.domain.hosting.contact_models import HostContact
from tourreg.domain.hosting.models import HostProfile
from tourreg.kernel.bilingual import Text

# A city's key and an address in small letters.
AtCity = tuple[str, str]


@dataclass
class People:
    """Those of some addresses.

    known    whom the office knows, by city and address
    sharing  who signed the city up, shares its page or was invited to it
    cities   at which cities each address stands: their names with their regions, by their keys
    """

    known: dict[AtCity, CityContact] = field(default_factory=dict)
    sharing: set[AtCity] = field(default_factory=set)
    cities: dict[str, dict[str, Text]] = field(default_factory=dict)

    def is_known(self, at_city: AtCity) -> bool:
        return at_city in self.known or at_city in self.sharing

    def note(self, at_city: AtCity, city: Text) -> None:
        self.cities.setdefault(at_city[1], {}).setdefault(at_city[0], city)


def in_its_region(name: Text, region: Text) -> Text:
    """Return a city with its state or province, which tells it from others of its name."""
    if name == region:
        return name
    english, chinese = name.en, name.zh
    return Text(
        f"{english}, {region.en}" if region.en else english, f"{chinese}（{region.zh}）" if region.zh else chinese
    )


def key_of(city: City) -> str:
    return f"city:{city.public_id}"


def people_of(emails: Collection[str], *, lock: bool = False) -> People:
    """Return who is known by these addresses, in three statements.

    emails  in small letters
    lock    nobody else changes what the office knows until the transaction ends
    """
    people = People()
    if not emails:
        return people
    for contact in _contacts_of(emails, lock):
        people.known[key_of(contact.city), contact.email] = contact
        people.note((key_of(contact.city), contact.email), in_its_region(contact.city.name, contact.city.region))
    for email, city in _who_share(emails):
        people.sharing.add((key_of(city), email))
        people.note((key_of(city), email), in_its_region(city.name, city.region))
    return people


def known_at(city: City) -> list[tuple[CityContact, bool]]:
    """Return whom the office knows at a city, by name, and whether they share its page or were invited to it."""
    theirs = select(CityContact).where(CityContact.city_id == city.id).order_by(CityContact.name, CityContact.id)
    contacts = db.session.scalars(theirs).all()
    sharing = people_of({contact.email for contact in contacts}).sharing
    return [(contact, (key_of(city), contact.email) in sharing) for contact in contacts]


def known_contact(public_id: str) -> CityContact | None:
    """Return somebody whom the office knows, with their city; None once they are deleted."""
    one = select(CityContact).where(CityContact.public_id == public_id).options(joinedload(CityContact.city))
    return db.session.scalar(one)


def _contacts_of(emails: Collection[str], lock: bool) -> Sequence[CityContact]:
    theirs = select(CityContact).where(CityContact.email.in_(emails)).options(joinedload(CityContact.city))
    if lock:
        theirs = theirs.with_for_update(of=CityContact).execution_options(populate_existing=True)
    return db.session.scalars(theirs.order_by(CityContact.id)).all()


def _who_share(emails: Collection[str]) -> Iterator[tuple[str, City]]:
    first = (
        select(HostProfile.contact_email, City)
        .join(City, City.id == HostProfile.city_id)
        .where(func.lower(HostProfile.contact_email).in_(emails), HostProfile.state == "accepted")
    )
    sharing = (
        select(HostContact.email, City)
        .join(HostProfile, HostProfile.id == HostContact.profile_id)
        .join(City, City.id == HostProfile.city_id)
        .where(func.lower(HostContact.email).in_(emails), HostContact.state.in_(("invited", "active")))
    )
    for wanted in (first, sharing):
        for email, city in db.session.execute(wanted):
            yield email.lower(), city

"""Letters to host cities for tests: hosts of several cities, a colleague of one of them, and what is written."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert

from tests.cast import the_city
from tests.hosts import MEMBER, a_host
from tourreg.db import db, writing
from tourreg.domain.cities.models import City
from tourreg.domain.hosting.city_contact_models import CityContact
from tourreg.domain.hosting.city_import_writing import forget_contact
from tourreg.domain.hosting.city_letter_models import CityLetter
from tourreg.domain.hosting.city_letter_rules import Draft
from tourreg.domain.hosting.city_letters import write_to_cities
from tourreg.domain.hosting.contact_models import HostContact
from tourreg.domain.hosting.contacts import Invitation, accept_invitation, invite
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.rules import Contact
from tourreg.domain.outbox.models import Letter
from tourreg.kernel.bilingual import Text
from tourreg.kernel.numbers import new_public_id

SUBJECT = Text("Dates for {city}", "请{city}确定日期")
WORDS = Text(
    "We come in May, {contact}.\n\nWhich week suits {city}?", "{contact}，考察团五月来访。\n\n哪一周适合{city}？"
)
DRAFT = Draft(SUBJECT, WORDS)


def a_host_of(slug: str, *, now: datetime, email: str = "", **changed: Any) -> HostProfile:
    """Return the accepted sign-up of one of the tests' cities."""
    profile = a_host("accepted", now=now, email=email or f"desk@{slug}.example.org", **changed)
    with writing():
        db.session.merge(profile).city = the_city(slug)
    return profile


def a_colleague(
    profile: HostProfile, name: str, *roles: str, now: datetime, language: str = "en", state: str = "active"
) -> HostContact:
    """Return somebody who was invited to the page of a city, and accepted it unless told otherwise."""
    contact = Contact(name, "Clerk", f"{name.split()[0].lower()}@{profile.contact_email.partition('@')[2]}")
    with writing():
        made = invite(db.session.merge(profile), Invitation(contact, roles, language), now=now, by=MEMBER)
        return accept_invitation(made, now=now) if state == "active" else made


def known_at(slug: str, name: str, *roles: str, now: datetime, email: str = "", language: str = "en") -> CityContact:
    """Return somebody whom the office knows at a city from a file."""
    with writing() as session:
        contact = CityContact(
            city=the_city(slug), name=name, position="Clerk",
            email=email or f"{name.split()[0].lower()}@{slug}.example.org",
            phone="", language=language, roles=list(roles), added_at=now,
        )  # fmt: skip
        session.add(contact)
        session.flush()
        return contact


def forgotten(contact: CityContact, *, now: datetime) -> None:
    with writing():
        forget_contact(db.session.merge(contact), now=now, by=MEMBER)


def a_letter(*slugs: str, now: datetime, draft: Draft = DRAFT, key: str | None = None) -> CityLetter:
    """Return a letter to these cities that the worker has not begun with."""
    with writing():
        cities = [the_city(slug).id for slug in slugs]
        return write_to_cities(draft, cities, submission_key=key or new_public_id(), now=now, by=MEMBER)


def letters_of(letter: CityLetter) -> Sequence[Letter]:
    """Return what was put into the outbox, first to last."""
    db.session.expire_all()
    return db.session.query(Letter).filter(Letter.about == letter.public_id).order_by(Letter.id).all()


def many_host_cities(count: int, *, now: datetime) -> list[int]:
    """Write cities, each with somebody who signed it up, and return their keys."""
    with writing() as session:
        like = the_city("davenport")
        session.flush()
        same = {"region": like.region, "country": "US", "zone": like.zone, "latitude": 1.0, "longitude": 1.0}
        keys = range(1_000, 1_000 + count)
        session.execute(
            insert(City),
            [{"id": key, "slug": f"city-{key}", "name": Text(f"City {key}", f"城市{key}"), **same} for key in keys],
        )
        signed = {
            "city_name": "City", "region": "Iowa", "country": "US", "contact_position": "Clerk", "language": "en",
            "offers": "A hall.", "available": "May", "state": "accepted", "signed_up_at": now, "confirmed_at": now,
        }  # fmt: skip
        session.execute(
            insert(HostProfile),
            [
                {**signed, "city_id": key, "contact_name": f"Clerk {key}", "contact_email": f"c{key}@example.org",
                 "submission_key": new_public_id()}
                for key in keys
            ],
        )  # fmt: skip
        return list(keys)

"""Taking a looked-at file of cities over: all of it, once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from tourreg.db import db
from tourreg.domain.audit.commands import note_change, note_new
from tourreg.domain.cities.commands import revise_city, write_cities
from tourreg.domain.cities.models import City
from tourreg.domain.hosting import contacts
from tourreg.domain.hosting.city_contact_models import CityContact, CityImport
from tourreg.domain.hosting.city_merging import CONTACT_FIELDS, plan_from
from tourreg.domain.hosting.city_outcomes import CityOutcome, ContactOutcome, Look, counts, told
from tourreg.domain.hosting.contact_models import ROLES
from tourreg.domain.hosting.contacts import Invitation, IsContactAlready, TooManyContacts
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.rules import Contact
from tourreg.kernel.numbers import new_public_id


def take_over(
    look: Look, file: str, *, overwrite: bool, invite: bool, now: datetime, by: str, unread: int = 0
) -> CityImport:
    """Write down what was shown and return what became of it.

    file       where it was kept; see `import_of_file`
    overwrite  fields in which the file says something else are changed, too
    invite     who is new at a city that was accepted as host is invited to share its page, by letter
    unread     rows that are left out
    raises     CityIsIncomplete
    """
    rows, counted = [told(row, overwrite=overwrite) for row in look.rows], counts(look, overwrite=overwrite)
    _write_cities(look, overwrite, now, by)
    new = [one for one in look.contacts.values() if one.known is None and not one.shares]
    _write_contacts(new, look, now, by)
    for contact in look.contacts.values():
        if contact.known is not None:
            _revise_contact(contact.known, contact.merge.onto({}, overwrite=overwrite), now=now, by=by)
    invited = _invite(new, look, now, by) if invite else 0
    for one, row in zip(rows, look.rows, strict=True):
        one[2] = _written(row.city).public_id
    done = CityImport(
        public_id=new_public_id(), file=file, done_at=now, done_by=by, rows=rows,
        counts={**counted, "invited": invited, "left_out": unread},
    )  # fmt: skip
    db.session.add(done)
    db.session.flush()
    return done


def import_of_file(file: str) -> CityImport | None:
    """Return what became of a file that was taken over already."""
    return db.session.scalar(select(CityImport).where(CityImport.file == file))


def import_by_public_id(public_id: str) -> CityImport | None:
    return db.session.scalar(select(CityImport).where(CityImport.public_id == public_id))


def forget_contact(contact: CityContact, *, now: datetime, by: str) -> None:
    """Delete somebody from what the office knows of a city; who shares its page goes on to."""
    note_change(contact.city.public_id, "known contact", {"contact": contact.email}, {"contact": ""}, now=now, by=by)
    db.session.delete(contact)


def contact_at_city(city: City, public_id: str) -> CityContact | None:
    """Return somebody whom the office knows at this city; None for any other."""
    one = select(CityContact).where(CityContact.city_id == city.id, CityContact.public_id == public_id)
    return db.session.scalars(one).one_or_none()


def _write_cities(look: Look, overwrite: bool, now: datetime, by: str) -> None:
    new = [city for city in look.cities.values() if city.city is None]
    written = write_cities([plan_from(city.after(overwrite=overwrite)) for city in new], now=now, by=by)
    for outcome, city in zip(new, written, strict=True):
        outcome.city = city
    for outcome in (city for city in look.cities.values() if city not in new):
        if outcome.merge.changes(overwrite=overwrite):
            revise_city(_written(outcome), plan_from(outcome.after(overwrite=overwrite)), now=now, by=by)


def _written(outcome: CityOutcome) -> City:
    assert outcome.city is not None
    return outcome.city


def _write_contacts(new: Sequence[ContactOutcome], look: Look, now: datetime, by: str) -> None:
    """Write down who is new, in two statements."""
    rows = {new_public_id(): (_new_fields(one, look), _written(look.cities[one.key[0]])) for one in new}
    if rows:
        db.session.execute(
            insert(CityContact),
            [
                {"public_id": public_id, "city_id": city.id, "added_at": now, **fields}
                for public_id, (fields, city) in rows.items()
            ],
        )
        note_new("known contact", {public_id: fields for public_id, (fields, _city) in rows.items()}, now=now, by=by)


def _new_fields(outcome: ContactOutcome, look: Look) -> dict[str, Any]:
    language = "zh" if _written(look.cities[outcome.key[0]]).country == "CN" else "en"
    fields = {"name": "", "position": "", "phone": "", "language": language, "roles": (), **outcome.said}
    return {name: _in_order(fields[name]) if name == "roles" else fields[name] for name in CONTACT_FIELDS}


def _revise_contact(contact: CityContact, after: Mapping[str, Any], *, now: datetime, by: str) -> None:
    fields = {name: _in_order(value) if name == "roles" else value for name, value in after.items()}
    before = {name: getattr(contact, name) for name in fields}
    note_change(contact.public_id, "known contact", before, fields, now=now, by=by)
    for name, value in fields.items():
        setattr(contact, name, value)


def _in_order(roles: Collection[str]) -> list[str]:
    return [role for role in ROLES if role in roles]


def _invite(new: list[ContactOutcome], look: Look, now: datetime, by: str) -> int:
    """Invite those whose city has a page, and return how many were."""
    invited = 0
    pages = _pages([_written(look.cities[one.key[0]]) for one in new])
    for one in new:
        page = pages.get(_written(look.cities[one.key[0]]).id)
        if page is not None:
            invited += _invited(page, one.said, now, by)
    return invited


def _invited(page: HostProfile, said: dict[str, Any], now: datetime, by: str) -> bool:
    who = Contact(said["name"], said.get("position", ""), said["email"])
    asked = Invitation(who, tuple(said.get("roles", ())), said.get("language", "en"))
    try:
        contacts.invite(page, asked, now=now, by=by)
    except (IsContactAlready, TooManyContacts):
        return False
    return True


def _pages(cities: list[City]) -> dict[int, HostProfile]:
    """Return the page of each city that was accepted as host, the first of several, by the cities' keys."""
    theirs = select(HostProfile).where(
        HostProfile.city_id.in_({city.id for city in cities}),
        HostProfile.state == "accepted",
        HostProfile.confirmed_at.is_not(None),
    )
    return {page.city_id: page for page in db.session.scalars(theirs.order_by(HostProfile.id.desc())) if page.city_id}

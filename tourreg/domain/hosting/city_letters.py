"""Letters to host cities: asked for in one go, put into the outbox by the worker city after city."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import insert, select, update

from tourreg.db import db
from tourreg.domain.hosting.city_letter_models import CityLetter, CityOfLetter
from tourreg.domain.hosting.city_letter_rules import MOST_CITIES, Draft, Reader, read_in, said_to
from tourreg.domain.hosting.city_readers import readers_of_cities
from tourreg.domain.hosting.contact_models import ROLES
from tourreg.domain.outbox.commands import Asked, add_task, send_letters
from tourreg.kernel.numbers import new_public_id
from tourreg.kernel.refusals import Refusal

WRITE_TO_CITIES = "write_to_cities"
TEMPLATE, TEMPLATE_OF_KNOWN = "city_letter", "city_letter_known"
CITIES_AT_ONCE = 25


class NobodyReached(Refusal):
    """None of the cities has a contact to whom the letter could go."""


class TooManyCities(Refusal):
    """A letter goes to so many cities at most; facts: cities, most."""


def write_to_cities(
    draft: Draft, cities: Collection[int], *, submission_key: str, now: datetime, by: str
) -> CityLetter:
    """Ask the worker to write to the contacts of these cities; the same form again returns its first letter.

    raises  NobodyReached, TooManyCities
    """
    known = letter_of_submission(submission_key)
    if known is not None:
        return known
    if len(cities) > MOST_CITIES:
        raise TooManyCities(cities=len(cities), most=MOST_CITIES)
    if not readers_of_cities(cities, draft.roles):
        raise NobodyReached()
    letter = CityLetter(
        public_id=new_public_id(), subject=draft.subject, words=draft.words, roles=list(draft.roles),
        submission_key=submission_key, written_at=now, written_by=by,
    )  # fmt: skip
    db.session.add(letter)
    db.session.flush()
    db.session.execute(insert(CityOfLetter), [{"letter_id": letter.id, "city_id": city} for city in sorted(cities)])
    add_task(WRITE_TO_CITIES, {"letter": letter.public_id}, key=f"{WRITE_TO_CITIES}:{letter.public_id}", now=now)
    return letter


def write_to_some(letter: CityLetter, *, now: datetime) -> bool:
    """Put the letter into the outbox for the next cities whose turn it is; tell whether there were any.

    letter  from `letter_to_change`, so that of two workers the second finds what the first has written
    """
    cities = _next_cities(letter)
    draft = draft_of(letter)
    readers = readers_of_cities(cities, draft.roles)
    send_letters([_asked(letter, draft, one) for city in cities for one in readers.get(city, ())], now=now)
    noted = [{"letter_id": letter.id, "city_id": city, "people": len(readers.get(city, ()))} for city in cities]
    if noted:
        db.session.execute(update(CityOfLetter), noted)
    return bool(cities)


def template_for(reader: Reader) -> str:
    """Return which letter they get: whose city has no page is led to the sign-up instead."""
    return TEMPLATE_OF_KNOWN if reader.known else TEMPLATE


def draft_of(letter: CityLetter) -> Draft:
    return Draft(letter.subject, letter.words, tuple(role for role in ROLES if role in letter.roles))


def letter_to_change(public_id: str) -> CityLetter:
    """Return the letter, which nobody else puts into the outbox until the transaction ends."""
    one = select(CityLetter).where(CityLetter.public_id == public_id).with_for_update()
    return db.session.scalars(one.execution_options(populate_existing=True)).one()


def letter_of_submission(submission_key: str) -> CityLetter | None:
    """Return what a form made when it was sent before."""
    return db.session.scalar(select(CityLetter).where(CityLetter.submission_key == submission_key))


def _next_cities(letter: CityLetter) -> Sequence[int]:
    waiting = select(CityOfLetter.city_id).where(CityOfLetter.letter_id == letter.id, CityOfLetter.people.is_(None))
    return db.session.scalars(waiting.order_by(CityOfLetter.city_id).limit(CITIES_AT_ONCE)).all()


def _asked(letter: CityLetter, draft: Draft, reader: Reader) -> Asked:
    """Return the letter to one reader, under a key that no second one can have."""
    return Asked(
        template=template_for(reader),
        facts=said_to(draft, reader),
        to=reader.email,
        language=read_in(draft, reader),
        about=letter.public_id,
        key=f"{TEMPLATE}:{letter.public_id}:{reader.city_id}:{reader.key}",
    )

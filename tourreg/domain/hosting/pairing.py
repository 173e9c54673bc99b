"""Inviting a city that hosted more than once to pair with one of the other country."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import log

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tourreg.db import add_once_by, db
from tourreg.domain.audit.commands import move_to
from tourreg.domain.cities.models import City, Topic
from tourreg.domain.hosting.history import Hosted
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.offer_models import HostOffer, OfferTopic
from tourreg.domain.hosting.pairing_models import PAIRING_MOVES, Pairing
from tourreg.domain.hosting.particulars_models import HostParticulars, HostTopic
from tourreg.kernel.numbers import new_public_id
from tourreg.kernel.refusals import Refusal
from tourreg.kernel.states import Axis

PAIRING = Axis("pairing", "state", PAIRING_MOVES)
# From so many programmes on a city is suggested.
HOSTED_LEAST = 2
MOST_PARTNERS = 3
LONGEST_NOTE = 1000
OTHER_COUNTRY = {"US": "CN", "CN": "US"}


class AnsweredMeanwhile(Refusal):
    """Somebody else answered the suggestion after the page was opened; facts: state."""


@dataclass(frozen=True)
class Partner:
    """A city of the other country that could be a partner, and why.

    topics      that both are good at, in their order
    difference  between the populations, as a factor from 1; None where one is unknown
    """

    city: City
    topics: tuple[Topic, ...]
    difference: float | None


def is_suggested(hosted: Sequence[Hosted]) -> bool:
    """Tell whether a city has hosted so often that it is invited to pair."""
    return len(hosted) >= HOSTED_LEAST


def pairing_of(city: City) -> Pairing | None:
    """Return what became of the suggestion; None where nobody has answered it yet."""
    one = select(Pairing).where(Pairing.city_id == city.id).options(joinedload(Pairing.partner))
    return db.session.scalars(one).one_or_none()


def partners_for(city: City) -> list[Partner]:
    """Return the accepted hosts of the other country that have most in common with a city.

    Shared topics count first, then how near the populations are; a city that it names as a sister already is left out.
    """
    country = OTHER_COUNTRY.get(city.country)
    if country is None:
        return []
    cities, topics = _hosts_of(country, city), _topics_by_city()
    named = _sisters_of(city)
    found = [_compared(city, other, topics) for other in cities if not _is_named(other, named)]
    found.sort(key=lambda one: (-len(one.topics), one.difference or 1_000, one.city.slug))
    return found[:MOST_PARTNERS]


def answer(city: City, state: str, *, note: str, partner: City | None, seen: str, now: datetime, by: str) -> Pairing:
    """Note that a city was invited, that it is not to be, or that the question is open again; the same twice is once.

    seen    the state that the page showed
    raises  AnsweredMeanwhile
    """
    pairing, _is_new = add_once_by(Pairing, {"city_id": city.id}, {"public_id": new_public_id(), "state": "open"})
    db.session.refresh(pairing, with_for_update={"of": Pairing})
    if pairing.state == state:
        return pairing
    if pairing.state != seen:
        raise AnsweredMeanwhile(state=pairing.state)
    move_to(pairing, PAIRING, state, now=now, by=by, why=note)
    pairing.note = note
    pairing.partner_id = partner.id if partner and state == "invited" else None
    pairing.answered_at, pairing.answered_by = now, by
    return pairing


def _hosts_of(country: str, but: City) -> Sequence[City]:
    hosts = select(HostProfile.city_id).where(HostProfile.state == "accepted", HostProfile.city_id.is_not(None))
    return db.session.scalars(
        select(City).where(City.country == country, City.id.in_(hosts), City.id != but.id).order_by(City.slug)
    ).all()


def _topics_by_city() -> Mapping[int, dict[int, Topic]]:
    """Return what each city is good at, by its own word and by what it offers, by the keys of city and topic."""
    told = (
        select(HostProfile.city_id, Topic)
        .join(HostParticulars, HostParticulars.profile_id == HostProfile.id)
        .join(HostTopic, HostTopic.particulars_id == HostParticulars.id)
        .join(Topic, Topic.id == HostTopic.topic_id)
        .where(HostProfile.state == "accepted", HostProfile.city_id.is_not(None))
    )
    offered = (
        select(HostOffer.city_id, Topic)
        .join(OfferTopic, OfferTopic.offer_id == HostOffer.id)
        .join(Topic, Topic.id == OfferTopic.topic_id)
        .where(HostOffer.state.in_(("offered", "paused")))
    )
    found: defaultdict[int, dict[int, Topic]] = defaultdict(dict)
    for query in (told, offered):
        for city, topic in db.session.execute(query):
            found[city or 0][topic.id] = topic
    return found


def _compared(city: City, other: City, topics: Mapping[int, dict[int, Topic]]) -> Partner:
    shared = topics.get(city.id, {}).keys() & topics.get(other.id, {}).keys()
    both = tuple(topics[other.id][key] for key in sorted(shared))
    return Partner(other, both, _difference(city.population, other.population))


def _difference(first: int | None, second: int | None) -> float | None:
    """Return how many times larger the larger is, with one digit."""
    if not first or not second:
        return None
    return round(2 ** abs(log(first / second, 2)), 1)


def _sisters_of(city: City) -> str:
    """Return what those who speak for a city wrote of its sister cities, in both languages."""
    told = select(HostParticulars.sisters).join(HostProfile, HostProfile.id == HostParticulars.profile_id)
    rows = db.session.scalars(told.where(HostProfile.city_id == city.id, HostProfile.state == "accepted"))
    return " ".join(f"{sisters.en} {sisters.zh}" for sisters in rows)


def _is_named(city: City, words: str) -> bool:
    return any(name and name in words for name in (city.name.en, city.name.zh))

"""What a host city tells of itself: begun with what the list of places knows, filled in over time, with photographs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from tourreg.db import db
from tourreg.domain.audit.commands import note_change
from tourreg.domain.audit.queries import last_change
from tourreg.domain.cities.places import POPULATION_SOURCE, place_of
from tourreg.domain.cities.topics import by_slugs
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.particulars_models import HostParticulars, HostPhoto
from tourreg.domain.hosting.rules import AddressNotConfirmed
from tourreg.kernel.bilingual import EMPTY, Text
from tourreg.kernel.money import Money
from tourreg.kernel.numbers import new_public_id
from tourreg.kernel.plans import fingerprint, plain
from tourreg.kernel.refusals import Refusal

MOST_PHOTOS = 12
WHAT = "host particulars"


class ParticularsEditedMeanwhile(Refusal):
    """Somebody changed them after the editor had read them; facts: by, at."""


class TooManyPhotos(Refusal):
    """The city has as many photographs as it may have."""


@dataclass(frozen=True)
class Particulars:
    """What a city tells of itself, as `particulars_models.HostParticulars` describes it.

    topics     addresses of the topics that it is good at
    published  all of this but mayor and council may stand on the city's public page, with its photographs
    """

    name: Text = EMPTY
    region: Text = EMPTY
    latitude: float | None = None
    longitude: float | None = None
    zone: str | None = None
    population: int | None = None
    population_source: Text = EMPTY
    government: str | None = None
    staff: int | None = None
    budget: Money | None = None
    budget_year: int | None = None
    languages: tuple[str, ...] = ()
    sisters: Text = EMPTY
    why: Text = EMPTY
    mayor: Text = EMPTY
    mayor_title: Text = EMPTY
    council: Text = EMPTY
    topics: tuple[str, ...] = field(default=())
    published: bool = False


def particulars_of(profile: HostProfile) -> Particulars:
    """Return what the city told; before it told anything, what its sign-up and the list of places know."""
    kept = _row(profile)
    if kept is None:
        return _begun(profile)
    plain_fields = ("name", "region", "latitude", "longitude", "zone", "population", "population_source", "government",
                    "staff", "budget_year", "sisters", "why", "mayor", "mayor_title", "council",
                    "published")  # fmt: skip
    has_budget = kept.budget_minor is not None and kept.budget_currency
    return Particulars(
        **{name: getattr(kept, name) for name in plain_fields},
        budget=Money(kept.budget_minor or 0, kept.budget_currency or "") if has_budget else None,
        languages=tuple(kept.languages),
        topics=tuple(topic.slug for topic in kept.topics),
    )


def missing_of(told: Particulars, photos: int) -> list[str]:
    """Return what a city has not told yet, in the order of the form; `PARTS` counts all."""
    there = {
        "name": not told.name.missing() and bool(told.name),
        "region": not told.region.missing() and bool(told.region),
        "coordinates": None not in (told.latitude, told.longitude, told.zone),
        "population": told.population is not None,
        "government": told.government is not None,
        "staff": told.staff is not None,
        "budget": told.budget is not None,
        "topics": bool(told.topics),
        "languages": bool(told.languages),
        "sisters": bool(told.sisters),
        "why": not told.why.missing() and bool(told.why),
        "photos": photos > 0,
    }
    return [part for part in PARTS if not there[part]]


PARTS = (
    "name", "region", "coordinates", "population", "government", "staff", "budget", "topics", "languages", "sisters",
    "why", "photos",
)  # fmt: skip


def write_particulars(profile: HostProfile, told: Particulars, *, now: datetime, by: str, seen: str = "") -> None:
    """Write down what the city tells of itself.

    seen    fingerprint of the particulars that the editor began from; without it nobody is asked
    raises  AddressNotConfirmed, ParticularsEditedMeanwhile
    """
    profile = _to_change(profile)
    before = particulars_of(profile)
    if seen and fingerprint(before) not in (seen, fingerprint(told)):
        change = last_change(profile.public_id)
        raise ParticularsEditedMeanwhile(by=change.by if change else "", at=change.at if change else None)
    row = _row(profile)
    if row is None:
        row = HostParticulars(profile_id=profile.id)
        db.session.add(row)
    elif before == told:
        return
    _fill(row, told)
    row.revised_at = now
    db.session.flush()
    note_change(profile.public_id, WHAT, plain(before), plain(told), now=now, by=by)


def add_photo(profile: HostProfile, sha256: str, caption: Text, *, now: datetime, by: str) -> HostPhoto:
    """Return a photograph of the city that is filed under the hash; the same one again returns the first.

    raises  AddressNotConfirmed, TooManyPhotos
    """
    profile = _to_change(profile)
    known = photos_of(profile)
    if same := next((photo for photo in known if photo.sha256 == sha256), None):
        return same
    if len(known) >= MOST_PHOTOS:
        raise TooManyPhotos()
    last = known[-1].position if known else 0
    photo = HostPhoto(
        public_id=new_public_id(), profile_id=profile.id, position=last + 1, sha256=sha256, caption=caption,
        added_at=now, added_by=by,
    )  # fmt: skip
    db.session.add(photo)
    db.session.flush()
    note_change(profile.public_id, "host photo", {}, {"photo": caption.plain()}, now=now, by=by)
    return photo


def remove_photo(profile: HostProfile, public_id: str, *, now: datetime, by: str) -> None:
    """Show a photograph no more; one that is gone already stays gone."""
    profile = _to_change(profile)
    photo = photo_of(profile, public_id)
    if photo is not None:
        note_change(profile.public_id, "host photo", {"photo": photo.caption.plain()}, {"photo": None}, now=now, by=by)
        db.session.delete(photo)
        db.session.flush()


def photos_of(profile: HostProfile) -> Sequence[HostPhoto]:
    theirs = select(HostPhoto).where(HostPhoto.profile_id == profile.id)
    return db.session.scalars(theirs.order_by(HostPhoto.position, HostPhoto.id)).all()


def photo_of(profile: HostProfile, public_id: str) -> HostPhoto | None:
    """Return a photograph of this city; None for any other."""
    one = select(HostPhoto).where(HostPhoto.profile_id == profile.id, HostPhoto.public_id == public_id)
    return db.session.scalars(one).one_or_none()


def _row(profile: HostProfile) -> HostParticulars | None:
    return db.session.scalar(select(HostParticulars).where(HostParticulars.profile_id == profile.id))


def _begun(profile: HostProfile) -> Particulars:
    place = place_of(profile.place_key or "")
    if place is None:
        theirs = "zh" if profile.language == "zh" else "en"
        return Particulars(name=Text(**{theirs: profile.city_name}), region=Text(**{theirs: profile.region}))
    return Particulars(
        name=place.name, region=place.region, latitude=place.latitude, longitude=place.longitude, zone=place.zone,
        population=place.population, population_source=POPULATION_SOURCE if place.population else EMPTY,
    )  # fmt: skip


def _fill(row: HostParticulars, told: Particulars) -> None:
    for name in ("name", "region", "latitude", "longitude", "zone", "population", "population_source", "government",
                 "staff", "budget_year", "sisters", "why", "mayor", "mayor_title", "council", "published"):  # fmt: skip
        setattr(row, name, getattr(told, name))
    row.budget_minor = told.budget.minor if told.budget else None
    row.budget_currency = told.budget.currency if told.budget else None
    row.languages = list(told.languages)
    row.topics = by_slugs(told.topics)


def _to_change(profile: HostProfile) -> HostProfile:
    """Return the profile, which nobody else changes until the transaction ends.

    raises  AddressNotConfirmed
    """
    one = select(HostProfile).where(HostProfile.id == profile.id).with_for_update(of=HostProfile)
    locked = db.session.scalars(one.execution_options(populate_existing=True)).one()
    if locked.confirmed_at is None:
        raise AddressNotConfirmed()
    return locked

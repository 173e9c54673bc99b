"""Signing up as a host, showing that the address is one's own, revising the offer, and the office's answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from tourreg.db import db
from tourreg.domain.audit.commands import move_to, note_change
from tourreg.domain.cities.commands import CityPlan, add_city
from tourreg.domain.cities.models import City
from tourreg.domain.consents import commands as consents
from tourreg.domain.consents.models import ConsentText
from tourreg.domain.consents.queries import current_texts
from tourreg.domain.hosting import mails, queries
from tourreg.domain.hosting.cities_named import place_named, same_city
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.rules import (
    HOST,
    AddressNotConfirmed,
    AnsweredMeanwhile,
    AnswerIsMissing,
    CityIsHere,
    Offer,
    OfferedMeanwhile,
    OfficeNotConfirmed,
    PrivacyNotAgreed,
    SignUp,
    is_personal,
    search_key,
)
from tourreg.domain.outbox.commands import send_letter
from tourreg.kernel.numbers import new_public_id
from tourreg.kernel.plans import fingerprint

LONGEST_REASON = 500


def sign_up(asked: SignUp, *, now: datetime) -> HostProfile:
    """Keep a city's sign-up and ask for the letter that confirms its address; the same form again returns its first.

    raises  PrivacyNotAgreed
    """
    known = queries.by_submission_key(asked.submission_key)
    if known is not None:
        return known
    texts = _agreed_texts(asked, now)
    profile = _write_down(asked, now)
    consents.give(texts, subjects=[profile.public_id], now=now, by=actor(profile))
    _write_to(profile, "host_confirm", now=now)
    return profile


def write_again(profile: HostProfile, *, now: datetime) -> None:
    """Send the letter with a new link to confirm by, once in ten minutes; nothing once the address is confirmed."""
    if profile.confirmed_at is None:
        _write_to(profile, "host_confirm", now=now, key=mails.once_in_a_while(now))


def write_access(profile: HostProfile, *, now: datetime) -> None:
    """Send a new link to the city's page to its confirmed address, once in ten minutes."""
    if profile.confirmed_at is not None:
        _write_to(profile, "host_access", now=now, key=mails.once_in_a_while(now))


def confirm_address(profile: HostProfile, *, now: datetime) -> HostProfile:
    """Note that the address is the contact's own; a second time changes nothing. An offer declined before stays so."""
    profile = _locked(profile)
    if profile.confirmed_at is not None:
        return profile
    profile.confirmed_at = now
    if profile.state == "signed_up":
        move_to(profile, HOST, "address_confirmed", now=now, by=actor(profile))
        _write_to(profile, "host_confirmed", now=now)
    return profile


def revise(
    profile: HostProfile, offer: Offer, *, phone: str, now: datetime, by: str, seen: str | None = None
) -> HostProfile:
    """Put a contact's new words in the place of the old ones, which the history keeps.

    seen    `fingerprint_of` what stood there when the contact began; not looked at unless given
    raises  AddressNotConfirmed, OfferedMeanwhile
    """
    profile = _locked(profile)
    _require_confirmed(profile)
    before, after = _offered(profile), {**_plain(offer), "contact_phone": phone}
    if seen is not None and before != after and fingerprint_of(profile) != seen:
        raise OfferedMeanwhile
    if before != after:
        note_change(profile.public_id, "host profile", before, after, now=now, by=by)
        for name, value in after.items():
            setattr(profile, name, value)
        profile.revised_at = now
    return profile


def accept(
    profile: HostProfile,
    city: City | CityPlan,
    answer: str,
    *,
    now: datetime,
    by: str,
    seen: str | None = None,
    office_confirmed: str = "",
) -> HostProfile:
    """Accept the offer for a city and write to the contact; a second time changes nothing and enters no city.

    answer  a sentence for the letter, in the contact's language
    seen    the state in which the page that asked showed the offer
    office_confirmed  how the office learned that the contact writes for the city; needed for a personal address
    raises  AddressNotConfirmed, AnswerIsMissing, AnsweredMeanwhile, CityIsHere, CityIsIncomplete, OfficeNotConfirmed
    """
    profile = _locked(profile)
    if profile.state == "accepted":
        return profile
    _require_seen(profile, seen)
    _require_confirmed(profile)
    _note_office(profile, office_confirmed, now=now, by=by)
    profile.city = _entered(city) if isinstance(city, CityPlan) else city
    return _answer(profile, "accepted", answer, now=now, by=by)


def decline(profile: HostProfile, answer: str, *, now: datetime, by: str, seen: str | None = None) -> HostProfile:
    """Decline the offer and say so by letter, if the address is confirmed; a second time changes nothing.

    raises  AnswerIsMissing, AnsweredMeanwhile
    """
    profile = _locked(profile)
    if profile.state == "declined":
        return profile
    _require_seen(profile, seen)
    return _answer(profile, "declined", answer, now=now, by=by)


def actor(profile: HostProfile) -> str:
    """Return the contact of a profile as the actor of what they do."""
    return f"host:{profile.public_id}"


def _agreed_texts(asked: SignUp, now: datetime) -> list[ConsentText]:
    texts = [text for text in current_texts(now) if text.kind == "privacy"]
    if any(text.version_on != asked.privacy_on for text in texts):
        raise PrivacyNotAgreed()
    return texts


def _write_down(asked: SignUp, now: datetime) -> HostProfile:
    contact = asked.contact
    profile = HostProfile(
        public_id=new_public_id(),
        city_name=asked.city_name,
        region=asked.region,
        country=asked.country,
        place_key=asked.place_key or place_named(asked.city_name, asked.region, asked.country) or None,
        contact_name=contact.name,
        contact_position=contact.position,
        contact_email=contact.email,
        contact_phone=contact.phone,
        language=asked.language,
        submission_key=asked.submission_key,
        signed_up_at=now,
        search_key=search_key(asked.city_name, asked.region, contact.name, contact.email),
        **_plain(asked.offer),
    )
    db.session.add(profile)
    db.session.flush()
    return profile


def _locked(profile: HostProfile) -> HostProfile:
    """Return the profile as it stands after every other transaction on it has ended."""
    one = select(HostProfile).where(HostProfile.id == profile.id).with_for_update(of=HostProfile)
    return db.session.scalars(one.execution_options(populate_existing=True)).one()


def _require_confirmed(profile: HostProfile) -> None:
    if profile.confirmed_at is None:
        raise AddressNotConfirmed()


def _note_office(profile: HostProfile, confirmed: str, *, now: datetime, by: str) -> None:
    """Note how the city's office was confirmed, where its contact's address does not show it.

    raises  OfficeNotConfirmed
    """
    told = confirmed[:LONGEST_REASON] or profile.office_confirmed
    if is_personal(profile.contact_email) and not told:
        raise OfficeNotConfirmed()
    before, after = {"office_confirmed": profile.office_confirmed}, {"office_confirmed": told}
    note_change(profile.public_id, "host profile", before, after, now=now, by=by)
    profile.office_confirmed = told


def _entered(plan: CityPlan) -> City:
    here = same_city(plan)
    if here is not None:
        raise CityIsHere(city=here.public_id)
    city = add_city(
        plan.name,
        plan.region,
        country=plan.country,
        zone=plan.zone,
        latitude=plan.latitude,
        longitude=plan.longitude,
    )
    city.population, city.population_source = plan.population, plan.population_source
    return city


def _require_seen(profile: HostProfile, seen: str | None) -> None:
    if seen not in (None, profile.state):
        raise AnsweredMeanwhile(state=profile.state)


def _answer(profile: HostProfile, decision: str, answer: str, *, now: datetime, by: str) -> HostProfile:
    if not answer:
        raise AnswerIsMissing()
    move_to(profile, HOST, decision, now=now, by=by, why=answer[:LONGEST_REASON])
    profile.answer, profile.answered_at = answer, now
    if profile.confirmed_at is not None:
        # An answer may be changed, and each change is a letter of its own.
        _write_to(profile, f"host_{decision}", now=now, key=now.isoformat())
    return profile


def fingerprint_of(profile: HostProfile) -> str:
    """Return what two looks at a city's own words share only if these are the same."""
    return fingerprint(_Words(Offer(profile.offers, profile.available, profile.group_size), profile.contact_phone))


@dataclass(frozen=True)
class _Words:
    offer: Offer
    phone: str


def _offered(profile: HostProfile) -> dict[str, str | int | None]:
    offer = Offer(profile.offers, profile.available, profile.group_size)
    return {**_plain(offer), "contact_phone": profile.contact_phone}


def _plain(offer: Offer) -> dict[str, str | int | None]:
    return {"offers": offer.offers, "available": offer.available, "group_size": offer.group_size}


def _write_to(profile: HostProfile, template: str, *, now: datetime, key: str = "first") -> None:
    send_letter(
        template,
        mails.facts(profile),
        to=profile.contact_email,
        language=profile.language,
        about=profile.public_id,
        key=f"{template}:{profile.public_id}:{key}",
        now=now,
    )

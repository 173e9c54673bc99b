"""Keeping what was typed into the form of an offer, for a city's contact and for the office alike."""

from __future__ import annotations

from dataclasses import dataclass

from tourreg import formats
from tourreg.blueprints.attempts import with_free_name
from tourreg.blueprints.gettext import _
from tourreg.blueprints.host_offer_form import Choices, WrittenOffer, read_offer_form
from tourreg.blueprints.host_offer_typing import differences, typed_of
from tourreg.blueprints.host_offer_words import LACKS, STATES
from tourreg.blueprints.languages import language
from tourreg.db import writing
from tourreg.domain.accounts.queries import staff_names
from tourreg.domain.cities.models import City
from tourreg.domain.cities.topics import all_topics
from tourreg.domain.hosting import offer_queries as queries
from tourreg.domain.hosting import offers
from tourreg.domain.hosting.offer_models import HostOffer
from tourreg.domain.hosting.offer_plans import plan_of_offer
from tourreg.kernel import clock
from tourreg.kernel.plans import fingerprint
from tourreg.kernel.refusals import Refusal
from tourreg.kernel.states import MoveRefused


@dataclass(frozen=True)
class Meanwhile:
    """Somebody else saved the offer first: who and when in words, and what stands there otherwise than typed."""

    who: str
    at: str
    saved: list[tuple[str, str]]


def form_of(offer: HostOffer, theirs: str) -> WrittenOffer:
    """Return the form as the offer stands."""
    plan = plan_of_offer(offer)
    form = read_offer_form(typed_of(plan), offer.kind, theirs=theirs, choices=choices_of(offer))
    form.seen = fingerprint(plan)
    return form


def choices_for(city: City) -> Choices:
    """Return from what a new offer of a city can choose."""
    return Choices(all_topics(), queries.open_sites(city.id))


def choices_of(offer: HostOffer) -> Choices:
    """Return from what an offer can choose: also what it has, though it was retired or closed since."""
    shown = {row.site.id: row.site for row in offer.sites}
    sites = {**{site.id: site for site in queries.open_sites(offer.city_id)}, **shown}
    return Choices(all_topics(keep=[each.topic_id for each in offer.topics]), list(sites.values()))


def write(form: WrittenOffer, city: City, by: str) -> HostOffer | None:
    """Write a new offer down once, and let it count at once where that is asked; None where it cannot be so."""
    try:
        return with_free_name(lambda: _write(form, city, by))
    except offers.OfferIsUnfit as refusal:
        form.note(refusal.faults)
    except offers.OfferNotReady as refusal:
        form.note_lacks(refusal.lacks)
    return None


def revise(form: WrittenOffer, public_id: str, by: str) -> Meanwhile | None:
    """Write down what was changed; what is wrong is noted in the form, and who was faster is told."""
    try:
        with writing():
            offer = queries.offer_to_change(public_id)
            now = clock.utc_now()
            offers.revise_offer(offer, form.plan(), seen=form.seen, now=now, by=by)
            if form.offers:
                offers.move_offer(offer, "offered", seen=offer.state, now=now, by=by)
    except offers.OfferEditedMeanwhile as refusal:
        return _meanwhile(form, public_id, refusal)
    except offers.OfferIsUnfit as refusal:
        form.note(refusal.faults)
    except offers.OfferNotReady as refusal:
        form.note_lacks(refusal.lacks)
    except MoveRefused:
        form.top.append(_not_in_this_state())
    return None


def move(public_id: str, after: str, *, seen: str, by: str, why: str = "") -> list[str]:
    """Move an offer, and return in sentences why it could not be; nothing where it was."""
    try:
        with writing():
            offer = queries.offer_to_change(public_id)
            offers.move_offer(offer, after, seen=seen, now=clock.utc_now(), by=by, why=why)
    except offers.OfferNotReady as refusal:
        return [str(LACKS[lack]) for lack in refusal.lacks]
    except offers.OfferMovedMeanwhile as refusal:
        state = STATES[refusal.state][1]
        return [
            _("Somebody moved it while this page was open: it now says “%(state)s”. Look at it first.", state=state)
        ]
    except MoveRefused:
        return [_not_in_this_state()]
    return []


def renew(public_id: str, by: str) -> HostOffer:
    """Return the draft for the next year, made now or before.

    raises  OfferIsUnfit
    """

    def make() -> HostOffer:
        with writing():
            return offers.renew(queries.offer_to_change(public_id), now=clock.utc_now(), by=by)

    return with_free_name(make)


def _not_in_this_state() -> str:
    return _("That cannot be done with an offer in this state.")


def _write(form: WrittenOffer, city: City, by: str) -> HostOffer:
    with writing():
        made, now = queries.offer_of_submission(form.submission_key), clock.utc_now()
        if made is None:
            made = offers.write_offer(city, form.plan(), submission_key=form.submission_key, now=now, by=by)
            if form.offers:
                offers.move_offer(made, "offered", seen=made.state, now=now, by=by)
        return made


def _meanwhile(form: WrittenOffer, public_id: str, refusal: Refusal) -> Meanwhile:
    """Leave the form as it was typed, to be sent once more in the place of what is saved now."""
    offer = queries.offer_by_public_id(public_id)
    if offer is None:
        raise refusal
    form.seen = fingerprint(refusal.now)
    saved = differences(form, form_of(offer, form.theirs))
    at = formats.stamp(refusal.at, offer.city.zone, language()) if refusal.at else ""
    return Meanwhile(_who(refusal.by), at, saved)


def _who(by: str) -> str:
    if by.startswith("host:"):
        return _("The host city")
    return staff_names([by]).get(by) or _("Somebody")

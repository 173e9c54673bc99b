"""What the sample cities offer, each marked as a sample; made by the same commands as real ones."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select

from tourreg.db import db, writing
from tourreg.demo.host_offer_content import OFFERS, SITES, OfferContent
from tourreg.demo.programme import BY, Season
from tourreg.domain.cities.models import City
from tourreg.domain.hosting import commands, offers, sites
from tourreg.domain.hosting import offer_queries as queries
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.offer_models import HostOffer, Site
from tourreg.domain.hosting.offer_plans import ChargePlan, HomestayPlan, OfferPlan, WindowPlan
from tourreg.domain.hosting.offer_steps import StepPlan, StepsPlan, note_steps, steps_of
from tourreg.domain.hosting.sites import SitePlan
from tourreg.kernel.bilingual import Text
from tourreg.kernel.clock import local_day
from tourreg.kernel.plans import fingerprint


def make_host_offers(season: Season, now: datetime) -> None:
    """Let each city write its places and offers down, some weeks ago; one offer is over and renewed."""
    with writing():
        places = {key: _site(season.cities[city], plan, now) for key, city, plan in SITES}
        names = {key: site.public_id for key, site in places.items()}
    for content in OFFERS:
        _make(content, season.cities[content["city"]], names, now)


def _site(city: City, plan: SitePlan, now: datetime) -> Site:
    return sites.write_site(city, plan, submission_key=None, now=now - timedelta(weeks=5), by=_actor(city))


def _make(content: OfferContent, city: City, places: dict[str, str], now: datetime) -> None:
    at = now - timedelta(days=content["days_ago"])
    with writing():
        by = _actor(city)
        offer = offers.write_offer(city, _plan(content, places, at), submission_key=None, now=at, by=by)
        for state in content["states"]:
            _lead(offer, state, at=at, now=now, by=by)
        if content["council"]:
            _note_council(offer, now, by)


def _lead(offer: HostOffer, state: str, *, at: datetime, now: datetime, by: str) -> None:
    found = queries.offer_to_change(offer.public_id)
    if state == "expired":
        offers.expire(found, now=now)
    elif state == "renewed":
        offers.renew(found, now=now, by=by)
    else:
        offers.move_offer(found, state, seen=found.state, now=at + timedelta(hours=1), by=by)


def _plan(content: OfferContent, places: dict[str, str], at: datetime) -> OfferPlan:
    """Return the plan with its days; weeks count from the Monday after it was written."""
    spoken_at = local_day(at, "UTC")
    monday = spoken_at + timedelta(days=7 - spoken_at.weekday())
    return OfferPlan(
        kind=content["kind"],
        title=Text(f"Sample: {content['title'][0]}", f"示例：{content['title'][1]}"),
        words=Text(*content["words"]),
        windows=tuple(WindowPlan(_day(monday, first), _day(monday, last)) for first, last in content["windows"]),
        blackouts=tuple(_day(monday, day) for day in content["blackouts"]),
        notice_days=content["notice_days"],
        smallest=content["group"][0],
        largest=content["group"][1],
        days_most=content["days_most"],
        topics=content["topics"],
        sites=tuple(places[key] for key in content["sites"]),
        spoken=content["spoken"],
        interpreted=content["interpreted"],
        provided=Text(*content["provided"]),
        currency=content["currency"],
        charges=tuple(ChargePlan(Text(en, zh), minor, per) for en, zh, minor, per in content["charges"]),
        vehicle_seats=content["seats"][0],
        meeting_seats=content["seats"][1],
        may_share=content["may_share"],
        homestay=HomestayPlan(*content["homestay"]) if content["homestay"] else None,
    )


def _day(monday: date, place: tuple[int, int]) -> date:
    """Return a day by the number of its week and its weekday, Monday being 0."""
    week, weekday = place
    return monday + timedelta(weeks=week, days=weekday)


def _note_council(offer: HostOffer, now: datetime, by: str) -> None:
    today = local_day(now, offer.city.zone)
    review = StepPlan("legal_review", today - timedelta(days=20), today - timedelta(days=13), "City attorney")
    council = StepPlan("council_approval", today - timedelta(days=12), None, "Council, regular meeting")
    found = queries.offer_to_change(offer.public_id)
    note_steps(found, StepsPlan((review, council)), seen=fingerprint(steps_of(found)), now=now, by=by)


def _actor(city: City) -> str:
    """Return the contact of an accepted host as the actor; for other cities the office wrote."""
    accepted = select(HostProfile).where(HostProfile.city_id == city.id, HostProfile.state == "accepted")
    profile = db.session.scalars(accepted).first()
    return commands.actor(profile) if profile else BY

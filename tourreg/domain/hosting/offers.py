"""What a city, or the office for it, does with an offer: writes, revises, moves and renews it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from tourreg.db import db
from tourreg.domain.audit.commands import move_to, note_change
from tourreg.domain.audit.queries import last_change
from tourreg.domain.cities.models import City
from tourreg.domain.cities.topics import by_slugs
from tourreg.domain.hosting import offer_queries as queries
from tourreg.domain.hosting.offer_letters import IS_OVER, WRITTEN_FOR_YOU, tell_contacts
from tourreg.domain.hosting.offer_models import (
    Homestay,
    HostOffer,
    OfferBlackout,
    OfferCharge,
    OfferLanguage,
    OfferSite,
    OfferTopic,
    OfferWindow,
)
from tourreg.domain.hosting.offer_plans import OF_HOMESTAY, OF_OFFER, OfferPlan, plan_of_offer
from tourreg.domain.hosting.offer_rules import OFFER, Fault, faults_of, lacks_of, last_day, renewed
from tourreg.domain.hosting.rules import search_key
from tourreg.domain.outbox.commands import add_task
from tourreg.kernel.clock import at_local_time, local_day
from tourreg.kernel.numbers import new_public_id
from tourreg.kernel.plans import fingerprint, plain
from tourreg.kernel.refusals import Refusal

EXPIRE_OFFER = "expire_offer"
WORKER, STAFF = "worker", "staff:"
WHAT = "offer"


class OfferIsUnfit(Refusal):
    """The offer cannot be so; facts: faults (of `offer_rules.Fault`)."""


class OfferEditedMeanwhile(Refusal):
    """Somebody changed the offer after the editor had read it; facts: now (its plan as it is), by, at."""


class OfferMovedMeanwhile(Refusal):
    """The offer stands elsewhere than the page that asked showed it; facts: state."""


class OfferNotReady(Refusal):
    """Something is missing that an offer needs before it counts; facts: lacks (as `offer_rules.lacks_of`)."""


def write_offer(city: City, plan: OfferPlan, *, submission_key: str | None, now: datetime, by: str) -> HostOffer:
    """Write a city's new offer down, as a draft; its contacts are told where the office did it for them.

    raises  OfferIsUnfit
    """
    _require_fit(city, plan, now)
    offer = HostOffer(
        public_id=new_public_id(), submission_key=submission_key, city=city, written_at=now, written_by=by
    )
    _write(offer, plan)
    db.session.add(offer)
    db.session.flush()
    note_change(offer.public_id, WHAT, {}, _noted(plan), now=now, by=by)
    if by.startswith(STAFF):
        tell_contacts(offer, WRITTEN_FOR_YOU, key="first", now=now)
    return offer


def revise_offer(offer: HostOffer, plan: OfferPlan, *, seen: str, now: datetime, by: str) -> bool:
    """Write down what was changed of an offer, and tell whether anything was.

    offer   from `offer_queries.offer_to_change`
    seen    fingerprint of the plan that the editor began from
    raises  OfferEditedMeanwhile, OfferIsUnfit, OfferNotReady
    """
    before = plan_of_offer(offer)
    if fingerprint(before) not in (seen, fingerprint(plan)):
        change = last_change(offer.public_id, WHAT)
        raise OfferEditedMeanwhile(now=before, by=change.by if change else "", at=change.at if change else None)
    if before == plan:
        return False
    plan = replace(plan, kind=before.kind)
    _require_fit(offer.city, plan, now, known=before)
    if offer.state in ("offered", "paused"):
        _require_ready(offer, plan, now)
    _write(offer, plan)
    db.session.flush()
    _note(offer, before, plan_of_offer(offer), now, by)
    _ask_for_end(offer, now)
    return True


def move_offer(offer: HostOffer, after: str, *, seen: str, now: datetime, by: str, why: str = "") -> None:
    """Offer it, pause it, withdraw it, or take a withdrawn one up again as a draft; a second time changes nothing.

    offer   from `offer_queries.offer_to_change`
    seen    the state in which the page that asked showed it
    raises  OfferMovedMeanwhile, OfferNotReady, MoveRefused
    """
    if offer.state == after:
        return
    if offer.state != seen:
        raise OfferMovedMeanwhile(state=offer.state)
    if after == "offered":
        _require_ready(offer, plan_of_offer(offer), now)
    move_to(offer, OFFER, after, now=now, by=by, why=why)
    _ask_for_end(offer, now)


def renew(offer: HostOffer, *, now: datetime, by: str) -> HostOffer:
    """Return a draft like the offer with its days moved to the next year, for the city to check; one only.

    What lawyers and council said counted for the year before, so it is not carried over; nor are places closed and
    topics retired since.
    offer   from `offer_queries.offer_to_change`
    raises  OfferIsUnfit
    """
    known = queries.renewal_of(offer)
    if known is not None:
        return known
    plan = renewed(plan_of_offer(offer), local_day(now, offer.city.zone))
    still_open = {site.public_id for site in queries.open_sites(offer.city_id)}
    in_use = {topic.slug for topic in by_slugs(plan.topics) if topic.active}
    plan = replace(
        plan,
        sites=tuple(site for site in plan.sites if site in still_open),
        topics=tuple(topic for topic in plan.topics if topic in in_use),
    )
    draft = write_offer(offer.city, plan, submission_key=None, now=now, by=by)
    draft.renewed_from = offer
    db.session.flush()
    return draft


def expire(offer: HostOffer, *, now: datetime) -> None:
    """Let an offer end whose last day is over, and say so to its contacts.

    Nothing happens when it has days ahead, or does not count anyway.
    """
    ends_on = last_day(plan_of_offer(offer))
    is_over = ends_on is None or ends_on < local_day(now, offer.city.zone)
    if offer.state in ("offered", "paused") and is_over:
        move_to(offer, OFFER, "expired", now=now, by=WORKER)
        tell_contacts(offer, IS_OVER, key=str(ends_on), now=now)


def _ask_for_end(offer: HostOffer, now: datetime) -> None:
    """Ask for the look at the offer in the first minute in which its last day is over."""
    ends_on = last_day(plan_of_offer(offer))
    if offer.state not in ("offered", "paused") or ends_on is None:
        return
    over_at = at_local_time(ends_on + timedelta(days=1), time(0), offer.city.zone)
    key = f"{EXPIRE_OFFER}:{offer.public_id}:{ends_on.isoformat()}"
    add_task(EXPIRE_OFFER, {"offer": offer.public_id}, key=key, now=now, run_at=over_at)


def _require_fit(city: City, plan: OfferPlan, now: datetime, known: OfferPlan | None = None) -> None:
    faults = faults_of(plan, local_day(now, city.zone), known.windows if known else ())
    kept = set(known.sites) if known else set()
    allowed = {site.public_id for site in queries.open_sites(city.id)} | kept
    if set(plan.sites) - allowed:
        faults.append(Fault("sites", "site_unknown"))
    had = known.topics if known else ()
    choosable = {topic.slug for topic in by_slugs(plan.topics) if topic.active or topic.slug in had}
    if set(plan.topics) - choosable:
        faults.append(Fault("topics", "topic_unknown"))
    if faults:
        raise OfferIsUnfit(faults=faults)


def _require_ready(offer: HostOffer, plan: OfferPlan, now: datetime) -> None:
    lacks = lacks_of(plan, local_day(now, offer.city.zone))
    if lacks:
        raise OfferNotReady(lacks=lacks)


def _note(offer: HostOffer, before: OfferPlan, after: OfferPlan, now: datetime, by: str) -> None:
    """Keep what was changed; of what households wish only that it was, since histories are read by many."""
    old, new = _noted(before), _noted(after)
    if _preferences(before) != _preferences(after):
        old["preferences"], new["preferences"] = "", "changed"
    note_change(offer.public_id, WHAT, old, new, now=now, by=by)


def _noted(plan: OfferPlan) -> dict[str, Any]:
    noted = plain(plan)
    if noted["homestay"]:
        noted["homestay"].pop("preferences")
    return noted


def _preferences(plan: OfferPlan) -> str:
    return plan.homestay.preferences if plan.homestay else ""


def _write(offer: HostOffer, plan: OfferPlan) -> None:
    for name in OF_OFFER:
        setattr(offer, name, getattr(plan, name))
    offer.search_key = search_key(offer.city.name.en, offer.city.name.zh, plan.title.en, plan.title.zh)
    _write_windows(offer, plan)
    _write_days(offer, plan.blackouts)
    _write_topics(offer, plan.topics)
    _write_languages(offer, plan)
    _write_charges(offer, plan)
    _write_sites(offer, plan.sites)
    _write_homestay(offer, plan)


def _write_windows(offer: HostOffer, plan: OfferPlan) -> None:
    """Keep the windows that are known by their id, since requests name them by it."""
    known = {each.public_id: each for each in offer.windows}
    rows = []
    for wanted in plan.windows:
        window = known.pop(wanted.public_id, None) or OfferWindow(public_id=new_public_id())
        window.first_on, window.last_on = wanted.first_on, wanted.last_on
        rows.append(window)
    offer.windows[:] = sorted(rows, key=lambda each: each.first_on)


def _write_days(offer: HostOffer, days: Sequence[date]) -> None:
    known = {each.day_on: each for each in offer.blackouts}
    offer.blackouts[:] = [known.get(day) or OfferBlackout(day_on=day) for day in sorted(set(days))]


def _write_topics(offer: HostOffer, topics: Sequence[str]) -> None:
    known = {each.topic.slug: each for each in offer.topics}
    offer.topics[:] = [known.get(topic.slug) or OfferTopic(topic=topic) for topic in by_slugs(topics)]


def _write_languages(offer: HostOffer, plan: OfferPlan) -> None:
    known = {(each.language, each.means): each for each in offer.languages}
    wanted = sorted({(code, "spoken") for code in plan.spoken} | {(code, "interpreted") for code in plan.interpreted})
    offer.languages[:] = [known.get(one) or OfferLanguage(language=one[0], means=one[1]) for one in wanted]


def _write_charges(offer: HostOffer, plan: OfferPlan) -> None:
    """Write the rows in order over those that are there."""
    rows = list(offer.charges[: len(plan.charges)])
    rows += [OfferCharge(position=place) for place in range(len(rows) + 1, len(plan.charges) + 1)]
    for row, wanted in zip(rows, plan.charges, strict=True):
        row.label, row.amount_minor, row.per = wanted.label, wanted.amount_minor, wanted.per
    offer.charges[:] = rows


def _write_sites(offer: HostOffer, sites: Sequence[str]) -> None:
    known = {each.site.public_id: each for each in offer.sites}
    found = {site.public_id: site for site in queries.sites_of(offer.city.id)}
    rows = [known.get(site) or OfferSite(site=found[site]) for site in dict.fromkeys(sites)]
    for place, row in enumerate(rows, start=1):
        row.position = place
    offer.sites[:] = rows


def _write_homestay(offer: HostOffer, plan: OfferPlan) -> None:
    if plan.homestay is None:
        offer.homestay = None
        return
    stay = offer.homestay or Homestay()
    for name in OF_HOMESTAY:
        setattr(stay, name, getattr(plan.homestay, name))
    offer.homestay = stay

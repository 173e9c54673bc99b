"""The library of places that a city shows: written down, revised, closed and opened again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from tourreg.db import db
from tourreg.domain.audit.commands import move_to, note_change
from tourreg.domain.audit.queries import last_change
from tourreg.domain.cities.models import City
from tourreg.domain.cities.topics import by_slugs
from tourreg.domain.hosting.offer_models import Site, SiteTopic
from tourreg.domain.hosting.offer_rules import SITE
from tourreg.kernel.bilingual import EMPTY, Text
from tourreg.kernel.numbers import new_public_id
from tourreg.kernel.plans import fingerprint, plain
from tourreg.kernel.refusals import Refusal

MOST_METRES = 20_000
WHAT = "site"


class SiteIsUnfit(Refusal):
    """The place cannot be so; facts: faults (by field, in words that pages translate)."""


class SiteEditedMeanwhile(Refusal):
    """Somebody changed the place after the editor had read it; facts: now (its plan as it is), by, at."""


@dataclass(frozen=True)
class SitePlan:
    """One place, as `offer_models.Site` describes it; topics are slugs in order."""

    name: Text
    address: Text = EMPTY
    words: Text = EMPTY
    topics: tuple[str, ...] = ()
    capacity: int | None = None
    walking_metres: int | None = None
    step_free: str = "unknown"
    safety_gear: Text = EMPTY
    id_rule: str = "none"
    photo_rule: str = "free"
    rules_note: Text = EMPTY
    shown_by: str = ""


WRITTEN = tuple(field.name for field in fields(SitePlan) if field.name != "topics")


def plan_of_site(site: Site) -> SitePlan:
    """Return what is written down about a place now."""
    topics = tuple(sorted(each.topic.slug for each in site.topics))
    return SitePlan(**{name: getattr(site, name) for name in WRITTEN}, topics=topics)


def write_site(city: City, plan: SitePlan, *, submission_key: str | None, now: datetime, by: str) -> Site:
    """Write a new place of a city down.

    raises  SiteIsUnfit
    """
    _require_fit(plan)
    site = Site(public_id=new_public_id(), submission_key=submission_key, city=city)
    _write(site, plan)
    db.session.add(site)
    db.session.flush()
    note_change(site.public_id, WHAT, {}, plain(plan), now=now, by=by)
    return site


def revise_site(site: Site, plan: SitePlan, *, seen: str, now: datetime, by: str) -> bool:
    """Write down what was changed of a place, and tell whether anything was.

    site    from `offer_queries.site_to_change`
    seen    fingerprint of the plan that the editor began from
    raises  SiteEditedMeanwhile, SiteIsUnfit
    """
    before = plan_of_site(site)
    if fingerprint(before) not in (seen, fingerprint(plan)):
        change = last_change(site.public_id, WHAT)
        raise SiteEditedMeanwhile(now=before, by=change.by if change else "", at=change.at if change else None)
    _require_fit(plan, before.topics)
    _write(site, plan)
    db.session.flush()
    return note_change(site.public_id, WHAT, plain(before), plain(plan), now=now, by=by) is not None


def close_site(site: Site, *, now: datetime, by: str) -> None:
    """Let no offer choose the place anew; those that show it keep it until they are changed or renewed."""
    if site.state == "open":
        move_to(site, SITE, "closed", now=now, by=by)


def open_site(site: Site, *, now: datetime, by: str) -> None:
    """Let offers choose the place again."""
    if site.state == "closed":
        move_to(site, SITE, "open", now=now, by=by)


def _require_fit(plan: SitePlan, had: Sequence[str] = ()) -> None:
    faults = {}
    if not plan.name:
        faults["name"] = "name_missing"
    if plan.capacity == 0:
        faults["capacity"] = "holds_nobody"
    choosable = {topic.slug for topic in by_slugs(plan.topics) if topic.active or topic.slug in had}
    if set(plan.topics) - choosable:
        faults["topics"] = "topic_unknown"
    if faults:
        raise SiteIsUnfit(faults=faults)


def _write(site: Site, plan: SitePlan) -> None:
    for name in WRITTEN:
        setattr(site, name, getattr(plan, name))
    known = {each.topic.slug: each for each in site.topics}
    site.topics[:] = [known.get(topic.slug) or SiteTopic(topic=topic) for topic in by_slugs(plan.topics)]

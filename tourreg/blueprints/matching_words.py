"""What speaks for a city, against it, and what rules it out, in words; and what a leg asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from tourreg import formats
from tourreg.blueprints.gettext import _, ngettext
from tourreg.blueprints.languages import language
from tourreg.domain.cities.places import place_of
from tourreg.domain.hosting.offer_rules import Fault
from tourreg.domain.matching.models import TourLeg
from tourreg.domain.matching.values import Reason
from tourreg.kernel.bilingual import Text
from tourreg.kernel.money import Money

Facts = Mapping[str, Any]
# The names of topics by their slugs, which facts carry.
Topics = Mapping[str, Text]

WEIGHTS = {
    "topic": _l("A topic that the leg wants"),
    "site": _l("Each place of such a topic"),
    "most_sites": _l("Places that count, at most"),
    "spare_day": _l("Each further day on which the stay could begin, up to three"),
    "language": _l("A language that is spoken; half for one that is interpreted"),
    "homestay": _l("Beds for the whole group, where home hospitality is wanted"),
    "never_asked": _l("A city that none of the last tours asked"),
    "hosted": _l("Less for each of the last tours that it hosted"),
    "unfilled_day": _l("Less for each day that it cannot fill"),
    "apart_100_km": _l("Less for each 100 km from where the leg should be"),
    "budget_tenth": _l("Less for each tenth of the budget that it charges"),
    "between_100_km": _l("Less for each 100 km between two legs"),
    "idle_day": _l("Less for each day between two legs"),
}
_FAULTS: Mapping[str, Any] = {
    "ends_before_it_begins": _l("The last day lies before the first one."),
    "window_too_long": _l("At most one year."),
    "stay_longer_than_window": _l("The stay takes %(one)s days, and there are fewer between these two."),
    "in_the_past": _l("No day is left on which the stay could begin. Type days that lie ahead."),
    "group_of_none": _l("A group has 1 to %(one)s people."),
    "place_unknown": _l("We know no place of this name."),
    "origin_missing": _l("Say from where, too: the leg is on the way from one place to the other."),
    "same_place": _l("Both are the same place."),
    "place_missing": _l("Say of which place."),
}


def fault_words(fault: Fault) -> str:
    return str(_FAULTS[fault.why]) % {"one": fault.facts[0] if fault.facts else ""}


def reason_words(reason: Reason, topics: Topics) -> str:
    """Return one reason as a few words, such as “140 km from Dallas”."""
    return _REASONS[reason.kind](reason.facts, topics)


def place_name(key: str) -> str:
    place = place_of(key)
    return place.name.in_(language()) if place else key


def topic_name(slug: str, topics: Topics) -> str:
    return topics[slug].in_(language()) if slug in topics else slug


def wishes_of(leg: TourLeg, topics: Topics) -> list[str]:
    """Return what a leg asks for, but for its days and its people, each in a few words."""
    wishes = [topic_name(slug, topics) for slug in leg.topics]
    wishes += [formats.language_name(code, language()) for code in leg.languages]
    wishes += [_region_words(leg)] if leg.regions else []
    if leg.near and leg.towards:
        facts = {"origin": place_name(leg.near), "goal": place_name(leg.towards)}
        wishes.append(_("on the way from %(origin)s to %(goal)s", **facts))
    elif leg.near:
        wishes.append(_("near %(place)s", place=place_name(leg.near)))
    if leg.within_km is not None:
        wishes.append(_("at most %(km)s km away", km=_figures(leg.within_km)))
    if leg.homestay:
        wishes.append(_("home hospitality"))
    if leg.budget_minor is not None:
        wishes.append(_("at most %(amount)s", amount=_money(leg.budget_minor, leg.currency)))
    return wishes


def _region_words(leg: TourLeg) -> str:
    return formats.listing(list(leg.regions), language())


def _money(minor: int, currency: str) -> str:
    return formats.money(Money(minor, currency), language())


def _figures(number: int) -> str:
    return f"{number:,}"


def _days(first_on: date, last_on: date) -> str:
    return formats.date_range(first_on, last_on, language())


def _topic(facts: Facts, topics: Topics) -> str:
    name, sites = topic_name(facts["topic"], topics), facts["sites"]
    if not sites:
        return name
    return ngettext("%(topic)s: %(num)d place", "%(topic)s: %(num)d places", sites, topic=name)


def _detour(facts: Facts, topics: Topics) -> str:
    ways = {"origin": place_name(facts["origin"]), "goal": place_name(facts["goal"])}
    if not facts["km"]:
        return _("on the way from %(origin)s to %(goal)s", **ways)
    return _("%(km)s km longer than straight from %(origin)s to %(goal)s", km=_figures(facts["km"]), **ways)


def _hosted(facts: Facts, topics: Topics) -> str:
    return _("hosted %(hosted)d of the last %(tours)d tours", hosted=facts["hosted"], tours=facts["tours"])


def _not_free(facts: Facts, topics: Topics) -> str:
    windows = [_days(window.first_on, window.last_on) for window in facts["windows"]]
    if not windows:
        return _("offers no days")
    return _("offers other days only: %(days)s", days=formats.listing(windows, language()))


def _taken(facts: Facts, topics: Topics) -> str:
    days: Sequence[Any] = facts["days"]
    spans = formats.listing([_days(each.first_on, each.last_on) for each in days], language())
    return _("another tour has the days: %(days)s", days=spans)


def _blackout(facts: Facts, topics: Topics) -> str:
    days = formats.listing([formats.short_date(day, language()) for day in facts["days"]], language())
    return _("receives nobody on %(days)s", days=days)


_REASONS: Mapping[str, Callable[[Facts, Topics], str]] = {
    "topic": _topic,
    "topic_missing": lambda facts, topics: _("not %(topic)s", topic=topic_name(facts["topic"], topics)),
    "free": lambda facts, topics: _("free on %(days)s", days=_days(facts["first_on"], facts["last_on"])),
    "unfilled_days": lambda facts, topics: _(
        "fills %(most)d of %(days)d days", most=facts["days_most"], days=facts["days"]
    ),
    "size": lambda facts, topics: _("takes %(largest)d", largest=facts["largest"]),
    "near": lambda facts, topics: _(
        "%(km)s km from %(place)s", km=_figures(facts["km"]), place=place_name(facts["place"])
    ),
    "detour": _detour,
    "spoken": lambda facts, topics: _(
        "speaks %(language)s", language=formats.language_name(facts["language"], language())
    ),
    "interpreted": lambda facts, topics: _(
        "brings an interpreter for %(language)s", language=formats.language_name(facts["language"], language())
    ),
    "language_missing": lambda facts, topics: _(
        "no %(language)s", language=formats.language_name(facts["language"], language())
    ),
    "homestay": lambda facts, topics: _("households take %(places)d", places=facts["places"]),
    "cost": lambda facts, topics: _("charges %(amount)s", amount=_money(facts["cost_minor"], facts["currency"])),
    "hosted": _hosted,
    "asked": lambda facts, topics: _("was asked for %(asked)d of the last %(tours)d tours and hosted none", **facts),
    "never_asked": lambda facts, topics: _("was never asked"),
    # What rules an offer out.
    "closed": lambda facts, topics: _("the offer is paused"),
    "too_large": lambda facts, topics: _("takes at most %(largest)d of %(people)d people", **facts),
    "too_small": lambda facts, topics: _("takes %(smallest)d or more, and the group has %(people)d", **facts),
    "too_few_beds": lambda facts, topics: _("households take %(places)d of %(people)d people", **facts),
    "only_homes": lambda facts, topics: _("offers home hospitality only"),
    "other_region": lambda facts, topics: _("lies in another region"),
    "too_far": lambda facts, topics: _(
        "%(km)s km away, and %(most)s are the most", km=_figures(facts["km"]), most=_figures(facts["within_km"])
    ),
    "over_budget": lambda facts, topics: _(
        "charges %(amount)s, above the budget", amount=_money(facts["cost_minor"], facts["currency"])
    ),
    "not_free": _not_free,
    "blackout": _blackout,
    "short_notice": lambda facts, topics: _("needs %(notice_days)d days of notice", notice_days=facts["notice_days"]),
    "taken": _taken,
}


def ruled_out_words(kind: str, count: int) -> str:
    """Return how many offers a reason rules out."""
    return _("%(why)s: %(count)d", why=str(_RULED_OUT[kind]), count=count)


_RULED_OUT: Mapping[str, Any] = {
    "closed": _l("paused"),
    "too_large": _l("the group is too large"),
    "too_small": _l("the group is too small"),
    "too_few_beds": _l("too few beds in households"),
    "only_homes": _l("home hospitality only"),
    "other_region": _l("in another region"),
    "too_far": _l("too far away"),
    "over_budget": _l("above the budget"),
    "not_free": _l("other days only"),
    "blackout": _l("receives nobody on these days"),
    "short_notice": _l("too short notice"),
    "taken": _l("another tour has the days"),
    "offer_is_gone": _l("the offer that is fixed is gone"),
    "day_fixed": _l("not on the day that is fixed"),
}

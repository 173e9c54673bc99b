"""What an offer is worth for one leg of a tour, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from tourreg.domain.matching.stays import starts
from tourreg.domain.matching.values import Leg, Offer, Reason, Score, Taken, Weights, distance_km, last_day

MOST_SPARE_DAYS = 3


def scores(
    leg: Leg, offers: Iterable[Offer], weights: Weights, *, taken: Sequence[Taken] = (), today: date
) -> list[Score]:
    """Return the score of every offer: those that can be, best first, then those that are ruled out."""
    by_offer: dict[str, list[Taken]] = {}
    for each in taken:
        by_offer.setdefault(each.offer, []).append(each)
    found = [score(leg, offer, weights, taken=by_offer.get(offer.key, ()), today=today) for offer in offers]
    return sorted(found, key=lambda score: (bool(score.ruled_out), -score.points, score.offer.city, score.offer.key))


def score(leg: Leg, offer: Offer, weights: Weights, *, taken: Sequence[Taken] = (), today: date) -> Score:
    """Return what an offer is worth for a leg, with reasons that add up to its points.

    taken  what other tours hold of this offer
    """
    days, why_none = starts(leg, offer, taken, today)
    ruled_out = (*_ruled_out(leg, offer), *([why_none] if why_none else []))
    reasons = (
        *_topics(leg, offer, weights),
        *_days(leg, offer, weights, days),
        *_size(leg, offer),
        *_place(leg, offer, weights),
        *_languages(leg, offer, weights),
        *_homestay(leg, offer, weights),
        *_cost(leg, offer, weights),
        *_fairness(offer, weights),
    )
    return Score(offer, reasons, ruled_out, () if ruled_out else days)


def cost_minor(leg: Leg, offer: Offer) -> int:
    """Return what the city charges for the stay, in the offer's currency."""
    times = {
        "group": 1,
        "group_day": leg.days,
        "person": leg.people,
        "person_day": leg.people * leg.days,
        "person_night": leg.people * leg.nights,
    }
    return sum(charge.amount_minor * times[charge.per] for charge in offer.charges)


def apart_km(leg: Leg, offer: Offer) -> int | None:
    """Return how far the city is from where the leg should be, or how long its detour; None for a leg anywhere."""
    if leg.near is None:
        return None
    if leg.towards is None:
        return distance_km(leg.near, offer.at)
    by_the_city = distance_km(leg.near, offer.at) + distance_km(offer.at, leg.towards)
    return max(0, by_the_city - distance_km(leg.near, leg.towards))


def _ruled_out(leg: Leg, offer: Offer) -> Iterator[Reason]:
    """Find what rules an offer out, but for its days."""
    if not offer.is_open:
        yield Reason("closed")
    if leg.people > offer.largest:
        yield Reason("too_large", facts={"people": leg.people, "largest": offer.largest})
    if leg.people < offer.smallest:
        yield Reason("too_small", facts={"people": leg.people, "smallest": offer.smallest})
    if leg.homestay and (offer.homestay_places or 0) < leg.people:
        yield Reason("too_few_beds", facts={"people": leg.people, "places": offer.homestay_places or 0})
    if offer.homestay_places is not None and not leg.homestay:
        yield Reason("only_homes")
    if leg.regions and offer.region not in leg.regions:
        yield Reason("other_region", facts={"region": offer.region})
    apart = apart_km(leg, offer)
    if leg.within_km is not None and apart is not None and apart > leg.within_km:
        yield Reason("too_far", facts={"km": apart, "within_km": leg.within_km})
    if leg.budget_minor is not None and offer.charges and offer.currency == leg.currency:
        cost = cost_minor(leg, offer)
        if cost > leg.budget_minor:
            facts = {"cost_minor": cost, "budget_minor": leg.budget_minor, "currency": leg.currency}
            yield Reason("over_budget", facts=facts)


def _topics(leg: Leg, offer: Offer, weights: Weights) -> Iterator[Reason]:
    for topic in leg.topics:
        if topic in offer.topics:
            sites = offer.topics[topic]
            points = weights.topic + weights.site * min(sites, weights.most_sites)
            yield Reason("topic", points, {"topic": topic, "sites": sites})
        else:
            yield Reason("topic_missing", 0, {"topic": topic})


def _days(leg: Leg, offer: Offer, weights: Weights, days: Sequence[date]) -> Iterator[Reason]:
    if days:
        spare = min(len(days) - 1, MOST_SPARE_DAYS)
        facts = {"first_on": days[0], "last_on": last_day(days[-1], leg.days)}
        yield Reason("free", weights.spare_day * spare, facts)
    unfilled = leg.days - offer.days_most
    if unfilled > 0:
        facts_of_days = {"days_most": offer.days_most, "days": leg.days}
        yield Reason("unfilled_days", -weights.unfilled_day * unfilled, facts_of_days)


def _size(leg: Leg, offer: Offer) -> Iterator[Reason]:
    if offer.smallest <= leg.people <= offer.largest:
        yield Reason("size", 0, {"largest": offer.largest})


def _place(leg: Leg, offer: Offer, weights: Weights) -> Iterator[Reason]:
    apart = apart_km(leg, offer)
    if apart is None or leg.near is None:
        return
    points = -(weights.apart_100_km * apart // 100)
    if leg.towards is None:
        yield Reason("near", points, {"km": apart, "place": leg.near.name})
    else:
        yield Reason("detour", points, {"km": apart, "origin": leg.near.name, "goal": leg.towards.name})


def _languages(leg: Leg, offer: Offer, weights: Weights) -> Iterator[Reason]:
    for language in leg.languages:
        if language in offer.spoken:
            yield Reason("spoken", weights.language, {"language": language})
        elif language in offer.interpreted:
            yield Reason("interpreted", weights.language // 2, {"language": language})
        else:
            yield Reason("language_missing", 0, {"language": language})


def _homestay(leg: Leg, offer: Offer, weights: Weights) -> Iterator[Reason]:
    if leg.homestay and offer.homestay_places:
        points = weights.homestay if offer.homestay_places >= leg.people else 0
        yield Reason("homestay", points, {"places": offer.homestay_places})


def _cost(leg: Leg, offer: Offer, weights: Weights) -> Iterator[Reason]:
    """Weigh what is charged against the budget; another currency is said, and not weighed."""
    if not offer.charges:
        return
    cost = cost_minor(leg, offer)
    tenths = 0
    if leg.budget_minor and offer.currency == leg.currency:
        tenths = min(10, 10 * cost // leg.budget_minor)
    yield Reason("cost", -weights.budget_tenth * tenths, {"cost_minor": cost, "currency": offer.currency})


def _fairness(offer: Offer, weights: Weights) -> Iterator[Reason]:
    if offer.hosted:
        yield Reason("hosted", -weights.hosted * offer.hosted, {"hosted": offer.hosted, "tours": offer.tours})
    elif offer.asked:
        yield Reason("asked", 0, {"asked": offer.asked, "tours": offer.tours})
    else:
        yield Reason("never_asked", weights.never_asked)

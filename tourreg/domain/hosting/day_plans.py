"""What a confirmed visit looks like in the draft of a programme before anybody has written its hours."""

from __future__ import annotations

from datetime import date, time

from tourreg.domain.hosting.offer_models import HostOffer, Site
from tourreg.domain.hosting.request_models import HostingRequest
from tourreg.domain.hosting.request_queries import last_answer
from tourreg.domain.itineraries.details import Details
from tourreg.domain.itineraries.plans import ItemPlan
from tourreg.kernel.bilingual import EMPTY, Text
from tourreg.kernel.clock import local_day

RECEIVED_AT, HOME_AT = time(9), time(18)
KINDS = {"lecture": "lecture", "homestay": "cultural"}


def items_of(request: HostingRequest, on: date, *, item: str) -> tuple[ItemPlan, ...]:
    """Return the items of one day of the visit: that the city receives the group, and its night with households.

    item  the public id that the first of them gets

    The last day of several has no night, since the group moves on; a visit of one day has the night after it.
    """
    received, offer = hosted_item(request, item=item), request.offer
    stays = on < request.last_on or request.first_on == request.last_on
    if offer is None or offer.kind != "homestay" or not stays:
        return (received,)
    return (received, _night(request, offer))


def hosted_item(request: HostingRequest, *, item: str) -> ItemPlan:
    """Return the item that says who receives the group, with what its offer shows as a suggestion to the host."""
    city, offer, answer = request.city, request.offer, last_answer(request)
    return ItemPlan(
        kind=KINDS.get(offer.kind, "meeting") if offer else "meeting",
        starts=RECEIVED_AT,
        zone=city.zone,
        title=Text(f"Hosted by {city.name.in_('en')}", f"{city.name.in_('zh')}接待"),
        standing="confirmed",
        standing_by=answer.given_name if answer else "",
        standing_on=local_day(answer.given_at, city.zone) if answer else None,
        details=Details(topics=_topics(offer), for_host=_suggested(offer)) if offer else Details(),
        public_id=item,
    )


def _night(request: HostingRequest, offer: HostOffer) -> ItemPlan:
    """Return the night with households; what these wish stays with the city and the programme's staff."""
    city = request.city
    return ItemPlan(
        kind="hotel",
        starts=HOME_AT,
        zone=city.zone,
        title=Text("Evening and night with households", "入住当地家庭"),
        place=Text(f"Households of {city.name.in_('en')}", f"{city.name.in_('zh')}接待家庭"),
        details=Details(for_participants=offer.homestay.hours if offer.homestay else EMPTY),
    )


def _topics(offer: HostOffer) -> Text:
    names = [topic.name for topic in sorted((each.topic for each in offer.topics), key=lambda topic: topic.slug)]
    return Text("; ".join(name.in_("en") for name in names), "；".join(name.in_("zh") for name in names))


def _suggested(offer: HostOffer) -> Text:
    """Return the places that the offer shows, as a note for the host."""
    places = [each.site for each in offer.sites if each.site.state == "open"]
    if not places:
        return EMPTY
    english = "; ".join(_place(site, "en") for site in places)
    chinese = "；".join(_place(site, "zh") for site in places)
    return Text(f"From the offer, still to be agreed: {english}", f"接待意向所列参观点，待商定：{chinese}")


def _place(site: Site, language: str) -> str:
    name, address = site.name.in_(language), site.address.in_(language)
    if not address:
        return name
    return f"{name}（{address}）" if language == "zh" else f"{name} ({address})"

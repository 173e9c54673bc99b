"""The sample season in the database: sellers, cities, texts, events and their days."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from tourreg.db import db, writing
from tourreg.demo.cities import CITIES
from tourreg.demo.events import EVENTS
from tourreg.demo.holidays import is_holiday
from tourreg.demo.issuers import ISSUERS
from tourreg.demo.itineraries import ITINERARIES
from tourreg.demo.people import REGISTRATIONS
from tourreg.demo.shapes import AddOn as AddOnContent
from tourreg.demo.shapes import Day as DayContent
from tourreg.demo.shapes import Event as EventContent
from tourreg.demo.shapes import Item as ItemContent
from tourreg.demo.shapes import Text as TextContent
from tourreg.demo.texts import POLICY_TEXTS
from tourreg.domain.audit.commands import move_to
from tourreg.domain.catalogue.cancellation import ALL_PERCENT, EventTerms, Step, Terms, plain_terms
from tourreg.domain.catalogue.models import EVENT_MOVES, AddOn, Event, Fee, Pool, Stop
from tourreg.domain.cities.models import City
from tourreg.domain.consents.models import ConsentText
from tourreg.domain.itineraries.models import Day, Item
from tourreg.domain.memberships.commands import make_list
from tourreg.domain.memberships.models import MemberList
from tourreg.domain.memberships.rules import MemberRow, normal_number
from tourreg.domain.papers.models import Issuer
from tourreg.kernel.bilingual import Text, text_of
from tourreg.kernel.clock import local_day
from tourreg.kernel.states import Axis

BY = "worker"
ASKED_SINCE = timedelta(days=120)
ACCENTS = {"indigo": "ink", "brick": "red"}
MARKS = {"US": "centre", "CN": "academy"}
_EVENT_AXIS = Axis("event", "state", EVENT_MOVES)


@dataclass(frozen=True)
class Season:
    """What was made, by the keys of the content."""

    events: dict[str, Event]
    cities: dict[str, City]


def make_season(now: datetime) -> Season:
    """Write the programme of the sample season; every open event lies ahead of `now`."""
    with writing() as session:
        session.add_all(_texts(now))
        issuers = {entry["key"]: _issuer(entry) for entry in ISSUERS}
        cities = {entry["key"]: _city(entry) for entry in CITIES}
        session.add_all([*issuers.values(), *cities.values()])
        session.flush()
        members = _members(now)
        events = {entry["key"]: _event(entry, issuers[entry["issuer"]], cities, members, now) for entry in EVENTS}
        session.add_all(events.values())
        session.flush()
        for itinerary in ITINERARIES:
            _add_days(events[itinerary["event"]], itinerary["days"], cities)
    return Season(events, cities)


def open_events(season: Season, now: datetime) -> None:
    """Publish what the office has published."""
    with writing():
        for entry in EVENTS:
            if entry["published_days_ago"] is not None:
                event = season.events[entry["key"]]
                move_to(event, _EVENT_AXIS, "published", now=now - timedelta(days=entry["published_days_ago"]), by=BY)


def end_events(season: Season, now: datetime) -> None:
    """Close and cancel what the office has closed and cancelled."""
    with writing():
        for entry in EVENTS:
            if entry["state"] in ("closed", "cancelled"):
                at = now - timedelta(days=entry["ended_days_ago"] or 0)
                why = text(entry["ended_reason"]).in_("en")
                move_to(season.events[entry["key"]], _EVENT_AXIS, entry["state"], now=at, by=BY, why=why)


def text(content: TextContent | None) -> Text:
    return text_of(dict(content)) if content else Text()  # type: ignore[arg-type]


def lines(contents: list[TextContent]) -> Text:
    """Return the texts one below the other; empty in a language that none of them has."""
    return Text(*("\n".join(content[language] for content in contents).strip() for language in ("en", "zh")))


def first_day(entry: EventContent, now: datetime) -> date:
    """Return the first day: so many days ahead, on to the wanted weekday (Monday is 0), and past the holidays of China."""
    earliest = local_day(now, entry["zone"]) + timedelta(days=entry["starts_in_days"])
    start = earliest + timedelta(days=(entry["weekday"] - earliest.weekday()) % 7)
    while any(is_holiday(start + timedelta(days=day)) for day in range(entry["last_day"] + 1)):
        start += timedelta(days=7)
    return start


def _texts(now: datetime) -> list[ConsentText]:
    """Return the texts, each older than the first registration, so that everybody was asked for what they agree to."""
    return [
        ConsentText(
            kind=entry["key"],
            version_on=min(date.fromisoformat(entry["version"]), (now - ASKED_SINCE).date()),
            title=text(entry["title"]),
            body=text(entry["body"]),
        )
        for entry in POLICY_TEXTS
    ]


def _issuer(entry: Any) -> Issuer:
    in_yuan = [{"means": block["title"], "facts": block["lines"]} for block in entry.get("remit_to_cny", ())]
    accounts = [{"means": block["title"], "facts": block["lines"]} for block in entry["remit_to"]]
    return Issuer(
        key=entry["key"],
        name=text(entry["legal_name"]),
        address=text(entry["address"]),
        phone=entry["phone"],
        email=entry["email"],
        tax_id=entry["tax_id"],
        tax_id_label=text(entry["tax_id_label"]),
        zone=entry["zone"],
        series_prefix=entry["series_prefix"],
        accent=ACCENTS.get(entry["accent"], "teal"),
        mark=MARKS[entry["country"]],
        sample=True,
        country=entry["country"],
        banks={entry["currency"]: accounts, **({"CNY": in_yuan} if in_yuan else {})},
        tax_note=text(entry["footnote"]),
    )


def _members(now: datetime) -> MemberList:
    """Return the list of the alliance: a number for each of those who registered as members, and some more."""
    taken = [
        f"{content['key']}-{place}"
        for content in REGISTRATIONS
        for place, person in enumerate(content["participants"], start=1)
        if person["fee"] == "member"
    ]
    rows = [MemberRow(normal_number(number), "Alliance member") for number in taken]
    rows += [MemberRow(f"CA{number}", "Alliance member") for number in range(1001, 1041)]
    return make_list("City exchange alliance", rows, submission_key="demo-alliance", now=now, by=BY)


def _city(entry: Any) -> City:
    return City(
        slug=entry["key"],
        name=text(entry["name"]),
        region=text(entry["region"]),
        country=entry["country"],
        zone=entry["zone"],
        latitude=entry["latitude"],
        longitude=entry["longitude"],
        population=entry["population"],
        population_source=text(entry["population_source"]),
        government=text(entry["government"]),
        summary=text(entry["summary"]),
    )


def _event(entry: EventContent, issuer: Issuer, cities: dict[str, City], members: MemberList, now: datetime) -> Event:
    start = first_day(entry, now)
    event = Event(
        slug=entry["slug"],
        reference_prefix=entry["reference_prefix"],
        kind=entry["kind"],
        direction=entry["direction"],
        title=text(entry["title"]),
        theme=text(entry["theme"]),
        summary=text(entry["summary"]),
        description=text(entry["description"]),
        venue=lines([entry["venue"], entry["venue_address"]]),
        audience=text(entry["who_comes"]),
        languages=text(entry["languages"]),
        access=text(entry["access"]),
        organiser=text(entry["organiser"]),
        partners=[{"name": dict(partner)} for partner in entry["partners"]],
        included=lines(entry["included"]),
        not_included=lines(entry["not_included"]),
        cancellation_policy=text(entry["cancellation_policy"]),
        cancellation_terms=plain_terms(EventTerms(_terms(entry))),
        starts_on=start,
        ends_on=start + timedelta(days=entry["last_day"]),
        zone=entry["zone"],
        opens_on=start - timedelta(days=entry["opens_days_before"]),
        closes_on=start - timedelta(days=entry["closes_days_before"]),
        minimum=entry["minimum_to_run"],
        cover=entry["cover"],
        slip=entry["slip"],
        issuer=issuer,
        currency=entry["currency"],
        other_currencies=entry.get("other_currencies", []),
        **_rate(entry, start),
        pool=Pool(capacity=entry["capacity"]),
        created_at=now - timedelta(days=(entry["published_days_ago"] or 0) + 14),
    )
    event.stops = [_stop(event, place, stop, cities) for place, stop in enumerate(entry["cities"], start=1)]
    event.fees = [_fee(event, place, fee, members) for place, fee in enumerate(entry["fees"], start=1)]
    event.add_ons = [_add_on(event, place, add_on) for place, add_on in enumerate(entry["add_ons"], start=1)]
    return event


def _terms(entry: EventContent) -> Terms:
    """Return the terms that the policy says in words."""
    return Terms(
        tuple(
            Step(step["up_to_days_before"], kept_percent=ALL_PERCENT - step["percent"])
            for step in entry["refund_steps"]
        )
    )


def _rate(entry: EventContent, start: date) -> dict[str, Any]:
    if "rate" not in entry:
        return {}
    rate = entry["rate"]
    rate_on = start - timedelta(days=rate["days_before"])
    return {"rate": rate["figure"], "rate_currency": rate["currency"], "rate_on": rate_on}


def _stop(event: Event, place: int, stop: Any, cities: dict[str, City]) -> Stop:
    return Stop(
        city=cities[stop["city"]],
        position=place,
        part=stop["role"],
        from_on=event.starts_on + timedelta(days=stop["first_day"]),
        to_on=event.starts_on + timedelta(days=stop["last_day"]),
    )


def _fee(event: Event, place: int, fee: Any, members: MemberList) -> Fee:
    until, early, late = fee["until_days_before"], fee.get("early"), fee.get("late")
    return Fee(
        position=place,
        label=text(fee["label"]),
        audience=text(fee["who"]),
        amount_minor=fee["amount_minor"],
        last_on=None if until is None else event.starts_on - timedelta(days=until),
        early_minor=early and early["amount_minor"],
        early_until_on=early and event.starts_on - timedelta(days=early["until_days_before"]),
        late_minor=late and late["amount_minor"],
        admits=fee.get("admits", "anyone"),
        proof=fee.get("proof", "none"),
        population_most=fee.get("population_most"),
        other_prices=fee.get("other_prices", {}),
        pool=Pool(capacity=fee["places"]) if "places" in fee else None,
        member_list=members if fee.get("proof") == "number" else None,
        late_from_on=late and event.starts_on - timedelta(days=late["from_days_before"]),
    )


def _add_on(event: Event, place: int, add_on: AddOnContent) -> AddOn:
    return AddOn(
        position=place,
        kind=add_on["kind"],
        label=text(add_on["label"]),
        summary=text(add_on["summary"]),
        amount_minor=add_on["amount_minor"],
        other_prices=add_on.get("other_prices", {}),
        from_on=event.starts_on + timedelta(days=add_on["first_day"]),
        to_on=event.starts_on + timedelta(days=add_on["last_day"]),
        pool=None if add_on["capacity"] is None else Pool(capacity=add_on["capacity"]),
    )


def _add_days(event: Event, days: list[DayContent], cities: dict[str, City]) -> None:
    content = next(entry for entry in EVENTS if entry["slug"] == event.slug)
    add_ons = {entry["key"]: event.add_ons[place] for place, entry in enumerate(content["add_ons"])}
    for day in days:
        db.session.add(
            Day(
                event=event,
                add_on=add_ons[day["add_on"]] if day["add_on"] else None,
                city=cities[day["city"]],
                on_date=event.starts_on + timedelta(days=day["day"]),
                title=text(day["title"]),
                items=[_item(event, place, item) for place, item in enumerate(day["items"], start=1)],
            )
        )


def _item(event: Event, place: int, item: ItemContent) -> Item:
    ends_day = item["end_day"]
    return Item(
        position=place,
        kind=item["kind"],
        starts=time.fromisoformat(item["start"]),
        zone=item["zone"],
        ends=time.fromisoformat(item["end"]) if item["end"] else None,
        ends_zone=item["end_zone"],
        ends_on=None if ends_day is None else event.starts_on + timedelta(days=ends_day),
        title=text(item["title"]),
        place=text(item["place"]),
        address=text(item["address"]),
        notes=text(item["notes"]),
    )

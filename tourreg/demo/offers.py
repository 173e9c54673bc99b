"""The sample sign-ups of host cities, made by the same commands as real ones."""

from datetime import datetime, timedelta

from tourreg.db import writing
from tourreg.demo.hosts import HOSTS
from tourreg.demo.people import ORGANISATIONS
from tourreg.demo.programme import Season
from tourreg.demo.shapes import Host
from tourreg.domain.cities import places
from tourreg.domain.cities.models import City
from tourreg.domain.consents.queries import current_texts
from tourreg.domain.hosting import commands
from tourreg.domain.hosting.rules import Contact, Offer, SignUp
from tourreg.kernel.names import PersonName

UNTIL_CONFIRMED = timedelta(hours=3)


def make_offers(season: Season, now: datetime) -> None:
    """Let each city sign up, confirm its address and get its answer at its own time."""
    for content in sorted(HOSTS, key=lambda host: -host["days_ago"]):
        _make(content, season, now)


def _make(content: Host, season: Season, now: datetime) -> None:
    at = now - timedelta(days=content["days_ago"], hours=2)
    with writing():
        profile = commands.sign_up(_asked(content, season, at), now=at)
        if content["state"] == "signed_up":
            return
        commands.confirm_address(profile, now=at + UNTIL_CONFIRMED)
        if content["decision_note"] is None:
            return
        decided = now - timedelta(days=content["decided_days_ago"] or 0, hours=1)
        answer = content["decision_note"][content["language"]]
        if content["state"] == "accepted":
            commands.accept(profile, season.cities[content["city"]], answer, now=decided, by="worker")
        else:
            commands.decline(profile, answer, now=decided, by="worker")


def _place_key(city: City) -> str:
    """Return the key by which the list of places has the city; "" where it has none of that name and region."""
    found = places.find_places(f"{city.name.en} {city.region.en}", most=1)
    return found[0].key if found and found[0].country == city.country else ""


def _asked(content: Host, season: Season, at: datetime) -> SignUp:
    contact, language = content["contact"], content["language"]
    city = season.cities[content["city"]]
    post, department = contact["position"][language], content["department"]
    position = f"{department}{post}" if language == "zh" else f"{post}, {department}"
    name = PersonName(contact["surname"], contact["given"], contact["native_name"]).in_(language)
    return SignUp(
        city_name=city.name.in_(language),
        region=city.region.in_(language),
        country=ORGANISATIONS[contact["organisation"]]["country"],
        contact=Contact(name, position, contact["email"], contact["phone"]),
        offer=Offer(content["offers"], content["available"], content["group_size"]),
        language=language,
        privacy_on=next((text.version_on for text in current_texts(at) if text.kind == "privacy"), None),
        submission_key=f"demo-{content['key']}",
        place_key=_place_key(city),
    )

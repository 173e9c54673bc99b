"""What the sample host cities tell of themselves: true figures of the cities, and the topics of their invented offers."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from tourreg.blueprints import outside
from tourreg.db import db, writing
from tourreg.demo.sample_pictures import sample_picture
from tourreg.domain.hosting.commands import actor
from tourreg.domain.hosting.contacts import Invitation, accept_invitation, invite
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.particulars import Particulars, add_photo, write_particulars
from tourreg.domain.hosting.rules import Contact
from tourreg.kernel.bilingual import Text

# By the slug of the city: topics, languages. What is left out is shown as missing.
TOLD = {
    "dubuque": (("water", "resilience", "citizen-engagement"), ("en",)),
    "las-cruces": (("energy", "parks", "budgeting", "water"), ("en", "es")),
}
# How the sample's forms of government begin.
GOVERNMENTS = {"Council–manager": "council_manager", "Mayor–council": "mayor_council"}
# Whose profile stands on its public page, with a picture; the others have not said so yet.
PUBLISHED = ("davenport", "dubuque", "yangzhou")
CAPTION = Text("Sample picture: the landing at the river front", "示例图片：滨河码头")
COLLEAGUES = (
    ("Ruth Sample", "City Manager", ("approver",)),
    ("Peter Sample", "Police Liaison", ("security_desk", "press")),
)
MAYOR = Text("Mayor", "市长")
AFTERWARDS = timedelta(days=2)


def tell_of_cities(now: datetime) -> None:
    """Let each accepted host city tell of itself what its entry among the cities says; three of them publicly."""
    picture = outside.files().put(sample_picture())
    accepted = select(HostProfile.id).where(HostProfile.state == "accepted")
    for profile_id in db.session.scalars(accepted).all():
        with writing():
            profile = db.session.get_one(HostProfile, profile_id)
            at = min(now, (profile.answered_at or now) + AFTERWARDS)
            write_particulars(profile, _told(profile), now=at, by=actor(profile))
            _invite_colleagues(profile, at)
            if profile.city and profile.city.slug in PUBLISHED:
                add_photo(profile, picture, CAPTION, now=at, by=actor(profile))


def _invite_colleagues(profile: HostProfile, at: datetime) -> None:
    """Invite two invented colleagues, of whom one accepts."""
    if profile.language != "en":
        return
    for place, (name, position, roles) in enumerate(COLLEAGUES):
        email = f"{name.lower().replace(' ', '.')}.{profile.id}@example.org"
        wish = Invitation(Contact(name, position, email), roles, profile.language)
        contact = invite(profile, wish, now=at, by=actor(profile))
        if place == 0:
            accept_invitation(contact, now=at)


def _told(profile: HostProfile) -> Particulars:
    city = profile.city
    if city is None:
        return Particulars()
    topics, languages = TOLD.get(city.slug, ((), ()))
    return Particulars(
        name=city.name, region=city.region, latitude=city.latitude, longitude=city.longitude, zone=city.zone,
        population=city.population, population_source=city.population_source, government=_government(city.government.en),
        topics=topics, languages=languages or (("zh",) if city.country == "CN" else ("en",)), why=city.summary,
        mayor=Text("Alex Sample", "") if city.country == "US" else Text("", "样例市长"), mayor_title=MAYOR,
        published=city.slug in PUBLISHED,
    )  # fmt: skip


def _government(words: str) -> str | None:
    return next((form for beginning, form in GOVERNMENTS.items() if words.startswith(beginning)), None)

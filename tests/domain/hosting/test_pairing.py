"""Which cities are invited to pair, with whom, and what the office made of it."""

from datetime import date, datetime

import pytest

from tests.cast import the_city
from tests.hosting_cast import a_request, a_tour
from tests.hosts import MEMBER, a_host
from tourreg.db import db, writing
from tourreg.domain.audit.queries import moves_of
from tourreg.domain.cities.models import City
from tourreg.domain.hosting import pairing
from tourreg.domain.hosting.history import hosted
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.pairing import AnsweredMeanwhile
from tourreg.domain.hosting.pairing_models import Pairing
from tourreg.domain.hosting.particulars import particulars_of, write_particulars
from tourreg.kernel.bilingual import Text

pytestmark = pytest.mark.usefixtures("app")
AFTER = date(2027, 6, 1)


def a_chinese_host(now: datetime, city: str = "yangzhou", *, topics: tuple[str, ...] = ("water",)) -> HostProfile:
    """Return a host in China, accepted, which tells what it is good at."""
    place = the_city(city)
    profile = a_host(
        "accepted", now=now, city_name=place.name.zh, region=place.region.zh, country="CN", email=f"{city}@example.org"
    )
    with writing():
        db.session.merge(profile).city = the_city(city)
    tell(profile, now, topics=topics)
    return profile


def tell(profile: HostProfile, now: datetime, **told: object) -> None:
    with writing():
        kept = db.session.merge(profile)
        before = particulars_of(kept)
        values = {**vars(before), **told}
        write_particulars(kept, type(before)(**values), now=now, by=MEMBER)


def answered(city: City, state: str, *, now: datetime, seen: str = "open", note: str = "", **more: City) -> Pairing:
    with writing():
        return pairing.answer(
            db.session.merge(city), state, note=note, partner=more.get("partner"), seen=seen, now=now, by=MEMBER
        )


@pytest.mark.parametrize(("programmes", "suggested"), [(1, False), (2, True)])
def test_a_city_is_suggested_from_its_second_programme_on(now: datetime, programmes: int, suggested: bool) -> None:
    for number in range(programmes):
        a_tour(f"t{number}-2027")

    assert pairing.is_suggested(hosted(the_city("davenport"), today=AFTER)) is suggested


def test_partners_are_hosts_of_the_other_country_with_topics_in_common(now: datetime) -> None:
    a_request(now=now)
    a_chinese_host(now)

    [partner] = pairing.partners_for(the_city("davenport"))

    assert (partner.city.slug, [topic.slug for topic in partner.topics]) == ("yangzhou", ["water"])
    assert partner.difference is not None
    assert partner.difference > 1


def test_a_city_that_is_a_sister_already_is_not_proposed(now: datetime) -> None:
    a_chinese_host(now)
    tell(a_host("accepted", now=now), now, sisters=Text("Yangzhou, China, since 2011"))

    assert pairing.partners_for(the_city("davenport")) == []


@pytest.mark.both
def test_a_dismissal_keeps_its_note_in_the_history(now: datetime) -> None:
    city = the_city("davenport")
    with writing():
        db.session.add(city)

    answered(city, "dismissed", now=now, note="Its council does not pair.")

    known = pairing.pairing_of(city)
    assert known is not None
    assert (known.state, known.note) == ("dismissed", "Its council does not pair.")
    assert [(move.after, move.why) for move in moves_of(known.public_id)] == [
        ("dismissed", "Its council does not pair.")
    ]


@pytest.mark.both
def test_an_invitation_names_the_partner_and_twice_is_once(now: datetime) -> None:
    a_chinese_host(now)
    city, partner = the_city("davenport"), the_city("yangzhou")
    with writing():
        db.session.add(city)

    for _ in range(2):
        made = answered(city, "invited", now=now, partner=partner)

    assert made.partner_id == partner.id
    assert len(moves_of(made.public_id)) == 1


def test_whoever_answers_what_was_answered_meanwhile_is_told(now: datetime) -> None:
    city = the_city("davenport")
    with writing():
        db.session.add(city)
    answered(city, "dismissed", now=now, note="No.")

    with pytest.raises(AnsweredMeanwhile) as refusal:
        answered(city, "invited", now=now)

    assert refusal.value.state == "dismissed"


def test_a_dismissed_question_can_be_opened_again(now: datetime) -> None:
    city = the_city("davenport")
    with writing():
        db.session.add(city)
    answered(city, "dismissed", now=now, note="No.")

    assert answered(city, "open", now=now, seen="dismissed").state == "open"

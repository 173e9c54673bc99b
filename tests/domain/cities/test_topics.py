"""The office keeps one list of topics, in both languages."""

import pytest
from flask import Flask
from sqlalchemy import delete, select

from tests.conftest import NOW
from tourreg.db import db, writing
from tourreg.domain.audit.models import Change
from tourreg.domain.cities.models import Topic
from tourreg.domain.cities.topics import (
    TopicIsIncomplete,
    TopicIsThere,
    add_topic,
    all_topics,
    by_slugs,
    rename_topic,
    retire_topic,
    take_back_topic,
)
from tourreg.kernel.bilingual import Text

pytestmark = pytest.mark.usefixtures("app")
BY = "staff:ren-hui"
WATER = Text("Water and wastewater", "供水与污水处理")


@pytest.fixture(autouse=True)
def no_topics(app: Flask) -> None:
    """Begin with none of the topics that come with the tables."""
    with writing() as session:
        session.execute(delete(Topic))


def added(name: Text) -> Topic:
    with writing():
        return add_topic(name, now=NOW, by=BY)


def test_a_topic_has_an_address_of_its_english_name_that_stays() -> None:
    topic = added(WATER)

    with writing():
        rename_topic(topic, Text("Water", "水务"), now=NOW, by=BY)

    assert (topic.slug, topic.name.zh, topic.active) == ("water-and-wastewater", "水务", True)
    said = db.session.scalars(select(Change).order_by(Change.id)).all()
    assert [change.after.get("name", {}).get("en") for change in said] == ["Water and wastewater", "Water"]


@pytest.mark.parametrize(
    ("name", "fields"),
    [(Text("", "水"), ["name_en"]), (Text("Water"), ["name_zh"]), (Text("!?", "水"), ["name_en"])],
)
def test_a_topic_needs_a_name_in_both_languages(name: Text, fields: list[str]) -> None:
    with pytest.raises(TopicIsIncomplete) as refusal, writing():
        add_topic(name, now=NOW, by=BY)

    assert refusal.value.fields == fields


@pytest.mark.both
@pytest.mark.parametrize("name", [Text("WATER and  Wastewater", "别的"), Text("Rivers", "供水与污水处理")])
def test_two_topics_have_no_name_in_common(name: Text) -> None:
    added(WATER)

    with pytest.raises(TopicIsThere), writing():
        add_topic(name, now=NOW, by=BY)


def test_two_names_that_are_only_read_alike_may_stand_beside_each_other() -> None:
    added(Text("Energy", "能源"))

    assert added(Text("Sources", "能元")).slug == "sources"


def test_a_topic_may_take_its_own_name_again() -> None:
    topic = added(WATER)

    with writing():
        rename_topic(topic, Text("Water and Wastewater", "供水与污水处理"), now=NOW, by=BY)

    assert topic.name.en == "Water and Wastewater"


def test_a_retired_topic_is_chosen_no_more_and_kept_by_whoever_has_it() -> None:
    water, energy = added(WATER), added(Text("Energy", "能源"))
    with writing():
        retire_topic(water, now=NOW, by=BY)

    assert [topic.slug for topic in all_topics()] == ["energy"]
    assert list(all_topics(keep=[water.id])) == [energy, water]
    assert by_slugs(["water-and-wastewater", "nonsense"]) == [water]
    with pytest.raises(TopicIsThere) as refusal, writing():
        add_topic(WATER, now=NOW, by=BY)
    assert refusal.value.active is False

    with writing():
        take_back_topic(water, now=NOW, by=BY)
    assert list(all_topics()) == [energy, water]

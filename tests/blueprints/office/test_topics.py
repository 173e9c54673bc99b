"""Administrators keep the list of topics; everyone of the office reads it."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from tests.forms import faults_of, send
from tests.staff import sign_in
from tourreg.db import db, writing
from tourreg.domain.cities.models import Topic

pytestmark = pytest.mark.usefixtures("clock_shows", "without_tokens")
INDEX, NEW = "/office/topics", "/office/topics/new"
ENERGY = {"name_en": "Energy", "name_zh": "能源"}


@pytest.fixture(autouse=True)
def no_topics(app: Flask) -> None:
    """Begin with none of the topics that come with the tables."""
    with writing() as session:
        session.execute(delete(Topic))


@pytest.fixture
def administrator(client: FlaskClient) -> FlaskClient:
    sign_in(client, "administrator")
    return client


def topics() -> list[tuple[str, str, bool]]:
    db.session.rollback()
    rows = db.session.scalars(select(Topic).order_by(Topic.id))
    return [(topic.slug, topic.name.zh, topic.active) for topic in rows]


def test_a_topic_is_added_renamed_retired_and_taken_back(administrator: FlaskClient) -> None:
    assert send(administrator, NEW, "topic", **ENERGY).location == INDEX
    assert topics() == [("energy", "能源", True)]

    send(administrator, f"{INDEX}/energy", "topic", name_en="Energy and heat", name_zh="能源与供热")
    assert topics() == [("energy", "能源与供热", True)]

    administrator.post(f"{INDEX}/energy/standing", data={"do": "retire"})
    assert topics() == [("energy", "能源与供热", False)]
    assert "Take back" in administrator.get(INDEX).text

    administrator.post(f"{INDEX}/energy/standing", data={"do": "take-back"})
    assert topics() == [("energy", "能源与供热", True)]


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({"name_en": "", "name_zh": ""}, ["name_en", "name_zh"]),
        ({"name_en": "x" * 81, "name_zh": "水"}, ["name_en"]),
        ({"name_en": "水", "name_zh": "\N{BUG}"}, ["name_zh"]),
        ({"name_en": "…", "name_zh": "水"}, ["name_en"]),
        ({"name_en": "energy", "name_zh": "别的"}, [""]),
    ],
)
def test_what_cannot_be_a_topic_is_said(administrator: FlaskClient, typed: dict[str, str], fields: list[str]) -> None:
    send(administrator, NEW, "topic", **ENERGY)

    answer = send(administrator, NEW, "topic", **typed)

    assert (answer.status_code, list(faults_of(answer))) == (422, fields)
    assert len(topics()) == 1


def test_a_name_that_is_retired_leads_to_taking_it_back(administrator: FlaskClient) -> None:
    send(administrator, NEW, "topic", **ENERGY)
    administrator.post(f"{INDEX}/energy/standing", data={"do": "retire"})

    assert "Take that one back" in send(administrator, NEW, "topic", **ENERGY).text


def test_a_topic_that_is_not_there_has_no_page(administrator: FlaskClient) -> None:
    assert administrator.get(f"{INDEX}/nonsense").status_code == 404
    assert administrator.post(f"{INDEX}/nonsense/standing").status_code == 404


def test_who_keeps_programmes_reads_the_list_and_changes_nothing(client: FlaskClient) -> None:
    sign_in(client, "programme")

    assert "New topic" not in client.get(INDEX).text
    assert client.get(NEW).status_code == 403
    assert client.post(NEW, data=ENERGY).status_code == 403
    assert topics() == []

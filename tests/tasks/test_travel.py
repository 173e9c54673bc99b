"""What people told of journeys is forgotten when it is no longer needed."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.travel_cast import people_on_tour, told
from tourreg.db import db
from tourreg.domain.outbox.models import Task
from tourreg.domain.travel import telling
from tourreg.domain.travel.models import Traveller
from tourreg.tasks import registry


def the_task() -> Task:
    return db.session.scalars(select(Task).where(Task.kind == telling.FORGET)).one()


@pytest.mark.both
def test_a_month_after_an_event_what_was_told_is_gone(app: Flask, now: datetime) -> None:
    registration = people_on_tour(now=now)
    for person in registration.participants:
        told(person, now, diet="Vegetarian")
    task = the_task()
    assert task.run_at == telling.over_at(registration.event)
    arguments = dict(task.arguments)

    with pytest.raises(registry.NotYet):
        registry.do(telling.FORGET, arguments, now=task.run_at - timedelta(days=1))
    assert db.session.query(Traveller).count() == 2

    registry.do(telling.FORGET, arguments, now=task.run_at + timedelta(days=1))

    assert db.session.query(Traveller).count() == 0

"""Many people at one moment: real threads, each with its own connection, let go together."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any, TypeVar

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import DBAPIError
from werkzeug.test import TestResponse

from tests.forms import Fields
from tourreg.db import db, is_conflict

Answer = TypeVar("Answer")
LONGEST_WAIT = 60
TRIES = 5


def all_at_once(app: Flask, doings: Iterable[Callable[[], Answer]]) -> list[Answer]:
    """Return what each doing answered, in their order; one that fails fails the test."""
    waiting = list(doings)
    gate = Barrier(len(waiting))

    def do(doing: Callable[[], Answer]) -> Answer:
        gate.wait(LONGEST_WAIT)
        with app.app_context():
            return doing()

    with ThreadPoolExecutor(len(waiting)) as people:
        return list(people.map(do, waiting))


def sent_at_once(app: Flask, signed_in: FlaskClient, address: str, forms: Iterable[Fields]) -> list[TestResponse]:
    """Return the answers to forms that are sent together, each by a browser of its own with the same session."""
    cookie = signed_in.get_cookie("session")
    assert cookie is not None
    db.session.rollback()

    def send(form: Fields) -> TestResponse:
        browser = app.test_client()
        browser.set_cookie("session", cookie.value)
        return browser.post(address, data=form)

    return all_at_once(app, [partial(send, form) for form in forms])


def outcome_of(doing: Callable[[], Any]) -> Callable[[], Any]:
    """Return the doing as a view does it: again when it lost a race for a lock; what it raises is its answer."""

    def tried() -> Any:
        for left in reversed(range(TRIES)):
            try:
                return doing()
            except DBAPIError as error:
                if not left or not is_conflict(error):
                    return error
                db.session.rollback()
            except Exception as error:
                return error
        return None

    return tried

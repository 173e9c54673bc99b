"""How the stand-in keeps its word for an idempotency key."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.adapters.stripe_forms import SESSIONS, session_form
from tests.adapters.stripe_stand_in_process import StandIn

pytestmark = pytest.mark.local_servers


def test_the_same_key_and_parameters_get_the_same_answer(stand_in: StandIn) -> None:
    first = stand_in.api("POST", SESSIONS, session_form(), key="k")
    second = stand_in.api("POST", SESSIONS, session_form(), key="k")

    assert first.json == second.json
    assert "idempotent-replayed" not in first.headers
    assert second.headers["idempotent-replayed"] == "true"
    assert second.headers["original-request"] == first.headers["request-id"]


def test_the_same_key_eight_times_at_once_opens_one_session(stand_in: StandIn) -> None:
    with ThreadPoolExecutor(8) as people:
        answers = list(
            people.map(lambda _: stand_in.api("POST", SESSIONS, session_form(), key="k").json["id"], range(8))
        )

    assert len(set(answers)) == 1
    assert len(stand_in.look("state")["checkout.session"]) == 1


def test_the_answer_stays_what_it_was_when_the_session_has_moved_on(stand_in: StandIn) -> None:
    first = stand_in.api("POST", SESSIONS, session_form(), key="k").json
    stand_in.press(first["url"], "pay")

    assert stand_in.api("POST", SESSIONS, session_form(), key="k").json["status"] == "open"


@pytest.mark.parametrize("chosen", [{"line_items[0][quantity]": "2"}, {"locale": "zh"}])
def test_the_same_key_with_other_parameters_is_an_error(stand_in: StandIn, chosen: dict[str, Any]) -> None:
    stand_in.api("POST", SESSIONS, session_form(), key="k")

    answer = stand_in.api("POST", SESSIONS, session_form(**chosen), key="k")

    assert (answer.status, answer.json["error"]["type"]) == (400, "idempotency_error")
    assert len(stand_in.look("state")["checkout.session"]) == 1


def test_the_same_key_at_another_endpoint_is_an_error(stand_in: StandIn) -> None:
    session = stand_in.api("POST", SESSIONS, session_form(), key="k").json

    answer = stand_in.api("POST", f"{SESSIONS}/{session['id']}/expire", {}, key="k")

    assert answer.json["error"]["type"] == "idempotency_error"


def test_a_key_is_forgotten_after_a_day(stand_in: StandIn) -> None:
    first = stand_in.api("POST", SESSIONS, session_form(), key="k").json
    stand_in.advance(24 * 3600 - 60)
    assert stand_in.api("POST", SESSIONS, session_form(), key="k").json["id"] == first["id"]

    stand_in.advance(120)

    assert stand_in.api("POST", SESSIONS, session_form(), key="k").json["id"] != first["id"]


def test_wrong_parameters_leave_the_key_free(stand_in: StandIn) -> None:
    stand_in.api("POST", SESSIONS, session_form(mode=None), key="k")

    assert stand_in.api("POST", SESSIONS, session_form(), key="k").status == 200


def test_a_refusal_that_came_from_the_work_is_remembered(stand_in: StandIn) -> None:
    session = stand_in.api("POST", SESSIONS, session_form()).json
    stand_in.press(session["url"], "pay_later")
    (intent,) = stand_in.api("GET", "/v1/payment_intents").json["data"]
    assert stand_in.api("POST", "/v1/refunds", {"payment_intent": intent["id"]}, key="k").status == 400
    stand_in.advance(60)

    assert stand_in.api("POST", "/v1/refunds", {"payment_intent": intent["id"]}, key="k").status == 400
    assert stand_in.api("POST", "/v1/refunds", {"payment_intent": intent["id"]}, key="other").status == 200

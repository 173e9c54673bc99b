"""How the stand-in's events reach a site: in order, late, twice, not at all, and again."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.adapters.stripe_forms import SESSIONS, session_form
from tests.adapters.stripe_stand_in_process import StandIn, running_stand_in
from tests.adapters.webhook_receiver import Receiver, running_receiver
from tourreg.adapters.payments import CheckoutSession

pytestmark = pytest.mark.local_servers

OpenCheckout = Callable[..., CheckoutSession]

PAID = ["payment_intent.created", "charge.succeeded", "payment_intent.succeeded", "checkout.session.completed"]


def pay(stand_in: StandIn, open_checkout: OpenCheckout) -> CheckoutSession:
    session = open_checkout()
    stand_in.press(session.url or "", "pay")
    return session


def test_a_payment_is_told_in_order(stand_in: StandIn, open_checkout: OpenCheckout, receiver: Receiver) -> None:
    session = pay(stand_in, open_checkout)

    stand_in.deliver()

    assert receiver.types() == PAID
    told = receiver.received[-1].event
    assert (told["data"]["object"]["id"], told["data"]["object"]["payment_status"]) == (session.id, "paid")


def test_events_come_by_themselves(stand_in: StandIn, open_checkout: OpenCheckout, receiver: Receiver) -> None:
    stand_in.control("settings", paused=False)

    pay(stand_in, open_checkout)

    receiver.wait_for(1, "checkout.session.completed")
    assert receiver.types() == PAID


def test_a_declined_card_is_told(stand_in: StandIn, open_checkout: OpenCheckout, receiver: Receiver) -> None:
    stand_in.press(open_checkout().url or "", "fail")

    stand_in.deliver()

    assert receiver.types() == ["payment_intent.created", "charge.failed", "payment_intent.payment_failed"]


@pytest.mark.parametrize(("ending", "told"), [("succeeds", "succeeded"), ("fails", "failed")])
def test_a_slow_payment_is_told_twice(
    stand_in: StandIn, open_checkout: OpenCheckout, receiver: Receiver, ending: str, told: str
) -> None:
    stand_in.fault("asynchronous_payment", ending)
    stand_in.press(open_checkout().url or "", "pay_later")
    stand_in.deliver()
    (completed,) = receiver.wait_for(1, "checkout.session.completed")
    assert completed.event["data"]["object"]["payment_status"] == "unpaid"

    stand_in.advance(60)
    stand_in.deliver()

    assert receiver.types()[-1] == f"checkout.session.async_payment_{told}"


def test_a_refund_is_told_with_what_changed(stand_in: StandIn, open_checkout: OpenCheckout, receiver: Receiver) -> None:
    pay(stand_in, open_checkout)
    (charge,) = stand_in.look("state")["charge"]
    stand_in.fault("refund", "pending_then_fails")
    stand_in.api("POST", "/v1/refunds", {"charge": charge["id"], "amount": "100"}, key="k")
    stand_in.advance(60)

    stand_in.deliver()

    refunded, created, updated, _, failed = (received.event for received in receiver.received[len(PAID) :])
    assert (refunded["type"], refunded["data"]["previous_attributes"]["amount_refunded"]) == ("charge.refunded", 0)
    assert (created["type"], created["request"]["idempotency_key"]) == ("refund.created", "k")
    assert (updated["type"], updated["data"]["previous_attributes"]) == ("refund.updated", {"status": "pending"})
    assert (failed["type"], failed["data"]["object"]["status"]) == ("refund.failed", "failed")


def test_paying_twice_at_once_is_told_once(stand_in: StandIn, open_checkout: OpenCheckout, receiver: Receiver) -> None:
    url = open_checkout().url or ""

    with ThreadPoolExecutor(8) as people:
        answers = list(people.map(lambda _: stand_in.press(url, "pay"), range(8)))

    assert {answer.status for answer in answers} == {303}
    stand_in.deliver()
    assert receiver.types() == PAID


def test_a_site_that_fails_gets_the_event_again(
    stand_in: StandIn, open_checkout: OpenCheckout, receiver: Receiver
) -> None:
    receiver.answers = [200, 200, 200, 503, 302]
    stand_in.control("settings", paused=False, retry_seconds=0.05)

    pay(stand_in, open_checkout)

    tries = receiver.wait_for(3, "checkout.session.completed")
    assert len({received.body for received in tries}) == 1
    assert all(received.signature for received in tries)


def test_the_pause_between_tries_doubles(stand_in: StandIn, open_checkout: OpenCheckout, receiver: Receiver) -> None:
    receiver.answers = [500] * 12
    stand_in.control("settings", retry_seconds=1000)
    stand_in.press(open_checkout().url or "", "pay")

    def pauses() -> list[float]:
        before = stand_in.look("clock")["now"]
        stand_in.deliver()
        return [round((one["due_at"] - before) / 1000) for one in stand_in.look("state")["deliveries"]]

    assert pauses() == [1, 1, 1, 1]
    assert pauses() == [2, 2, 2, 2]


def test_a_site_that_is_gone_is_tried_again_when_it_is_back(stand_in: StandIn, open_checkout: OpenCheckout) -> None:
    stand_in.control("settings", webhook_url="http://127.0.0.1:9/hooks", paused=True)
    pay(stand_in, open_checkout)
    assert {one["answer"] for one in stand_in.deliver()} == {"ConnectionRefusedError"}

    with running_receiver() as receiver:
        stand_in.control("settings", webhook_url=receiver.url)
        stand_in.deliver()

    assert receiver.types() == PAID


@pytest.mark.parametrize(
    "url", ["", "nowhere", "ftp://site.example/", "http://", "http://site.example:99999/", "http://城/"]
)
def test_an_address_that_is_none_is_refused(stand_in: StandIn, url: str) -> None:
    with pytest.raises(AssertionError, match="Bad Request"):
        stand_in.control("settings", webhook_url=url)


def test_an_event_can_be_sent_any_number_of_times(
    stand_in: StandIn, open_checkout: OpenCheckout, receiver: Receiver
) -> None:
    pay(stand_in, open_checkout)
    stand_in.deliver()

    stand_in.control("webhooks/resend", event=receiver.received[-1].event["id"], times=4)
    stand_in.deliver()

    assert len(receiver.wait_for(5, "checkout.session.completed")) == 5


def test_a_dropped_event_never_comes_but_can_be_looked_up(
    stand_in: StandIn, open_checkout: OpenCheckout, receiver: Receiver
) -> None:
    stand_in.fault("webhook:checkout.session.completed", "drop")
    pay(stand_in, open_checkout)

    stand_in.deliver()

    assert receiver.types() == PAID[:-1]
    assert len(stand_in.api("GET", "/v1/events?type=checkout.session.completed").json["data"]) == 1


def test_an_event_can_come_more_than_once(stand_in: StandIn, open_checkout: OpenCheckout, receiver: Receiver) -> None:
    stand_in.fault("webhook:charge.succeeded", "duplicate", copies=2)
    pay(stand_in, open_checkout)

    stand_in.deliver()

    assert receiver.types() == [PAID[0], *[PAID[1]] * 3, *PAID[2:]]


def test_events_can_come_in_the_opposite_order(
    stand_in: StandIn, open_checkout: OpenCheckout, receiver: Receiver
) -> None:
    stand_in.fault("webhook", "reorder", times=4)
    stand_in.control("settings", paused=False)

    pay(stand_in, open_checkout)

    receiver.wait_for(4)
    assert receiver.types() == PAID[::-1]


def test_one_event_can_be_later_than_the_others(
    stand_in: StandIn, open_checkout: OpenCheckout, receiver: Receiver
) -> None:
    stand_in.fault("webhook:payment_intent.created", "delay", seconds=1000)
    stand_in.control("settings", paused=False)

    pay(stand_in, open_checkout)

    receiver.wait_for(3)
    stand_in.deliver()
    assert receiver.types() == [*PAID[1:], PAID[0]]


def test_events_go_astray_at_the_rates_that_are_set_and_in_each_run_alike(
    stand_in: StandIn, open_checkout: OpenCheckout, receiver: Receiver
) -> None:
    runs = []
    for _ in range(2):
        stand_in.control("rates", seed=7, drop=0.2, duplicate=0.2, reorder=0.3, seconds=0)
        del receiver.received[:]
        for _ in range(10):
            stand_in.press(open_checkout().url or "", "pay")
        stand_in.deliver()
        runs.append(receiver.types())

    told = {received.event["id"] for received in receiver.received}
    assert runs[0] == runs[1]
    assert len(told) < 40, "some are dropped"
    assert len(receiver.received) > len(told), "some come more than once"
    assert runs[1] != PAID * 10, "some come out of order"


@pytest.mark.parametrize("wrong", [{"drop": 2}, {"drop": -1}, {"seconds": -1}, {"drop": "often"}, {"lose": 0.1}])
def test_rates_that_are_none_are_refused(stand_in: StandIn, wrong: dict[str, object]) -> None:
    with pytest.raises(AssertionError, match="Bad Request"):
        stand_in.control("rates", **wrong)


def test_an_event_of_another_account_can_be_sent(stand_in: StandIn, receiver: Receiver) -> None:
    stand_in.control("events", type="customer.created", account="acct_of_others", livemode=True)

    stand_in.deliver()

    (received,) = receiver.wait_for(1, "customer.created")
    assert (received.event["account"], received.event["livemode"]) == ("acct_of_others", True)


def test_all_events_wait_for_the_delay_of_the_start() -> None:
    with running_receiver() as receiver, running_stand_in(receiver.url, delay_seconds=1000) as stand_in:
        stand_in.press(stand_in.api("POST", SESSIONS, session_form()).json["url"], "pay")

        assert {one["state"] for one in stand_in.look("state")["deliveries"]} == {"waiting"}
        assert receiver.received == []
        stand_in.deliver()

        assert receiver.types() == PAID

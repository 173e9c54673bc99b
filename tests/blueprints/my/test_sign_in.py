"""Signing in by e-mail: by link or code, and the same answer whether the address is known or not."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.hosts import a_host
from tests.visitors import a_person_at, signed_in
from tourreg import worker
from tourreg.db import db
from tourreg.domain.accounts.links import MOST_WRONG_CODES, SIGN_IN_LASTS
from tourreg.domain.accounts.models import OneTimeLink, Person

Show = Callable[[datetime], None]
pytestmark = pytest.mark.usefixtures("without_tokens")
LAN = "lan@example.org"


def test_the_code_signs_in_and_leads_to_the_registrations(client, mailbox, registration) -> None:
    ask(client)

    answer = client.post("/my/sign-in/code", data={"code": code_of(mailbox)}, follow_redirects=True)

    assert answer.request.path == "/my/"
    assert registration.reference in answer.get_data(as_text=True)


def test_the_link_signs_in_with_one_button(client, mailbox, registration) -> None:
    ask(client)
    link = link_of(mailbox)

    shown = client.get(link)
    answer = client.post(link, follow_redirects=True)

    assert "You sign in as lan@example.org" in shown.get_data(as_text=True)
    assert registration.reference in answer.get_data(as_text=True)


def test_a_mail_scanner_that_opens_the_link_spends_nothing(app, client, mailbox, registration) -> None:
    ask(client)
    link = link_of(mailbox)
    for _ in range(3):
        app.test_client().get(link)
        app.test_client().head(link)

    assert client.post(link).location == "/my/"


def test_the_link_works_in_another_browser_than_the_one_that_asked(app, client, mailbox, registration) -> None:
    ask(client)

    assert app.test_client().post(link_of(mailbox)).location == "/my/"


def test_signing_in_leads_on_to_what_was_wanted(client, mailbox, registration) -> None:
    wanted = f"/my/registrations/{registration.public_id}"
    offered = re.search(r'href="(/my/sign-in\?onward=[^"]+)"', client.get(wanted).get_data(as_text=True))
    assert offered is not None
    page = client.get(offered[1]).get_data(as_text=True)
    onward = re.search(r'name="onward" value="([^"]+)"', page)
    assert onward is not None

    ask(client, onward=onward[1])
    answer = client.post("/my/sign-in/code", data={"code": code_of(mailbox)})

    assert answer.location == wanted


@pytest.mark.parametrize(
    "onward",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "/my/..//evil.example", "/office/", "/my/\n"],
)
def test_signing_in_leads_nowhere_else(client, mailbox, registration, onward: str) -> None:
    ask(client, onward=onward)

    assert client.post("/my/sign-in/code", data={"code": code_of(mailbox)}).location == "/my/"


def test_the_answer_tells_nobody_which_address_is_known(app, mailbox, registration) -> None:
    known, unknown = app.test_client(), app.test_client()

    answers = [ask(known, LAN), ask(unknown, "nob@example.org")]
    pages = [without_token(browser.get("/my/sign-in/code")) for browser in (known, unknown)]
    worker.run_due()

    assert {(answer.status_code, answer.location) for answer in answers} == {(303, "/my/sign-in/code")}
    assert pages[0] == pages[1].replace("nob<wbr>@", "lan<wbr>@")
    assert [letter["To"] for letter in mailbox.sent if "code" in letter["Subject"]] == [LAN]


def test_a_host_whose_address_is_confirmed_gets_a_letter_too(client, mailbox, now) -> None:
    a_host("accepted", now=now)

    ask(client, "JOANNE@example.org")
    worker.run_due()

    assert "is your code to sign in" in mailbox.sent[-1]["Subject"]


def test_a_wrong_code_is_refused_and_what_was_typed_stays(client, mailbox, registration) -> None:
    ask(client)
    wrong = another_code(code_of(mailbox))

    answer = client.post("/my/sign-in/code", data={"code": wrong})

    assert answer.status_code == 422
    assert "This is not the code of the newest letter" in answer.get_data(as_text=True)
    assert f'value="{wrong}"' in answer.get_data(as_text=True)


def test_after_five_wrong_codes_the_right_one_does_not_help(client, mailbox, registration) -> None:
    ask(client)
    right = code_of(mailbox)
    for _ in range(MOST_WRONG_CODES):
        client.post("/my/sign-in/code", data={"code": another_code(right)})

    answer = client.post("/my/sign-in/code", data={"code": right})

    assert "Too many wrong codes" in answer.get_data(as_text=True)


def test_a_code_is_good_only_in_the_browser_that_asked(app, client, mailbox, registration) -> None:
    ask(client)
    stranger = app.test_client()
    ask(stranger, "nob@example.org")

    assert stranger.post("/my/sign-in/code", data={"code": code_of(mailbox)}).status_code == 422


def test_a_code_typed_with_wide_digits_and_spaces_is_understood(client, mailbox, registration) -> None:
    ask(client)
    wide = code_of(mailbox).translate({ord("0") + digit: ord("０") + digit for digit in range(10)})

    assert client.post("/my/sign-in/code", data={"code": f" {wide[:3]} {wide[3:]} "}).status_code == 303


def test_a_code_is_good_for_a_quarter_of_an_hour(client, mailbox, registration, clock, now) -> None:
    ask(client)
    code = code_of(mailbox)
    clock(now + SIGN_IN_LASTS)

    answer = client.post("/my/sign-in/code", data={"code": code})

    assert "This code no longer works" in answer.get_data(as_text=True)


def test_an_address_gets_five_letters_an_hour(client, registration) -> None:
    answers = [ask(client).status_code for _ in range(6)]

    assert answers == [303] * 5 + [429]
    assert ask(client, "another@example.org").status_code == 303


@pytest.mark.parametrize("typed", ["", "lan", "lan@", "lan@example.org\r\nBcc: x@example.org", "\u202elan", "a" * 300])
def test_what_is_no_address_is_said_so(client, typed: str) -> None:
    answer = client.post("/my/sign-in", data={"email": typed})

    assert answer.status_code in (303, 422)
    if answer.status_code == 303:  # tidied into one line, an address may be left
        assert "@" in typed
    else:
        assert "<title>Error:" in answer.get_data(as_text=True)


def test_signing_in_confirms_the_address_once(client, mailbox, registration, now) -> None:
    for _ in range(2):
        ask(client)
        client.post("/my/sign-in/code", data={"code": code_of(mailbox)})

    people = db.session.scalars(select(Person)).all()
    assert [(person.email, person.confirmed_at) for person in people] == [(LAN, now)]


def test_signing_out_forgets_this_browser(client, registration, now) -> None:
    signed_in(client, a_person_at(LAN, now), at=now)

    client.post("/my/sign-out")

    assert client.get("/my/").status_code == 303
    assert client.get(f"/my/registrations/{registration.public_id}").status_code == 404


def test_signing_out_everywhere_ends_other_browsers_too(app, client, registration, now) -> None:
    person, other = a_person_at(LAN, now), app.test_client()
    for browser in (client, other):
        signed_in(browser, person, at=now)

    client.post("/my/sign-out-everywhere")

    assert other.get("/my/").status_code == 303


def test_a_stale_code_page_leads_back_to_the_beginning(client) -> None:
    assert client.get("/my/sign-in/code").location == "/my/sign-in"
    assert client.post("/my/sign-in/code", data={"code": "123456"}).location == "/my/sign-in"


def test_what_was_asked_for_long_ago_is_not_kept_in_the_clear(client, registration) -> None:
    ask(client)

    link = db.session.scalars(select(OneTimeLink)).one()

    assert (link.purpose, link.subject, link.expires_at - link.created_at) == ("sign_in", LAN, timedelta(minutes=15))


def test_somebody_without_registrations_is_told_what_to_do(client, now) -> None:
    signed_in(client, a_person_at("nob@example.org", now), at=now)

    page = client.get("/my/").get_data(as_text=True)

    assert "Nothing is registered with this address" in page
    assert 'href="/en/events"' in page


def ask(client: FlaskClient, email: str = LAN, **more: str):
    return client.post("/my/sign-in", data={"email": email, **more})


def without_token(answer) -> str:
    return re.sub(r'name="csrf_token" value="[^"]+"', "", answer.get_data(as_text=True))


def code_of(mailbox) -> str:
    """Let the worker send the letter, and return its code."""
    worker.run_due()
    found = re.match(r"(\d{6}) is your code", mailbox.sent[-1]["Subject"])
    assert found is not None
    return found[1]


def link_of(mailbox) -> str:
    worker.run_due()
    found = re.search(r"http://127\.0\.0\.1:8000(/my/link/\S+)", mailbox.sent[-1].get_body(("plain",)).get_content())
    assert found is not None
    return found[1]


def another_code(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"

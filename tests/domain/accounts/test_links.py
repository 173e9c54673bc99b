"""Links open what they were made for, as often and as long as they may; what is kept of them opens nothing."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import select

from tourreg.db import db, writing
from tourreg.domain.accounts import links
from tourreg.domain.accounts.links import LinkExpired, LinkRevoked, LinkUnknown, LinkUsed, NoMoreCodes
from tourreg.domain.accounts.models import OneTimeLink
from tourreg.domain.audit.models import Change

SECRET = "only for tests " * 4
LAN = "lan@example.org"
REGISTRATION = "a registration"


def test_reading_a_link_does_not_spend_it(app, now) -> None:
    token = a_token(now)

    for _ in range(5):
        links.open_link(token, now=now)

    assert spent(token, now).subject == LAN


def test_a_sign_in_link_is_good_once(app, now) -> None:
    token = a_token(now)
    spent(token, now)

    with pytest.raises(LinkUsed):
        spent(token, now)


def test_an_access_link_is_good_as_often_as_one_likes(app, now) -> None:
    token = a_token(now, purpose="registration", subject=REGISTRATION)

    assert [spent(token, now).subject for _ in range(3)] == [REGISTRATION] * 3


@pytest.mark.parametrize(("after", "good"), [(timedelta(minutes=14, seconds=59), True), (timedelta(minutes=15), False)])
def test_a_sign_in_link_is_good_for_a_quarter_of_an_hour(app, now, after: timedelta, good: bool) -> None:
    token = a_token(now)

    if good:
        links.open_link(token, now=now + after)
    else:
        with pytest.raises(LinkExpired):
            links.open_link(token, now=now + after)


def test_a_revoked_link_opens_nothing_more(app, now) -> None:
    token = a_token(now, purpose="registration", subject=REGISTRATION)
    with writing():
        count = links.revoke_links(REGISTRATION, now=now, by="staff:x")

    with pytest.raises(LinkRevoked):
        spent(token, now)
    assert count == 1
    assert db.session.scalars(select(Change)).one().by == "staff:x"


@pytest.mark.parametrize("mangled", ["", "x", "\u202e", "\ud800", "a" * 10_000, "{token}x", "{short}"])
def test_a_mangled_link_is_unknown(app, now, mangled: str) -> None:
    token = a_token(now)

    with pytest.raises(LinkUnknown):
        links.open_link(mangled.format(token=token, short=token[:-1]), now=now)


@pytest.mark.both
def test_of_two_who_use_a_link_at_once_one_is_refused(app: Flask, now: datetime) -> None:
    token = a_token(now)
    together = Barrier(2)
    outcomes: list[str] = []

    def use() -> None:
        with app.app_context():
            together.wait()
            try:
                spent(token, now)
                outcomes.append("used")
            except LinkUsed:
                outcomes.append("refused")

    at_once(use, use)

    assert sorted(outcomes) == ["refused", "used"]


def test_the_code_does_the_same_as_the_link(app, now) -> None:
    link = a_link(now)

    assert code_tried(link, links.code_of(link, SECRET), now) is True
    with pytest.raises(LinkUsed):
        links.open_link(links.token_of(link, SECRET), now=now)


def test_five_wrong_codes_are_the_last_but_the_link_stays_good(app, now) -> None:
    link = a_link(now)
    wrong = [code_tried(link, a_wrong_code(link), now) for _ in range(links.MOST_WRONG_CODES)]

    with pytest.raises(NoMoreCodes):
        code_tried(link, links.code_of(link, SECRET), now)
    assert wrong == [False] * 5
    assert spent(links.token_of(link, SECRET), now).subject == LAN


def test_a_code_for_no_link_is_unknown(app, now) -> None:
    with pytest.raises(LinkUnknown), writing():
        links.spend_code("no such link", "123456", now=now, secret=SECRET)


def test_what_the_database_keeps_opens_nothing(app, now) -> None:
    link = a_link(now)
    token, code = links.token_of(link, SECRET), links.code_of(link, SECRET)

    kept = [str(getattr(link, column.key)) for column in OneTimeLink.__table__.columns]

    assert not [value for value in kept if token in value or code == value]


def test_a_letter_made_again_carries_the_same_link(app, now) -> None:
    link = a_link(now)

    assert (links.token_of(link, SECRET), links.code_of(link, SECRET)) == (
        links.token_of(link, SECRET),
        links.code_of(link, SECRET),
    )


def test_every_letter_about_a_registration_carries_one_link(app, now) -> None:
    first = a_standing_link(now, until=now + timedelta(days=90))
    second = a_standing_link(now + timedelta(days=1), until=now + timedelta(days=100))

    assert first.id == second.id
    assert second.expires_at == now + timedelta(days=100)


@pytest.mark.parametrize("ended", ["revoked", "expired", "under an older secret"])
def test_a_link_that_no_longer_stands_is_followed_by_a_new_one(app, now, ended: str) -> None:
    first = a_standing_link(now, until=now + timedelta(days=1), secret="old" if ended.startswith("under") else SECRET)
    if ended == "revoked":
        with writing():
            links.revoke_links(REGISTRATION, now=now, by="staff:x")

    later = now + timedelta(days=2 if ended == "expired" else 0, seconds=1)
    second = a_standing_link(later, until=later + timedelta(days=1))

    assert first.id != second.id
    assert spent(links.token_of(second, SECRET), later).id == second.id


def a_link(now: datetime, *, purpose: str = "sign_in", subject: str = LAN) -> OneTimeLink:
    with writing():
        return links.make_link(purpose, subject, expires_at=now + links.SIGN_IN_LASTS, now=now, secret=SECRET)


def a_token(now: datetime, *, purpose: str = "sign_in", subject: str = LAN) -> str:
    return links.token_of(a_link(now, purpose=purpose, subject=subject), SECRET)


def a_standing_link(now: datetime, *, until: datetime, secret: str = SECRET) -> OneTimeLink:
    with writing():
        return links.standing_link("registration", REGISTRATION, expires_at=until, now=now, secret=secret)


def spent(token: str, now: datetime) -> OneTimeLink:
    with writing():
        return links.spend_link(token, now=now)


def code_tried(link: OneTimeLink, code: str, now: datetime) -> bool:
    with writing():
        return links.spend_code(link.public_id, code, now=now, secret=SECRET) is not None


def a_wrong_code(link: OneTimeLink) -> str:
    return f"{(int(links.code_of(link, SECRET)) + 1) % 10**6:06}"


def at_once(*works: Callable[[], None]) -> None:
    threads = [Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

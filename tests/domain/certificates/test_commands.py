"""Giving a city its certificate, taking it back, and correcting one."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.cast import the_city
from tests.certificate_cast import CORRECTED, FORM, WORDING, a_hosted_tour, found, issued, replaced, revoked, visit_of
from tests.hosts import MEMBER, a_host
from tests.races import all_at_once
from tourreg.db import db, writing
from tourreg.domain.audit.queries import moves_of
from tourreg.domain.catalogue import desk
from tourreg.domain.certificates import commands, queries
from tourreg.domain.certificates.models import Certificate
from tourreg.domain.certificates.rules import NoLongerStands, NothingNew
from tourreg.domain.hosting.contacts import Invitation, accept_invitation, end_contact, invite
from tourreg.domain.hosting.history import hosts_of
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.rules import Contact as ContactOfCity
from tourreg.domain.outbox.models import Letter
from tourreg.domain.papers import standing
from tourreg.domain.papers.models import Paper

pytestmark = pytest.mark.usefixtures("app")


def letters() -> list[str]:
    return list(
        db.session.scalars(select(Letter.template).where(Letter.template.like("certificate_%")).order_by(Letter.id))
    )


def status_of(certificate: Certificate) -> str:
    verified = standing.verified(certificate.paper.verify_code or "")
    assert verified is not None
    return verified.status


@pytest.mark.both
def test_a_city_is_given_a_certificate_with_a_number_and_a_letter(now: datetime) -> None:
    certificate = issued(a_hosted_tour(now), now=now)

    assert certificate.paper.number.endswith("-CER-2027-00001")
    assert (certificate.state, certificate.holder.zh, status_of(certificate)) == ("issued", "达文波特市", "valid")
    assert letters() == ["certificate_issued"]


def test_every_confirmed_contact_gets_it_once_in_their_own_language(now: datetime) -> None:
    event = a_hosted_tour(now)
    shares_page_of(now, "clerk@example.org", "zh", "press")
    shares_page_of(now, "ended@example.org", "en", ends=True)
    shares_page_of(now, "invited@example.org", "en", accepts=False)

    issued(event, now=now, key="the-same-form")
    issued(event, now=now, key="the-same-form")
    issued(event, now=now)

    sent = db.session.scalars(select(Letter).where(Letter.template == "certificate_issued").order_by(Letter.id)).all()
    assert [(one.to_address, one.language) for one in sent] == [
        ("joanne@example.org", "en"),
        ("clerk@example.org", "zh"),
    ]
    assert [one.facts["contact"] for one in sent] == ["Joanne Miller", "Ruth Clerk"]
    assert sent[1].facts["city"] == the_city("davenport").name.zh


def test_whoever_signed_the_city_up_and_shares_another_page_of_it_gets_one_letter(now: datetime) -> None:
    event = a_hosted_tour(now)
    shares_page_of(now, "clerk@example.org", "en")
    a_host("accepted", now=now, email="Clerk@example.org")

    issued(event, now=now)

    sent = db.session.scalars(select(Letter.to_address).where(Letter.template == "certificate_issued")).all()
    assert sorted(one.lower() for one in sent) == ["clerk@example.org", "joanne@example.org"]


def shares_page_of(
    now: datetime, email: str, language: str, *roles: str, accepts: bool = True, ends: bool = False
) -> None:
    """Invite somebody to share Davenport's page."""
    with writing():
        profile = db.session.scalars(select(HostProfile)).one()
        wish = Invitation(ContactOfCity("Ruth Clerk", "City Clerk", email), roles, language)
        contact = invite(profile, wish, now=now, by=MEMBER)
        if accepts or ends:
            accept_invitation(contact, now=now)
        if ends:
            end_contact(contact, now=now, by=MEMBER)


def test_the_sheet_freezes_what_is_printed(now: datetime) -> None:
    sheet = issued(a_hosted_tour(now), now=now).paper.sheet

    assert (sheet["holder"]["en"], sheet["people"]) == ("The City of Davenport", 18)
    assert (sheet["first_on"], sheet["last_on"]) == ("2027-05-11", "2027-05-12")
    assert sheet["title"]["zh"] == "城市水务"


@pytest.mark.both
def test_a_form_sent_twice_issues_one(now: datetime) -> None:
    event = a_hosted_tour(now)

    first, second = (issued(event, now=now, key="the-same-form") for _ in range(2))

    assert first.id == second.id
    assert letters() == ["certificate_issued"]


def test_while_one_stands_another_form_issues_none(now: datetime) -> None:
    event = a_hosted_tour(now)

    assert issued(event, now=now).id == issued(event, now=now).id


@pytest.mark.both
def test_two_who_issue_at_once_issue_one(app: Flask, now: datetime) -> None:
    event, city = a_hosted_tour(now).public_id, the_city("davenport").public_id

    def attempt(form: str) -> str:
        with writing():
            locked = desk.event_to_change(event)
            place = next(stop.city for stop in locked.stops if stop.city.public_id == city)
            visit = next(one for one in hosts_of(locked) if one.city_id == place.id)
            made = commands.issue(visit, place, WORDING, FORM, submission_key=form, now=now, by=MEMBER)
            return str(made.public_id)

    outcomes = all_at_once(app, [partial(attempt, f"form-{number}") for number in range(2)])

    db.session.rollback()
    assert len(set(outcomes)) == 1
    assert db.session.scalar(select(func.count(Certificate.id))) == 1


@pytest.mark.both
def test_a_revoked_certificate_says_so_to_whoever_verifies_it(now: datetime) -> None:
    certificate = revoked(issued(a_hosted_tour(now), now=now), now=now)

    assert (certificate.state, status_of(certificate)) == ("revoked", "withdrawn")
    assert [(move.after, move.why) for move in moves_of(certificate.public_id)] == [
        ("revoked", "It was meant for another city.")
    ]


def test_revoking_twice_changes_nothing(now: datetime) -> None:
    certificate = revoked(issued(a_hosted_tour(now), now=now), now=now)

    again = revoked(certificate, now=now + timedelta(days=1), why="Another reason.")

    assert (again.reason, len(moves_of(again.public_id))) == ("It was meant for another city.", 1)


def test_after_a_revocation_a_city_can_be_given_another(now: datetime) -> None:
    event = a_hosted_tour(now)
    first = revoked(issued(event, now=now), now=now)

    second = issued(event, now=now)

    assert (second.state, second.paper.number[-5:], second.replaces_id) == ("issued", "00002", None)
    assert first.id != second.id


def test_the_same_form_brings_a_revoked_certificate_back_to_nobody(now: datetime) -> None:
    event = a_hosted_tour(now)
    first = issued(event, now=now, key="the-same-form")
    revoked(first, now=now)

    assert issued(event, now=now, key="the-same-form").id == first.id


@pytest.mark.both
def test_a_corrected_certificate_has_a_number_of_its_own_and_names_the_old(now: datetime) -> None:
    old = issued(a_hosted_tour(now), now=now)

    new = replaced(old, now=now)

    assert (found(old.public_id).state, status_of(old), status_of(new)) == ("replaced", "replaced", "valid")
    assert (new.paper.number[-5:], new.paper.sheet["replaces"]) == ("00002", old.paper.number)
    assert (new.holder, new.people) == (CORRECTED.holder, 17)
    assert queries.successors([found(old.public_id)])[old.id].id == new.id
    assert letters() == ["certificate_issued", "certificate_replaced"]


def test_the_same_correction_sent_twice_is_one(now: datetime) -> None:
    old = issued(a_hosted_tour(now), now=now)

    assert len({replaced(old, now=now, key="the-same-form").id for _ in range(2)}) == 1


def test_a_correction_that_corrects_nothing_is_refused(now: datetime) -> None:
    with pytest.raises(NothingNew):
        replaced(issued(a_hosted_tour(now), now=now), now=now, wording=WORDING)


@pytest.mark.parametrize("end", [revoked, replaced])
def test_what_no_longer_stands_is_not_replaced(now: datetime, end: Callable[..., Certificate]) -> None:
    old = issued(a_hosted_tour(now), now=now)
    end(old, now=now)

    with pytest.raises(NoLongerStands):
        replaced(old, now=now)


@pytest.mark.both
def test_numbers_have_no_gaps_where_an_issue_fails(now: datetime) -> None:
    event = a_hosted_tour(now)
    with pytest.raises(RuntimeError):
        issue_and_fail(event.public_id, now)

    assert issued(event, now=now).paper.number.endswith("00001")
    assert db.session.scalar(select(func.count(Paper.id)).where(Paper.kind == "host_recognition")) == 1


def issue_and_fail(event: str, now: datetime) -> None:
    with writing():
        visit = visit_of(desk.event_to_change(event))
        commands.issue(visit, the_city("davenport"), WORDING, FORM, submission_key="lost", now=now, by=MEMBER)
        raise RuntimeError("the lights go out")

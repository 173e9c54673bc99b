"""Anybody who holds a paper finds out whether it is in force, and nothing else."""

from __future__ import annotations

from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.certificate_cast import a_hosted_tour, issued, replaced, revoked
from tests.papers import an_issued_paper
from tourreg.db import writing
from tourreg.domain.papers import standing
from tourreg.domain.papers.models import Paper
from tourreg.kernel.numbers import in_groups


@pytest.fixture
def paper(app: Flask, now: datetime) -> Paper:
    return an_issued_paper(sample="itinerary", now=now, recipient="Emily Hart")


def shown(client: FlaskClient, paper: Paper, language: str = "en") -> str:
    return client.get(f"/{language}/verify/{in_groups(paper.verify_code or '')}").text


def test_the_short_link_leads_to_the_page_in_the_browsers_language(client: FlaskClient, paper: Paper) -> None:
    answer = client.get(f"/v/{in_groups(paper.verify_code or '')}", headers={"Accept-Language": "zh-CN"})

    assert (answer.status_code, answer.headers["Location"]) == (302, f"/zh/verify/{in_groups(paper.verify_code or '')}")


def test_it_shows_number_kind_version_day_and_issuer_and_nothing_else(client: FlaskClient, paper: Paper) -> None:
    page = shown(client, paper)

    for words in (paper.number, "Programme book", "In force", "2027", paper.issuer.name.en):
        assert words in page
    assert "Emily Hart" not in page
    assert paper.sheet["title"]["en"] not in page


def test_a_code_is_read_as_people_type_it(client: FlaskClient, paper: Paper) -> None:
    typed = (paper.verify_code or "").lower().replace("0", "o")

    assert paper.number in client.get(f"/en/verify/{typed}").text


@pytest.mark.both
def test_it_says_what_a_newer_version_replaced(client: FlaskClient, paper: Paper, now: datetime) -> None:
    an_issued_paper(sample="itinerary", now=now, replaces=paper)

    assert "Replaced by a newer version" in shown(client, paper)


@pytest.mark.both
def test_it_says_what_was_withdrawn_and_not_why(client: FlaskClient, paper: Paper, now: datetime) -> None:
    with writing():
        standing.withdraw(paper, "The host fell ill.", now=now, by="staff:x")

    assert "Withdrawn" in shown(client, paper)
    assert "fell ill" not in shown(client, paper)


def test_an_unknown_code_gets_a_clear_page(client: FlaskClient, paper: Paper) -> None:
    answer = client.get("/en/verify/AAAA-BBBB-CCCC")

    assert answer.status_code == 404
    assert "No paper has this code" in answer.text


def test_tries_are_bounded(client: FlaskClient, paper: Paper) -> None:
    answers = [client.get(f"/en/verify/{number:012d}").status_code for number in range(61)]

    assert answers[-1] == 429


def test_only_kinds_that_carry_a_code_have_one(app: Flask, now: datetime) -> None:
    assert an_issued_paper(sample="invoice", now=now).verify_code is None


@pytest.mark.both
def test_a_certificate_tells_whom_it_names_and_for_what(client: FlaskClient, now: datetime) -> None:
    certificate = issued(a_hosted_tour(now), now=now)

    page = shown(client, certificate.paper)

    for words in (certificate.paper.number, "The City of Davenport", "Water in Cities", "In force"):
        assert words in page
    assert "达文波特市" in shown(client, certificate.paper, "zh")
    assert "Joanne" not in page


def test_a_replaced_certificate_names_the_one_that_took_its_place(client: FlaskClient, now: datetime) -> None:
    old = issued(a_hosted_tour(now), now=now)
    new = replaced(old, now=now)

    assert f"Replaced by {new.paper.number}" in shown(client, old.paper)
    assert "In force" in shown(client, new.paper)


def test_a_revoked_certificate_says_so_and_not_why(client: FlaskClient, now: datetime) -> None:
    certificate = revoked(issued(a_hosted_tour(now), now=now), now=now)

    page = shown(client, certificate.paper)

    assert "The office has revoked this certificate" in page
    assert "another city" not in page

"""The demo shows its letters to whoever sits at its machine, and to nobody else."""

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.forms import page_of
from tests.house.page_rules import faults_in
from tourreg.adapters.mailer import Attachment, FolderMailer, Mail

pytestmark = pytest.mark.usefixtures("clock_shows")
HERE = {"REMOTE_ADDR": "127.0.0.1"}


@pytest.fixture
def folder(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    chosen = replace(app.extensions["tourreg.settings"], demo=True, mail_url=f"folder://{tmp_path}")
    monkeypatch.setitem(app.extensions, "tourreg.settings", chosen)
    return tmp_path


def test_a_letter_is_shown_with_its_words_and_its_papers(client, folder: Path, now: datetime) -> None:
    send(folder, now)
    address = first_letter(client)

    shown = client.get(address)
    paper = client.get(f"{address}/attachments/0")

    assert "Your seats are held &lt;b&gt;" in shown.get_data(as_text=True)
    assert paper.get_data() == b"%PDF-1.7"
    assert paper.headers["Content-Disposition"] == "attachment; filename=CCE-INV-2027-00001.pdf"


def test_the_mailbox_and_its_letters_are_valid_pages(client, folder: Path, now: datetime) -> None:
    empty = client.get("/mailbox/")
    send(folder, now)

    for page in (empty, client.get("/mailbox/"), client.get(first_letter(client))):
        assert page.status_code == 200
        assert faults_in(page_of(page), "en") == []


def test_a_letter_as_html_can_run_and_load_nothing(client, folder: Path, now: datetime) -> None:
    send(folder, now, html="<script>alert(1)</script><img src=https://evil.example/x>")

    answer = client.get(f"{first_letter(client)}/html")

    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "allow-scripts" not in policy
    assert "allow-same-origin" not in policy


@pytest.mark.parametrize(
    "asks",
    [
        {"environ_overrides": {"REMOTE_ADDR": "192.0.2.7"}},
        {"environ_overrides": HERE, "headers": {"Host": "rebound.evil.example"}},
        {"environ_overrides": {"REMOTE_ADDR": "192.0.2.7"}, "headers": {"X-Forwarded-For": "127.0.0.1"}},
    ],
)
def test_nobody_else_sees_a_mailbox(client: FlaskClient, folder: Path, asks) -> None:
    assert client.get("/mailbox/", **asks).status_code == 404


@pytest.mark.parametrize("changed", [{"demo": False}, {"mail_url": "smtp://127.0.0.1:25"}, {"proxies": 1}])
def test_outside_the_demo_there_is_no_mailbox(app, client, folder: Path, monkeypatch, changed) -> None:
    monkeypatch.setitem(app.extensions, "tourreg.settings", replace(app.extensions["tourreg.settings"], **changed))

    assert client.get("/mailbox/").status_code == 404


@pytest.mark.parametrize("name", ["..", "%2e%2e%2fsecret-key", "no-such-letter", "%00", ".hidden"])
def test_only_letters_of_the_folder_are_shown(client, folder: Path, name: str) -> None:
    (folder / ".hidden.eml").write_text("Subject: half written")

    assert client.get(f"/mailbox/{name}").status_code in (404, 308)


def send(folder: Path, now: datetime, html: str = "<p>Your seats are held</p>") -> None:
    paper = Attachment("CCE-INV-2027-00001.pdf", b"%PDF-1.7")
    mail = Mail("lan@example.org", "Held", "Your seats are held <b>\n", html, "en", "letter-1", now, [paper])
    FolderMailer(folder, "desk@example.org").send(mail)


def first_letter(client: FlaskClient) -> str:
    found = re.search(r'href="(/mailbox/\d{8}T[^"]+)"', client.get("/mailbox/").get_data(as_text=True))
    assert found is not None
    return found[1]

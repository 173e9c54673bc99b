"""`tourreg doctor` names what is not well, and what to do."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import text

from tests.settings import test_settings
from tourreg import cli, create_app
from tourreg.adapters import pdf
from tourreg.adapters.files import FolderFiles
from tourreg.adapters.mailer import MemoryMailer
from tourreg.blueprints import health, outside
from tourreg.db import db, writing
from tourreg.doctor import Finding, examine
from tourreg.domain.outbox import queue


def test_all_is_well_where_everything_is_there(app: Flask, now: datetime) -> None:
    with writing():
        queue.beat("worker", now=now)

    assert list(examine(now=now)) == [Finding(part) for part in ("database", "worker", "fonts", "files", "mail")]


@pytest.mark.both
def test_a_worker_that_never_came_or_went_away_is_missed(app: Flask, now: datetime) -> None:
    assert "never gave a sign of life; run: tourreg worker" in faults(now)["worker"]
    with writing():
        queue.beat("worker", now=now)

    assert "last sign of life at 2027-01-15 09:00 UTC" in faults(now + timedelta(minutes=3))["worker"]


@pytest.mark.both
@pytest.mark.parametrize(
    ("stands_at", "told"),
    [("0001", "is at 0001, not"), ("9999", "by a newer version of tourreg"), (None, "is at nothing")],
)
def test_a_database_of_another_version_is_named_and_nothing_more_asked_of_it(
    app: Flask, now: datetime, stands_at: str | None, told: str
) -> None:
    newest = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    stamp(stands_at)

    found = faults(now)
    stamp(newest)

    assert told in found["database"]
    assert "worker" not in found


def test_a_database_that_cannot_be_opened_is_named(tmp_path: Path, now: datetime) -> None:
    with create_app(test_settings(f"sqlite:///{tmp_path}/missing/tourreg.db")).app_context():
        assert "cannot be reached; look at TOURREG_DATABASE_URL" in faults(now)["database"]


def test_fonts_that_are_missing_are_named(
    app: Flask, now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "FONTS", tmp_path)

    assert faults(now)["fonts"].count(".ttf") == len(pdf.FAMILIES)


def test_a_folder_that_cannot_be_written_is_named(app: Flask, now: datetime, tmp_path: Path) -> None:
    (tmp_path / "files").write_text("in the way")
    app.extensions[outside.FILES] = FolderFiles(tmp_path / "files")

    assert str(tmp_path / "files") in faults(now)["files"]


def test_a_mail_server_that_does_not_answer_is_named(app: Flask, mailbox: MemoryMailer, now: datetime) -> None:
    mailbox.down = True

    assert faults(now)["mail"] == "cannot be sent; look at TOURREG_MAIL_URL. The mail server is down."


def test_the_command_says_a_line_for_each_and_fails_where_one_is_not_well(
    app: Flask, clock_shows: Callable[[datetime], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tourreg.cli.examining.application", lambda: app)

    answer = CliRunner().invoke(cli.main, ["doctor"])

    assert answer.exit_code == 1
    assert answer.output.splitlines() == [
        "settings  OK", "database  OK", "worker    never gave a sign of life; run: tourreg worker", "fonts     OK",
        "files     OK", "mail      OK",
    ]  # fmt: skip


def test_settings_that_are_wrong_are_named_before_anything_is_asked() -> None:
    answer = CliRunner().invoke(cli.main, ["doctor"], env={"TOURREG_SECRET_KEY": ""})

    assert answer.exit_code == 1
    assert "TOURREG_SECRET_KEY needs at least 32 characters." in answer.output


def stamp(revision: str | None) -> None:
    """Let the database say that it stands at a version."""
    with writing() as session:
        session.execute(text("DELETE FROM alembic_version"))
        if revision:
            session.execute(text("INSERT INTO alembic_version VALUES (:revision)"), {"revision": revision})


def faults(now: datetime) -> dict[str, str]:
    return {finding.part: finding.fault for finding in examine(now=now)}

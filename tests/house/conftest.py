"""Two houses, one with twice as much of everything as the other, and visits to them."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import NOW, WorkerDatabase
from tests.fake_payments import FakePayments
from tests.house.filled import Places, fill
from tests.house.pages import Visit
from tourreg.adapters import pdf
from tourreg.adapters.files import Files, MemoryFiles
from tourreg.adapters.mailer import FolderMailer
from tourreg.blueprints import outside
from tourreg.db import db
from tourreg.kernel import clock


@dataclass(frozen=True)
class House:
    """What was filled once: a database, the papers' files, the letters' folder, and where to find things."""

    database: Path
    files: Files
    stripe: FakePayments
    letters: Path
    places: Places


@pytest.fixture(scope="session")
def house_of(worker: WorkerDatabase, tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], House]:
    """Return the house of a size, built when a test of this worker first enters it."""
    return cache(lambda size: build(size, worker, tmp_path_factory.mktemp(f"house-{size}")))


def build(size: int, worker: WorkerDatabase, folder: Path) -> House:
    letters, files, stripe = folder / "letters", MemoryFiles(), FakePayments(NOW)
    worker.clean()
    with pytest.MonkeyPatch.context() as patch, worker.app.app_context():
        patch.setattr(clock, "utc_now", lambda: NOW)
        patch.setattr(pdf, "make_pdf", lambda _html: b"%PDF-1.7")
        patch.setitem(worker.app.extensions, outside.MAILER, FolderMailer(letters, "desk@example.org"))
        patch.setitem(worker.app.extensions, outside.FILES, files)
        patch.setitem(worker.app.extensions, outside.PAYMENTS, stripe)
        places = fill(size, stripe, NOW)
        db.session.remove()
        db.engine.dispose()
    database = shutil.copyfile(worker.file, folder / "filled.db")
    return House(database, files, stripe, letters, {**places, "letter": min(letters.glob("*.eml")).stem})


@pytest.fixture
def enter(
    house_of: Callable[[int], House],
    worker: WorkerDatabase,
    app: Flask,
    clock_shows: None,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[[int], Places]:
    """Move into one of the houses, as good as new: `enter(1)`; answers with its places."""

    def move_in(size: int) -> Places:
        db.session.remove()
        db.engine.dispose()
        house = house_of(size)
        worker.put(house.database)
        chosen = replace(app.extensions["tourreg.settings"], demo=True, mail_url=f"folder://{house.letters}")
        monkeypatch.setitem(app.extensions, "tourreg.settings", chosen)
        monkeypatch.setitem(app.extensions, outside.FILES, house.files)
        monkeypatch.setitem(app.extensions, outside.PAYMENTS, house.stripe)
        app.extensions["tourreg.kept_pages"].shelf.clear()
        return house.places

    return move_in


@pytest.fixture
def visit(app: Flask, enter: Callable[[int], Places]) -> Visit:
    return Visit(app.test_client(), enter(1))

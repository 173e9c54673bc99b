"""Issued papers for tests: from the sample sheets, with whatever a test wants changed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tests.cast import the_issuer
from tests.paper_samples import ALL
from tourreg.adapters.files import MemoryFiles
from tourreg.blueprints.outside import files
from tourreg.db import db, writing
from tourreg.domain.papers.commands import issue
from tourreg.domain.papers.models import Issuer, Paper
from tourreg.kernel.numbers import new_public_id


def an_issued_paper(*, now: datetime, sample: str = "invoice", **changed: Any) -> Paper:
    """Return a saved paper made of one of the sample sheets; its files are not made yet."""
    with writing():
        return issue_sample(sample, now=now, **changed)


def issue_sample(
    sample: str = "invoice",
    *,
    now: datetime,
    issuer: Issuer | None = None,
    sheet: Mapping[str, Any] = {},
    **changed: Any,
) -> Paper:
    """Issue one of the sample sheets inside a transaction that is open.

    sheet  what of the sample's sheet is another
    """
    kind, values = ALL[sample]
    seller = issuer or the_issuer()
    db.session.flush()
    terms = {"about": new_public_id(), "language": "en", "page_size": "letter", "by": "worker", **changed}
    return issue(kind, {**values, **sheet}, issuer=seller, now=now, **terms)


def lose_files() -> dict[str, bytes]:
    """Throw away what is kept, and return it."""
    store = files()
    assert isinstance(store, MemoryFiles)
    lost = dict(store.kept)
    store.kept.clear()
    return lost


def again(paper: Paper) -> Paper:
    """Return the paper as the database has it now."""
    public_id = paper.public_id
    db.session.rollback()
    return db.session.query(Paper).filter_by(public_id=public_id).one()

"""Issued papers, found by what letters and pages know of them."""

from collections.abc import Sequence

from sqlalchemy import select

from tourreg.db import db
from tourreg.domain.papers.models import Paper


def by_public_ids(public_ids: Sequence[str]) -> Sequence[Paper]:
    """Return the papers in the order in which they are named."""
    found = {
        paper.public_id: paper for paper in db.session.scalars(select(Paper).where(Paper.public_id.in_(public_ids)))
    }
    return [found[public_id] for public_id in public_ids]

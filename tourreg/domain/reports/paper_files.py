"""All that the register knows of one issued paper, for its page in the office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from tourreg.db import db
from tourreg.domain.accounts.models import Person
from tourreg.domain.accounts.queries import staff_names
from tourreg.domain.billing.models import Folio
from tourreg.domain.outbox import queries as outbox
from tourreg.domain.outbox.models import Letter
from tourreg.domain.papers import queries, standing
from tourreg.domain.papers.models import Opening, Paper, Withdrawal
from tourreg.domain.registrations.models import Registration
from tourreg.domain.reports.paper_subjects import PaperSubject, named


@dataclass(frozen=True)
class PaperFile:
    """One issued paper.

    about       the registration or event that it speaks of, if it is still known
    replaced    the newer paper, if there is one
    sent        letters with which it went, newest first, those that still wait among them
    actors      names of who issued, opened or withdrew it, by actor
    """

    paper: Paper
    about: PaperSubject | None
    replaced: str
    withdrawn: Withdrawal | None
    sent: Sequence[Letter]
    opened: Sequence[Opening]
    actors: Mapping[str, str]


def file_of(paper: Paper) -> PaperFile:
    """Return the whole file in a bounded number of statements."""
    withdrawn = standing.withdrawals([paper]).get(paper.id)
    opened = standing.openings_of(paper)
    actors = {
        paper.issued_by,
        *(opening.opener for opening in opened),
        *([withdrawn.withdrawn_by] if withdrawn else []),
    }
    return PaperFile(
        paper,
        named([paper]).get(paper.about),
        queries.replacements([paper]).get(paper.id, ""),
        withdrawn,
        outbox.letters_with(paper.public_id),
        opened,
        _names(actors),
    )


def _names(actors: set[str]) -> dict[str, str]:
    """Return what the actors are called: staff, contacts of registrations, payers of bills, and people signed in."""
    names = staff_names(actors)
    for kind, key, name in (
        ("contact", Registration.public_id, Registration.contact_name),
        ("payer", Folio.public_id, Folio.payer_name),
        ("person", Person.public_id, Person.email),
    ):
        ids = [actor.removeprefix(f"{kind}:") for actor in actors if actor.startswith(f"{kind}:")]
        if ids:
            found = db.session.execute(select(key, name).where(key.in_(ids)))
            names |= {f"{kind}:{public_id}": called for public_id, called in found}
    return names

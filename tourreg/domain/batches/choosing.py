"""Which papers a batch is made of: kinds of an event's papers, for everybody or for some."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from tourreg.domain.catalogue.models import Event
from tourreg.domain.reports.event_papers import EVENT_PAPERS
from tourreg.domain.reports.subjects import Subject, Subjects
from tourreg.kernel.refusals import Refusal

Outcome = Literal["joined", "zip", "mail"]
# A batch of so many takes a worker some minutes; whoever needs more begins a second one.
MOST_PAPERS = 2000
OWN_LANGUAGE = "own"


class NothingChosen(Refusal):
    """No paper comes of what was chosen."""


class TooMany(Refusal):
    """More papers were chosen than a batch takes; facts: papers, most."""


@dataclass(frozen=True)
class Choice:
    """What somebody wants of an event's papers.

    kinds      of EVENT_PAPERS, made in the order in which the office sees them
    subjects   public ids of those for whom papers of several are made; none means everybody
    language   en, zh, both, or OWN_LANGUAGE: each in the language of whoever gets it, if that is known
    numbered   issue them; what is mailed is always issued, so that the register knows who was sent what
    """

    kinds: frozenset[str]
    outcome: Outcome
    language: str
    page_size: str
    subjects: frozenset[str] = frozenset()
    numbered: bool = False


@dataclass(frozen=True)
class Wanted:
    """One paper of a batch, in its language; for one of several, or for all.

    between  the versions between which a notice tells what has changed
    """

    kind: str
    subject: Subject | None
    language: str
    between: tuple[int, int] | None = None


def wanted(event: Event, choice: Choice) -> list[Wanted]:
    """Return the papers of a choice in their order.

    raises  NothingChosen, TooMany
    """
    found = list(_each(event, choice))
    if not found:
        raise NothingChosen
    if len(found) > MOST_PAPERS:
        raise TooMany(papers=len(found), most=MOST_PAPERS)
    return found


def everybody(subjects: Subjects) -> list[Subject]:
    """Return for whom an event's papers are made one by one, each once, in the order of the papers."""
    known: dict[str, Subject] = {}
    for paper in EVENT_PAPERS.values():
        for subject in paper.subjects(subjects) if paper.subjects else ():
            known.setdefault(subject.public_id, subject)
    return list(known.values())


def _each(event: Event, choice: Choice) -> Iterator[Wanted]:
    subjects = Subjects(event)
    for kind, paper in EVENT_PAPERS.items():
        if kind not in choice.kinds:
            continue
        if paper.subjects is None:
            if choice.outcome != "mail":
                yield Wanted(kind, None, _language(choice, None))
            continue
        for subject in _chosen(paper.subjects(subjects), choice):
            yield Wanted(kind, subject, _language(choice, subject))


def _chosen(subjects: Sequence[Subject], choice: Choice) -> list[Subject]:
    return [subject for subject in subjects if not choice.subjects or subject.public_id in choice.subjects]


def _language(choice: Choice, subject: Subject | None) -> str:
    if choice.language != OWN_LANGUAGE:
        return choice.language
    return (subject.language if subject else None) or "both"

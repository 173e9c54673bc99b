"""A city answers what it was asked, and notes who inside it agreed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tourreg.db import db
from tourreg.domain.audit.commands import move_to, note_change
from tourreg.domain.hosting import confirmations, confirmed_days, reports, requests
from tourreg.domain.hosting import request_queries as queries
from tourreg.domain.hosting.offer_rules import Fault
from tourreg.domain.hosting.office_letters import tell_office
from tourreg.domain.hosting.request_letters import write_to_city
from tourreg.domain.hosting.request_models import HostingAnswer, HostingApproval, HostingRequest
from tourreg.domain.hosting.request_rules import (
    REQUEST,
    AnsweredAlready,
    AnswerIsUnfit,
    Span,
    deadline_of,
    faults_of_other_days,
    held_until,
    is_off,
    today_in,
)
from tourreg.kernel.numbers import new_public_id

LONGEST_REASON = 500
MOST_APPROVALS = 20


@dataclass(frozen=True)
class Given:
    """What somebody answers: "held", "confirmed", "declined" or "countered".

    name  of who answers
    days  other dates, where those are proposed
    """

    answer: str
    name: str
    words: str = ""
    days: Span | None = None


@dataclass(frozen=True)
class Approved:
    """Who inside the city agreed and when, with the paper that shows it, kept already under its hash."""

    step: str
    decided_on: date
    decided_by: str
    note: str = ""
    file_hash: str = ""
    file_kind: str = ""
    file_name: str = ""


def answer(request: HostingRequest, given: Given, *, seen: str, now: datetime, by: str) -> HostingAnswer:
    """Write down what a city answers, take its days where it says yes, and write to its contacts.

    An answer after the deadline is kept for the office and moves nothing; the same one again returns its first.
    request  from `request_queries.request_to_change`
    seen     the state in which the page that asks showed it
    raises   AnsweredAlready, AnswerIsUnfit, DaysAreTaken
    """
    requests.lapse(request, now=now, answered=True)
    known = _same_before(request, given, by)
    if known is not None:
        return known
    _require_fit(request, given, now)
    if request.state == "lapsed":
        return _note_late(request, given, now=now, by=by)
    if request.state != seen or given.answer not in REQUEST.moves[request.state]:
        raise AnsweredAlready(state=request.state)
    if given.answer in ("held", "confirmed"):
        requests.require_free(request, now)
    return _move(request, given, now=now, by=by)


def note_approval(
    request: HostingRequest, approved: Approved, *, submission_key: str | None, now: datetime, by: str
) -> HostingApproval:
    """Note that the city's manager or its council agreed; the same form again returns its first.

    raises  AnswerIsUnfit
    """
    known = queries.approval_of_submission(submission_key) if submission_key else None
    if known is not None:
        return known
    if approved.decided_on > today_in(request.city.zone, now):
        raise AnswerIsUnfit(faults=[Fault("decided_on", "day_ahead")])
    if len(request.approvals) >= MOST_APPROVALS:
        raise AnswerIsUnfit(faults=[Fault("step", "too_many_approvals", (MOST_APPROVALS,))])
    noted = HostingApproval(
        public_id=new_public_id(), submission_key=submission_key, step=approved.step, decided_on=approved.decided_on,
        decided_by=approved.decided_by, note=approved.note, file_hash=approved.file_hash,
        file_kind=approved.file_kind, file_name=approved.file_name, noted_at=now, noted_by=by,
    )  # fmt: skip
    request.approvals.append(noted)
    db.session.flush()
    note_change(request.public_id, "approval", {}, {"step": approved.step, "by": approved.decided_by}, now=now, by=by)
    _put_days_in(request, now=now, by=by)
    return noted


def _same_before(request: HostingRequest, given: Given, by: str) -> HostingAnswer | None:
    """Return what the same contact answered just so before, as when a form is sent twice."""
    last = request.answers[-1] if request.answers else None
    if last is None or last.given_by != by or last.is_late != (request.state == "lapsed"):
        return None
    days = Span(last.first_on, last.last_on) if last.first_on and last.last_on else None
    stands = last.is_late or request.state == last.answer
    return last if stands and (last.answer, last.words, days) == (given.answer, given.words, given.days) else None


def _require_fit(request: HostingRequest, given: Given, now: datetime) -> None:
    faults: list[Fault] = []
    if not given.name:
        faults.append(Fault("name", "name_missing"))
    if given.answer == "declined" and not given.words:
        faults.append(Fault("words", "words_missing"))
    if given.answer == "countered":
        faults += _of_other_days(request, given, now)
    if is_off(request.event.state):
        faults = [Fault("answer", "tour_is_off")]
    if faults:
        raise AnswerIsUnfit(faults=faults)


def _of_other_days(request: HostingRequest, given: Given, now: datetime) -> list[Fault]:
    if given.days is None:
        return [Fault("first_on", "days_missing")]
    if given.days == Span(request.first_on, request.last_on):
        return [Fault("first_on", "same_days")]
    return faults_of_other_days(given.days, today_in(request.city.zone, now))


def _move(request: HostingRequest, given: Given, *, now: datetime, by: str) -> HostingAnswer:
    move_to(request, REQUEST, given.answer, now=now, by=by, why=given.words[:LONGEST_REASON])
    if given.answer == "held":
        _hold_on(request, now)
    if given.days is not None:
        request.counter_first_on, request.counter_last_on = given.days.first_on, given.days.last_on
    noted = _note(request, given, is_late=False, now=now, by=by)
    _put_days_in(request, now=now, by=by)
    tell_office(request, noted, now=now)
    key = now.isoformat()
    if given.answer == "confirmed":
        reports.watch_end(request, now=now)
        paper = confirmations.confirm_on_paper(request, now=now, by=by)
        write_to_city("hosting_confirmed", request, now=now, key=key, answer=noted, papers=[paper.public_id])
    else:
        write_to_city("hosting_answered", request, now=now, key=key, answer=noted)
    return noted


def _note_late(request: HostingRequest, given: Given, *, now: datetime, by: str) -> HostingAnswer:
    noted = _note(request, given, is_late=True, now=now, by=by)
    tell_office(request, noted, now=now)
    return noted


def _put_days_in(request: HostingRequest, *, now: datetime, by: str) -> None:
    """Put confirmed days into the draft, once those inside the city who were asked for their yes have given it."""
    if request.state == "confirmed" and not confirmed_days.approval_is_lacking(request):
        confirmed_days.put_in(request, now=now, by=by)


def _hold_on(request: HostingRequest, now: datetime) -> None:
    """Give the city that holds the days time for its yes."""
    until = held_until(request.deadline_on, request.first_on, today_in(request.city.zone, now))
    if until != request.deadline_on:
        request.deadline_on, request.deadline_at = until, deadline_of(until, request.city.zone)
        requests.watch_deadline(request, now)


def _note(request: HostingRequest, given: Given, *, is_late: bool, now: datetime, by: str) -> HostingAnswer:
    days = given.days if given.answer == "countered" else None
    noted = HostingAnswer(
        answer=given.answer, words=given.words, first_on=days.first_on if days else None,
        last_on=days.last_on if days else None, is_late=is_late, given_at=now, given_by=by, given_name=given.name,
    )  # fmt: skip
    request.answers.append(noted)
    db.session.flush()
    return noted

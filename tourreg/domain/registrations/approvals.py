"""The office says whether people may take the fee that they chose; until then their places are held without an end."""

from __future__ import annotations

from datetime import datetime

from tourreg.domain.audit.commands import move_to
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.models import CREDIT_MOVES
from tourreg.domain.outbox.commands import add_task, send_letter
from tourreg.domain.registrations import holds, mails, rules
from tourreg.domain.registrations.models import Registration
from tourreg.kernel.refusals import Refusal
from tourreg.kernel.states import Axis

RELEASE_HOLD = "release_hold"
CREDIT = Axis("credit", "credit_state", CREDIT_MOVES)


class NothingToApprove(Refusal):
    """The office has answered before, or the registration was cancelled."""


def approve(registration_id: int, *, hold_working_days: int, now: datetime, by: str) -> Registration:
    """Let everybody of it take the fee that they chose: what is free is theirs, else the places are held to be paid.

    hold_working_days  for which they are held from now, whoever pays
    raises             NothingToApprove
    """
    registration = lock(registration_id)
    for participant in registration.participants:
        if participant.application_state == "submitted":
            move_to(participant, rules.APPLICATION, "accepted", now=now, by=by)
    until = None
    if billing.standing(registration.folio).owed:
        until = rules.hold_ends_at("invoice", registration.event.zone, now, invoice_working_days=hold_working_days)
        _hold(registration, until, now=now, by=by)
    else:
        holds.confirm(registration, now=now, by=by)
    facts = {**mails.facts(registration), "held_until": until.isoformat() if until else None}
    send_letter(
        "approved",
        facts,
        to=registration.contact_email,
        language=registration.language,
        about=registration.public_id,
        key=f"approved:{registration.public_id}",
        now=now,
    )
    return registration


def review(registration: Registration, *, why: str, now: datetime, by: str) -> None:
    """Take the people of a locked registration whose fee is not theirs into review; who leaves from there is declined.

    Whoever calls cancels the registration then.

    raises  NothingToApprove
    """
    _require_waiting(registration)
    for participant in registration.participants:
        if participant.application_state == "submitted":
            move_to(participant, rules.APPLICATION, "in_review", now=now, by=by, why=why)


def lock(registration_id: int) -> Registration:
    """Return the locked registration.

    raises  NothingToApprove
    """
    registration = holds.lock(registration_id)
    _require_waiting(registration)
    return registration


def _hold(registration: Registration, until: datetime, *, now: datetime, by: str) -> None:
    holds.prolong(registration, until)
    if registration.pays_by == "invoice" and registration.folio.credit_state == "none":
        move_to(registration.folio, CREDIT, "asked", now=now, by=by)
    key = f"{RELEASE_HOLD}:{registration.public_id}"
    add_task(RELEASE_HOLD, {"registration": registration.public_id}, key=key, now=now, run_at=until)


def _require_waiting(registration: Registration) -> None:
    if not registration.awaits_approval or not holds.live_seats(registration):
        raise NothingToApprove

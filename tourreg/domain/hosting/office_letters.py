"""The letters to our own office about what host cities answer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tourreg.domain.accounts.queries import member_by_public_id
from tourreg.domain.hosting.proposal_models import DayProposal
from tourreg.domain.hosting.request_models import HostingAnswer, HostingRequest
from tourreg.domain.hosting.visit_models import HostingMessage
from tourreg.domain.outbox.commands import send_letter


def tell_office(request: HostingRequest, answer: HostingAnswer | None, *, now: datetime) -> None:
    """Write to who asked the city what it answers, or to the seller's address where that member has left.

    answer  None where nobody answered by the deadline
    """
    name, address, language = _reader(request)
    send_letter(
        "hosting_told",
        {
            "event": request.event.public_id,
            "office_request": request.public_id,
            "name": name,
            "city": request.city.name.in_(language),
            "title": request.event.title.in_(language),
            "first_on": request.first_on.isoformat(),
            "last_on": request.last_on.isoformat(),
            "people": request.people,
            "deadline_on": request.deadline_on.isoformat(),
            **(_answered(answer) if answer else {"answer": "", "is_late": False}),
            "in_the_way": [row.on_date.isoformat() for row in request.days if not row.day],
        },
        to=address,
        language=language,
        about=request.public_id,
        key=f"hosting_told:{request.public_id}:{answer.id if answer else request.deadline_on}",
        now=now,
    )


def tell_office_of_message(request: HostingRequest, message: HostingMessage, *, now: datetime) -> None:
    """Write to who asked the city that it wrote; what it wrote goes with the letter."""
    name, address, language = _reader(request)
    facts = {
        "event": request.event.public_id,
        "office_request": request.public_id,
        "name": name,
        "city": request.city.name.in_(language),
        "title": request.event.title.in_(language),
        "written_by": message.written_name,
        "words": message.words,
    }
    key = f"hosting_message_told:{message.public_id}"
    send_letter("hosting_message_told", facts, to=address, language=language, about=request.public_id, key=key, now=now)


def _answered(answer: HostingAnswer) -> dict[str, Any]:
    return {
        "answer": answer.answer,
        "answered_by": answer.given_name,
        "answer_words": answer.words,
        "other_first_on": answer.first_on.isoformat() if answer.first_on else "",
        "other_last_on": answer.last_on.isoformat() if answer.last_on else "",
        "is_late": answer.is_late,
    }


def tell_office_of_proposal(request: HostingRequest, proposal: DayProposal, *, now: datetime) -> None:
    """Write to who asked the city that it proposes a change of its days."""
    name, address, language = _reader(request)
    facts = {
        "event": request.event.public_id,
        "office_request": request.public_id,
        "name": name,
        "city": request.city.name.in_(language),
        "title": request.event.title.in_(language),
        "proposed_by": proposal.proposed_name,
        "item": proposal.title,
        "on_date": proposal.on_date.isoformat(),
        "words": proposal.words,
    }
    key = f"hosting_proposed:{proposal.public_id}"
    send_letter("hosting_proposed", facts, to=address, language=language, about=request.public_id, key=key, now=now)


def _reader(request: HostingRequest) -> tuple[str, str, str]:
    """Return name, address and language of who reads it."""
    member = member_by_public_id(request.asked_by.removeprefix("staff:"))
    if member is not None and member.active:
        return member.name, member.email, member.language
    issuer = request.event.issuer
    return issuer.name.in_("en"), issuer.email, "en"

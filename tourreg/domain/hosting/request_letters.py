"""The letters about a request, to everybody who speaks for the city."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tourreg.domain.hosting import request_queries as queries
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.request_models import HostingAnswer, HostingRequest
from tourreg.domain.outbox.commands import send_letter


def write_to_city(
    template: str,
    request: HostingRequest,
    *,
    now: datetime,
    key: str = "first",
    words: str = "",
    answer: HostingAnswer | None = None,
) -> None:
    """Send one letter about the request to each contact of its city, in the contact's language.

    key    the same for what is to be sent once
    words  of the office, for this letter
    """
    for profile in queries.contacts_of(request.city_id):
        send_letter(
            template,
            {**_facts(request, profile), "words": words or request.words, **(_answered(answer) if answer else {})},
            to=profile.contact_email,
            language=profile.language,
            about=request.public_id,
            key=f"{template}:{request.public_id}:{profile.public_id}:{key}",
            now=now,
        )


def _facts(request: HostingRequest, profile: HostProfile) -> dict[str, Any]:
    language = profile.language
    return {
        "profile": profile.public_id,
        "request": request.public_id,
        "contact": profile.contact_name,
        "city": request.city.name.in_(language),
        "title": request.event.title.in_(language),
        "first_on": request.first_on.isoformat(),
        "last_on": request.last_on.isoformat(),
        "people": request.people,
        "deadline_on": request.deadline_on.isoformat(),
        "zone": request.city.zone,
    }


def _answered(answer: HostingAnswer) -> dict[str, Any]:
    return {
        "answer": answer.answer,
        "answered_by": answer.given_name,
        "answer_words": answer.words,
        "other_first_on": answer.first_on.isoformat() if answer.first_on else "",
        "other_last_on": answer.last_on.isoformat() if answer.last_on else "",
    }

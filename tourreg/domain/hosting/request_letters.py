"""The letters about a request, to everybody who speaks for the city."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from tourreg.domain.hosting.readers import Reader, deciding_of
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
    papers: Sequence[str] = (),
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Send one letter about the request to each who decides for its city, in their language, with a link of their own.

    key     the same for what is to be sent once
    words   of the office, for this letter
    papers  public ids of issued papers that go with it
    facts   of this kind of letter alone
    """
    said = {"words": words or request.words, **(_answered(answer) if answer else {}), **(facts or {})}
    for reader in deciding_of(request.city_id):
        send_letter(
            template,
            {**_facts(request, reader), **said},
            to=reader.email,
            language=reader.language,
            about=request.public_id,
            key=f"{template}:{request.public_id}:{reader.key}:{key}",
            now=now,
            papers=papers,
        )


def _facts(request: HostingRequest, reader: Reader) -> dict[str, Any]:
    language = reader.language
    return {
        **reader.facts,
        "request": request.public_id,
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

"""Codes for tests."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from tests.cast import saved
from tourreg.db import db
from tourreg.domain.discounts.models import Code, CodeUse

MADE_AT = datetime(2027, 1, 2, 8, 0, tzinfo=UTC)


def a_code(word: str = "SPRING27", **changed: Any) -> Code:
    """Return an unsaved code: ten percent off, for everybody, as often as wanted."""
    values: dict[str, Any] = {
        "word": word, "kind": "percent", "percent": 10, "off_minor": None, "currency": "", "most_uses": None,
        "most_per_contact": None, "from_on": None, "until_on": None, "events": [], "fees": [], "budget_minor": None,
        "used": 0, "spent_minor": 0, "switched_off": False, "note": "", "created_at": MADE_AT,
    }  # fmt: skip
    return Code(**{**values, **changed})


def a_saved_code(word: str = "SPRING27", **changed: Any) -> Code:
    code: Code = saved(a_code(word, **changed))
    return code


def standing_of(word: str = "SPRING27") -> tuple[int, int]:
    """Return how many people use a code now, and what they are let off together."""
    db.session.rollback()
    used, spent_minor = db.session.execute(select(Code.used, Code.spent_minor).where(Code.word == word)).one()
    return used, spent_minor


def uses() -> list[tuple[int, int, bool]]:
    """Return the uses of all codes: people, what they are let off, and whether it was given back."""
    db.session.rollback()
    found = db.session.scalars(select(CodeUse).order_by(CodeUse.id))
    return [(use.people, use.off_minor, use.given_back_at is not None) for use in found]

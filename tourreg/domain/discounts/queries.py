"""Codes, found by what people type, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from tourreg.db import db
from tourreg.domain.discounts.models import Code, CodeUse
from tourreg.domain.discounts.rules import normal_word

LONGEST_LIST = 200


def by_word(typed: str) -> Code | None:
    """Return the code that people mean, switched off or not."""
    return db.session.scalar(select(Code).where(Code.word == normal_word(typed)))


def by_public_id(public_id: str) -> Code | None:
    return db.session.scalar(select(Code).where(Code.public_id == public_id))


def code_to_change(public_id: str) -> Code:
    """Return the code as it is now, which nobody else changes or uses until the transaction ends.

    raises  NoResultFound
    """
    one = select(Code).where(Code.public_id == public_id).with_for_update()
    return db.session.scalars(one.execution_options(populate_existing=True)).one()


def code_of_submission(submission_key: str) -> Code | None:
    """Return what a form made when it was sent before."""
    return db.session.scalar(select(Code).where(Code.submission_key == submission_key))


def codes(*, most: int, after: int = 0) -> Sequence[Code]:
    """Return the codes, those in force first, newest first."""
    listed = select(Code).order_by(Code.switched_off, Code.created_at.desc(), Code.id.desc())
    return db.session.scalars(listed.offset(after).limit(most)).all()


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(Code)) or 0


def uses_of(code: Code) -> Sequence[CodeUse]:
    """Return who used a code, latest first."""
    used = select(CodeUse).where(CodeUse.code_id == code.id).order_by(CodeUse.id.desc()).limit(LONGEST_LIST)
    return db.session.scalars(used).all()


def used_by_contact(code: Code, contact: str) -> int:
    """Return for how many people the contact uses the code now."""
    if code.most_per_contact is None or not contact:
        return 0
    people = select(func.coalesce(func.sum(CodeUse.people), 0)).where(
        CodeUse.code_id == code.id, CodeUse.contact == contact.casefold(), CodeUse.given_back_at.is_(None)
    )
    return db.session.scalar(people) or 0


def of_registration(registration: str) -> Sequence[CodeUse]:
    """Return the codes that a registration used, also those that it gave back; in their order."""
    theirs = select(CodeUse).where(CodeUse.registration == registration).options(joinedload(CodeUse.code))
    return db.session.scalars(theirs.order_by(CodeUse.id)).all()

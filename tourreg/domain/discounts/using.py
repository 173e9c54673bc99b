"""Using a code and giving it back: each is one conditional statement, so that its last use goes to one person.

Whoever uses a code holds the pools of the booking already, and takes folios after it.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, or_, select, update

from tourreg.db import db
from tourreg.domain.discounts import queries
from tourreg.domain.discounts.models import Code, CodeUse
from tourreg.domain.discounts.rules import CodeRefused, Discount, NoUsesLeft


def use(discount: Discount, *, registration: str, contact: str, now: datetime) -> None:
    """Take what the discount needs of its code, all of it or nothing.

    registration  its public id
    contact       the contact's address
    raises        CodeRefused, after which the caller's transaction is rolled back
    """
    code, people, minor = discount.code, discount.people, discount.total.minor
    if not _count_up(code.id, people, minor, Code.switched_off.is_(False)):
        raise CodeRefused(reason=_why(code.id, people), code=code)
    # Nobody else uses the code now, since its row is locked by the statement above.
    if code.most_per_contact is not None and queries.used_by_contact(code, contact) + people > code.most_per_contact:
        raise CodeRefused(reason="used_by_contact", code=code)
    db.session.add(
        CodeUse(
            code_id=code.id,
            registration=registration,
            contact=contact.casefold(),
            people=people,
            off_minor=minor,
            currency=discount.currency,
            taken_at=now,
        )
    )


def give_back(registration: str, *, now: datetime) -> None:
    """Give back what a registration used; a second time gives nothing back."""
    for use_of_code in _standing(registration):
        db.session.execute(
            update(Code)
            .where(Code.id == use_of_code.code_id)
            .values(used=Code.used - use_of_code.people, spent_minor=Code.spent_minor - use_of_code.off_minor)
            .execution_options(synchronize_session=False)
        )
        use_of_code.given_back_at = now


def use_again(registration: str, *, now: datetime) -> None:
    """Take anew what a registration had used and given back last.

    raises  NoUsesLeft
    """
    given_back = queries.of_registration(registration)
    if not given_back or given_back[-1].given_back_at is None:
        return
    last = given_back[-1]
    if not _count_up(last.code_id, last.people, last.off_minor):
        raise NoUsesLeft(pool_id=0, wanted=last.people, free=0)
    last.given_back_at = None
    last.taken_at = now


def _count_up(code_id: int, people: int, minor: int, *conditions: ColumnElement[bool]) -> bool:
    """Count uses and sum up in one statement; tell whether the code had them."""
    using = (
        update(Code)
        .where(Code.id == code_id, _has_uses(people), _has_budget(minor), *conditions)
        .values(used=Code.used + people, spent_minor=Code.spent_minor + minor)
        .execution_options(synchronize_session=False)
    )
    return bool(db.session.execute(using).rowcount == 1)  # type: ignore[attr-defined]


def _has_uses(people: int) -> ColumnElement[bool]:
    return or_(Code.most_uses.is_(None), Code.used + people <= Code.most_uses)


def _has_budget(minor: int) -> ColumnElement[bool]:
    return or_(Code.budget_minor.is_(None), Code.spent_minor + minor <= Code.budget_minor)


def _why(code_id: int, people: int) -> str:
    now = db.session.execute(select(Code.switched_off, _has_uses(people)).where(Code.id == code_id)).one()
    if now[0]:
        return "unknown"
    return "budget" if now[1] else "used_up"


def _standing(registration: str) -> list[CodeUse]:
    standing = select(CodeUse).where(CodeUse.registration == registration, CodeUse.given_back_at.is_(None))
    return list(db.session.scalars(standing.order_by(CodeUse.code_id)))

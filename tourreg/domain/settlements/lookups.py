"""What our books hold of many of Stripe's objects at once, for comparing list with list."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from tourreg.db import db
from tourreg.domain.billing.models import Entry, Refund
from tourreg.domain.settlements.models import Checkout, Comparison, DeskCase
from tourreg.domain.settlements.queries import UNDER_WAY

# So many wait at most for one comparison; the rest waits for the next.
MOST_UNFINISHED = 2000


def checkouts_of(sessions: Iterable[tuple[str, str | None]]) -> dict[str, Checkout]:
    """Return our records by the ids of their sessions; by our own reference where Stripe's answer never reached us.

    sessions  ids, each with the reference that the session carries
    """
    references = dict(sessions)
    by_reference = and_(
        Checkout.session_id.is_(None), Checkout.public_id.in_([one for one in references.values() if one])
    )
    found = select(Checkout).where(or_(Checkout.session_id.in_(references), by_reference))
    rows = list(db.session.scalars(found.options(joinedload(Checkout.folio))))
    by_session = {checkout.session_id: checkout for checkout in rows if checkout.session_id}
    by_public_id = {checkout.public_id: checkout for checkout in rows if checkout.session_id is None}
    known = {
        session: by_session.get(session) or by_public_id.get(reference or "")
        for session, reference in references.items()
    }
    return {session: checkout for session, checkout in known.items() if checkout is not None}


def payments_posted(references: Collection[str]) -> dict[str, Entry]:
    """Return payments by what names their money."""
    found = select(Entry).where(Entry.kind == "payment", Entry.reference.in_(references))
    return {entry.reference: entry for entry in db.session.scalars(found.options(joinedload(Entry.folio)))}


def payments_posted_since(instant: datetime, prefix: str) -> list[Entry]:
    """Return payments whose money's name begins so, oldest first."""
    found = select(Entry).where(
        Entry.kind == "payment", Entry.posted_at >= instant, Entry.reference.startswith(prefix, autoescape=True)
    )
    return list(db.session.scalars(found.options(joinedload(Entry.folio)).order_by(Entry.id)))


def refunds_known(external_ids: Collection[str], public_ids: Collection[str]) -> list[Refund]:
    found = select(Refund).where(or_(Refund.external_id.in_(external_ids), Refund.public_id.in_(public_ids)))
    return list(db.session.scalars(found.options(joinedload(Refund.folio))))


def refunds_unfinished() -> list[Refund]:
    """Return the refunds that Stripe has not finished, oldest first."""
    found = select(Refund).where(Refund.means == "stripe", Refund.state.in_(("requested", "pending")))
    return list(db.session.scalars(found.options(joinedload(Refund.folio)).order_by(Refund.id).limit(MOST_UNFINISHED)))


def refunds_finished_since(instant: datetime) -> list[Refund]:
    """Return the refunds that Stripe has sent since then, oldest first."""
    found = select(Refund).where(
        Refund.means == "stripe", Refund.state == "succeeded", Refund.finished_at >= instant,
        Refund.external_id.is_not(None),
    )  # fmt: skip
    return list(db.session.scalars(found.options(joinedload(Refund.folio)).order_by(Refund.id)))


def checkouts_unfinished() -> list[Checkout]:
    """Return the payment pages by which money may still come, oldest first."""
    found = select(Checkout).where(Checkout.state.in_(UNDER_WAY)).options(joinedload(Checkout.folio))
    return list(db.session.scalars(found.order_by(Checkout.id).limit(MOST_UNFINISHED)))


def cases_of(keys: Collection[str]) -> dict[str, DeskCase]:
    """Return what lies or lay on the desk under these keys."""
    return {case.key: case for case in db.session.scalars(select(DeskCase).where(DeskCase.key.in_(keys)))}


def open_cases_of(kinds: Collection[str]) -> list[DeskCase]:
    found = select(DeskCase).where(DeskCase.closed_at.is_(None), DeskCase.kind.in_(kinds)).order_by(DeskCase.id)
    return list(db.session.scalars(found.limit(MOST_UNFINISHED)))


def cases_after(case_id: int) -> list[DeskCase]:
    """Return what was laid on the desk after a case; 0 means all."""
    return list(db.session.scalars(select(DeskCase).where(DeskCase.id > case_id).order_by(DeskCase.id)))


def newest_case_id() -> int:
    return db.session.scalar(select(DeskCase.id).order_by(DeskCase.id.desc()).limit(1)) or 0


def comparison_by_public_id(public_id: str) -> Comparison | None:
    return db.session.scalar(select(Comparison).where(Comparison.public_id == public_id))


def last_comparisons(limit: int = 20) -> list[Comparison]:
    """Return the last comparisons, newest first."""
    return list(db.session.scalars(select(Comparison).order_by(Comparison.id.desc()).limit(limit)))


def last_whole_comparison() -> Comparison | None:
    """Return the newest comparison that came to its end and healed what it could."""
    whole = Comparison.ended_at.is_not(None), Comparison.failure == "", Comparison.is_dry.is_(False)
    return db.session.scalar(select(Comparison).where(*whole).order_by(Comparison.id.desc()).limit(1))

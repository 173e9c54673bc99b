"""What a seller's papers look like and who signs them: letterhead, signatories, signatures and the seal.

Pictures are kept elsewhere by their hash. Papers that were issued keep the hashes, so that they can be made again as
they were whatever the office files later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import select

from tourreg.db import db
from tourreg.domain.audit.commands import note_change
from tourreg.domain.papers.documents import both
from tourreg.domain.papers.kinds import SIGNED
from tourreg.domain.papers.models import Issuer, Signatory
from tourreg.domain.papers.sheets import Signed
from tourreg.kernel.bilingual import Text
from tourreg.kernel.numbers import new_public_id
from tourreg.kernel.refusals import Refusal

PictureOf = Literal["mark", "seal"]
MOST_SIGNATORIES = 20
# A paper has room for so many beside each other.
MOST_ON_A_PAPER = 2


class TooManySignatories(Refusal):
    """The seller has MOST_SIGNATORIES already."""


@dataclass(frozen=True)
class Letterhead:
    """What stands at the top of a seller's papers beside its name."""

    address: Text
    phone: str
    email: str
    accent: str


@dataclass(frozen=True)
class SignatoryPlan:
    """Somebody who signs for a seller, and which kinds of papers."""

    name: Text
    position: Text
    kinds: tuple[str, ...]


def change_letterhead(issuer: Issuer, letterhead: Letterhead, *, now: datetime, by: str) -> None:
    """Print this at the top of papers to come."""
    after = {"address": letterhead.address, "phone": letterhead.phone, "email": letterhead.email}
    _note(issuer, "letterhead", {**after, "accent": letterhead.accent}, now=now, by=by)


def file_picture(issuer: Issuer, of: PictureOf, sha256: str | None, *, now: datetime, by: str) -> None:
    """Print this picture as the seller's mark or seal on papers to come; None files none any more."""
    _note(issuer, of, {f"{of}_sha256": sha256}, now=now, by=by)


def write_signatory(
    issuer: Issuer, signatory: Signatory | None, plan: SignatoryPlan, *, now: datetime, by: str
) -> Signatory:
    """Write down who signs; none adds somebody.

    raises  TooManySignatories
    """
    if signatory is None:
        known = signatories_of(issuer)
        if len(known) >= MOST_SIGNATORIES:
            raise TooManySignatories
        place = max((one.position_in_list for one in known), default=0) + 1
        signatory = Signatory(public_id=new_public_id(), issuer=issuer, position_in_list=place)
        db.session.add(signatory)
    kinds = [kind for kind in SIGNED if kind in plan.kinds]
    after = {"name": plan.name, "position": plan.position, "kinds": kinds}
    _note(signatory, "signatory", after, now=now, by=by)
    return signatory


def file_signature(signatory: Signatory, sha256: str | None, *, now: datetime, by: str) -> None:
    """Print this picture above the signatory's name on issued papers; None leaves room for ink."""
    _note(signatory, "signature", {"signature_sha256": sha256}, now=now, by=by)


def remove_signatory(signatory: Signatory, *, now: datetime, by: str) -> None:
    """Let somebody sign no more; papers that were issued keep the name."""
    before = {"name": str(signatory.name.en or signatory.name.zh)}
    note_change(signatory.issuer.public_id, "signatory", before, {"name": ""}, now=now, by=by)
    db.session.delete(signatory)


def signatories_of(issuer: Issuer) -> Sequence[Signatory]:
    """Return those who sign for a seller, in the order in which they stand on papers."""
    theirs = select(Signatory).where(Signatory.issuer_id == issuer.id)
    return db.session.scalars(theirs.order_by(Signatory.position_in_list, Signatory.id)).all()


def signatory_of(issuer: Issuer, public_id: str) -> Signatory | None:
    """Return one of them."""
    return db.session.scalars(
        select(Signatory).where(Signatory.issuer_id == issuer.id, Signatory.public_id == public_id)
    ).one_or_none()


def signed(kind: str, issuer: Issuer) -> Signed:
    """Return who signs a kind of paper, and the seal that stands beside them."""
    signing = [one for one in signatories_of(issuer) if kind in one.kinds][:MOST_ON_A_PAPER]
    return {
        "people": [
            {"name": both(one.name), "position": both(one.position), "signature": one.signature_sha256 or ""}
            for one in signing
        ],
        "seal": issuer.seal_sha256 or "",
    }


def _note(thing: Issuer | Signatory, what: str, after: dict[str, Any], *, now: datetime, by: str) -> None:
    before = {name: getattr(thing, name) for name in after}
    if before == after:
        return
    plain_before, plain_after = ({name: _said(value) for name, value in said.items()} for said in (before, after))
    for name, value in after.items():
        setattr(thing, name, value)
    note_change(thing.public_id, what, plain_before, plain_after, now=now, by=by)


def _said(value: object) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value or "")

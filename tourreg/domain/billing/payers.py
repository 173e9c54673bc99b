"""Whom a bill is made out to, and payers kept for next time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select

from tourreg.db import db
from tourreg.domain.audit.commands import note_change
from tourreg.domain.billing.models import Entry, Folio
from tourreg.domain.billing.order_models import OrderLine
from tourreg.domain.billing.payer_models import PayerProfile
from tourreg.kernel.ordering import sort_key

_LONGEST_KEY = 200
MOST_LISTED = 200
# What a bill calls otherwise than the payer; all else has one name.
_ON_FOLIO = {
    "name": "payer_name",
    "email": "payer_email",
    "department": "payer_department",
    "attention": "payer_attention",
    "address": "payer_address",
    "country": "payer_country",
}


@dataclass(frozen=True)
class BillTo:
    """Who pays, as the invoice names them, and what their own books call it.

    attention      of a person or of accounts payable
    vendor_number  theirs for the seller
    tax_exemption  certificate or law by which no sales tax is due
    """

    name: str
    email: str
    department: str = ""
    attention: str = ""
    address: str = ""
    country: str = ""
    vendor_number: str = ""
    tax_id: str = ""
    tax_exemption: str = ""
    po_number: str = ""
    po_on: date | None = None
    cost_centre: str = ""
    requester: str = ""

    def plain(self) -> dict[str, Any]:
        """Return it as a history keeps it."""
        return {**asdict(self), "po_on": self.po_on.isoformat() if self.po_on else ""}


@dataclass(frozen=True)
class Kept:
    """What a profile keeps of a payer; `bill_to` without what belongs to one order."""

    bill_to: BillTo
    demands: tuple[str, ...] = ()
    terms_days: int | None = None
    w9_sent_on: date | None = None
    source_title: str = ""
    source_address: str = ""
    source_on: date | None = None
    note: str = ""


def bill_to_of(folio: Folio) -> BillTo:
    """Return who pays, as the folio names them now."""
    return BillTo(**{one.name: getattr(folio, _ON_FOLIO.get(one.name, one.name)) for one in fields(BillTo)})


def change_bill_to(folio: Folio, bill_to: BillTo) -> None:
    """Name the payer otherwise on papers to come; what was issued stays as it is."""
    for one in fields(BillTo):
        setattr(folio, _ON_FOLIO.get(one.name, one.name), getattr(bill_to, one.name))


def bill_to_of_profile(profile: PayerProfile) -> BillTo:
    """Return who pays, as the profile has kept them."""
    return BillTo(**{one.name: getattr(profile, one.name) for one in fields(BillTo) if one.name not in OF_AN_ORDER})


# What differs from order to order, so that no profile keeps it.
OF_AN_ORDER = ("po_number", "po_on", "requester")


def follow_profile(folio: Folio, profile: PayerProfile | None) -> None:
    """Remember whose demands the folio's invoices have to meet, and take over the terms."""
    folio.profile_id = profile.id if profile else None
    if profile is not None and profile.terms_days is not None:
        folio.terms_days = profile.terms_days


def keep_payer(kept: Kept, *, submission_key: str, now: datetime, by: str) -> PayerProfile:
    """Keep a payer for next time; the same form again returns the first."""
    known = db.session.scalar(select(PayerProfile).where(PayerProfile.submission_key == submission_key))
    if known is not None:
        return known
    profile = PayerProfile(submission_key=submission_key, changed_at=now)
    _write(profile, kept)
    db.session.add(profile)
    db.session.flush()
    note_change(profile.public_id, "payer profile", {}, _plain(kept), now=now, by=by)
    return profile


def change_payer(profile: PayerProfile, kept: Kept, *, now: datetime, by: str) -> None:
    """Keep a payer otherwise; bills that came from the profile stay as they are."""
    before = kept_in(profile)
    _write(profile, kept)
    profile.changed_at = now
    note_change(profile.public_id, "payer profile", _plain(before), _plain(kept), now=now, by=by)


def kept_in(profile: PayerProfile) -> Kept:
    """Return what a profile keeps."""
    return Kept(
        bill_to=bill_to_of_profile(profile),
        demands=tuple(profile.demands),
        terms_days=profile.terms_days,
        w9_sent_on=profile.w9_sent_on,
        source_title=profile.source_title,
        source_address=profile.source_address,
        source_on=profile.source_on,
        note=profile.note,
    )


def profiles(text: str = "") -> Sequence[PayerProfile]:
    """Return the payers whose name, department, address or vendor number holds every word, by name."""
    columns = (PayerProfile.name, PayerProfile.department, PayerProfile.email, PayerProfile.vendor_number)
    found = select(PayerProfile).order_by(PayerProfile.sort_key, PayerProfile.id).limit(MOST_LISTED)
    for word in text.split()[:5]:
        spelled = PayerProfile.sort_key.contains(sort_key(word) or word, autoescape=True)
        found = found.where(or_(spelled, *(column.icontains(word, autoescape=True) for column in columns)))
    return db.session.scalars(found).all()


def profile_by_public_id(public_id: str) -> PayerProfile | None:
    return db.session.scalar(select(PayerProfile).where(PayerProfile.public_id == public_id))


def profile_named(name: str) -> PayerProfile | None:
    """Return the payer of this name, the one kept last where there are several."""
    found = select(PayerProfile).where(PayerProfile.name == name).order_by(PayerProfile.id.desc())
    return db.session.scalar(found.limit(1))


def order_lines_of(folio: Folio) -> dict[int, str]:
    """Return which line of the payer's order pays each posting, by the posting's id."""
    named = select(OrderLine).join(Entry, Entry.id == OrderLine.entry_id).where(Entry.folio_id == folio.id)
    return {line.entry_id: line.po_line for line in db.session.scalars(named)}


def name_order_lines(folio: Folio, po_lines: Mapping[int, str], *, now: datetime, by: str) -> None:
    """Keep which line of the payer's order pays each posting; an empty one is forgotten.

    po_lines  by the posting's id
    """
    before = order_lines_of(folio)
    after = {**before, **po_lines}
    for entry_id, po_line in po_lines.items():
        known = db.session.get(OrderLine, entry_id)
        if known is None and po_line:
            db.session.add(OrderLine(entry_id=entry_id, po_line=po_line))
        elif known is not None and po_line:
            known.po_line = po_line
        elif known is not None:
            db.session.delete(known)
    spoken = [", ".join(f"{line}" for _entry, line in sorted(one.items()) if line) for one in (before, after)]
    note_change(folio.public_id, "order lines", {"po_lines": spoken[0]}, {"po_lines": spoken[1]}, now=now, by=by)
    db.session.flush()


def carry_order_lines(folio: Folio, anew: Mapping[int, int]) -> None:
    """Keep the line of the order with what was charged again.

    anew  the posting's new id by that of before
    """
    for entry_id, po_line in order_lines_of(folio).items():
        if entry_id in anew:
            db.session.add(OrderLine(entry_id=anew[entry_id], po_line=po_line))


def _write(profile: PayerProfile, kept: Kept) -> None:
    for one in fields(BillTo):
        if one.name not in OF_AN_ORDER:
            setattr(profile, one.name, getattr(kept.bill_to, one.name))
    profile.sort_key = sort_key(kept.bill_to.name)[:_LONGEST_KEY]
    for name in ("terms_days", "w9_sent_on", "source_title", "source_address", "source_on", "note"):
        setattr(profile, name, getattr(kept, name))
    profile.demands = list(kept.demands)


def _plain(kept: Kept) -> dict[str, Any]:
    plain = {**kept.bill_to.plain(), **{one.name: getattr(kept, one.name) for one in fields(Kept)}}
    plain.pop("bill_to")
    return {
        name: value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else value
        for name, value in plain.items()
        if name not in OF_AN_ORDER
    }

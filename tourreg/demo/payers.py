"""The sample season's payers: two kept for next time, rooms that guests pay themselves, and one bill for a city's people."""

from datetime import datetime, timedelta

from sqlalchemy import select

from tourreg.db import db, writing
from tourreg.demo.programme import BY
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.models import Folio
from tourreg.domain.billing.payers import BillTo, Kept, bill_to_of, follow_profile, keep_payer
from tourreg.domain.billing.published_demands import published
from tourreg.domain.billing.rules import standing_lines
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements.payers import bill_together, let_another_pay

# By the keys of the sample registrations.
GUEST_PAYS = "energy-suzhou"
TOGETHER = ("summit-davenport", "summit-davenport-library")
CHARLOTTE = BillTo(
    name="City of Charlotte, North Carolina",
    email="accounts.charlotte@example.org",
    department="Planning, Design and Development",
    attention="Accounts Payable",
    address="600 East Fourth Street, Charlotte, NC 28202, USA",
    country="US",
    vendor_number="CLT-20871",
)
HELD = timedelta(days=3)


def make_payers(now: datetime) -> None:
    """Keep two payers, let a guest pay the single room, and put a city's people on one bill."""
    at = now - timedelta(days=2)
    _keep("charlotte", CHARLOTTE, at)
    _bill_together(at)
    _let_guest_pay(at)


def _bill_together(at: datetime) -> None:
    lead, other = (_registration(key) for key in TOGETHER)
    with writing():
        folio = bill_together(lead.id, [other.id], held_until=at + HELD, now=at, by=BY)
    _keep("davenport", bill_to_of(folio), at, folio)


def _let_guest_pay(at: datetime) -> None:
    registration = _registration(GUEST_PAYS)
    lines = [
        line for line in standing_lines(billing.entries_of(registration.folio)) if line.description.en == "Single room"
    ]
    guest = next(one for one in registration.participants if one.public_id == lines[0].subject)
    payer = BillTo(name=guest.name.latin(), email=f"private.{guest.surname.lower()}@example.org", country=guest.country)
    with writing():
        let_another_pay(
            registration.id,
            registration.folio_id,
            [lines[0].public_id],
            payer,
            language=registration.language,
            held_until=at + HELD,
            now=at,
            by=BY,
        )


def _keep(key: str, bill_to: BillTo, at: datetime, folio: Folio | None = None) -> None:
    """Keep a payer with what it publishes, behind its bill if there is one."""
    demands = published(key)
    if demands is None:
        raise LookupError(key)
    kept = Kept(
        bill_to=BillTo(**{**vars(bill_to), "po_number": "", "po_on": None, "requester": ""}),
        demands=demands.demands,
        terms_days=demands.terms_days,
        source_title=demands.title,
        source_address=demands.address,
        source_on=demands.read_on,
        note=demands.note,
    )
    with writing():
        profile = keep_payer(kept, submission_key=f"demo-payer-{key}", now=at, by=BY)
        if folio is not None:
            follow_profile(folio, profile)


def _registration(key: str) -> Registration:
    return db.session.scalars(select(Registration).filter_by(submission_key=f"demo-{key}")).one()

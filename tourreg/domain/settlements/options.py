"""Options and their money: charged to the contact's own bill, invoiced where that is invoiced, told by letter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tourreg.domain.billing import queries as billing
from tourreg.domain.outbox.commands import send_letter
from tourreg.domain.outbox.queries import letter_by_key
from tourreg.domain.papers.models import Paper
from tourreg.domain.registrations import mails, options
from tourreg.domain.registrations.models import Registration
from tourreg.domain.registrations.options import Taken, Wish
from tourreg.domain.settlements.acceptance import missed_by
from tourreg.domain.settlements.bills import PayersBill, lock_bill_of
from tourreg.domain.settlements.invoices import invoice_rest
from tourreg.kernel.bilingual import Text
from tourreg.kernel.money import total
from tourreg.kernel.refusals import Refusal

LETTER = "options_chosen"
GIVEN_UP = Text("Given up on the registration’s own page.", "由联系人在报名页面自行取消。")


class SomebodyElsePays(Refusal):
    """Another pays the bill for several registrations, so that only the office puts something on it."""


def choose_options(
    registration_id: int,
    wishes: Sequence[Wish],
    *,
    submission_key: str,
    now: datetime,
    by: str,
    by_office: bool = False,
) -> list[Taken]:
    """Choose options for a registration's people; the same form again chooses nothing more.

    Where finance has invoiced the bill the new lines are invoiced at once, unless its payer would send that back.

    by_office  the office chooses: on whoever's bill, until the item begins
    raises     what `registrations.options.choose` raises, SomebodyElsePays
    """
    bill = lock_bill_of(registration_id)
    registration = next(one for one in bill.registrations if one.id == registration_id)
    key = f"{LETTER}:{registration.public_id}:{submission_key}"
    if letter_by_key(key) is not None:
        return []
    has_fees = any(wish.shown_minor for wish in wishes)
    if has_fees and not by_office and is_paid_by_another(bill, registration):
        raise SomebodyElsePays
    taken = options.choose(registration, wishes, now=now, by=by, late=by_office)
    if taken:
        papers = _invoiced(bill.only(registration), taken, now=now, by=by)
        _tell(registration, taken, papers, key=key, now=now)
    return taken


def is_paid_by_another(bill: PayersBill, registration: Registration) -> bool:
    """Tell whether a registration stands on a bill with others that its contact does not pay."""
    return bill.is_joint and registration.contact_email.casefold() != bill.folio.payer_email.casefold()


def _invoiced(bill: PayersBill, taken: Sequence[Taken], *, now: datetime, by: str) -> list[Paper]:
    is_invoiced = any(one.fee for one in taken) and billing.live_invoices(bill.folio)
    if not is_invoiced or bill.lead.pays_by != "invoice" or missed_by(bill):
        return []
    return invoice_rest(bill, now=now, by=by)


def _tell(
    registration: Registration, taken: Sequence[Taken], papers: Sequence[Paper], *, key: str, now: datetime
) -> None:
    owed = billing.standing(registration.folio).owed
    fees = total((one.fee for one in taken), registration.folio.currency)
    facts: dict[str, Any] = {
        **mails.facts(registration),
        "options": [_told(one) for one in taken],
        "fees": {"minor": fees.minor, "currency": fees.currency},
        "owed": {"minor": owed.minor, "currency": owed.currency},
    }
    send_letter(
        LETTER,
        facts,
        to=registration.contact_email,
        language=registration.language,
        about=registration.public_id,
        key=key,
        now=now,
        papers=[paper.public_id for paper in papers],
    )


def _told(one: Taken) -> dict[str, Any]:
    return {
        "label": one.option.add_on.label.plain(),
        "name": one.participant.name.latin(),
        "on": one.option.day["on"],
        "starts": one.option.item["starts"],
        "fee": {"minor": one.fee.minor, "currency": one.fee.currency},
    }

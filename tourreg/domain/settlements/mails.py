"""What people are told about money, as plain facts; templates/mails has the words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.dues import Due
from tourreg.domain.billing.models import Entry
from tourreg.domain.outbox.commands import send_letter
from tourreg.domain.papers.models import Paper
from tourreg.domain.registrations import mails as registration_mails
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements.bills import PayersBill
from tourreg.domain.settlements.models import Cancellation
from tourreg.kernel.money import Money


@dataclass(frozen=True)
class Reader:
    """Who gets a letter about a bill.

    registration  of which the letter tells
    is_payer      whether the bill is all that the reader may know of
    gets_papers   whether the papers are for them: a contact gets those of a joint bill only as its payer
    """

    address: str
    registration: Registration
    is_payer: bool
    gets_papers: bool


def paid(bill: PayersBill, payment: Entry, papers: Iterable[Paper], *, now: datetime) -> None:
    """Tell that money has arrived, for seats or for a cancellation's fee; the payer's own address gets the papers."""
    amount = Money(-payment.amount_minor, bill.folio.currency)
    facts = {"amount": _plain(amount), "means": payment.means, "is_fee": not bill.live_seats}
    _tell(bill, "paid", facts, key=payment.public_id, papers=papers, now=now)


def paid_late(bill: PayersBill, payment: Entry, papers: Iterable[Paper], *, now: datetime) -> None:
    """Tell that money came when the seats were gone, and that somebody looks at it, or that it goes back."""
    amount = Money(-payment.amount_minor, bill.folio.currency)
    cancelled = all(one.is_withdrawn for one in bill.registrations)
    facts = {"amount": _plain(amount), "means": payment.means, "cancelled": cancelled}
    _tell(bill, "paid_late", facts, key=payment.public_id, papers=papers, now=now)


def funds_awaited(bill: PayersBill, amount: Money, *, key: str, now: datetime) -> None:
    """Tell that a bank transfer or wallet payment was promised and until when the seats wait for it."""
    _tell(bill, "funds_awaited", {"amount": _plain(amount)}, key=key, papers=(), now=now)


def payment_failed(bill: PayersBill, amount: Money, *, key: str, now: datetime) -> None:
    """Tell that promised money did not come, and until when another try is possible."""
    _tell(bill, "payment_failed", {"amount": _plain(amount)}, key=key, papers=(), now=now)


def reminder(
    bill: PayersBill, due: Due, papers: Iterable[Paper], *, level: int, days: int, key: str, now: datetime
) -> None:
    """Remind of a part of the bill, once for each level.

    level  0 a week before, 1 on the day, 2 and 3 after it
    days   since the due date, negative before it
    """
    facts = {
        "amount": _plain(due.open),
        "due_on": due.due_on.isoformat(),
        "level": level,
        "days": days,
        "is_fee": not bill.live_seats,
    }
    _tell(bill, "reminder", facts, key=key, papers=papers, now=now)


def seats_released(
    bill: PayersBill, why: str, kept: Money, papers: Iterable[Paper], *, key: str, now: datetime
) -> None:
    """Tell that the seats were given back because a due date was missed, and what becomes of the money."""
    _tell(bill, "seats_released", {"why": why, "kept": _plain(kept)}, key=key, papers=papers, now=now)


def hold_ended(bill: PayersBill, papers: Iterable[Paper], *, key: str, now: datetime) -> None:
    """Tell that the seats were freed because nobody paid; credit notes take back what was invoiced."""
    _tell(bill, "hold_ended", {}, key=key, papers=papers, now=now)


def credit_granted(bill: PayersBill, papers: Iterable[Paper], *, now: datetime) -> None:
    """Tell that the order is accepted and the seats are theirs; the invoice goes with it."""
    _tell(bill, "credit_granted", {}, key=bill.folio.public_id, papers=papers, now=now)


def credit_refused(bill: PayersBill, why: str, *, key: str, now: datetime) -> None:
    """Tell that the seats cannot wait for an invoice, why, and until when a card would do."""
    _tell(bill, "credit_refused", {"why": why}, key=key, papers=(), now=now)


def invoiced(bill: PayersBill, invoice: Paper, *, now: datetime) -> None:
    """Send an invoice that finance issued."""
    _tell(bill, "invoiced", {}, key=invoice.public_id, papers=[invoice], now=now)


def invoice_corrected(bill: PayersBill, reason: str, note: Paper, invoice: Paper, *, now: datetime) -> None:
    """Send a credit note and the invoice that takes the place of the one it credits."""
    _tell(bill, "invoice_corrected", {"why": reason}, key=invoice.public_id, papers=[note, invoice], now=now)


def lines_went(bill: PayersBill, papers: Iterable[Paper], *, key: str, now: datetime) -> None:
    """Tell that lines of a bill are paid by somebody else now; credit note and new invoice, if any, go with it."""
    _tell(bill, "lines_went", {}, key=key, papers=papers, now=now)


def lines_came(bill: PayersBill, papers: Iterable[Paper], *, key: str, now: datetime) -> None:
    """Tell the payer of a bill what they are to pay from now on."""
    _tell(bill, "lines_came", {}, key=key, papers=papers, now=now)


def seated_after_all(bill: PayersBill, papers: Iterable[Paper], *, now: datetime) -> None:
    """Tell somebody who paid late that there are seats after all."""
    _tell(bill, "seated_after_all", {}, key=bill.folio.public_id, papers=papers, now=now)


def cancelled(bill: PayersBill, done: Cancellation, refund: Money, papers: Iterable[Paper], *, now: datetime) -> None:
    """Tell the payer of a bill what is cancelled of it, what is kept of its price, and what goes back."""
    names = {person.public_id: person.name.latin() for person in bill.lead.participants}
    things = [thing for thing in done.things if thing["folio"] == bill.folio.reference]
    facts = {
        "refund": _plain(refund),
        "kept": _plain(Money(sum(thing["kept_minor"] for thing in things), refund.currency)),
        "why": done.why,
        "is_everything": done.is_everything,
        "is_declined": any(person.application_state == "declined" for person in bill.lead.participants),
        "event_cancelled": done.batch_id is not None,
        "things": [{**thing, "name": names.get(thing["subject"], "")} for thing in things],
    }
    key = done.public_id if bill.main_of else f"{done.public_id}:{bill.folio.public_id}"
    _tell(bill, "cancelled", facts, key=key, papers=papers, now=now)


def refunded(bill: PayersBill, amount: Money, papers: Iterable[Paper], *, key: str, now: datetime) -> None:
    """Tell that money has left for the payer; the refund advice goes with it."""
    _tell(bill, "refunded", {"amount": _plain(amount)}, key=key, papers=papers, now=now)


def statement(bill: PayersBill, paper: Paper, *, of_all: bool, now: datetime) -> None:
    """Send a statement of account.

    of_all  it tells of other bills too, so that it goes to the payer alone
    """
    _tell(bill, "statement", {}, key=paper.public_id, papers=[paper], now=now, to_payer_alone=of_all)


def reminded(bill: PayersBill, paper: Paper, *, now: datetime) -> None:
    """Send a payment reminder, in words as polite or firm as the paper's."""
    asked = {name: paper.sheet[name] for name in ("level", "total", "pay_by")}
    _tell(bill, "reminded", asked, key=paper.public_id, papers=[paper], now=now)


def _tell(
    bill: PayersBill,
    template: str,
    facts: dict[str, Any],
    *,
    key: str,
    papers: Iterable[Paper],
    now: datetime,
    to_payer_alone: bool = False,
) -> None:
    attached = [paper.public_id for paper in papers]
    readers = [_payer_of(bill)] if to_payer_alone else _readers_of(bill, with_papers=bool(attached))
    for place, reader in enumerate(readers):
        is_first = place == 0 and not reader.is_payer
        ending = "" if is_first else ":payer" if reader.is_payer else f":{reader.registration.public_id}"
        send_letter(
            template,
            {**_facts(bill, reader), **facts, "to_payer": reader.is_payer},
            to=reader.address,
            language=bill.folio.language if reader.is_payer else reader.registration.language,
            about=reader.registration.public_id if bill.main_of else bill.folio.public_id,
            key=f"{template}:{key}{ending}",
            now=now,
            papers=attached if reader.gets_papers else (),
        )


def _readers_of(bill: PayersBill, *, with_papers: bool) -> list[Reader]:
    """Return who is told of a bill: the contacts whose main bill it is, and the payer at an address of its own.

    A payer whose bill is nobody's own is told of everything, any other only when there are papers.
    """
    payer = bill.folio.payer_email.casefold()
    concerned = [one for one in bill.main_of if bill.about in (None, one)]
    readers = [
        Reader(one.contact_email, one, False, not bill.is_joint or one.contact_email.casefold() == payer)
        for one in concerned
    ]
    if payer not in {reader.address.casefold() for reader in readers} and (with_papers or not bill.main_of):
        readers.append(_payer_of(bill))
    return readers


def _payer_of(bill: PayersBill) -> Reader:
    return Reader(bill.folio.payer_email, bill.lead, True, True)


def _facts(bill: PayersBill, reader: Reader) -> dict[str, Any]:
    until = bill.held_until
    return {
        **registration_mails.facts(reader.registration),
        "bill": bill.folio.public_id,
        "held_until": until.isoformat() if until else "",
        "balance": _plain(billing.balance(bill.folio)),
    }


def _plain(amount: Money) -> dict[str, Any]:
    return {"minor": amount.minor, "currency": amount.currency}

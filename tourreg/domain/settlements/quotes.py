"""Quotes: what so many people would cost on the day of the quote, numbered, before anybody is bound.

A quote holds no places and opens no bill; it is a paper about the event.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tourreg.domain.billing.documents import information
from tourreg.domain.billing.payers import BillTo
from tourreg.domain.catalogue import prices, rules
from tourreg.domain.catalogue.models import AddOn, Event, Fee
from tourreg.domain.outbox.commands import send_letter
from tourreg.domain.papers.commands import issue
from tourreg.domain.papers.documents import both, head
from tourreg.domain.papers.models import Paper
from tourreg.domain.papers.queries import PageSize, PaperLanguage, by_submission_key
from tourreg.domain.papers.sheets import Amount, InvoiceSheet, Line, Payer, Programme, Words
from tourreg.domain.settlements.purposes import rate_of, route_of
from tourreg.kernel.bilingual import EMPTY, Text
from tourreg.kernel.clock import local_day
from tourreg.kernel.money import Money, total
from tourreg.kernel.refusals import Refusal

LASTS = timedelta(days=30)
MOST_OF_ONE = 500
PERSON = Text("person", "人")


class NothingQuoted(Refusal):
    """No fee was chosen, or none of it is offered any more, or not in the currency."""


@dataclass(frozen=True)
class QuoteRequest:
    """For whom a quote is, and how many of which fees and add-ons, by public id.

    email           where the quote goes
    currency        in which it is priced, one of the event's; "" is its first
    submission_key  the same for every sending of one form
    """

    bill_to: BillTo
    contact: str
    quantities: Mapping[str, int]
    language: str
    submission_key: str
    currency: str = ""

    @property
    def email(self) -> str:
        return self.bill_to.email


def issue_quote(event: Event, asked: QuoteRequest, *, now: datetime, by: str) -> Paper:
    """Issue a quote and send it; the same form again returns its first.

    raises  NothingQuoted
    """
    key = f"{asked.submission_key}-quote"
    known = by_submission_key(key)
    if known is not None:
        return known
    language, page_size = paper_form(asked)
    paper = issue(
        "quote",
        dict(quote_sheet(event, asked, now=now)),
        issuer=event.issuer,
        about=event.public_id,
        language=language,
        page_size=page_size,
        now=now,
        by=by,
        recipient=asked.bill_to.name,
        submission_key=key,
    )
    _send(event, asked, paper, now)
    return paper


def quote_sheet(event: Event, asked: QuoteRequest, *, now: datetime) -> InvoiceSheet:
    """Return the sheet of a quote, valid until the first of its prices changes, thirty days at most.

    raises  NothingQuoted
    """
    if asked.currency and asked.currency not in prices.currencies_of(event):
        raise NothingQuoted
    offered = _offered(event, asked, now)
    if not any(isinstance(thing, Fee) for thing, _count in offered):
        raise NothingQuoted
    priced = prices.price_list(event, now, asked.currency)
    lines = [_line(event, thing, count, priced) for thing, count in offered]
    gross = total((priced.of(thing) * count for thing, count in offered), priced.currency)
    sum_of_all, nothing = _amount(gross), _amount(Money(0, priced.currency))
    people = sum(count for thing, count in offered if isinstance(thing, Fee))
    return {
        **head("quote", event.issuer, made_at=now),
        "currency": priced.currency,
        "payer": _payer(asked),
        "order": {"po_number": "", "po_on": "", "vendor_number": "", "cost_centre": "", "requester": ""},
        "programme": _programme(event),
        "lines": lines,
        "gross": sum_of_all,
        "discounts": nothing,
        "subtotal": sum_of_all,
        "tax": nothing,
        "tax_note": both(event.issuer.tax_note),
        "total": sum_of_all,
        "payments": [],
        "balance": sum_of_all,
        "terms": both(Text(f"for {people} people", f"{people}人")),
        "due_on": valid_until(event, [thing for thing, _count in offered], now).isoformat(),
        "instalments": [],
        "remit_to": [],
        "payment_reference": "",
        "not_a_fapiao": _is_chinese(asked),
        "notes": [*information(rate_of(event), gross), *_policy(event)],
        "enclosed": [],
    }


def _policy(event: Event) -> list[Words]:
    return [both(event.cancellation_policy)] if event.cancellation_policy else []


def valid_until(event: Event, things: list[Fee | AddOn], now: datetime) -> date:
    """Return the last day on which all these prices hold and the event can be registered for, thirty days at most."""
    today = local_day(now, event.zone)
    steps = [prices.step_on(thing, today) for thing in things if isinstance(thing, Fee)]
    return min([today + LASTS, event.closes_on, *(step.until_on for step in steps if step.until_on)])


def paper_form(asked: QuoteRequest) -> tuple[PaperLanguage, PageSize]:
    """Return language and size as for a bill of the same payer."""
    if _is_chinese(asked):
        return "both", "a4"
    return "en", "letter" if asked.bill_to.country == "US" else "a4"


def _send(event: Event, asked: QuoteRequest, paper: Paper, now: datetime) -> None:
    send_letter(
        "quoted",
        {
            "name": asked.contact,
            "event": event.title.plain(),
            "slug": event.slug,
            "first_on": event.starts_on.isoformat(),
            "last_on": event.ends_on.isoformat(),
            "total": paper.sheet["total"],
            "valid_until": paper.sheet["due_on"],
            "zone": event.issuer.zone,
        },
        to=asked.email,
        language=asked.language,
        about=event.public_id,
        key=f"quoted:{paper.public_id}",
        now=now,
        papers=[paper.public_id],
    )


def _offered(event: Event, asked: QuoteRequest, now: datetime) -> list[tuple[Fee | AddOn, int]]:
    """Return what of the request is offered now, in the event's order, each with how many."""
    things: list[Fee | AddOn] = [*rules.fees_open(event, now), *rules.add_ons_offered(event)]
    counted = [(thing, asked.quantities.get(thing.public_id, 0)) for thing in things]
    return [(thing, count) for thing, count in counted if count > 0]


def _payer(asked: QuoteRequest) -> Payer:
    return {
        "name": asked.bill_to.name,
        "department": asked.bill_to.department,
        "attention": asked.contact,
        "address": asked.bill_to.address,
        "email": asked.email,
    }


def _programme(event: Event) -> Programme:
    return {
        "title": both(event.title),
        "first_on": event.starts_on.isoformat(),
        "last_on": event.ends_on.isoformat(),
        "place": both(route_of(event)),
        "registration": "",
        "participants": [],
    }


def _line(event: Event, thing: Fee | AddOn, count: int, priced: prices.PriceList) -> Line:
    first_on = thing.from_on if isinstance(thing, AddOn) else None
    last_on = thing.to_on if isinstance(thing, AddOn) else None
    return {
        "po_line": "",
        "description": both(priced.label_of(thing)),
        "detail": both(thing.audience if isinstance(thing, Fee) else EMPTY),
        "first_on": (first_on or event.starts_on).isoformat(),
        "last_on": (last_on or event.ends_on).isoformat(),
        "quantity": count,
        "unit": both(PERSON),
        "unit_price": _amount(priced.of(thing)),
        "discount": None,
        "amount": _amount(priced.of(thing) * count),
    }


def _is_chinese(asked: QuoteRequest) -> bool:
    return asked.language == "zh" or asked.bill_to.country == "CN"


def _amount(money: Money) -> Amount:
    return {"minor": money.minor, "currency": money.currency}

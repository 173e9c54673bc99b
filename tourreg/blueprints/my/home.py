"""My registrations: the list, and each of them."""

from datetime import datetime
from functools import partial

from flask import Blueprint, render_template

from tourreg.blueprints.guards import registration_holder, signed_in
from tourreg.blueprints.languages import language
from tourreg.blueprints.my.next_steps import Situation, next_step, standing_lines
from tourreg.blueprints.my.papers import is_theirs, paper_address, papers_of, quote_address
from tourreg.blueprints.office.registration_words import letter_title
from tourreg.blueprints.plan_words import DUE_STATES
from tourreg.domain.accounts.models import Person
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing import rules as billing_rules
from tourreg.domain.billing.dues import dues_of, next_to_pay
from tourreg.domain.billing.models import Entry, Folio
from tourreg.domain.billing.order_files import orders_of
from tourreg.domain.billing.rules import MoneyStanding
from tourreg.domain.hosting import queries as hosts
from tourreg.domain.itineraries.options import has_options
from tourreg.domain.outbox.queries import letters_about
from tourreg.domain.papers.models import Paper
from tourreg.domain.papers.queries import quotes_to
from tourreg.domain.registrations import own_changes
from tourreg.domain.registrations import queries as registrations
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements.bills import bill_of, bills_of, lines_of
from tourreg.domain.settlements.queries import checkouts_under_way
from tourreg.kernel import clock

blueprint = Blueprint("my", __name__)


@blueprint.get("/my/")
@signed_in
def home(person: Person) -> str:
    return render_template(
        "my/home.html",
        person=person,
        registrations=registrations.of_contact(person.email),
        profiles=hosts.of_address(person.email),
        quotes=quotes_to(person.email),
        accounts=billing.accounts_of(person.email),
        quote_address=quote_address,
    )


@blueprint.get("/my/registrations/<public_id>")
@registration_holder
def registration(registration: Registration) -> str:
    now, theirs = clock.utc_now(), is_theirs(registration)
    papers = papers_of(registration, with_bill=theirs)
    entries = billing.entries_of(registration.folio)
    situation = _situation(registration, list(papers), entries, now, shared=not theirs)
    return render_template(
        "my/registration.html",
        registration=registration,
        at=situation,
        next=next_step(situation),
        standing=standing_lines(situation),
        lines=[(entry, situation.sum_of(entry)) for entry in _lines(registration, entries, situation)],
        is_shared=situation.shared,
        names={person.public_id: person.name.in_(language()) for person in registration.participants},
        papers=papers,
        paper_link=partial(paper_address, registration),
        is_open=own_changes.is_open(registration, now),
        is_cancellable=own_changes.is_cancellable(registration, now),
        letters=letters_about(registration.public_id),
        others_pay=_others_pay(registration),
        orders=orders_of(registration.folio) if _takes_order(registration) else None,
        letter_title=letter_title,
        has_options=has_options(registration.event),
        dues=situation.dues,
        today=situation.today,
        due_states=DUE_STATES,
    )


def _lines(registration: Registration, entries: list[Entry], at: Situation) -> list[Entry]:
    """Return what stands on the main bill, of one that another pays for several only what is for these people."""
    if at.shared:
        return lines_of(bill_of(registration.folio_id), registration, entries)
    return billing_rules.standing_lines(entries)


def _takes_order(registration: Registration) -> bool:
    return registration.pays_by == "invoice" and registration.folio.credit_state != "refused"


def _others_pay(registration: Registration) -> list[tuple[Folio, list[Entry], MoneyStanding]]:
    """Return what other payers pay for: the bill, its lines for these people, and where it stands."""
    if not registration.further_folios:
        return []
    found = [bill for bill in bills_of(registration) if bill.folio.id != registration.folio_id]
    parts = [(bill.folio, lines_of(bill, registration), billing.standing(bill.folio)) for bill in found]
    return [part for part in parts if part[1]]


def _situation(
    registration: Registration, papers: list[Paper], entries: list[Entry], now: datetime, *, shared: bool
) -> Situation:
    folio = registration.folio
    invoices, standing = billing.live_invoices(folio), billing_rules.money_standing(entries, folio.currency)
    return Situation(
        registration=registration,
        state=registrations.state_of(registration),
        money=standing,
        dues=tuple(dues_of(folio, standing)) if folio.instalments else (),
        next_due=next_to_pay(folio, standing),
        awaited=any(checkout.state == "awaiting_funds" for checkout in checkouts_under_way(folio)),
        due_on=invoices[-1].due_on if invoices else None,
        papers=(len(papers), sum(paper.rendered_at is not None for paper in papers)),
        now=now,
        shared=shared,
    )

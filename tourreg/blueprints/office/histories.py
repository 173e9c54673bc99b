"""What happened to a record, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from tourreg import formats
from tourreg.blueprints.group_words import group_words
from tourreg.blueprints.languages import language
from tourreg.blueprints.office.acceptance_words import DEMANDS
from tourreg.blueprints.public.registration_fields import SALUTATIONS
from tourreg.domain.registrations.commands import OPEN_ADMISSION
from tourreg.domain.reports.histories import Happening
from tourreg.domain.settlements.arrears import UNPAID
from tourreg.domain.settlements.checkouts import NO_ANSWER
from tourreg.domain.settlements.disputes import DISPUTE_LOST
from tourreg.domain.settlements.ended_holds import HOLD_ENDED
from tourreg.domain.settlements.matching import REFUNDED_AT_STRIPE
from tourreg.domain.settlements.payers import ANOTHER_PAYS, BILLED_TOGETHER

_MOVES = {
    ("seat", "held"): _l("Held"),
    ("seat", "confirmed"): _l("Seats confirmed"),
    ("seat", "released"): _l("Seats given back"),
    ("application", "submitted"): _l("Submitted"),
    ("application", "in_review"): _l("In review"),
    ("application", "accepted"): _l("Accepted"),
    ("application", "waitlisted"): _l("On the waiting list"),
    ("application", "declined"): _l("Application declined"),
    ("application", "withdrawn"): _l("Withdrawn"),
    ("credit", "asked"): _l("Asked to pay by invoice"),
    ("credit", "granted"): _l("Purchase order accepted"),
    ("credit", "refused"): _l("Purchase order refused"),
    ("cancellation", "asked"): _l("Asked to cancel"),
    ("cancellation", "none"): _l("Request to cancel taken back"),
    ("cancellation", "kept"): _l("Not cancelled"),
    ("cancellation", "cancelled"): _l("Cancelled as asked"),
    ("host", "address_confirmed"): _l("Address confirmed"),
    ("host", "accepted"): _l("Offer accepted"),
    ("host", "declined"): _l("Offer declined"),
}
# What a change is called that is no correction; which fields it changed says no more.
_CHANGES = {
    "links": _l("Links sent before taken back"),
    "payment_plan": _l("Another payment plan agreed"),
    "reminders": _l("Reminders stopped or resumed"),
    "host particulars": _l("Profile of the city filled in"),
    "host contact": _l("Contacts of the city changed"),
    "host photo": _l("Photographs changed"),
}
# Edits that have a name of their own, and whose fields are told.
_EDITS = {
    "payer": _l("Another payer pays a part"),
    "bill": _l("Billed together with others"),
    "bill_to": _l("Payer changed"),
    "order file": _l("Order added as a file"),
    "order lines": _l("Lines of the PO named"),
    "acceptance": _l("Issued though they would send it back"),
    "replaced": _l("Replaced by another person"),
    "group": _l("Put into another group"),
    "withdrawn": _l("Paper withdrawn"),
    "encloses_w9": _l("Form W-9 with the invoices"),
}
_FIELDS = {
    "surname": _l("Surname"),
    "given": _l("Given name"),
    "native": _l("Name in own script"),
    "badge": _l("Name on the badge"),
    "guest": _l("Guest"),
    "salutation": _l("Salutation"),
    "email": _l("E-mail"),
    "post": _l("Position"),
    "organisation": _l("Organisation"),
    "country": _l("Country"),
    "name": _l("Legal name of the payer"),
    "department": _l("Department"),
    "address": _l("Address"),
    "vendor_number": _l("Their number for us as a vendor"),
    "attention": _l("For the attention of"),
    "tax_id": _l("Their tax ID"),
    "tax_exemption": _l("Tax exemption"),
    "po_on": _l("Date of the PO"),
    "cost_centre": _l("Cost center"),
    "requester": _l("Requested by"),
    "payer": _l("Payer"),
    "bill": _l("Bill"),
    "order_file": _l("File"),
    "po_lines": _l("Lines of the PO"),
    "demands": _l("What they demand"),
    "anyway": _l("Reason to send it all the same"),
    "po_number": _l("PO number"),
    "contact_name": _l("Contact person"),
    "contact_email": _l("Contact’s e-mail"),
    "contact_phone": _l("Contact’s telephone"),
    "payer_email": _l("Payer’s e-mail"),
    "offers": _l("What they would like to host"),
    "available": _l("When"),
    "group_size": _l("Largest group"),
    "office_confirmed": _l("How the office was confirmed"),
    "person": _l("Who takes part"),
    "reason": _l("Reason"),
    "group": _l("Group"),
    "wanted": _l("Enclosed"),
}
_SALUTATIONS = {choice.value: choice.label for choice in SALUTATIONS if choice.value}
# Reasons that the program itself gives.
_REASONS = {
    OPEN_ADMISSION: _l("Open admission."),
    HOLD_ENDED: _l("The hold ended before a payment came."),
    DISPUTE_LOST: _l("The payer’s bank took the money back."),
    ANOTHER_PAYS: _l("Another payer pays for this."),
    BILLED_TOGETHER: _l("Billed together with others."),
    REFUNDED_AT_STRIPE: _l("Refunded at Stripe."),
    UNPAID: _l("A payment was not made by its due date."),
    NO_ANSWER: _l("Stripe did not answer."),
}


@dataclass(frozen=True)
class Line:
    """One line of a history: what happened, to whom, by whom; and the fields that an edit changed."""

    at: datetime
    what: str
    whose: str
    who: str
    why: str
    fields: tuple[tuple[str, str, str], ...] = ()


def lines(history: Iterable[Happening], subjects: Mapping[str, str], actors: Mapping[str, str]) -> list[Line]:
    """Return the history in words.

    subjects  what the records are called, by public id; others stay unnamed
    actors    what actors are called; those of `actor_words` need not stand in it
    """
    return [_line(happening, subjects, actors) for happening in history]


def actor_words(actor: str, known: Mapping[str, str]) -> str:
    """Return who acted, as people know them."""
    kind = actor.partition(":")[0]
    words = {
        "staff": _("A former member of staff"),
        "contact": _("The contact"),
        "payer": _("The payer"),
        "person": _("The contact, signed in"),
        "host": _("The host city"),
        "worker": _("The system"),
        "stripe": "Stripe",
        "console": _("An administrator at the console"),
    }
    return known.get(actor) or words.get(kind, actor)


def reason_words(why: str) -> str:
    """Return a reason in the page's language, where the program gave it; what people write stays as it is."""
    return str(_REASONS.get(why, why))


def _line(happening: Happening, subjects: Mapping[str, str], actors: Mapping[str, str]) -> Line:
    whose = [subjects[subject] for subject in happening.subjects if subject in subjects]
    return Line(
        happening.at,
        _moved(happening) if happening.is_move else str({**_CHANGES, **_EDITS}.get(happening.what, _("Corrected"))),
        formats.listing(dict.fromkeys(whose), language()),
        actor_words(happening.by, actors),
        reason_words(happening.why),
        () if happening.is_move or happening.what in _CHANGES else _fields(happening),
    )


def _moved(happening: Happening) -> str:
    known = _MOVES.get((happening.what, str(happening.after)))
    return str(known) if known else f"{happening.what}: {happening.before} → {happening.after}"


def _fields(happening: Happening) -> tuple[tuple[str, str, str], ...]:
    before, after = happening.before, happening.after
    if not isinstance(before, dict) or not isinstance(after, dict):
        return ()
    return tuple(
        (str(_FIELDS.get(name, name)), _value(name, before.get(name)), _value(name, after[name])) for name in after
    )


def _value(name: str, value: object) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if name == "country" and value:
        return formats.country(str(value), language())
    if name == "demands" and value:
        return formats.listing([str(DEMANDS.get(one, one)) for one in str(value).split(", ")], language())
    if name == "group":
        return group_words(str(value or ""))
    if name == "salutation" and value in _SALUTATIONS:
        return str(_SALUTATIONS[str(value)])
    return str(value or "–")

"""What happened to a record, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from tourreg import formats
from tourreg.blueprints.languages import language
from tourreg.domain.reports.histories import Happening

# Marks words for the catalogue that stand in the domain.
N_ = str
_MOVES = {
    ("seat", "held"): _l("Held"),
    ("seat", "confirmed"): _l("Seats confirmed"),
    ("seat", "released"): _l("Seats given back"),
    ("application", "submitted"): _l("Submitted"),
    ("application", "accepted"): _l("Accepted"),
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
_FIELDS = {
    "surname": _l("Surname"),
    "given": _l("Given name"),
    "native": _l("Name in own script"),
    "badge": _l("Name on the badge"),
    "salutation": _l("Salutation"),
    "email": _l("E-mail"),
    "post": _l("Position"),
    "organisation": _l("Organisation"),
    "country": _l("Country"),
    "contact_name": _l("Contact person"),
    "contact_email": _l("Contact’s e-mail"),
    "contact_phone": _l("Contact’s telephone"),
    "payer_email": _l("Payer’s e-mail"),
    "offers": _l("What they would like to host"),
    "available": _l("When"),
    "group_size": _l("Largest group"),
}


# Reasons that the program itself gives; those that people write stay as they are.
_REASONS = {reason: _l(reason) for reason in (N_("Open admission."), N_("Nothing is to be paid."))}


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
        "person": _("The contact, signed in"),
        "host": _("The host city"),
        "worker": _("The system"),
        "stripe": "Stripe",
        "console": _("An administrator at the console"),
    }
    return known.get(actor) or words.get(kind, actor)


def _line(happening: Happening, subjects: Mapping[str, str], actors: Mapping[str, str]) -> Line:
    whose = [subjects[subject] for subject in happening.subjects if subject in subjects]
    return Line(
        happening.at,
        _moved(happening) if happening.is_move else _changed(happening),
        formats.listing(dict.fromkeys(whose), language()),
        actor_words(happening.by, actors),
        str(_REASONS.get(happening.why, happening.why)),
        () if happening.is_move or happening.what == "links" else _fields(happening),
    )


def _changed(happening: Happening) -> str:
    return _("Links sent before taken back") if happening.what == "links" else _("Corrected")


def _moved(happening: Happening) -> str:
    known = _MOVES.get((happening.what, str(happening.after)))
    return str(known) if known else f"{happening.what}: {happening.before} → {happening.after}"


def _fields(happening: Happening) -> tuple[tuple[str, str, str], ...]:
    before, after = happening.before, happening.after
    if not isinstance(before, dict) or not isinstance(after, dict):
        return ()
    return tuple(
        (str(_FIELDS.get(name, name)), str(before.get(name) or "–"), str(after[name] or "–")) for name in after
    )

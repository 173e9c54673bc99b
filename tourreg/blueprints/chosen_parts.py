"""What of a registration an address or a form names to be given up, and the ticks that name it."""

from __future__ import annotations

from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from tourreg.domain.registrations.chosen import Chosen, NothingChosen, everything, fitting, taking_part
from tourreg.domain.registrations.models import Registration
from tourreg.kernel.bilingual import Text

PEOPLE, ADD_ONS = "person", "add_on"
_BETWEEN = "~"


@dataclass(frozen=True)
class Tick:
    """One thing that can be given up.

    label  the person's name, or the add-on's
    """

    name: str
    value: str
    label: Text
    is_chosen: bool


def chosen_of(registration: Registration, sent: MultiDict[str, str]) -> Chosen:
    """Return what was chosen; everything where nothing was.

    sent    names people by their public ids, and add-ons by person and add-on
    raises  NothingChosen where what was named is not there (any more)
    """
    named = chosen_named(sent)
    return fitting(registration, named if named != Chosen() else everything(registration))


def chosen_named(sent: MultiDict[str, str]) -> Chosen:
    """Return what was named, be it there or not."""
    pairs = [value.partition(_BETWEEN) for value in sent.getlist(ADD_ONS)]
    return Chosen(tuple(sent.getlist(PEOPLE)), tuple((person, add_on) for person, _dash, add_on in pairs))


def shown_of(registration: Registration, sent: MultiDict[str, str]) -> Chosen:
    """Return what an address names, and everything where that is not there (any more)."""
    try:
        return chosen_of(registration, sent)
    except NothingChosen:
        return everything(registration)


def ticks_of(registration: Registration, chosen: Chosen) -> list[tuple[Tick, list[Tick]]]:
    """Return a tick for each person who still comes, each with those of their add-ons."""
    rows = []
    for person in taking_part(registration):
        subject, name = person.public_id, person.name.latin()
        held = [seat.add_on for seat in person.seats if seat.add_on and seat.state != "released"]
        own = [
            Tick(
                ADD_ONS, f"{subject}{_BETWEEN}{add_on.public_id}", add_on.label, chosen.holds(subject, add_on.public_id)
            )
            for add_on in held
        ]
        rows.append((Tick(PEOPLE, subject, Text(name), subject in chosen.people), own))
    return rows


def hidden_of(chosen: Chosen) -> list[tuple[str, str]]:
    """Return the fields by which a form carries a choice on."""
    add_ons = [(ADD_ONS, _pair(subject, add_on)) for subject, add_on in chosen.add_ons]
    return [*((PEOPLE, subject) for subject in chosen.people), *add_ons]


def _pair(subject: str, add_on: str) -> str:
    return f"{subject}{_BETWEEN}{add_on}"

"""What of a registration is given up: everybody, one person, or one add-on of somebody who still comes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tourreg.domain.registrations.models import ENDED_APPLICATIONS, Participant, Registration, Seat
from tourreg.kernel.refusals import Refusal


class NothingChosen(Refusal):
    """Nobody and nothing was chosen, or what was chosen is not there (any more)."""


@dataclass(frozen=True)
class Chosen:
    """Things to give up, by public id.

    people   who do not come at all; all that they have goes with them
    add_ons  of people who still come: participant and add-on
    """

    people: tuple[str, ...] = ()
    add_ons: tuple[tuple[str, str], ...] = ()

    def plain(self) -> dict[str, Any]:
        """Return the choice as a registration keeps it."""
        return {"people": list(self.people), "add_ons": [list(pair) for pair in self.add_ons]}

    def holds(self, subject: str, thing: str) -> bool:
        """Tell whether a participant's thing is given up; `thing` is an add-on's public id or ""."""
        return subject in self.people or (subject, thing) in self.add_ons


def chosen_from(plain: Mapping[str, Any]) -> Chosen:
    """Return the choice that `Chosen.plain` wrote."""
    add_ons = tuple((str(pair[0]), str(pair[1])) for pair in plain.get("add_ons", ()))
    return Chosen(tuple(plain.get("people", ())), add_ons)


def everything(registration: Registration) -> Chosen:
    """Return the choice of everybody who still takes part."""
    return Chosen(tuple(participant.public_id for participant in taking_part(registration)))


def taking_part(registration: Registration) -> list[Participant]:
    """Return those who were neither declined nor withdrawn, in their order."""
    return [one for one in registration.participants if one.application_state not in ENDED_APPLICATIONS]


def fitting(registration: Registration, chosen: Chosen) -> Chosen:
    """Return the choice in the registration's own order, without what is there no more.

    Where nobody takes part any more the choice is empty: money may still have to go back.

    raises  NothingChosen where somebody does, and nothing of the choice is left
    """
    people = taking_part(registration)
    whole = tuple(person.public_id for person in people if person.public_id in chosen.people)
    had = [
        (person.public_id, seat.add_on.public_id)
        for person in people
        for seat in person.seats
        if seat.add_on is not None and seat.state != "released" and person.public_id not in whole
    ]
    fit = Chosen(whole, tuple(pair for pair in had if pair in chosen.add_ons))
    if people and not fit.people and not fit.add_ons:
        raise NothingChosen
    return fit


def is_everything(registration: Registration, chosen: Chosen) -> bool:
    """Tell whether nobody is left after it."""
    return all(person.public_id in chosen.people for person in taking_part(registration))


def seats_of(registration: Registration, chosen: Chosen) -> list[Seat]:
    """Return the live seats that are given up."""
    return [
        seat
        for participant in registration.participants
        for seat in participant.seats
        if seat.state != "released"
        and chosen.holds(participant.public_id, seat.add_on.public_id if seat.add_on else "")
    ]

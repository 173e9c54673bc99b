"""Optional items that people of the sample season have chosen."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import cycle, islice

from sqlalchemy import select

from tourreg.db import db, writing
from tourreg.demo.programme import Season
from tourreg.domain.itineraries.options import Option, options_of
from tourreg.domain.registrations import options
from tourreg.domain.registrations.models import Participant, Registration
from tourreg.domain.registrations.options import Wish
from tourreg.domain.settlements.options import choose_options

SUMMIT = "eco-urbanization-yangzhou"
CHOSEN_BEFORE = timedelta(hours=30)
MOST = 9


def choose_some(season: Season, now: datetime) -> None:
    """Let the first people of the summit whose places are sure choose each another thing, one after the other."""
    event = season.events[SUMMIT].id
    people = select(Participant.id).join(Registration).where(Registration.event_id == event)
    sure = [person for person in db.session.scalars(people.order_by(Participant.id)) if _wish(person, 0)]
    for place, person in enumerate(islice(sure, MOST)):
        _choose(person, place, now - CHOSEN_BEFORE + timedelta(minutes=7 * place))


def _choose(person: int, place: int, at: datetime) -> None:
    with writing():
        wish = _wish(person, place)
        registration = db.session.get_one(Participant, person).registration
        if wish is not None:
            key, by = f"demo-option-{person:010d}", f"contact:{registration.public_id}"
            choose_options(registration.id, [wish], submission_key=key, now=at, by=by)


def _wish(person: int, place: int) -> Wish | None:
    """Return what somebody chooses of what they can, where they can choose anything and pay their own bill."""
    participant = db.session.get_one(Participant, person)
    registration = participant.registration
    if registration.cancellation_state == "asked" or registration.further_folios:
        return None
    offered = [one for one in options_of(registration.event) if _is_for(participant, one)]
    if not offered:
        return None
    option = next(islice(cycle(offered), place, None))
    return Wish(participant.public_id, option.add_on.public_id, option.fee_minor)


def _is_for(participant: Participant, option: Option) -> bool:
    return options.may_choose(participant, option) and options.fee_of(option, participant.registration) is not None

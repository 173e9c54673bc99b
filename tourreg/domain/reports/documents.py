"""What rosters are made from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from tourreg.domain.catalogue.models import Event
from tourreg.domain.consents.queries import subjects_agreeing
from tourreg.domain.papers import sheets
from tourreg.domain.papers.documents import both, head
from tourreg.domain.papers.sheets import RosterRow, RosterSheet, Session
from tourreg.domain.registrations.models import Participant
from tourreg.domain.reports.queries import tours_taken
from tourreg.kernel.bilingual import EMPTY, Text

MORNING, AFTERNOON, NOON = Text("Morning", "上午"), Text("Afternoon", "下午"), "12:00"
# Nobody signs for a meal, a room, a way or time of their own.
NOT_SIGNED = ("meal", "hotel", "transfer", "flight", "train", "free_time")
TOURS = {"pre_tour": Text("pre-tour", "会前考察"), "post_tour": Text("post-tour", "会后考察")}


def roster_sheet(
    event: Event,
    participants: Sequence[Participant],
    *,
    now: datetime,
    receiver: Text = EMPTY,
    meeting: Text = EMPTY,
    show_country: bool = False,
    destroy_on: date | None = None,
) -> RosterSheet:
    """Return the sheet of a roster, cut B: who comes, for host and security desk, in the order that is given.

    receiver      who gets it; the cities of the programme where nobody is named
    show_country  only where the receiver's security desk asked for it
    destroy_on    the day after which the receiver is asked to destroy it
    """
    tours = tours_taken(event)
    return {
        **head("roster", event.issuer, made_at=now),
        "title": both(event.title),
        "receiver": both(receiver or _cities(event)),
        "meeting": both(meeting),
        "show_country": show_country,
        "show_arrival": False,
        "rows": [_row(participant, tours.get(participant.id, ())) for participant in participants],
        "sessions": [],
        "destroy_on": destroy_on.isoformat() if destroy_on else "",
    }


def attendance_sheet(
    event: Event, participants: Sequence[Participant], day: sheets.Day, *, now: datetime
) -> RosterSheet:
    """Return the sheet that people sign on one day: a column for each half of it in which anything begins."""
    roster = roster_sheet(event, participants, now=now, receiver=Text(**day["city"]))
    return {**roster, "kind": "attendance", "sessions": _half_days(day)}


def _half_days(day: sheets.Day) -> list[Session]:
    begin = [item["starts"] for item in day["items"] if item["kind"] not in NOT_SIGNED]
    halves = (
        (MORNING, [starts for starts in begin if starts < NOON]),
        (AFTERNOON, [starts for starts in begin if starts >= NOON]),
    )
    return [{"on": day["on"], "name": both(name), "starts": min(starts)} for name, starts in halves if starts]


def days_to_sign(days: Sequence[sheets.Day]) -> list[sheets.Day]:
    """Return the days of the programme itself on which there is something to sign for."""
    return [day for day in days if not day.get("add_on") and _half_days(day)]


def named_in_books(participants: Sequence[Participant]) -> list[Participant]:
    """Return those who agreed to be listed; books and the roster for everybody name nobody else.

    Whoever registered before there was such a consent is asked under /my/, and not listed until they have said so.
    """
    agreeing = subjects_agreeing([participant.public_id for participant in participants], "listed")
    return [participant for participant in participants if participant.public_id in agreeing]


def delegation_rows(participants: Sequence[Participant]) -> list[RosterRow]:
    """Return the lines of a delegation: names, titles and organisations, and no more."""
    return [{**_row(participant, ()), "country": "", "group": ""} for participant in participants]


def _cities(event: Event) -> Text:
    names = [stop.city.name for stop in event.stops if stop.part == "main"]
    return Text(", ".join(name.in_("en") for name in names), "、".join(name.in_("zh") for name in names))


def _row(participant: Participant, tours: Sequence[str]) -> RosterRow:
    """Return a person's line; their own script stands in it where the font of our papers has it."""
    taken = [TOURS[kind] for kind in TOURS if kind in tours]
    return {
        "latin": participant.name.formal(),
        "native": participant.name.printed_native,
        "title": participant.post,
        "organisation": participant.organisation or participant.registration.organisation,
        "country": participant.country,
        "role": both(EMPTY),
        "group": participant.group,
        "tours": both(Text(", ".join(tour.en for tour in taken).capitalize(), "、".join(tour.zh for tour in taken))),
        "arrival": "",
    }

"""What a city can be asked, which of its days are free, and until when it may answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from tourreg.domain.hosting.offer_rules import Fault
from tourreg.domain.hosting.request_models import REQUEST_MOVES
from tourreg.domain.hosting.rules import LARGEST_GROUP
from tourreg.kernel.clock import at_local_time, local_day
from tourreg.kernel.refusals import Refusal
from tourreg.kernel.states import Axis

REQUEST = Axis("hosting request", "state", REQUEST_MOVES)
# In these a request keeps its days from others.
TAKING = ("held", "confirmed")
# In these the city is still waited for.
WAITING = ("asked", "held")
ENDED = ("declined", "withdrawn")
REMIND_DAYS_BEFORE = (7, 2)
REMIND_TIME = time(9)
HOLD_LASTS = timedelta(days=14)
LONGEST_STAY_DAYS = 60
# A city is asked for days of a programme, or for days not far from it: else the year was mistyped.
FARTHEST_DAYS = timedelta(days=60)
ONE_DAY = timedelta(days=1)


class AskingIsUnfit(Refusal):
    """The city cannot be asked so; facts: faults (of `offer_rules.Fault`)."""


class AnswerIsUnfit(Refusal):
    """The answer cannot be so; facts: faults."""


class DaysAreTaken(Refusal):
    """Another group has days of the same offer; facts: left, others.

    left    spans of the window that are still free
    others  names of the city's other offers that are free on all of the days
    """


class AnsweredAlready(Refusal):
    """The request moved on after the page that asks was opened; facts: state."""


@dataclass(frozen=True)
class Span:
    """Days, the first and the last included."""

    first_on: date
    last_on: date

    def days(self) -> Iterator[date]:
        for past in range((self.last_on - self.first_on).days + 1):
            yield self.first_on + timedelta(days=past)

    def meets(self, other: Span) -> bool:
        return self.first_on <= other.last_on and other.first_on <= self.last_on

    def holds(self, other: Span) -> bool:
        return self.first_on <= other.first_on and other.last_on <= self.last_on


@dataclass(frozen=True)
class Asking:
    """What a city shall be asked.

    days  of the visit
    """

    days: Span
    people: int
    words: str
    deadline_on: date


@dataclass(frozen=True)
class Offered:
    """What bounds a request made on an offer: its windows, the days on which it cannot be, and its numbers."""

    windows: tuple[Span, ...]
    blackouts: frozenset[date]
    largest: int
    days_most: int
    notice_days: int


def faults_of(asking: Asking, today: date, offered: Offered | None) -> list[Fault]:
    """Return what is wrong with a request; nothing when the city can be asked.

    today    in the city's zone
    offered  None where the city is asked without an offer
    """
    own = list(_of_days(asking.days, today)) or list(_of_deadline(asking, today))
    own += _of_people(asking.people)
    return own or list(_of_offer(asking, today, offered) if offered else ())


def faults_of_other_days(days: Span, today: date) -> list[Fault]:
    """Return what is wrong with the dates that a city proposes."""
    return list(_of_days(days, today))


def faults_of_distance(days: Span, tour: Span) -> list[Fault]:
    """Return what is wrong with days that lie far from the programme that they are asked for."""
    if days.meets(Span(tour.first_on - FARTHEST_DAYS, tour.last_on + FARTHEST_DAYS)):
        return []
    return [Fault("first_on", "far_from_tour", (tour.first_on,))]


def is_off(event_state: str) -> bool:
    """Tell whether a programme was called off, so that nobody is asked for it, answers for it, or keeps days for it."""
    return event_state == "cancelled"


def free_spans(
    windows: Iterable[Span], closed: Collection[date], taken: Collection[Span], *, since: date
) -> list[Span]:
    """Return what is left of windows, in order: without closed days, days that others have, and days before `since`."""
    gone = {*closed, *(day for span in taken for day in span.days())}
    free = sorted(day for window in windows for day in window.days() if day not in gone and day >= since)
    spans: list[Span] = []
    for day in free:
        if spans and spans[-1].last_on + ONE_DAY == day:
            spans[-1] = Span(spans[-1].first_on, day)
        else:
            spans.append(Span(day, day))
    return spans


def other_days(wanted: Span, left: Iterable[Span]) -> Span | None:
    """Return the first days that are left and as many as those wanted, or as many as there are together."""
    long = wanted.last_on - wanted.first_on
    shortened = [Span(span.first_on, min(span.last_on, span.first_on + long)) for span in left]
    return max(shortened, key=lambda span: span.last_on - span.first_on, default=None)


def deadline_of(day: date, zone: str) -> datetime:
    """Return the first instant at which an answer is late: midnight after the day, in the city's zone."""
    return at_local_time(day + ONE_DAY, time(0), zone)


def held_until(deadline_on: date, first_on: date, today: date) -> date:
    """Return the last day for the yes after a hold: two weeks on, before the first day, never sooner than asked."""
    return max(deadline_on, min(today + HOLD_LASTS, first_on - ONE_DAY))


def reminders(deadline_on: date, zone: str, now: datetime) -> list[datetime]:
    """Return when to remind of a deadline, of those moments that lie ahead."""
    moments = (at_local_time(deadline_on - timedelta(days=left), REMIND_TIME, zone) for left in REMIND_DAYS_BEFORE)
    return [moment for moment in moments if moment > now]


def is_late(deadline_at: datetime, now: datetime) -> bool:
    return now >= deadline_at


def today_in(zone: str, now: datetime) -> date:
    return local_day(now, zone)


def _of_days(days: Span, today: date) -> Iterator[Fault]:
    if days.last_on < days.first_on:
        yield Fault("last_on", "ends_before_it_begins")
    elif days.first_on <= today:
        yield Fault("first_on", "in_the_past")
    elif (days.last_on - days.first_on).days >= LONGEST_STAY_DAYS:
        yield Fault("last_on", "stay_too_long", (LONGEST_STAY_DAYS,))


def _of_deadline(asking: Asking, today: date) -> Iterator[Fault]:
    if asking.deadline_on < today:
        yield Fault("deadline_on", "in_the_past")
    elif asking.deadline_on >= asking.days.first_on:
        yield Fault("deadline_on", "deadline_after_first_day")


def _of_people(people: int) -> Iterator[Fault]:
    if not 1 <= people <= LARGEST_GROUP:
        yield Fault("people", "group_of_none", (LARGEST_GROUP,))


def _of_offer(asking: Asking, today: date, offered: Offered) -> Iterator[Fault]:
    days = asking.days
    closed = sorted(day for day in days.days() if day in offered.blackouts)
    if not any(window.holds(days) for window in offered.windows):
        yield Fault("first_on", "outside_windows")
    elif closed:
        yield Fault("first_on", "closed_day", (closed[0],))
    elif (days.last_on - days.first_on).days >= offered.days_most:
        yield Fault("last_on", "more_days_than_offered", (offered.days_most,))
    elif (days.first_on - today).days < offered.notice_days:
        yield Fault("first_on", "notice_too_short", (offered.notice_days,))
    if asking.people > offered.largest:
        yield Fault("people", "group_too_large", (offered.largest,))

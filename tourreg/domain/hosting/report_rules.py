"""What a city may report of a visit, as plain values, and when."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from tourreg.domain.hosting.report_models import REPORT_MOVES
from tourreg.kernel.bilingual import Text
from tourreg.kernel.clock import at_local_time
from tourreg.kernel.refusals import Refusal
from tourreg.kernel.states import Axis

REPORT = Axis("visit_report", "state", REPORT_MOVES)
# Questions that are answered in words, and those that are answered by one of a list.
WORDS = ("went_well", "do_otherwise", "gained", "other")
CHOICES = {"group_fit": ("well", "partly", "badly"), "host_again": ("yes", "perhaps", "no")}
MOST_GIFTS = 30
ASKED_AT = time(9)


class VisitNotOver(Refusal):
    """The visit was not confirmed, or its last day is not over."""


class ReportIsSent(Refusal):
    """The report was sent; only the office opens it again."""


class ReportEditedMeanwhile(Refusal):
    """Somebody else saved the report after the page was opened."""


@dataclass(frozen=True)
class Came:
    """How many came to one item, or on a day without items (item "")."""

    on_date: date
    item: str
    title: Text
    came: int


@dataclass(frozen=True)
class Gift:
    """Something given in kind, in the city's own figures; value_minor in the report's currency."""

    what: str
    who: str = ""
    minutes: int | None = None
    value_minor: int | None = None


@dataclass(frozen=True)
class Reported:
    """All that a city says of a visit; name is of who fills it in."""

    name: str
    currency: str
    attendance: tuple[Came, ...] = ()
    gifts: tuple[Gift, ...] = ()
    answers: dict[str, str] = field(default_factory=dict)
    may_be_quoted: bool = False


def is_over(state: str, last_on: date, today: date) -> bool:
    """Tell whether a visit can be reported: it was confirmed, and its last day is over in the city's zone."""
    return state == "confirmed" and today > last_on


def asked_at(last_on: date, zone: str) -> datetime:
    """Return when the city is asked for its report: the morning after the last day, as its clocks show it."""
    return at_local_time(last_on + timedelta(days=1), ASKED_AT, zone)

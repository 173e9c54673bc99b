"""Board: what waits for a person, and how far each coming event is."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template, url_for

from tourreg.blueprints.gettext import _, ngettext
from tourreg.blueprints.guards import office, reads
from tourreg.blueprints.office.desk_time import desk_zone
from tourreg.domain.reports import board as reports
from tourreg.domain.reports.board import Standing, Waiting
from tourreg.kernel import clock
from tourreg.kernel.clock import end_of_day, local_day

blueprint = Blueprint("office", __name__)
BAR = 152


@dataclass(frozen=True)
class Heap:
    """One kind of thing that waits: how many, in words, and the page to do something about it."""

    count: int
    words: str
    note: str
    address: str | None


@dataclass(frozen=True)
class Bar:
    """A bar of BAR units: what is done, what is half done behind it, and a tick."""

    done: int
    half: int = 0
    tick: int | None = None


@blueprint.get("/office/")
@office()
def board() -> str:
    now, zone = clock.utc_now(), desk_zone()
    today = local_day(now, zone)
    waiting = reports.waiting(holds_until=end_of_day(today, zone), today=today)
    return render_template(
        "office/board.html",
        now=now,
        zone=zone,
        today=today,
        heaps=_heaps(waiting),
        rows=[(standing, _seats(standing), _money(standing), _tag(standing)) for standing in reports.coming(today)],
    )


def _heaps(waiting: Waiting) -> list[Heap]:
    """Return what waits, money first; where a page is not open to the member, its heap leads nowhere."""
    return [*_of_money(waiting), *_of_registrations(waiting), *_of_the_house(waiting)]


def _of_money(waiting: Waiting) -> list[Heap]:
    desk = url_for("office_money.index") if reads("finance", "read-only") else None
    orders, cases, refunds = waiting.orders, waiting.cases, waiting.refunds
    return [
        Heap(orders, ngettext("order to accept", "orders to accept", orders), _("seats are held meanwhile"), desk),
        Heap(cases, ngettext("case on the desk", "cases on the desk", cases), _("money to look at"), desk),
        Heap(refunds, ngettext("refund to pay out", "refunds to pay out", refunds), _("by wire or check"), desk),
    ]


def _of_registrations(waiting: Waiting) -> list[Heap]:
    return [
        Heap(
            waiting.cancelling,
            ngettext("request to cancel", "requests to cancel", waiting.cancelling),
            _("the office decides"),
            url_for("office_registrations.index", seats="cancelling"),
        ),
        Heap(
            waiting.approvals,
            ngettext("fee to approve", "fees to approve", waiting.approvals),
            _("seats are held meanwhile"),
            url_for("office_registrations.index", seats="review"),
        ),
        Heap(
            waiting.holds,
            ngettext("hold that ends today", "holds that end today", waiting.holds),
            _("seats go back to the pool"),
            url_for("office_registrations.index", seats="held"),
        ),
    ]


def _of_the_house(waiting: Waiting) -> list[Heap]:
    failed = waiting.letters + waiting.tasks
    return [
        Heap(
            failed,
            ngettext("letter or task that failed", "letters and tasks that failed", failed),
            _("to be tried again"),
            url_for("office_tasks.index"),
        ),
        Heap(
            waiting.hosts,
            ngettext("host city to answer", "host cities to answer", waiting.hosts),
            _("their address is confirmed"),
            url_for("office_hosts.index") if reads() else None,
        ),
        Heap(
            waiting.texts,
            ngettext("text in one language only", "texts in one language only", waiting.texts),
            _("of events to come"),
            url_for("office_translations.index"),
        ),
    ]


def _seats(standing: Standing) -> Bar:
    places = max(standing.event.pool.capacity, standing.confirmed + standing.held, standing.event.minimum, 1)
    done = round(BAR * standing.confirmed / places)
    half = round(BAR * standing.held / places)
    tick = round(BAR * standing.event.minimum / places) if standing.event.minimum else None
    return Bar(done, half, tick)


def _money(standing: Standing) -> Bar:
    charged, received = standing.charged.minor, standing.received.minor
    return Bar(min(BAR, max(0, round(BAR * received / charged))) if charged > 0 else 0)


def _tag(standing: Standing) -> tuple[str, str]:
    """Return whether the event will run, as a tag."""
    if standing.event.state == "draft":
        return "over", _("Draft, not shown")
    if standing.short:
        return "wait", ngettext("%(num)d short of go", "%(num)d short of go", standing.short)
    return "good", _("Goes")

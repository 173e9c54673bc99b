"""Registrations: the list, found and ordered by its address, and the same as a file."""

from dataclasses import dataclass
from typing import Any, get_args

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext as _

from tourreg.blueprints.guards import office
from tourreg.blueprints.office import registrations_export
from tourreg.blueprints.office.desk_time import desk_day
from tourreg.blueprints.office.registration_words import MONEY_STATES, PAYS_BY, SEAT_FILTERS, STATES
from tourreg.blueprints.paging import PAGE_ROWS, Page, asked_page
from tourreg.blueprints.spreadsheets import csv_file
from tourreg.domain.reports import exports, queries
from tourreg.domain.reports.queries import Order, Wanted
from tourreg.kernel import clock

blueprint = Blueprint("office_registrations", __name__)
_LONGEST_SEARCH = 100


@dataclass(frozen=True)
class Asked:
    """What the address of the list asks for; anything that it cannot ask for counts as left out."""

    wanted: Wanted
    order: Order
    falling: bool

    @property
    def narrows(self) -> bool:
        return self.wanted != Wanted()

    def kept(self) -> dict[str, str]:
        """Return the parameters that lead to the same list again."""
        wanted = self.wanted
        chosen = {"q": wanted.text, "event": wanted.event, "seats": wanted.seats, "money": wanted.money,
                  "pays_by": wanted.pays_by, "order": f"{'-' if self.falling else ''}{self.order}"}  # fmt: skip
        return {name: value for name, value in chosen.items() if value}

    def sorted_by(self, order: Order) -> str:
        """Return the address of the same list in another order; once more turns it round."""
        falling = not self.falling if order == self.order else order in _FALLING_FIRST
        parameters: dict[str, Any] = {**self.kept(), "order": f"{'-' if falling else ''}{order}"}
        return url_for(f"{blueprint.name}.index", **parameters)


# Of these the largest and the latest are wanted first.
_FALLING_FIRST: tuple[Order, ...] = ("people", "open", "registered")


@blueprint.get("/registrations")
@office()
def index() -> str:
    asked, today = _asked(), desk_day(clock.utc_now())
    total = queries.count(asked.wanted, today=today)
    number = min(asked_page(), max(1, -(-total // PAGE_ROWS)))
    rows = queries.listed(
        asked.wanted,
        asked.order,
        falling=asked.falling,
        first=(number - 1) * PAGE_ROWS,
        most=PAGE_ROWS,
        today=today,
    )
    return render_template(
        "office/registrations/index.html",
        page=Page(rows, number, total),
        asked=asked,
        columns=_columns(),
        events=queries.events_with_registrations(),
        states=STATES,
        choices=_choices(),
    )


@blueprint.get("/registrations.csv")
@office()
def export() -> Response:
    asked, today = _asked(), desk_day(clock.utc_now())
    portions = exports.portions(asked.wanted, asked.order, falling=asked.falling, today=today)
    rows = registrations_export.rows(exports.words(), portions)
    return csv_file(f"registrations-{today.isoformat()}.csv", registrations_export.heading(), rows)


def _asked() -> Asked:
    order = request.args.get("order", "-registered")
    falling, name = order.startswith("-"), order.removeprefix("-")
    if name not in queries.ORDERS:
        falling, name = True, "registered"
    wanted = Wanted(
        text=" ".join(request.args.get("q", "").split())[:_LONGEST_SEARCH],
        event=request.args.get("event", "")[:80],
        seats=_one_of(queries.SEAT_STATES, "seats"),
        money=_one_of(queries.MONEY_STATES, "money"),
        pays_by=_one_of(get_args(queries.PaysBy), "pays_by"),
    )
    return Asked(wanted, name, falling)  # type: ignore[arg-type]


def _one_of(choices: tuple[Any, ...], name: str) -> Any:
    value = request.args.get(name)
    return value if value in choices else None


def _columns() -> list[tuple[Order | None, str, bool]]:
    """Return the columns: what they order by, their words, and whether they hold numbers."""
    return [
        ("contact", _("Contact person"), False),
        ("reference", _("Reference"), False),
        ("event", _("Event"), False),
        ("people", _("People"), True),
        (None, _("State"), False),
        ("open", _("Still open"), True),
        ("registered", _("Registered"), True),
    ]


def _choices() -> list[tuple[str, str, Any]]:
    """Return the filters beside text and event: parameter, label, and what can be chosen."""
    seats = [(state, SEAT_FILTERS[state]) for state in queries.SEAT_STATES]
    return [
        ("seats", _("Seats"), seats),
        ("money", _("Money"), [(state, MONEY_STATES[state]) for state in queries.MONEY_STATES]),
        ("pays_by", _("Pays by"), list(PAYS_BY.items())),
    ]

"""A hotel's rooming list as an Excel file, which hotels take into their own systems: one row for each guest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response, make_response

from tourreg import formats
from tourreg.adapters.workbooks import write_table
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import office
from tourreg.blueprints.languages import language
from tourreg.blueprints.office.hotels import event_and_stay
from tourreg.blueprints.office.itinerary_spreadsheet import EXCEL
from tourreg.domain.papers.sheets import Bilingual
from tourreg.domain.travel.documents import RoomingListSheet, RoomOfList, rooming_list_sheet
from tourreg.domain.travel.lodging import lodging_of
from tourreg.kernel import clock
from tourreg.kernel.bilingual import Text
from tourreg.kernel.money import Money

blueprint = Blueprint("office_rooming_workbook", __name__)
WIDTHS = (7, 16, 16, 28, 14, 12, 12, 8, 26, 12, 10)
NIGHT_WIDTH = 9


@blueprint.get("/events/<public_id>/hotels/<stay>/rooming.xlsx")
@office()
def download(public_id: str, stay: str) -> Response:
    event, found = event_and_stay(public_id, stay)
    sheet = rooming_list_sheet(lodging_of(found), now=clock.utc_now())
    nights = [date.fromisoformat(night) for night in sheet["nights"]]
    content = write_table(
        [*_headings(), *(formats.short_date(night, language()) for night in nights)],
        _rows(sheet),
        widths=[*WIDTHS, *[NIGHT_WIDTH] * len(nights)],
        name=_("Rooming list"),
    )
    answer = make_response(content)
    answer.mimetype = EXCEL
    name = f"{event.slug}-{sheet['check_in_on']}-rooming.xlsx"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _headings() -> list[str]:
    return [
        _("Room"), _("Type"), _("Beds"), _("Guest, as in the passport"), _("Name in own script"), _("First night"),
        _("Leaves on"), _("Nights"), _("Remarks"), _("Rate a night"), _("Currency"),
    ]  # fmt: skip


def _rows(sheet: RoomingListSheet) -> Iterator[list[Any]]:
    """Yield the guests room by room, with a 1 under each of their nights, then the sums; a rate once for each room."""
    for room in sheet["rooms"]:
        yield from _guests(room)
    empty: list[Any] = [""] * (len(WIDTHS) - 1)
    for each in sheet["types"]:
        yield [_said(each["type"]), *empty, *each["rooms"]]
    yield [_("Number of people"), *empty, *sheet["people"]]


def _guests(room: RoomOfList) -> Iterator[list[Any]]:
    rate = Money(room["rate"]["minor"], room["rate"]["currency"])
    for place, one in enumerate(room["occupants"]):
        first, leaves = date.fromisoformat(one["from_on"]), date.fromisoformat(one["to_on"])
        yield [
            room["number"],
            _said(room["type"]),
            _said(room["beds"]),
            one["latin"],
            one["native"],
            first,
            leaves,
            (leaves - first) // timedelta(days=1),
            room["remarks"],
            float(formats.decimal_amount(rate)) if place == 0 else "",
            rate.currency,
            *(1 if sleeps else "" for sleeps in one["nights"]),
        ]


def _said(text: Bilingual) -> str:
    return Text(text["en"], text["zh"]).in_(language())

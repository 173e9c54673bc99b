"""Sheets of papers as the trade makes them, with invented people."""

from collections.abc import Mapping
from itertools import cycle
from typing import Any

from tests.paper_samples import certificates, cuts, people, small_papers, travelling
from tests.paper_samples.account_papers import REFUND_ADVICE, STATEMENT, reminder
from tests.paper_samples.chinese_invoice import CHINESE_INVOICE
from tests.paper_samples.further_bills import CREDIT_NOTE, PRO_FORMA, QUOTE, RECEIPT
from tests.paper_samples.itinerary import ITINERARY
from tests.paper_samples.organisations import both, cny, usd
from tests.paper_samples.rooming import LONG_ROOMING, ROOMING
from tests.paper_samples.rosters import ATTENDANCE, ROSTER
from tests.paper_samples.us_invoice import INVOICE, US_LINES

__all__ = [
    "ALL",
    "ATTENDANCE",
    "CHINESE_INVOICE",
    "CREDIT_NOTE",
    "INVOICE",
    "ITINERARY",
    "PRO_FORMA",
    "QUOTE",
    "RECEIPT",
    "REFUND_ADVICE",
    "ROSTER",
    "STATEMENT",
    "US_LINES",
    "both",
    "cny",
    "reminder",
    "usd",
]


def in_groups(sheet: Mapping[str, Any], rows: str) -> dict[str, Any]:
    """Return a sheet whose people were put into groups one after the other; the last of four into none."""
    people = [{**row, "group": group} for row, group in zip(sheet[rows], cycle(("a", "b", "guests", "")), strict=False)]
    return {**sheet, rows: people}


# By name: the template and the sheet.
ALL: dict[str, tuple[str, Mapping[str, Any]]] = {
    "invoice": ("invoice", INVOICE),
    "chinese-invoice": ("invoice", CHINESE_INVOICE),
    "quote": ("quote", QUOTE),
    "pro-forma": ("pro_forma", PRO_FORMA),
    "receipt": ("receipt", RECEIPT),
    "credit-note": ("credit_note", CREDIT_NOTE),
    "statement": ("statement", STATEMENT),
    "first-reminder": ("reminder", reminder(1)),
    "second-reminder": ("reminder", reminder(2)),
    "last-reminder": ("reminder", reminder(3)),
    "refund-advice": ("refund_advice", REFUND_ADVICE),
    "itinerary": ("itinerary", ITINERARY),
    "roster": ("roster", ROSTER),
    "attendance": ("attendance", ATTENDANCE),
    "roster-in-groups": ("roster", in_groups(ROSTER, "rows")),
    "attendance-in-groups": ("attendance", in_groups(ATTENDANCE, "rows")),
    "badges-in-groups": ("badges", in_groups(small_papers.BADGES, "badges")),
    "bus-list-in-groups": ("bus_list", in_groups(travelling.BUSES, "riders")),
    "personal-in-groups": ("personal_itinerary", {**cuts.PERSONAL, "group": "b"}),
    "host-day-in-groups": ("host_day", {**cuts.HOST_DAY, "heads": {"a": 18, "b": 17, "guests": 3}}),
    "host-days": ("host_day", cuts.CITY_DAYS),
    "roster-on-the-way": ("roster_operations", travelling.OFFICE_ON_THE_WAY),
    "in-kind-much": ("in_kind_report", people.MUCH_IN_KIND),
    "host-request-asked": ("host_request", people.ASKED),
    "host-confirmation-at-home": ("host_confirmation", people.AT_HOME),
    "thanks-to-nobody-named": ("thanks_mayor", people.NOBODY_NAMED),
    "thanks-to-a-government": ("thanks_council", people.GOVERNMENT),
    "thanks-at-their-longest": ("thanks_mayor", people.LONGEST),
    "host-recognition": ("host_recognition", certificates.RECOGNITION),
    "host-recognition-long": ("host_recognition", certificates.LONG),
    "rooming-list": ("rooming_list", ROOMING),
    "rooming-list-long": ("rooming_list", LONG_ROOMING),
    **{
        str(sheet["kind"]): (str(sheet["kind"]), sheet)
        for sheet in (
            cuts.SUMMARY,
            cuts.HOST_DAY,
            cuts.HOST_GUIDE,
            cuts.PERSONAL,
            cuts.DRIVER,
            cuts.CARD,
            cuts.APPROVAL,
            cuts.CHANGES,
            small_papers.BADGES,
            small_papers.PLATES,
            *people.SHEETS,
            *travelling.SHEETS,
        )
    },
}

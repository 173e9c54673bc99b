"""The sheet of an itinerary read: the plan of each day, and what is wrong or doubtful beside the cell it speaks of."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask_babel import lazy_gettext as _l

from tourreg import formats
from tourreg.blueprints.fields import unprintable
from tourreg.blueprints.gettext import _, ngettext
from tourreg.blueprints.languages import language
from tourreg.blueprints.office.doubt_words import in_words
from tourreg.blueprints.office.event_fields import FIRST_DAY, LAST_DAY
from tourreg.blueprints.office.sheet import TEXTS, DaySheet, Row, Sheet
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries import rules, warnings
from tourreg.domain.itineraries.commands import DayEdit
from tourreg.domain.itineraries.copying import as_new
from tourreg.domain.itineraries.models import ITEM_KINDS
from tourreg.domain.itineraries.plans import DayPlan, ItemPlan
from tourreg.kernel.bilingual import Text
from tourreg.kernel.clock import zones

LONGEST = {"title": 200, "place": 200, "address": 300, "notes": 1_000}
LANGUAGE_NAMES = {"en": _l("English"), "zh": _l("Chinese")}


@dataclass(frozen=True)
class Known:
    """What a day may name: cities and tours by public id; and what stands now of each item beside the sheet's cells."""

    cities: Collection[str]
    tours: Collection[str]
    items: Mapping[str, ItemPlan]


def read_edits(sheet: Sheet, known: Known) -> list[DayEdit]:
    """Return what the sheet asks for; what is wrong is noted in it, and then nothing may be saved."""
    edits = []
    for day in sheet.real_days:
        plan = read_day(day, known)
        if plan is not None:
            edits.append(DayEdit(day.cells.get("id", ""), day.cells.get("seen", ""), plan))
    return edits


def read_day(day: DaySheet, known: Known) -> DayPlan | None:
    """Return the plan of a day; None where something is wrong, which is then noted beside its cell."""
    on_date = _date(day)
    items = [_item(row, on_date, known.items) for row in day.filled]
    if day.cells.get("city", "") not in {"", *known.cities}:
        day.faults["city"] = _("Choose one of the list.")
    if day.cells.get("part", "") not in {"", *known.tours}:
        day.faults["part"] = _("Choose one of the list.")
    title = _text(day.cells, "title", day.faults)
    if on_date is None or day.faults or None in items:
        return None
    whole = tuple(item for item in items if item is not None)
    return DayPlan(on_date, day.cells.get("city", ""), day.cells.get("part", ""), title, whole)


def remark(sheet: Sheet, event: Event, known: Known, today: date) -> None:
    """Note what is doubtful but may be saved: clashes, ways too short, days outside their part, missing languages."""
    for day in sheet.real_days:
        for row in day.filled:
            row.missing = _missing(row)
        plan = read_day(day, known)
        if plan is not None:
            _remark_order(day, plan, today)
            if outside := lies_outside(plan, event):
                day.remarks.append(outside)


def _date(day: DaySheet) -> date | None:
    try:
        on_date = date.fromisoformat(day.cells.get("on", ""))
    except ValueError:
        day.faults["on"] = _("Type the day, as in 2027-10-21.")
        return None
    if not FIRST_DAY <= on_date <= LAST_DAY:
        day.faults["on"] = _("The day lies between 2000 and 2099.")
        return None
    return on_date


def _item(row: Row, on_date: date | None, known: Mapping[str, ItemPlan]) -> ItemPlan | None:
    cells, faults = row.cells, row.faults
    if cells.get("kind") not in ITEM_KINDS:
        faults["kind"] = _("Choose what kind of thing it is.")
    for cell in ("zone", "end_zone"):
        if cells.get(cell, "") not in ({"", *zones()} if cell == "end_zone" else zones()):
            faults[cell] = _("Choose the time zone.")
    texts = {name: _text(cells, name, faults) for name in TEXTS}
    if not texts["title"]:
        faults.setdefault("title_en", _("Say what it is, in English or in Chinese."))
    item = _timed(row, texts, _stands(cells, known))
    if item is not None and on_date is not None and rules.ends_too_early(on_date, item):
        faults["end"] = _("It ends before it starts. Type 05:10+1 for the next day, or choose the zone it ends in.")
    return None if faults else item


def _stands(cells: Mapping[str, str], known: Mapping[str, ItemPlan]) -> ItemPlan | None:
    """Return the item that the row is of, or, new, the one whose particulars it takes over."""
    doubled = known.get(cells.get("from", ""))
    return known.get(cells.get("id", "")) or (as_new(doubled) if doubled else None)


def _timed(row: Row, texts: dict[str, Text], known: ItemPlan | None) -> ItemPlan | None:
    """Return the item, or None where its times cannot be read or something else is wrong.

    known  the item as it stands, which keeps what the sheet has no cell for
    """
    cells, faults = row.cells, row.faults
    try:
        starts = rules.read_clock(cells.get("start", ""))
    except rules.TimeUnreadable:
        faults["start"] = _("Type the start as 930 or 9:30.")
    try:
        ends, days = rules.read_end(cells["end"]) if cells.get("end") else (None, 0)
    except rules.TimeUnreadable:
        faults["end"] = _("Type the end as 1130 or 11:30, or 05:10+1 for the next day.")
    if faults:
        return None
    return replace(
        known or ItemPlan(cells["kind"], starts, cells["zone"], texts["title"]),
        kind=cells["kind"],
        starts=starts,
        zone=cells["zone"],
        ends=ends,
        ends_zone=cells.get("end_zone") or None,
        ends_days=days,
        public_id=cells.get("id", ""),
        title=texts["title"],
        place=texts["place"],
        address=texts["address"],
        notes=texts["notes"],
    )


def _text(cells: dict[str, str], name: str, faults: dict[str, str]) -> Text:
    for cell in (f"{name}_en", f"{name}_zh"):
        words = cells.get(cell, "")
        if len(words) > LONGEST[name]:
            faults[cell] = _("At most %(most)d characters; this has %(typed)d.", most=LONGEST[name], typed=len(words))
        elif fault := unprintable(words):
            faults[cell] = fault
    return _written(cells, name)


def _written(cells: dict[str, str], name: str) -> Text:
    return Text(cells.get(f"{name}_en", ""), cells.get(f"{name}_zh", ""))


def _missing(row: Row) -> str:
    """Return the sentence on the language in which something of a row is not said yet."""
    words = {"title": _("title"), "place": _("place"), "address": _("address"), "notes": _("notes")}
    sentences = []
    for code, name in LANGUAGE_NAMES.items():
        lacking = [words[text] for text in TEXTS if code in _written(row.cells, text).missing()]
        if lacking:
            sentences.append(_("No %(language)s yet: %(texts)s.", language=name, texts=_listed(lacking)))
    return " ".join(sentences)


def _listed(names: Sequence[str]) -> str:
    return ("、" if language() == "zh" else ", ").join(names)


def _remark_order(day: DaySheet, plan: DayPlan, today: date) -> None:
    order = sorted(range(len(plan.items)), key=lambda place: rules.starts_at(plan.on_date, plan.items[place]))
    sorted_plan = DayPlan(plan.on_date, plan.city, plan.add_on, items=tuple(plan.items[place] for place in order))
    for overlap in rules.overlaps(sorted_plan):
        row, earlier = order[overlap.item], order[overlap.earlier]
        day.filled[row].clash = _clash(overlap.minutes, plan.items[earlier], above=earlier == row - 1)
    for doubt in warnings.doubts(sorted_plan, today):
        beside = day.remarks if doubt.item is None else day.filled[order[doubt.item]].doubts
        beside.append(in_words(doubt))


def _clash(minutes: int, earlier: ItemPlan, *, above: bool) -> str:
    if above:
        return ngettext(
            "Starts %(num)d minute before the row above ends.",
            "Starts %(num)d minutes before the row above ends.",
            minutes,
        )
    return ngettext(
        "Starts %(num)d minute before “%(title)s” ends.",
        "Starts %(num)d minutes before “%(title)s” ends.",
        minutes,
        title=earlier.title.in_(language()),
    )


def lies_outside(plan: DayPlan, event: Event) -> str:
    """Return the sentence on a day before or after the programme or the tour that it is of, "" within it."""
    tour = next((add_on for add_on in event.add_ons if add_on.public_id == plan.add_on), None)
    first, last = (tour.from_on, tour.to_on) if tour else (event.starts_on, event.ends_on)
    if first is None or last is None or first <= plan.on_date <= last:
        return ""
    days = formats.date_range(first, last, language())
    if tour:
        return _("“%(tour)s” lasts %(days)s; this day lies outside.", tour=tour.label.in_(language()), days=days)
    return _("The programme lasts %(days)s; this day lies outside.", days=days)

"""Versions of an itinerary: issue the draft as the next one, and see what is different between any two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from tourreg import formats
from tourreg.blueprints.addresses import whole_address
from tourreg.blueprints.fields import Lines
from tourreg.blueprints.gettext import _, ngettext
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.languages import language
from tourreg.blueprints.office.histories import actor_words
from tourreg.blueprints.office.itinerary_words import CHOICES, NAMES
from tourreg.blueprints.submissions import submission_key
from tourreg.db import writing
from tourreg.domain.accounts import queries as accounts
from tourreg.domain.batches import programmes
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries import versions
from tourreg.domain.itineraries.comparison import Change, Comparison, DayChange, Difference, compare
from tourreg.domain.itineraries.documents import itinerary_days
from tourreg.domain.itineraries.models import ItineraryVersion
from tourreg.domain.itineraries.options import MoreHaveChosen
from tourreg.domain.itineraries.queries import days_of
from tourreg.domain.papers.sheets import Day
from tourreg.kernel import clock
from tourreg.kernel.bilingual import Text, text_of
from tourreg.kernel.money import Money
from tourreg.kernel.numbers import new_public_id

blueprint = Blueprint("office_itinerary_versions", __name__)
DRAFT = "draft"
LONGEST_NOTE = 500
CHANGES = {"added": _l("New"), "removed": _l("Removed"), "moved": _l("Moved"), "changed": _l("Changed")}


@dataclass(frozen=True)
class Told:
    """A change as the page tells it: what, when, which thing, and each difference as name, before and after."""

    what: Any
    when: str
    title: str
    rows: list[tuple[str, str, str]]


class IssueForm(FlaskForm):
    """What the author says has changed, in both languages; both may stay empty."""

    note_en = Lines(
        _l("What has changed, in English"), most=LONGEST_NOTE, printed=True, render_kw={"lang": "en", "rows": 2}
    )
    note_zh = Lines(
        _l("What has changed, in Chinese"), most=LONGEST_NOTE, printed=True, render_kw={"lang": "zh-Hans", "rows": 2}
    )


@blueprint.get("/events/<public_id>/versions")
@office()
def index(public_id: str) -> str:
    return _index(_event(public_id), IssueForm())


@blueprint.post("/events/<public_id>/versions")
@office("programme")
def issue(public_id: str) -> Response | tuple[str, int]:
    """Freeze the draft as the next version; the same form again leads to what its first sending issued."""
    event, form = _event(public_id), IssueForm()
    if not form.validate_on_submit():
        return _index(event, form), 422
    note = Text(form.note_en.data or "", form.note_zh.data or "")
    key, now = submission_key(request.form), clock.utc_now()
    try:
        with writing():
            locked = desk.event_to_change(public_id)
            issued = versions.issue_version(locked, change_note=note, now=now, by=acting(), submission_key=key)
            number = issued.number
    except versions.NothingChanged as refusal:
        problem = _("Nothing has changed since version %(number)d. Change the itinerary first.", number=refusal.number)
        return _index(_event(public_id), form, problem), 422
    except MoreHaveChosen as refusal:
        facts = {"title": refusal.title.in_(language()), "taken": refusal.taken, "capacity": refusal.capacity}
        problem = _("“%(title)s” has %(capacity)d places in the draft, but %(taken)d people have chosen it.", **facts)
        return _index(_event(public_id), form, problem), 422
    except versions.NoDays:
        return _index(_event(public_id), form, _("There is nothing in the itinerary yet that could be issued.")), 422
    flash(_("Version %(number)d is issued. Papers that are issued from now on show it.", number=number))
    return redirect(url_for(".index", public_id=public_id), 303)


@blueprint.post("/events/<public_id>/versions/programmes")
@office("programme")
def send_programmes(public_id: str) -> Response | tuple[str, int]:
    """Write to everybody where their programme is; a second click writes to nobody twice."""
    _event(public_id)
    try:
        with writing():
            written = programmes.send_programmes(desk.event_to_change(public_id), now=clock.utc_now())
    except programmes.NoVersion:
        return _index(_event(public_id), IssueForm(), _("Issue a version first; everybody is sent that one.")), 422
    if written:
        flash(ngettext("One letter is on its way.", "%(num)d letters are on their way.", written))
    else:
        flash(_("Everybody has been sent the address of their programme already."))
    return redirect(url_for(".index", public_id=public_id), 303)


@blueprint.get("/events/<public_id>/versions/compare")
@office()
def comparison(public_id: str) -> str:
    """Show what is different between two versions, or between a version and the draft."""
    event = _event(public_id)
    first, second = request.args.get("from", ""), request.args.get("to", DRAFT)
    before, after = _days(event, first), _days(event, second)
    return render_template(
        "office/itineraries/comparison.html",
        event=event,
        before=first,
        after=second,
        draft=DRAFT,
        numbers=[version.number for version in versions.versions_of(event)],
        changes=_told(compare(before, after), event),
    )


def _index(event: Event, form: IssueForm, problem: str = "") -> str:
    issued = versions.versions_of(event)
    return render_template(
        "office/itineraries/versions.html",
        event=event,
        versions=issued,
        form=form,
        problem=problem,
        authors=_authors(issued),
        changed=_changes_since(event, issued[0]) if issued else None,
        calendars=_calendars(event),
        submission_key=request.form.get("submission_key") or new_public_id(),
    )


def _calendars(event: Event) -> list[tuple[str, str]]:
    """Return the calendars of a public event: whose days each tells, and its address in the language of the page."""
    if event.state == "draft":
        return []
    spoken = language()

    def address(name: str, **which: str) -> str:
        return whole_address(f"catalogue.{name}", slug=event.slug, language=spoken, **which)

    groups = [(str(CHOICES["group"][group]), address("group_calendar", group=group)) for group in ("a", "b", "guests")]
    cities = dict.fromkeys(stop.city for stop in event.stops)
    hosts = [(city.name.in_(spoken), address("city_calendar", city=city.slug)) for city in cities]
    return [(_("Everybody"), address("calendar")), *groups, *hosts]


def _authors(issued: Sequence[ItineraryVersion]) -> dict[int, str]:
    """Return who issued each version, by its number."""
    members = accounts.staff_names(version.issued_by for version in issued)
    return {version.number: actor_words(version.issued_by, members) for version in issued}


def _changes_since(event: Event, latest: ItineraryVersion) -> int:
    return len(compare(cast(list[Day], latest.days), itinerary_days(event, days_of(event))))


def _event(public_id: str) -> Event:
    return desk.event(public_id) or abort(404)


def _days(event: Event, name: str) -> list[Day]:
    """Return the days of the version that an address names by its number, or of the draft."""
    if name == DRAFT:
        return itinerary_days(event, days_of(event))
    number = int(name) if name.isascii() and name.isdecimal() and len(name) < 6 else 0
    version = versions.version_of(event, number) or abort(404)
    return cast(list[Day], version.days)


def _told(found: Comparison, event: Event) -> list[Told]:
    days = [_of_day(change, event) for change in found.days if change.what == "changed" or not change.day["items"]]
    ordered = sorted(found.items, key=lambda change: (change.day["on"], change.item["starts"]))
    return days + [_of_item(change, event) for change in ordered]


def _of_day(change: DayChange, event: Event) -> Told:
    day = change.day
    return Told(CHANGES[change.what], _date(day["on"]), _in(day["title"]) or _in(day["city"]), _rows(change, event))


def _of_item(change: Change, event: Event) -> Told:
    item = change.item
    when = f"{_date(change.day['on'])} {item['starts']}"
    return Told(CHANGES[change.what], when, _in(item["title"]), _rows(change, event))


def _rows(change: Change | DayChange, event: Event) -> list[tuple[str, str, str]]:
    return [
        (
            str(NAMES[difference.name]),
            _said(difference, difference.before, event.currency),
            _said(difference, difference.after, event.currency),
        )
        for difference in change.differences
        if difference.name in NAMES
    ]


def _said(difference: Difference, value: Any, currency: str) -> str:
    """Return what was or is said, in the reader's language; nothing where nothing was."""
    name = difference.name
    if name in CHOICES:
        return str(CHOICES[name].get(value, ""))
    if value in (None, "", [], {}):
        return ""
    if name == "speakers":
        return formats.listing([_in(speaker["name"]) for speaker in value], language())
    if name in ("on", "ends_on", "standing_on", "details.choose_until"):
        return _date(value)
    if name == "fee":
        return formats.money(Money(value, currency), language())
    return _in(value) if isinstance(value, dict) else str(value)


def _date(on: str) -> str:
    return formats.full_date(date.fromisoformat(on), language())


def _in(text: Any) -> str:
    return text_of(text).in_(language())

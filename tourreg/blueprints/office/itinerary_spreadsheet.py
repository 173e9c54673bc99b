"""An itinerary as an Excel file: written, and read back after it was shown what would come of it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as Redirection
from wtforms import FileField

from tourreg.adapters.spreadsheets import NoSpreadsheet
from tourreg.adapters.workbooks import OldOrProtected, Table, TooManyRows, read_table, write_table
from tourreg.blueprints.gettext import _, ngettext
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.kept_uploads import keep, kept
from tourreg.blueprints.large_requests import let_through
from tourreg.blueprints.office.itinerary_words import NAMES
from tourreg.blueprints.office.sheet import MOST_DAYS, MOST_ROWS
from tourreg.blueprints.office.spreadsheet_columns import COLUMNS
from tourreg.blueprints.office.spreadsheet_items import Known
from tourreg.blueprints.office.spreadsheet_reading import ReadFile, read_file
from tourreg.blueprints.office.spreadsheet_rows import rows_of
from tourreg.blueprints.outside import files
from tourreg.db import writing
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.cities.queries import all_cities
from tourreg.domain.itineraries import commands
from tourreg.domain.itineraries.merging import Merge, Outcome, merge
from tourreg.domain.itineraries.models import Day
from tourreg.domain.itineraries.plans import plan_of
from tourreg.domain.itineraries.queries import days_of, speakers_of
from tourreg.kernel import clock
from tourreg.kernel.plans import fingerprint

blueprint = Blueprint("office_itinerary_spreadsheet", __name__)
LARGEST_FILE = 4 * 1024 * 1024
MOST_FILE_ROWS = 2_000
SHOWN_FAULTS, SHOWN_NOTES, SHOWN_ROWS, SHOWN_MISSING = 100, 60, 200, 60
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
let_through(blueprint, LARGEST_FILE, _l("A file may have 4 MB. Leave pictures out of it. Nothing was read."))


class UploadForm(FlaskForm):
    file = FileField(_l("Excel file"), description=_l("One row for each item, as the export writes it; 4 MB at most."))


@dataclass(frozen=True)
class DryRun:
    """What would come of a file: what it says, what the itinerary becomes, and from which state of it."""

    table: Table
    read: ReadFile
    merged: Merge
    seen: str

    @property
    def refused(self) -> bool:
        """Tell whether something in the file is wrong, or nothing is in it."""
        return bool(self.read.faults or self.read.lacking or not self.read.rows)


@blueprint.get("/events/<public_id>/itinerary.xlsx")
@office()
def export(public_id: str) -> Response:
    event = desk.event(public_id) or abort(404)
    content = write_table(
        [column.heading(event.currency) for column in COLUMNS],
        rows_of(event, days_of(event), speakers_of(event)),
        widths=[column.width for column in COLUMNS],
        name=_("Itinerary"),
    )
    answer = make_response(content)
    answer.mimetype = EXCEL
    answer.headers["Content-Disposition"] = f'attachment; filename="{event.slug}-itinerary.xlsx"'
    return answer


@blueprint.route("/events/<public_id>/itinerary/import", methods=["GET", "POST"])
@office("programme")
def upload(public_id: str) -> Response | Redirection:
    """Take a file, look whether it can be read, and lead to what would come of it."""
    event, form = desk.event(public_id) or abort(404), UploadForm()
    if form.is_submitted() and form.validate():
        content = form.file.data.read(LARGEST_FILE + 1) if form.file.data else b""
        fault = _fault_of(content) if content else _("Choose the file.")
        if not fault:
            return redirect(url_for(".preview", public_id=public_id, file=keep(content, clock.utc_now())), 303)
        form.file.errors = [fault]
    page = render_template("office/itineraries/import.html", event=event, form=form)
    return make_response(page, 422 if form.errors else 200)


@blueprint.get("/events/<public_id>/itinerary/import/<file>")
@office("programme")
def preview(public_id: str, file: str) -> Response | Redirection:
    event, table = desk.event(public_id) or abort(404), _kept_table(file)
    return _page(event, _dry_run(event, table, remove_missing=False)) if table else _gone(public_id)


@blueprint.post("/events/<public_id>/itinerary/import/<file>")
@office("programme")
def take_over(public_id: str, file: str) -> Response | Redirection:
    """Write what was shown, all of it; nothing where the itinerary is another than the one it was shown for."""
    table, remove_missing = _kept_table(file), request.form.get("missing") == "remove"
    event = desk.event(public_id) or abort(404)
    if table is None:
        return _gone(public_id)
    fault = ""
    try:
        with writing():
            event = desk.event_to_change(public_id)
            run = _dry_run(event, table, remove_missing=remove_missing)
            stale = run.seen != request.form.get("seen")
            taken = not (stale or run.refused or _fault_of_size(event, run))
            if taken:
                commands.rewrite(event, run.merged.edits, now=clock.utc_now(), by=acting())
    except commands.SameDayTwice:
        taken, fault = False, _("Two days would have the same date, city and part.")
    if not taken:
        event = desk.event(public_id) or abort(404)
        return _page(event, run, 409 if stale else 422, stale=stale, fault=fault, remove_missing=remove_missing)
    files().remove(file)
    flash(_told(run.merged))
    return redirect(url_for("office_itineraries.sheet", public_id=public_id), 303)


@blueprint.post("/events/<public_id>/itinerary/import/<file>/give-up")
@office("programme")
def give_up(public_id: str, file: str) -> Redirection:
    """Delete a file that was looked at and is not wanted, and ask for another."""
    if desk.event(public_id) is None:
        abort(404)
    if _kept_table(file) is not None:
        files().remove(file)
    return redirect(url_for(".upload", public_id=public_id), 303)


def _fault_of(content: bytes) -> str:
    """Return why a file cannot be read, "" where it can."""
    try:
        table = read_table(content, most_rows=MOST_FILE_ROWS)
    except OldOrProtected:
        return _("This is an old Excel file, or a password protects it. Save it as .xlsx without a password.")
    except NoSpreadsheet:
        return _("This is no Excel file that we can read. Save it as .xlsx.")
    except TooManyRows:
        return _("The file has more than %(most)d rows, more than any itinerary has.", most=MOST_FILE_ROWS)
    return "" if table.rows else _("The file is empty.")


def _gone(public_id: str) -> Redirection:
    flash(_("The file was taken over already, or was never sent. Send it again to look at it."))
    return redirect(url_for(".upload", public_id=public_id), 303)


def _kept_table(file: str) -> Table | None:
    """Return what a file holds that was sent before; None where it is not there any more."""
    content = kept(file)
    try:
        return read_table(content, most_rows=MOST_FILE_ROWS) if content else None
    except (NoSpreadsheet, TooManyRows):
        return None


def _dry_run(event: Event, table: Table, *, remove_missing: bool) -> DryRun:
    """Return what would come of a file."""
    days = days_of(event)
    plans = {day.public_id: plan_of(day) for day in days}
    items = {item.public_id: item for plan in plans.values() for item in plan.items}
    read = read_file(table, Known(event, all_cities(), speakers_of(event), items))
    return DryRun(table, read, merge(plans, read.rows, remove_missing=remove_missing), _seen(days))


def _seen(days: Sequence[Day]) -> str:
    """Return what only the same days in the same state share."""
    whole = "".join(f"{day.public_id}{fingerprint(plan_of(day))}" for day in days)
    return hashlib.sha256(whole.encode()).hexdigest()[:32]


def _fault_of_size(event: Event, run: DryRun) -> str:
    """Return why the itinerary would be larger than one may be, "" where it would not."""
    added = sum(1 for edit in run.merged.edits if not edit.day) - sum(1 for edit in run.merged.edits if not edit.plan)
    if len(days_of(event)) + added > MOST_DAYS:
        return _("An itinerary has at most %(most)d days; this would be more.", most=MOST_DAYS)
    if any(edit.plan and len(edit.plan.items) > MOST_ROWS for edit in run.merged.edits):
        return _("A day has at most %(most)d rows; this would be more.", most=MOST_ROWS)
    return ""


def _told(merged: Merge) -> str:
    changed = sum(outcome.what != "same" for outcome in merged.outcomes)
    return ngettext("%(num)d row was taken over.", "%(num)d rows were taken over.", changed)


def _page(
    event: Event,
    run: DryRun,
    status: int = 200,
    *,
    stale: bool = False,
    fault: str = "",
    remove_missing: bool = False,
) -> Response:
    what = [outcome.what for outcome in run.merged.outcomes]
    page = render_template(
        "office/itineraries/import_preview.html",
        event=event,
        run=run,
        give_up=url_for(".give_up", **(request.view_args or {})),
        counts={name: what.count(name) for name in ("added", "changed", "moved", "same")},
        shown=[outcome for outcome in run.merged.outcomes if outcome.what != "same"][:SHOWN_ROWS],
        faults=sorted(run.read.faults, key=lambda each: each.row)[:SHOWN_FAULTS],
        notes=run.read.notes[:SHOWN_NOTES],
        missing=run.merged.missing[:SHOWN_MISSING],
        stale=stale,
        fault=fault or _fault_of_size(event, run),
        remove_missing=remove_missing,
        names_of=_names_of,
    )
    return make_response(page, status)


def _names_of(outcome: Outcome) -> list[str]:
    """Return what the office calls the fields of a row that change, each once."""
    names = ({"fee_minor": "fee", "ends_days": "ends"}.get(name, name) for name in outcome.names)
    return list(dict.fromkeys(str(NAMES[name]) for name in names))

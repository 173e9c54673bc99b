"""Cities and those whom the office knows there, from a CSV or an Excel file: looked at first, then taken over."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as Redirection
from wtforms import FileField

from tourreg.adapters.workbooks import Table, write_table
from tourreg.blueprints.attempts import with_free_name
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.kept_uploads import keep, kept
from tourreg.blueprints.large_requests import let_through
from tourreg.blueprints.office.city_import_columns import COLUMNS
from tourreg.blueprints.office.city_import_reading import ReadCities, read_cities, table_of
from tourreg.blueprints.office.city_import_words import (
    CITY_WORDS,
    CONTACT_WORDS,
    UNREADABLE,
    fault_in_words,
    place_words,
    shown_row,
    unreadable,
)
from tourreg.blueprints.office.itinerary_spreadsheet import EXCEL
from tourreg.blueprints.outside import files
from tourreg.blueprints.spreadsheets import csv_file
from tourreg.db import writing
from tourreg.domain.hosting import city_import, city_import_writing
from tourreg.domain.hosting.city_import_writing import import_of_file
from tourreg.domain.hosting.city_outcomes import Look, counts, would_write
from tourreg.kernel import clock

blueprint = Blueprint("office_city_import", __name__)
LARGEST_FILE = 4 * 1024 * 1024
SHOWN_FAULTS, SHOWN_QUESTIONS, SHOWN_ROWS = 100, 100, 300
_CHOICE = re.compile(r"choice-(\d{1,6})")
let_through(blueprint, LARGEST_FILE, _l("A file may have 4 MB. Part it into several. Nothing was read."))


class UploadForm(FlaskForm):
    file = FileField(_l("CSV or Excel file"), description=_l("At most 3,000 rows and 4 MB."))


class DryRun:
    """What would come of a file: what it says, and what that comes to with the cities that were chosen."""

    def __init__(self, table: Table, choices: Mapping[int, str], *, lock: bool = False) -> None:
        self.table, self.choices = table, choices
        self.read: ReadCities = read_cities(table)
        self.look: Look = city_import.look(self.read.rows, choices, lock=lock)
        self.faults = sorted([*self.read.faults, *map(fault_in_words, self.look.faults)], key=lambda each: each.row)

    @property
    def is_empty(self) -> bool:
        return bool(self.read.lacking) or not (self.read.rows or self.faults)

    def may_be_taken(self, *, overwrite: bool, leave_out: bool) -> bool:
        whole = not self.is_empty and (leave_out or not self.faults)
        return whole and would_write(self.look, overwrite=overwrite)


@blueprint.route("/office/cities/import", methods=["GET", "POST"])
@office("programme")
def upload() -> Response | Redirection:
    """Take a file, look whether it can be read, and lead to what would come of it."""
    form = UploadForm()
    if form.is_submitted() and form.validate():
        content = form.file.data.read(LARGEST_FILE + 1) if form.file.data else b""
        fault = _fault_of(content) if content else _("Choose the file.")
        if not fault:
            return redirect(url_for(".preview", file=keep(content, clock.utc_now())), 303)
        form.file.errors = [fault]
    page = render_template("office/cities/import.html", form=form, columns=COLUMNS)
    return make_response(page, 422 if form.errors else 200)


@blueprint.get("/office/cities/import/template.csv")
@office("programme")
def csv_template() -> Response:
    return csv_file("cities-template.csv", [str(column.name) for column in COLUMNS], [])


@blueprint.get("/office/cities/import/template.xlsx")
@office("programme")
def excel_template() -> Response:
    headings, widths = [str(column.name) for column in COLUMNS], [column.width for column in COLUMNS]
    answer = make_response(write_table(headings, [], widths=widths, name=_("Cities")))
    answer.mimetype = EXCEL
    answer.headers["Content-Disposition"] = 'attachment; filename="cities-template.xlsx"'
    return answer


@blueprint.get("/office/cities/import/<file>")
@office("programme")
def preview(file: str) -> Response | Redirection:
    table = _kept_table(file)
    return _page(DryRun(table, {})) if table else _gone(file)


@blueprint.post("/office/cities/import/<file>")
@office("programme")
def take_over(file: str) -> Response | Redirection:
    """Write what was shown, all of it and once; nothing where a city or a contact is another than was shown."""
    table = _kept_table(file)
    if table is None:
        return _gone(file)
    choices = _choices()
    if request.form.get("do") == "look":
        return _page(DryRun(table, choices))
    run, done = with_free_name(lambda: _taken(file, table, choices))
    if not done:
        stale = run.look.seen != request.form.get("seen")
        return _page(DryRun(table, choices), 409 if stale else 422, stale=stale, pressed=True)
    files().remove(file)
    return redirect(url_for(".result", public_id=done), 303)


@blueprint.post("/office/cities/import/<file>/give-up")
@office("programme")
def give_up(file: str) -> Redirection:
    """Delete a file that was looked at and is not wanted, and ask for another."""
    if _kept_table(file) is not None:
        files().remove(file)
    return redirect(url_for(".upload"), 303)


@blueprint.get("/office/cities/imports/<public_id>")
@office()
def result(public_id: str) -> str:
    """Tell what became of a file."""
    done = city_import_writing.import_by_public_id(public_id) or abort(404)
    rows = [row for row in done.rows if row[3] in ("new", "changed") or row[4] in ("new", "changed")]
    return render_template(
        "office/cities/imported.html",
        done=done,
        rows=rows[:SHOWN_ROWS],
        all_rows=len(rows),
        city_words=CITY_WORDS,
        contact_words=CONTACT_WORDS,
    )


def _taken(file: str, table: Table, choices: Mapping[int, str]) -> tuple[DryRun, str]:
    """Return what came of looking anew, and the public id of the import, "" where nothing was written."""
    ticked = {name: bool(request.form.get(name)) for name in ("overwrite", "leave_out", "invite")}
    with writing():
        run = DryRun(table, choices, lock=True)
        if known := import_of_file(file):
            return run, known.public_id
        may = run.may_be_taken(overwrite=ticked["overwrite"], leave_out=ticked["leave_out"])
        if not may or run.look.seen != request.form.get("seen"):
            return run, ""
        done = city_import_writing.take_over(
            run.look,
            file,
            overwrite=ticked["overwrite"],
            invite=ticked["invite"],
            unread=len({fault.row for fault in run.faults}),
            now=clock.utc_now(),
            by=acting(),
        )
        return run, done.public_id


def _choices() -> dict[int, str]:
    named = ((_CHOICE.fullmatch(name), value) for name, value in request.form.items())
    return {int(match[1]): value for match, value in named if match and value}


def _fault_of(content: bytes) -> str:
    """Return why a file cannot be read, "" where it can."""
    try:
        table = table_of(content)
    except UNREADABLE as error:
        return unreadable(error)
    return "" if table.rows else _("The file is empty.")


def _kept_table(file: str) -> Table | None:
    """Return what a file holds that was sent before; None where it is not there any more."""
    content = kept(file)
    try:
        return table_of(content) if content else None
    except UNREADABLE:
        return None


def _gone(file: str) -> Redirection:
    """Lead to what became of a file that was taken over, or else to sending one."""
    if done := import_of_file(file):
        return redirect(url_for(".result", public_id=done.public_id), 303)
    flash(_("The file was taken over already, or was never sent. Send it again to look at it."))
    return redirect(url_for(".upload"), 303)


def _page(run: DryRun, status: int = 200, *, stale: bool = False, pressed: bool = False) -> Response:
    look, fields = run.look, request.form
    rows = [row for row in (shown_row(row, look) for row in look.rows) if row.is_news]
    questions: list[tuple[int, str, list[tuple[str, str]]]] = [
        (fault.row, fault.facts["said"], [(each.key, place_words(each)) for each in fault.facts["choices"]])
        for fault in look.faults if fault.kind == "several"
    ]  # fmt: skip
    asked = {row for row, _name, _choices in questions}
    page = render_template(
        "office/cities/import_preview.html",
        run=run,
        give_up=url_for(".give_up", **(request.view_args or {})),
        counts=counts(look, overwrite=False),
        rows=rows[:SHOWN_ROWS],
        all_rows=len(rows),
        faults=run.faults[:SHOWN_FAULTS],
        wrong_rows=len({fault.row for fault in run.faults}),
        questions=questions[:SHOWN_QUESTIONS],
        chosen=[(row, key) for row, key in sorted(run.choices.items()) if row not in asked],
        can_overwrite=any(each.merge.differing for each in _merging(look)),
        can_take=would_write(look, overwrite=True) and not run.is_empty,
        ticked={name for name in ("overwrite", "leave_out", "invite") if fields.get(name)},
        stale=stale,
        pressed=pressed and not stale,
        city_words=CITY_WORDS,
        contact_words=CONTACT_WORDS,
    )
    return make_response(page, status)


def _merging(look: Look) -> list[Any]:
    """Return what of the file is here already."""
    cities = [city for city in look.cities.values() if city.city]
    return [*cities, *(contact for contact in look.contacts.values() if contact.known)]

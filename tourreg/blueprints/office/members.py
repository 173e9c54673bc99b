"""Lists of members: made and replaced by a file, with what is wrong in it row by row."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as Redirection
from wtforms import FileField, HiddenField

from tourreg.adapters.spreadsheets import NoSpreadsheet, is_xlsx, rows_of_xlsx
from tourreg.blueprints.fields import Line
from tourreg.blueprints.gettext import _, ngettext
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.office.desk_time import desk_zone
from tourreg.blueprints.paging import PAGE_ROWS, Page, asked_page
from tourreg.blueprints.submissions import submission_key
from tourreg.db import writing
from tourreg.domain.banking.decoding import decoded
from tourreg.domain.banking.values import FileRefused
from tourreg.domain.memberships import commands, queries, rules
from tourreg.domain.memberships.models import MemberList
from tourreg.domain.memberships.rules import MemberRow
from tourreg.kernel import clock

blueprint = Blueprint("office_members", __name__)


class ListForm(FlaskForm):
    submission_key = HiddenField()
    name = Line(_l("Whose members"), most=120, needed=_l("Name the organisation or the programme."))
    file = FileField(
        _l("File of members"),
        description=_l(
            "CSV or Excel with a column for the numbers and, if you like, names and the last day of each membership."
        ),
    )


@blueprint.get("/members")
@office()
def index() -> str:
    return render_template("office/members/index.html", lists=queries.lists_with_counts(), zone=desk_zone())


@blueprint.route("/members/new", methods=["GET", "POST"])
@office("programme")
def new() -> Response | Redirection:
    form, key = ListForm(), submission_key(request.form)
    form.submission_key.data = key
    if form.is_submitted() and (known := queries.list_of_submission(key)):
        return _to(known)
    members = _read(form, needed=True) if form.is_submitted() and form.validate() else None
    if not members:
        return _page(None, form)
    with writing():
        made = queries.list_of_submission(key) or commands.make_list(
            form.name.data, members, submission_key=key, now=clock.utc_now(), by=acting()
        )
    return _told(made, len(members))


@blueprint.get("/members/<public_id>")
@office()
def edit(public_id: str) -> Response:
    found = queries.by_public_id(public_id) or abort(404)
    return _page(found, ListForm(data={"name": found.name}))


@blueprint.post("/members/<public_id>")
@office("programme")
def save(public_id: str) -> Response | Redirection:
    """Take the name over, and what the file says in place of all that the list said, if there is a file."""
    found, form = queries.by_public_id(public_id) or abort(404), ListForm()
    members = _read(form, needed=False) if form.validate() else None
    if form.errors or members is None:
        return _page(found, form)
    with writing():
        found = queries.by_public_id(public_id) or abort(404)
        now, by = clock.utc_now(), acting()
        commands.rename(found, form.name.data, now=now, by=by)
        if members:
            commands.replace_members(found, members, now=now, by=by)
    return _told(found, len(members))


def _read(form: ListForm, *, needed: bool) -> list[MemberRow] | None:
    """Return the members of the file, none where there is no file; None where it is wrong, which stands in the form."""
    content = form.file.data.read() if form.file.data else b""
    if not content:
        form.file.errors = [_("Choose the file.")] if needed else []
        return None if needed else []
    try:
        return rules.read_members(_rows(content))
    except (FileRefused, NoSpreadsheet):
        form.file.errors = [_("This is no CSV or Excel file that we can read.")]
    except rules.FileUnreadable as refusal:
        form.file.errors = [str(_UNREADABLE[refusal.kind])]
    except rules.RowsWrong as refusal:
        form.file.errors = [
            ngettext("%(num)d row is wrong. Nothing was imported.", "%(num)d rows are wrong. Nothing was imported.",
                     refusal.number),
        ]  # fmt: skip
        form.wrong_rows = [_wrong(fault) for fault in refusal.faults]
    return None


def _rows(content: bytes) -> Sequence[Sequence[str]]:
    if is_xlsx(content):
        return rows_of_xlsx(content)
    text = decoded(content)
    separator = max(",;\t", key=text.partition("\n")[0].count)
    return list(csv.reader(io.StringIO(text), delimiter=separator))


def _wrong(fault: rules.RowFault) -> str:
    sentence = str(_ROWS[fault.kind])
    if fault.value:
        return _("Row %(row)d: %(wrong)s (%(value)s)", row=fault.row, wrong=sentence, value=fault.value)
    return _("Row %(row)d: %(wrong)s", row=fault.row, wrong=sentence)


_UNREADABLE = {
    "empty": _l("The file is empty."),
    "no_numbers": _l("The file names no members."),
    "too_many": _l("A list may have 50,000 members."),
}
_ROWS = {
    "number_missing": _l("the number is missing"),
    "number_unfit": _l("this is no number of at most 40 characters"),
    "number_twice": _l("the number stands in the file twice"),
    "name_too_long": _l("the name has more than 200 characters"),
    "day_unreadable": _l("this is no day, such as 2027-12-31"),
}


def _page(found: MemberList | None, form: Any) -> Response:
    number = asked_page()
    rows = queries.members(found, most=PAGE_ROWS, after=(number - 1) * PAGE_ROWS) if found else []
    page = render_template(
        "office/members/list.html",
        list=found,
        form=form,
        wrong_rows=getattr(form, "wrong_rows", []),
        page=Page(rows, number, queries.count_of(found) if found else 0),
        zone=desk_zone(),
    )
    return make_response(page, 422 if any(control.errors for control in form) else 200)


def _told(found: MemberList, number: int) -> Redirection:
    if number:
        flash(ngettext("The list has %(num)d member now.", "The list has %(num)d members now.", number))
    else:
        flash(_("Saved."))
    return _to(found)


def _to(found: MemberList) -> Redirection:
    return redirect(url_for(".edit", public_id=found.public_id), 303)

"""Importing a bank's statement: the file, how it is read, what that gives, and taking it over."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import BooleanField, FileField
from wtforms.validators import ValidationError

from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.large_requests import let_through
from tourreg.blueprints.office import bank_words
from tourreg.blueprints.office.bank_mapping import MappingForm, columns_of, mapping_form
from tourreg.blueprints.office.event_fields import Choice
from tourreg.db import writing
from tourreg.domain.banking import importing, queries
from tourreg.domain.banking.decoding import is_xml
from tourreg.domain.banking.importing import Imported, RowsUnread
from tourreg.domain.banking.mappings import Mapping
from tourreg.domain.banking.models import BankDraft
from tourreg.domain.banking.values import FileRefused, ReadFile
from tourreg.kernel import clock

blueprint = Blueprint("office_bank_import", __name__)

# Twenty thousand bookings as CAMT.053 with all that banks write into them are about 30 MB; a month's are far fewer.
LARGEST_FILE = 12 * 1024 * 1024
SHOWN_LINES, SHOWN_FAULTS = 12, 20
let_through(
    blueprint,
    LARGEST_FILE,
    _l("A statement may have 12 MB. Ask the bank for a shorter time, or for CSV. Nothing was read."),
)


class UploadForm(FlaskForm):
    account = Choice(_l("Bank account"))
    file = FileField(_l("File of the bank"), description=_l("A CSV or a CAMT.053 file (XML), 12 MB at most."))

    def validate_file(self, field: FileField) -> None:
        if not field.data or not field.data.filename:
            raise ValidationError(_("Choose the file that the bank gave you."))


class ImportForm(FlaskForm):
    leave_out = BooleanField(_l("Leave out what cannot be read"))


@blueprint.route("/money/bank/import", methods=["GET", "POST"])
@office("finance")
def upload() -> Response | tuple[str, int]:
    form = UploadForm(data={"account": request.args.get("account", "")})
    accounts = {account.public_id: account for account in queries.accounts()}
    form.account.offer({one.public_id: f"{one.name} ({one.currency})" for one in accounts.values()})
    if form.validate_on_submit():
        sent = form.file.data
        with writing():
            account = accounts[form.account.data]
            draft = importing.take_file(account, sent.filename, sent.read(), now=clock.utc_now(), by=acting())
        return redirect(url_for(".file", public_id=draft.public_id), 303)
    return render_template("office/bank/upload.html", form=form, accounts=accounts), 422 if form.errors else 200


@blueprint.route("/money/bank/files/<public_id>", methods=["GET", "POST"])
@office("finance")
def file(public_id: str) -> Response | tuple[str, int]:
    """Show a file as it would be taken over, ask how it is read where that is open, and take it over."""
    draft = queries.draft_by_public_id(public_id)
    if draft is None:
        return _to_what_came_of_it(public_id)
    mapping, form = (Mapping(), None) if is_xml(draft.content) else mapping_form(draft)
    taking = ImportForm()
    sent_well = request.method == "POST" and taking.validate() and (form is None or form.validate())
    try:
        mapping = form.mapping() if form is not None and sent_well else mapping
        read = importing.read_draft(draft, mapping, now=clock.utc_now())
    except FileRefused as refusal:
        return _page(draft, form, taking, None, bank_words.refused_file(refusal)), 422
    if sent_well and request.form.get("do") == "import":
        return _take_over(draft, mapping, read, form, taking)
    return _page(draft, form, taking, read), 422 if request.method == "POST" and not sent_well else 200


def _take_over(
    draft: BankDraft, mapping: Mapping, read: ReadFile, form: MappingForm | None, taking: ImportForm
) -> Response | tuple[str, int]:
    try:
        with writing():
            done = importing.import_draft(
                draft, mapping, read, leave_out=taking.leave_out.data, now=clock.utc_now(), by=acting()
            )
            return _told(done)
    except RowsUnread:
        taking.leave_out.errors = [_("Put right how the file is read, or tick that these rows are left out.")]
        return _page(draft, form, taking, read), 422
    except FileRefused as refusal:
        return _page(draft, form, taking, None, bank_words.refused_file(refusal)), 422


def _told(done: Imported) -> Response:
    flash(bank_words.outcome(done.new, done.known))
    if done.statement is None:
        return redirect(url_for("office_bank.index"), 303)
    return redirect(url_for("office_bank_lines.statement", public_id=done.statement.public_id), 303)


def _to_what_came_of_it(public_id: str) -> Response:
    statement = queries.statement_of_draft(public_id)
    if statement is None:
        abort(404)
    return redirect(url_for("office_bank_lines.statement", public_id=statement.public_id), 303)


def _page(
    draft: BankDraft, form: MappingForm | None, taking: ImportForm, read: ReadFile | None, refused: str = ""
) -> str:
    known = queries.known_of(draft.account, read.lines) if read else 0
    kept = draft.account.mapping.get("heading")
    return render_template(
        "office/bank/file.html",
        draft=draft,
        form=form,
        taking=taking,
        read=read,
        refused=refused,
        known=known,
        is_other_heading=bool(read and kept and read.heading and kept != read.heading),
        lines=read.lines[:SHOWN_LINES] if read else [],
        faults=[(fault.row, bank_words.row_fault(fault)) for fault in read.faults[:SHOWN_FAULTS]] if read else [],
        columns=columns_of(form) if form is not None else [],
    )

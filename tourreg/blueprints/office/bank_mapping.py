"""The form that says how a bank's CSV is read."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField

from tourreg.blueprints.gettext import _
from tourreg.blueprints.office import bank_words
from tourreg.blueprints.office.event_fields import Choice, WholeNumber
from tourreg.domain.banking.csv_reading import rows_of
from tourreg.domain.banking.guessing import guess
from tourreg.domain.banking.mappings import COLUMNS, MOST_COLUMNS, MOST_SKIPPED, Mapping, mapping_of
from tourreg.domain.banking.models import BankDraft
from tourreg.domain.banking.values import FileRefused
from tourreg.kernel.typed import tidy

LONGEST_HEADING = 40
_PREFIX = "column_"


class MappingForm(FlaskForm):
    encoding = Choice(_l("Encoding"), choices=bank_words.ENCODINGS)
    delimiter = Choice(_l("Between columns"), choices=bank_words.DELIMITERS)
    skipped = WholeNumber(
        _l("Lines before the columns’ names"), most=MOST_SKIPPED, needed=_l("Type 0 if the file begins with them.")
    )
    has_heading = BooleanField(_l("The first of the lines that follow names the columns"))
    date_format = Choice(_l("Dates are written as"), choices=bank_words.DATE_FORMATS)
    decimal = Choice(_l("Before the cents stands a"), choices=bank_words.DECIMALS)
    amount_style = Choice(_l("Amounts are written in"), choices=bank_words.AMOUNT_STYLES)

    def mapping(self) -> Mapping:
        """Return what the form says."""
        return Mapping(
            encoding=self.encoding.data,
            delimiter=self.delimiter.data,
            skipped=self.skipped.value,
            has_heading=self.has_heading.data,
            date_format=self.date_format.data,
            decimal=self.decimal.data,
            amount_style=self.amount_style.data,
            columns={name: int(self[_PREFIX + name].data or 0) for name in COLUMNS},
        )

    def validate(self, *arguments: Any, **named: Any) -> bool:
        """Ask for the columns without which nothing can be read, beside the fields of what else is said."""
        if not super().validate(*arguments, **named):
            return False
        for name in self.mapping().lacking:
            self[_PREFIX + name].errors = [_("Choose the column.")]
        return not self.errors


def mapping_form(draft: BankDraft) -> tuple[Mapping, MappingForm | None]:
    """Return how the file is read as far as is known, and the form that says so; no form for what is no text.

    What was sent counts first, then what the account's last file was read by, where its columns had the same names,
    then what the file looks like.
    """
    mapping = _kept(draft) if "guess" not in request.args else None
    if mapping is None:
        try:
            mapping = guess(draft.content)
        except FileRefused as refusal:
            if refusal.kind != "encoding":
                return Mapping(), None
            mapping = Mapping()
    form = _CompleteForm(data={**_plain(mapping), **{_PREFIX + name: str(mapping.at(name)) for name in COLUMNS}})
    offered = _offered(draft, _as_sent(form, mapping))
    for name in COLUMNS:
        form[_PREFIX + name].offer(offered)
    return mapping, form


def _kept(draft: BankDraft) -> Mapping | None:
    """Return what the account's last file was read by, unless the columns of this one are called otherwise."""
    mapping = mapping_of(draft.account.mapping)
    if mapping is None:
        return None
    heading = draft.account.mapping.get("heading")
    return mapping if not heading or heading == _first_cells(draft, mapping) else None


def columns_of(form: MappingForm) -> list[Any]:
    """Return the fields that name columns, in the order of the page."""
    return [form[_PREFIX + name] for name in COLUMNS]


def _as_sent(form: MappingForm, mapping: Mapping) -> Mapping:
    """Return the mapping with what the form says about where columns stand, if that can be read."""
    if request.method != "POST":
        return mapping
    skipped = form.skipped.data or ""
    return Mapping(
        encoding=form.encoding.data if form.encoding.data in bank_words.ENCODINGS else "auto",
        delimiter=form.delimiter.data if form.delimiter.data in bank_words.DELIMITERS else ",",
        skipped=int(skipped) if skipped.isdecimal() and skipped.isascii() and len(skipped) < 4 else 0,
        has_heading=form.has_heading.data,
    )


def _offered(draft: BankDraft, mapping: Mapping) -> dict[str, str]:
    """Return the columns to choose from, by number and by the name that the file gives them."""
    cells = _first_cells(draft, mapping)[:MOST_COLUMNS]
    named = {str(place): f"{place}  {cell[:LONGEST_HEADING]}".strip() for place, cell in enumerate(cells, start=1)}
    return {"0": _("None"), **named}


def _first_cells(draft: BankDraft, mapping: Mapping) -> list[str]:
    """Return the cells of the first row that is read; none where the file cannot be read so."""
    try:
        first = next(rows_of(draft.content, mapping, most=1), None)
    except FileRefused:
        return []
    return [tidy(cell) for cell in first.cells] if first else []


def _plain(mapping: Mapping) -> dict[str, Any]:
    return {
        "encoding": mapping.encoding,
        "delimiter": mapping.delimiter,
        "skipped": str(mapping.skipped),
        "has_heading": mapping.has_heading,
        "date_format": mapping.date_format,
        "decimal": mapping.decimal,
        "amount_style": mapping.amount_style,
    }


_CompleteForm: Any = type(
    "_CompleteForm", (MappingForm,), {_PREFIX + name: Choice(bank_words.COLUMNS[name]) for name in COLUMNS}
)

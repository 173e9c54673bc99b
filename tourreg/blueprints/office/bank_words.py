"""What the pages about bank statements call things, and what they say about files and rows that cannot be read."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _l

from tourreg import formats
from tourreg.blueprints.gettext import ngettext
from tourreg.blueprints.languages import language
from tourreg.domain.banking.matching import Reason
from tourreg.domain.banking.values import FileRefused, RowFault
from tourreg.kernel.money import Money

# A tag's look and its words, by the state of a line.
STATES = {
    "open": ("wait", _l("To settle")),
    "part_applied": ("wait", _l("Partly applied")),
    "applied": ("good", _l("Applied")),
    "outgoing": ("", _l("Went out")),
    "tied": ("good", _l("A refund")),
    "set_aside": ("over", _l("Set aside")),
}
ASIDE = {
    "not_for_us": _l("Not for us"),
    "bank_fee": _l("A bank fee"),
    "interest": _l("Interest"),
    "own_transfer": _l("Between our own accounts"),
    "sent_back": _l("The bank has sent it back"),
    "repeated": _l("The same booking is here from another file"),
    "refund": _l("A refund that Stripe or another system made"),
    "other": _l("Something else"),
}
ENCODINGS = {
    "auto": _l("Found out by itself"),
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "gb18030": "GB18030, GBK, GB2312",
    "windows-1252": "Windows-1252, Latin-1",
}
DELIMITERS = {",": _l("Comma"), ";": _l("Semicolon"), "\t": _l("Tab"), "|": _l("Upright stroke")}
DECIMALS = {".": _l("Point: 1,234.50"), ",": _l("Comma: 1.234,50")}
DATE_FORMATS = {
    "%Y-%m-%d": "2027-10-21",
    "%Y/%m/%d": "2027/10/21",
    "%Y%m%d": "20271021",
    "%Y.%m.%d": "2027.10.21",
    "%m/%d/%Y": _l("10/21/2027 (month first)"),
    "%m/%d/%y": _l("10/21/27 (month first)"),
    "%d/%m/%Y": _l("21/10/2027 (day first)"),
    "%d.%m.%Y": _l("21.10.2027 (day first)"),
    "%d-%m-%Y": _l("21-10-2027 (day first)"),
    "%d %b %Y": "21 Oct 2027",
    "%d-%b-%Y": "21-Oct-2027",
    "%Y年%m月%d日": "2027年10月21日",
}
AMOUNT_STYLES = {
    "signed": _l("One column, with a minus for what went out"),
    "debit_credit": _l("Two columns: debit and credit"),
    "direction": _l("One column, and another that says debit or credit"),
}
COLUMNS = {
    "booked_on": _l("Date of the booking"),
    "valued_on": _l("Value date"),
    "amount": _l("Amount"),
    "debit": _l("Debit, what went out"),
    "credit": _l("Credit, what came in"),
    "direction": _l("Debit or credit"),
    "currency": _l("Currency"),
    "text": _l("Text"),
    "more_text": _l("More text"),
    "payer": _l("Name of the other side"),
    "reference": _l("The bank’s number of the booking"),
}
_REASONS = {
    "reference": _l("names %(name)s"),
    "invoice": _l("names invoice %(name)s"),
    "partial_reference": _l("names %(name)s, with a last sign that is missing or wrong"),
    "balance": _l("the amount is all that is owed"),
    "invoice_amount": _l("the amount is that of invoice %(name)s"),
    "instalment": _l("the amount is that of the instalment of %(name)s"),
    "payer": _l("names the payer"),
    "person": _l("names the contact, a participant or their organisation"),
    "together": _l("the amount is what this payer’s bills come to"),
}


_FILES = {
    "empty": _l("The file is empty. Download it from the bank again."),
    "web_page": _l(
        "This is a web page, not a statement; the bank’s site often answers so when it wants you to sign in. "
        "Sign in there and download the CSV or CAMT.053 file."
    ),
    "spreadsheet": _l("This is a workbook of a spreadsheet. Save it as CSV, or download CSV from the bank."),
    "pdf": _l("This is a PDF. Download the statement as CSV or CAMT.053."),
    "binary": _l("This is no text file. Download the statement as CSV or CAMT.053."),
    "encoding": _l("The file cannot be read in this encoding. Choose another one."),
    "entities": _l(
        "This XML declares a document type. No bank statement needs one, and it can draw in other files, so it is "
        "not read."
    ),
    "broken_xml": _l("This XML is cut or broken at line %(line)s. Download it from the bank again."),
    "not_a_statement": _l("This XML is no CAMT.053 statement. Ask the bank for camt.053."),
    "other_account": _l("The file is of the account that ends in %(number)s, not of this one."),
    "too_many_lines": _l("The file has more than %(most)s bookings. Ask the bank for a shorter time."),
    "no_lines": _l("No booking can be read from this file."),
}
_ROWS = {
    "cut": _l("The line is cut: of %(needed)s columns it has %(found)s."),
    "unclosed": _l("A quotation mark is opened and not closed; what follows cannot be read."),
    "date": _l("“%(typed)s” is no date, written as it was said."),
    "future": _l("The booking is dated %(date)s, which has not come yet."),
    "amount": _l("“%(typed)s” is no amount."),
    "no_amount": _l("There is no amount."),
    "both_amounts": _l("Debit and credit both have an amount."),
    "direction": _l("“%(typed)s” says neither debit nor credit."),
    "sign": _l("The amount is negative, and the line says “%(typed)s”."),
    "currency": _l("The line is in %(said)s, and the account in %(currency)s."),
    "repeated": _l("The same booking stands in line %(first)s, under the same number %(reference)s."),
}


def reason(one: Reason) -> str:
    """Return why a bill is proposed, as a part of a sentence."""
    name = one.name
    if one.kind == "instalment":
        name = formats.short_date(date.fromisoformat(one.name), language())
    return str(_REASONS[one.kind]) % {"name": name}


def refused_file(refusal: FileRefused) -> str:
    """Say why a file is no statement, and what to do."""
    facts = {**refusal.facts}
    if "most" in facts:
        facts["most"] = f"{facts['most']:,}"
    return str(_FILES[refusal.kind]) % facts


def row_fault(fault: RowFault) -> str:
    """Say what is wrong with one row."""
    facts = {**fault.facts}
    if "date" in facts:
        facts["date"] = formats.long_date(facts["date"], language())
    return str(_ROWS[fault.kind]) % facts


def outcome(new: int, known: int) -> str:
    """Say what an import has brought."""
    brought = ngettext("%(num)d booking is new.", "%(num)d bookings are new.", new)
    if not known:
        return brought
    here = ngettext("%(num)d was here already.", "%(num)d were here already.", known)
    return brought + ("" if language() == "zh" else " ") + here


def shown(amount: Money) -> str:
    return formats.money(amount, language())

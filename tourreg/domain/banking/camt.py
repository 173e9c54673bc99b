"""CAMT.053, the bank-to-customer statement of ISO 20022, read whatever version of it the bank writes.

The standard parser is enough: a statement needs no document type, so the first sign of one ends the reading, and
without it there are no entities to expand and nothing to fetch.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from tourreg.domain.banking.values import (
    LONGEST_PAYER,
    LONGEST_REFERENCE,
    LONGEST_TEXT,
    MOST_LINES,
    FileRefused,
    ReadFile,
    ReadLine,
    RowFault,
    without_repeats,
)
from tourreg.kernel.money import CURRENCIES, Money, digits
from tourreg.kernel.typed import tidy

_STATEMENT = re.compile(r"urn:iso:std:iso:20022:tech:xsd:camt\.053\.001\.\d\d")
_NOT_PROVIDED = ("", "NOTPROVIDED", "NOT PROVIDED", "NONREF")
_DEEPEST = 60
_AMOUNT = re.compile(r"\d{1,15}(?:\.\d{1,5})?", re.ASCII)


class _Wrong(Exception):
    """An entry cannot be read; the fault without its row."""

    def __init__(self, kind: str, **facts: object) -> None:
        super().__init__(kind)
        self.kind, self.facts = kind, facts


def read_camt(content: bytes, currency: str, today: date, account_number: str = "") -> ReadFile:
    """Return what the file says.

    currency        of the account
    today           in the seller's zone; nothing is booked after it
    account_number  refuses a statement of another account, where both name theirs
    raises          FileRefused
    """
    statements = _statements(_tree(content))
    lines: list[ReadLine] = []
    faults: list[RowFault] = []
    row = waiting = 0
    for statement in statements:
        _require_account(statement, account_number)
        for entry in statement.findall("Ntry"):
            row += 1
            if row > MOST_LINES or len(lines) > MOST_LINES:
                raise FileRefused(kind="too_many_lines", most=MOST_LINES)
            if _status(entry) != "BOOK":
                waiting += 1
                continue
            try:
                lines += _lines(entry, row, currency, today)
            except _Wrong as wrong:
                faults.append(RowFault(row, wrong.kind, dict(wrong.facts)))
    if not row:
        raise FileRefused(kind="no_lines")
    kept, repeats = without_repeats(lines)
    adds_up = bool(faults) or all(_adds_up(statement) for statement in statements)
    faults = sorted([*faults, *repeats], key=lambda fault: fault.row)
    return ReadFile(kept, faults, waiting=waiting, does_not_add_up=not adds_up)


def _tree(content: bytes) -> Element:
    """Return the document without its namespaces.

    raises  FileRefused for anything with a document type, and for what is no whole XML
    """
    builder, depth = TreeBuilder(), 0
    parser = expat.ParserCreate(namespace_separator="}")
    found: list[str] = []

    def refuse(*_declared: object) -> None:
        raise FileRefused(kind="entities")

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise FileRefused(kind="not_a_statement")
        if depth == 1:
            found.append(name.rpartition("}")[0])
        builder.start(name.rpartition("}")[2], attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(name.rpartition("}")[2])

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError) as fault:
        raise FileRefused(kind="broken_xml", line=getattr(fault, "lineno", 1)) from None
    if not _STATEMENT.fullmatch(found[0]):
        raise FileRefused(kind="not_a_statement")
    return builder.close()


def _statements(document: Element) -> list[Element]:
    statements = document.findall("BkToCstmrStmt/Stmt")
    if not statements:
        raise FileRefused(kind="not_a_statement")
    return statements


def _require_account(statement: Element, number: str) -> None:
    said = _first(statement, "Acct/Id/IBAN", "Acct/Id/Othr/Id")
    ours, theirs = _bare(number), _bare(said)
    if ours and theirs and not theirs.endswith(ours[-8:]):
        raise FileRefused(kind="other_account", number=said[-8:])


def _bare(number: str) -> str:
    return "".join(sign for sign in number.upper() if sign.isalnum())


def _lines(entry: Element, row: int, currency: str, today: date) -> list[ReadLine]:
    """Return an entry as one line, or as one for each payment of a batch whose amounts make up the entry's."""
    booked_on = _day(entry, "BookgDt") or _day(entry, "ValDt")
    if booked_on is None:
        raise _Wrong("date", typed=_first(entry, "BookgDt/Dt", "BookgDt/DtTm"))
    if booked_on > today:
        raise _Wrong("future", date=booked_on)
    whole = _signed(entry, _amount(entry.find("Amt"), currency))
    batch = entry.findall("NtryDtls/TxDtls")
    parts = _parts(entry, batch, currency)
    if len(parts) < 2 or sum(part.minor for part in parts) != whole.minor:
        return [_line(entry, batch, whole, row, booked_on, "")]
    own = _first(entry, "AcctSvcrRef")
    return [
        _line(entry, [details], part, row, booked_on, f"{own}/{place}" if own else "")
        for place, (details, part) in enumerate(zip(batch, parts, strict=True), start=1)
    ]


def _parts(entry: Element, batch: list[Element], currency: str) -> list[Money]:
    """Return the amounts of a batch's payments; none where one of them is not said in the account's currency."""
    parts = []
    for details in batch:
        said = next((details.find(path) for path in _AMOUNT_PATHS if details.find(path) is not None), None)
        if said is None or said.get("Ccy") != currency:
            return []
        amount = _amount(said, currency)
        direction = _first(details, "CdtDbtInd") or _first(entry, "CdtDbtInd")
        parts.append(-amount if direction == "DBIT" else amount)
    return parts


_AMOUNT_PATHS = ("Amt", "AmtDtls/TxAmt/Amt", "AmtDtls/InstdAmt/Amt")


def _line(entry: Element, batch: list[Element], amount: Money, row: int, booked_on: date, fallback: str) -> ReadLine:
    side = "Dbtr" if amount.minor > 0 else "Cdtr"
    payers = [_first(part, f"RltdPties/{side}/Pty/Nm", f"RltdPties/{side}/Nm") for part in batch]
    own = _first(batch[0], "Refs/AcctSvcrRef", "Refs/TxId") if len(batch) == 1 else ""
    return ReadLine(
        row=row,
        booked_on=booked_on,
        amount=amount,
        text=_text(entry, batch)[:LONGEST_TEXT],
        payer=", ".join(dict.fromkeys(payer for payer in payers if payer))[:LONGEST_PAYER],
        reference=(own or fallback or _first(entry, "AcctSvcrRef"))[:LONGEST_REFERENCE],
        valued_on=_day(entry, "ValDt"),
        is_reversal=_first(entry, "RvslInd") in ("true", "1"),
    )


def _text(entry: Element, batch: list[Element]) -> str:
    """Return everything that people may have written a reference into, each thing once."""
    said = [word for part in batch for word in _remittance(part)]
    said += [_first(entry, "AddtlNtryInf"), _first(entry, "NtryRef")]
    return " ".join(dict.fromkeys(word for word in said if word.upper() not in _NOT_PROVIDED))


def _remittance(details: Element) -> Iterator[str]:
    for path in ("RmtInf/Ustrd", "RmtInf/Strd/CdtrRefInf/Ref", "RmtInf/Strd/RfrdDocInf/Nb", "RmtInf/Strd/AddtlRmtInf"):
        yield from (tidy(found.text or "") for found in details.findall(path))
    yield _first(details, "Refs/EndToEndId")
    yield _first(details, "AddtlTxInf")


def _status(entry: Element) -> str:
    return _first(entry, "Sts/Cd", "Sts/Prtry", "Sts") or "BOOK"


def _signed(entry: Element, amount: Money) -> Money:
    direction = _first(entry, "CdtDbtInd")
    if direction not in ("CRDT", "DBIT"):
        raise _Wrong("direction", typed=direction)
    return amount if direction == "CRDT" else -amount


def _amount(said: Element | None, currency: str) -> Money:
    typed = (said.text or "").strip() if said is not None else ""
    named = said.get("Ccy", "") if said is not None else ""
    if named and named != currency:
        raise _Wrong("currency", said=named[:20], currency=currency, known=named in CURRENCIES)
    minor = _minor(typed, currency)
    if minor is None:
        raise _Wrong("amount", typed=typed[:40])
    if not minor:
        raise _Wrong("no_amount")
    return Money(minor, currency)


def _minor(typed: str, currency: str) -> int | None:
    if not _AMOUNT.fullmatch(typed):
        return None
    scaled = Decimal(typed).scaleb(digits(currency))
    return int(scaled) if scaled == scaled.to_integral_value() else None


def _day(entry: Element, name: str) -> date | None:
    typed = _first(entry, f"{name}/Dt", f"{name}/DtTm")[:10]
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def _adds_up(statement: Element) -> bool:
    """Tell whether opening balance and bookings make the closing balance; True where the file does not say."""
    balances = {_first(one, "Tp/CdOrPrtry/Cd"): one for one in statement.findall("Bal")}
    opening, closing = balances.get("OPBD", balances.get("PRCD")), balances.get("CLBD")
    if opening is None or closing is None:
        return True
    booked = [entry for entry in statement.findall("Ntry") if _status(entry) == "BOOK"]
    try:
        moved = sum((_signed_decimal(entry) for entry in booked), Decimal())
        return _signed_decimal(opening) + moved == _signed_decimal(closing)
    except InvalidOperation:
        return True


def _signed_decimal(said: Element) -> Decimal:
    amount = Decimal(_first(said, "Amt") or "0")
    return -amount if _first(said, "CdtDbtInd") == "DBIT" else amount


def _first(said: Element, *paths: str) -> str:
    for path in paths:
        found = said.find(path)
        if found is not None and tidy(found.text or ""):
            return tidy(found.text or "")
    return ""

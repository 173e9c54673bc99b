"""What finance says of a line: which bills it pays, how much of each, and what becomes of the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tourreg.blueprints.gettext import _
from tourreg.blueprints.office.bank_words import shown
from tourreg.domain.banking.commands import Share
from tourreg.domain.banking.models import BankLine
from tourreg.kernel.money import AmountUnreadable, Money, digits, read_money
from tourreg.kernel.typed import plain_width

MOST_BILLS = 40
LONGEST_AMOUNT = 20


@dataclass
class Shares:
    """What was sent.

    typed       the amount of each bill that was ticked, as it was typed, by the bill's public id
    seen_minor  what was left of the line when the page was made
    rest_stays  what no bill takes stays open
    faults      what is to be put right: the id of the field, or "", and the sentence
    """

    typed: dict[str, str] = field(default_factory=dict)
    chosen: list[Share] = field(default_factory=list)
    seen_minor: int = 0
    rest_stays: bool = False
    faults: list[tuple[str, str]] = field(default_factory=list)

    def fault_of(self, name: str) -> str:
        return next((sentence for place, sentence in self.faults if place == name), "")


def chosen_shares(sent: Any, line: BankLine) -> Shares:
    """Return what was sent for a line, with a fault for each amount that cannot be read or does not add up."""
    bills = list(dict.fromkeys(sent.getlist("bill")))[:MOST_BILLS]
    typed = {bill: plain_width(sent.get(f"amount-{bill}", ""))[:LONGEST_AMOUNT] for bill in bills}
    shares = Shares(typed, seen_minor=_seen(sent), rest_stays=bool(sent.get("rest_stays")))
    for bill, amount in typed.items():
        try:
            minor = read_money(amount, line.currency).minor
        except AmountUnreadable:
            minor = 0
        if minor <= 0:
            example = "1,540.00" if digits(line.currency) else "12,000"
            shares.faults.append((f"amount-{bill}", _("Type an amount such as %(example)s.", example=example)))
        shares.chosen.append(Share(bill, minor))
    if not shares.faults:
        _check_sum(shares, line)
    return shares


def _check_sum(shares: Shares, line: BankLine) -> None:
    """Note where the parts are more than the line, or less and nobody has said that the rest stays open."""
    left = Money(line.rest.minor - sum(share.minor for share in shares.chosen), line.currency)
    first = f"amount-{shares.chosen[0].bill}" if shares.chosen else "bills"
    if not shares.chosen:
        shares.faults.append((first, _("Tick the bills that this line pays.")))
    elif left.minor < 0:
        shares.faults.append((first, _("The parts are %(amount)s more than the line.", amount=shown(-left))))
    elif left and not shares.rest_stays:
        sentence = _(
            "%(amount)s of the line is left. Add it to a bill, or tick that it stays open.", amount=shown(left)
        )
        shares.faults.append(("rest_stays", sentence))


def _seen(sent: Mapping[str, str]) -> int:
    text = sent.get("seen", "")
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 18 else -1

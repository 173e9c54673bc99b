"""Which bills a line of a statement may pay, and why: by reference or number, by amount, by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tourreg.domain.banking.names import Code, Codes, Names
from tourreg.kernel.ordering import sort_key

ReasonKind = Literal[
    "reference",
    "invoice",
    "partial_reference",
    "balance",
    "invoice_amount",
    "instalment",
    "payer",
    "person",
    "together",
]
_WEIGHTS: Mapping[ReasonKind, int] = {
    "reference": 100, "invoice": 100, "together": 60, "partial_reference": 40, "balance": 35, "invoice_amount": 30,
    "instalment": 30, "payer": 25, "person": 12,
}  # fmt: skip
MOST_PROPOSED = 6
MOST_FOUND = 10
# An amount that many bills ask for says nothing about any of them.
_COMMON = 5


@dataclass(frozen=True)
class Asked:
    """A part of a bill that somebody was asked to pay at once.

    name  the invoice's number, or the day by which an instalment is due
    """

    kind: Literal["invoice_amount", "instalment"]
    name: str
    minor: int


@dataclass(frozen=True, eq=False)
class Bill:
    """A folio as far as a payment is matched with it; there is one of each, so they are told apart by themselves.

    owed_minor  what is still to be paid; 0 or less where nothing is
    payers      who is billed
    people      contact, participants and their organisations
    registrations  references of those that stand on it, mostly its own
    """

    public_id: str
    reference: str
    owed_minor: int
    asked: tuple[Asked, ...] = ()
    numbers: tuple[str, ...] = ()
    payers: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    registrations: tuple[str, ...] = ()


@dataclass(frozen=True)
class Incoming:
    """A line that has come in, as far as it is matched."""

    minor: int
    text: str
    payer: str
    booked_on: date


@dataclass(frozen=True)
class Reason:
    """Why a bill is proposed; `name` is the number, the reference or the day that it speaks of."""

    kind: ReasonKind
    name: str = ""


@dataclass(frozen=True)
class Proposal:
    """A bill that the line may pay.

    minor  how much of the line goes to it if it is taken; 0 where that is for people to say
    """

    bill: Bill
    reasons: tuple[Reason, ...]
    minor: int = 0

    @property
    def weight(self) -> int:
        return sum(_WEIGHTS[reason.kind] for reason in self.reasons)

    @property
    def is_named(self) -> bool:
        return any(reason.kind in ("reference", "invoice") for reason in self.reasons)


@dataclass(frozen=True)
class Match:
    """What a line proposes, best first; certain where reference and amount agree and nothing else is named."""

    proposals: tuple[Proposal, ...]
    is_certain: bool = False

    @property
    def shares(self) -> list[tuple[str, int]]:
        """Return the public ids of the bills that are suggested, each with its part in minor units."""
        return [(proposal.bill.public_id, proposal.minor) for proposal in self.proposals if proposal.minor > 0]


def certain_once(matches: Mapping[int, Match]) -> dict[int, Match]:
    """Return the matches of many lines in their order, a bill certain for the first line alone that pays it.

    Whoever paid a bill twice is looked at by people.
    """
    paid: set[str] = set()
    told = {}
    for line, match in matches.items():
        bills = {bill for bill, _minor in match.shares}
        told[line] = Match(match.proposals, match.is_certain and not bills & paid)
        paid |= bills if match.is_certain else set()
    return told


def find_bills(bills: Iterable[Bill], words: str) -> list[Bill]:
    """Return the bills that somebody looks for by reference, number or name, at most MOST_FOUND of them."""
    code, name = Code(words).signs, sort_key(words)
    found = []
    for bill in bills:
        by_code = code and any(code in Code(one).signs for one in (bill.reference, *bill.numbers))
        if by_code or (name and any(name in sort_key(one) for one in (*bill.payers, *bill.people))):
            found.append(bill)
        if len(found) == MOST_FOUND:
            break
    return found


class Matcher:
    """All bills of a seller in one currency, arranged so that each line costs the same however many they are."""

    def __init__(self, bills: Iterable[Bill], number_prefix: str = "") -> None:
        """Arrange the bills.

        number_prefix  of the seller's papers, which payers leave away
        """
        known = list(bills)
        self._references = Codes(
            ((reference, (bill, reference)) for bill in known for reference in (bill.reference, *bill.registrations)),
            checked=True,
        )
        self._partial = Codes((bill.reference.rpartition("-")[0], bill) for bill in known)
        self._numbers = Codes(
            (written, (bill, number))
            for bill in known
            for number in bill.numbers
            for written in {number, number.removeprefix(f"{number_prefix}-")}
        )
        owing = [bill for bill in known if bill.owed_minor > 0]
        self._payers = Names((name, bill) for bill in owing for name in bill.payers)
        self._people = Names((name, bill) for bill in owing for name in bill.people)
        self._amounts = _by_amount(owing)

    def match(self, line: Incoming) -> Match:
        """Return what the line proposes."""
        reasons = self._reasons(line)
        proposals = [Proposal(bill, tuple(found)) for bill, found in reasons.items()]
        named = [proposal for proposal in proposals if proposal.is_named]
        if named:
            return _of_named(line, named, [one for one in proposals if not one.is_named])
        return _of_unnamed(line, proposals)

    def _reasons(self, line: Incoming) -> dict[Bill, list[Reason]]:
        found: dict[Bill, list[Reason]] = defaultdict(list)
        code = Code(f"{line.text} | {line.payer}")
        for bill, reference in self._references.in_(code):
            found[bill].append(Reason("reference", reference))
        for bill, number in self._numbers.in_(code):
            found[bill].append(Reason("invoice", number))
        for bill in self._partial.in_(code):
            if bill not in found:
                found[bill].append(Reason("partial_reference", bill.reference.rpartition("-")[0]))
        payers = self._payers.in_(line.payer, line.text)
        for bill in payers:
            found[bill].append(Reason("payer"))
        for bill in self._people.in_(line.payer, line.text):
            if bill not in payers:
                found[bill].append(Reason("person"))
        self._add_amounts(line.minor, found)
        return found

    def _add_amounts(self, minor: int, found: dict[Bill, list[Reason]]) -> None:
        alike = self._amounts.get(minor, {})
        for bill in list(alike if len(alike) <= _COMMON else found):
            if bill in alike:
                found[bill].append(alike[bill])


def _by_amount(owing: Iterable[Bill]) -> Mapping[int, dict[Bill, Reason]]:
    amounts: dict[int, dict[Bill, Reason]] = defaultdict(dict)
    for bill in owing:
        amounts[bill.owed_minor][bill] = Reason("balance")
        for asked in bill.asked:
            if asked.minor < bill.owed_minor:
                amounts[asked.minor].setdefault(bill, Reason(asked.kind, asked.name))
    return amounts


def _of_named(line: Incoming, named: list[Proposal], others: list[Proposal]) -> Match:
    """Return the match of a line that names bills: what it pays of each, as far as it reaches, in their order."""
    due = {proposal.bill: _due(proposal, line.minor) for proposal in named}
    left, taken = line.minor, []
    for proposal in named:
        share = min(left, due[proposal.bill])
        left -= share
        taken.append(Proposal(proposal.bill, proposal.reasons, share))
    is_certain = line.minor > 0 and sum(due.values()) == line.minor and all(minor > 0 for minor in due.values())
    return Match((*taken, *_best(others)), is_certain)


def _due(proposal: Proposal, whole: int) -> int:
    """Return what a named bill asks for: what the line brings if it asks for exactly that, else its named invoices."""
    bill = proposal.bill
    if bill.owed_minor == whole or any(asked.minor == whole <= bill.owed_minor for asked in bill.asked):
        return whole
    numbers = {reason.name for reason in proposal.reasons if reason.kind == "invoice"}
    invoiced = sum(asked.minor for asked in bill.asked if asked.name in numbers)
    return max(0, min(bill.owed_minor, invoiced) if invoiced else bill.owed_minor)


def _of_unnamed(line: Incoming, proposals: list[Proposal]) -> Match:
    """Return the match of a line without a number: the bill whose amount fits, or all bills of a payer."""
    payers = [one for one in proposals if any(reason.kind == "payer" for reason in one.reasons)]
    together = len(payers) > 1 and sum(one.bill.owed_minor for one in payers) == line.minor
    if together:
        whole = [Proposal(one.bill, (*one.reasons, Reason("together")), one.bill.owed_minor) for one in payers]
        return Match((*whole, *_best([one for one in proposals if one not in payers])))
    ranked = _best(proposals)
    if ranked and _fits(ranked[0]) and not (len(ranked) > 1 and ranked[1].weight == ranked[0].weight):
        ranked[0] = Proposal(ranked[0].bill, ranked[0].reasons, line.minor)
    return Match(tuple(ranked))


def _fits(proposal: Proposal) -> bool:
    return any(reason.kind in ("balance", "invoice_amount", "instalment") for reason in proposal.reasons)


def _best(proposals: list[Proposal]) -> list[Proposal]:
    ranked = sorted(proposals, key=lambda one: (-one.weight, one.bill.reference))
    return ranked[:MOST_PROPOSED]

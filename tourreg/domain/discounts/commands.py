"""What the office does with a code: make it, revise it, switch it off and on."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import date, datetime

from tourreg.db import db
from tourreg.domain.audit.commands import note_change
from tourreg.domain.audit.queries import last_change
from tourreg.domain.discounts import queries
from tourreg.domain.discounts.models import Code
from tourreg.domain.discounts.rules import LONGEST_WORD, normal_word
from tourreg.kernel.numbers import new_public_id
from tourreg.kernel.plans import fingerprint, plain
from tourreg.kernel.refusals import Refusal

_WORD = re.compile(rf"[A-Z0-9]{{4,{LONGEST_WORD}}}", re.ASCII)


@dataclass(frozen=True)
class CodePlan:
    """What is written down about a code, as `models.Code` describes it."""

    word: str
    kind: str
    percent: int | None = None
    off_minor: int | None = None
    currency: str = ""
    most_uses: int | None = None
    most_per_contact: int | None = None
    from_on: date | None = None
    until_on: date | None = None
    events: tuple[str, ...] = ()
    fees: tuple[str, ...] = ()
    budget_minor: int | None = None
    note: str = ""


class CodeIsUnfit(Refusal):
    """The code cannot be so; facts: faults (by field)."""


class WordIsTaken(Refusal):
    """Another code is this word; facts: word."""


class WordIsFixed(Refusal):
    """People used the code, so it stays this word, and its currency stays too; facts: field."""


class LimitBelowUsed(Refusal):
    """More was used than there shall be; facts: field, used."""


class CodeEditedMeanwhile(Refusal):
    """Somebody changed the code after the editor had read it; facts: now (its plan as it is), by, at."""


def plan_of(code: Code) -> CodePlan:
    """Return what is written down about a code now."""
    values = {name: getattr(code, name) for name in CodePlan.__dataclass_fields__}
    return CodePlan(**{**values, "events": tuple(code.events), "fees": tuple(code.fees)})


def make_code(plan: CodePlan, *, submission_key: str, now: datetime, by: str) -> Code:
    """Write a new code down; it works from its first day.

    raises  CodeIsUnfit, WordIsTaken
    """
    _require_fit(plan)
    code = Code(public_id=new_public_id(), submission_key=submission_key, created_at=now, switched_off=False)
    code.used, code.spent_minor = 0, 0
    _write(code, plan)
    db.session.add(code)
    db.session.flush()
    note_change(code.public_id, "code", {}, plain(plan), now=now, by=by)
    return code


def revise_code(code: Code, plan: CodePlan, *, seen: str, now: datetime, by: str) -> None:
    """Write down what was changed of a code; who used it keeps what they were let off.

    code    from `queries.code_to_change`
    seen    fingerprint of the plan that the editor began from
    raises  CodeEditedMeanwhile, CodeIsUnfit, WordIsTaken, WordIsFixed, LimitBelowUsed
    """
    before = plan_of(code)
    if fingerprint(before) not in (seen, fingerprint(plan)):
        change = last_change(code.public_id)
        raise CodeEditedMeanwhile(now=before, by=change.by if change else "", at=change.at if change else None)
    _require_fit(plan, code)
    _require_room(code, plan)
    _write(code, plan)
    note_change(code.public_id, "code", plain(before), plain(plan), now=now, by=by)


def switch(code: Code, *, off: bool, now: datetime, by: str) -> None:
    """Let nobody use the code any more, or again; who used it keeps what they were let off."""
    if code.switched_off != off:
        note_change(code.public_id, "code", {"switched_off": code.switched_off}, {"switched_off": off}, now=now, by=by)
        code.switched_off = off


def faults_of(plan: CodePlan) -> dict[str, str]:
    """Return what is wrong with a code, by field, in words that pages translate."""
    faults = {}
    if not _WORD.fullmatch(plan.word):
        faults["word"] = "word_unfit"
    if plan.kind == "percent" and not 1 <= (plan.percent or 0) <= 100:
        faults["percent"] = "percent_missing"
    if plan.kind == "amount" and not plan.off_minor:
        faults["off"] = "amount_missing"
    if (plan.kind == "amount" or plan.budget_minor is not None) and not plan.currency:
        faults["currency"] = "currency_missing"
    if plan.kind == "entry" and not plan.fees:
        faults["fees"] = "fees_missing"
    if plan.from_on and plan.until_on and plan.until_on < plan.from_on:
        faults["until_on"] = "until_before_from"
    return faults


def _require_fit(plan: CodePlan, code: Code | None = None) -> None:
    faults = faults_of(plan)
    if faults:
        raise CodeIsUnfit(faults=faults)
    known = queries.by_word(plan.word)
    if known is not None and (code is None or known.id != code.id):
        raise WordIsTaken(word=plan.word)


def _require_room(code: Code, plan: CodePlan) -> None:
    """Refuse what those who used the code would find changed under them."""
    if not code.used:
        return
    if plan.word != code.word:
        raise WordIsFixed(field="word")
    if plan.currency != code.currency:
        raise WordIsFixed(field="currency")
    if plan.most_uses is not None and plan.most_uses < code.used:
        raise LimitBelowUsed(field="most_uses", used=code.used)
    if plan.budget_minor is not None and plan.budget_minor < code.spent_minor:
        raise LimitBelowUsed(field="budget", used=code.spent_minor)


def _write(code: Code, plan: CodePlan) -> None:
    for name, value in asdict(plan).items():
        setattr(code, name, list(value) if isinstance(value, tuple) else value)
    code.word = normal_word(plan.word)

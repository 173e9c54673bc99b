"""Why a plan of payment does not add up, in words."""

from __future__ import annotations

from tourreg.blueprints.gettext import _
from tourreg.blueprints.plan_words import PLAN_NAMES, percent
from tourreg.domain.billing.plans import MOST_INSTALMENTS, PlanFault
from tourreg.domain.catalogue.payment_terms import PlanDoesNotAddUp


def why_not(refusal: PlanDoesNotAddUp) -> list[str]:
    """Return a sentence for each thing that is wrong with a plan."""
    name = str(PLAN_NAMES[refusal.kind])
    return [_("%(plan)s: %(wrong)s", plan=name, wrong=_sentence(fault)) for fault in refusal.faults]


def named(control: str, label: str, sentence: str) -> str:
    """Return a fault with the name of its row and field."""
    rows, _dash, rest = control.partition("-")
    number = rest.partition("-")[0]
    if rows == "rows":
        return _("Instalment %(number)d, %(field)s: %(wrong)s", number=int(number) + 1, field=label, wrong=sentence)
    if rows == "deposit":
        part = _("Deposit") if number == "0" else _("Balance")
        return _("%(part)s, %(field)s: %(wrong)s", part=part, field=label, wrong=sentence)
    return _("%(field)s: %(wrong)s", field=label, wrong=sentence)


def _sentence(fault: PlanFault) -> str:
    number = fault.place + 1
    if fault.code == "not_whole":
        return _("the parts come to %(share)s of the bill and must come to 100%%.", share=percent(fault.share))
    if fault.code == "nothing_left":
        return _(
            "the parts before the last come to %(share)s, so that nothing is left for it.", share=percent(fault.share)
        )
    if fault.code == "amounts_leave_no_rest":
        return _("with fixed amounts the last part is the rest: leave its amount empty.")
    if fault.code == "no_amount":
        return _("say how much part %(number)d is; only the last may be the rest.", number=number)
    if fault.code == "no_day":
        return _("say when part %(number)d is due.", number=number)
    if fault.code == "days_not_rising":
        return _("part %(number)d must be due after the one before it.", number=number)
    if fault.code == "after_the_event":
        return _("part %(number)d is due after the programme has ended.", number=number)
    return _("it has two to %(most)d parts.", most=MOST_INSTALMENTS)

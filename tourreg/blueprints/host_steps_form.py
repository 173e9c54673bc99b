"""The form of the approvals that an offer needs inside its city, for its contact and the office alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import Form

from tourreg.blueprints.fields import Line, Lines
from tourreg.blueprints.gettext import _
from tourreg.blueprints.office.event_fields import Day
from tourreg.db import writing
from tourreg.domain.hosting import offer_queries as queries
from tourreg.domain.hosting import offer_steps as steps
from tourreg.domain.hosting.offer_models import STEPS, HostOffer
from tourreg.domain.hosting.offer_steps import StepPlan, StepsPlan, steps_of
from tourreg.kernel import clock
from tourreg.kernel.plans import fingerprint

STEP_NAMES = {"legal_review": _l("Legal review"), "council_approval": _l("Approval by council or government")}
_FAULTS: Mapping[str, Any] = {
    "done_before_asked": _l("It was done before it was asked for. Look at both days."),
    "done_in_future": _l("That day lies ahead. Note it once it is done."),
}


class StepFields(Form):
    asked_on = Day(_l("Asked for on"))
    done_on = Day(_l("Done on"))
    decided_by = Line(
        _l("Who decides"),
        most=200,
        hint=_l("Such as the city attorney, the council’s meeting or the foreign affairs office."),
    )
    note = Lines(_l("Note"), most=1_000, render_kw={"rows": "2"})


@dataclass
class WrittenSteps:
    """The form of all steps; `seen` is the fingerprint of what the editor began from."""

    rows: dict[str, Any]
    seen: str
    top: list[str] = field(default_factory=list)

    def is_right(self) -> bool:
        """Look at every field, note what is wrong beside it, and tell whether nothing is."""
        for row in self.rows.values():
            row.validate()
        return not self.faults()

    def plan(self) -> StepsPlan:
        """Return what the form says; only after its fields were found right."""
        return StepsPlan(tuple(_plan(step, row) for step, row in self.rows.items()))

    def faults(self) -> list[tuple[str, str]]:
        """Return every fault with the id of its field, in the order of the page."""
        wrong = [
            (control.id, f"{STEP_NAMES[step]}, {control.label.text}: {control.errors[0]}")
            for step, row in self.rows.items()
            for control in row
            if control.errors
        ]
        return [*(("", sentence) for sentence in self.top), *wrong]


def read_steps_form(typed: MultiDict[str, str]) -> WrittenSteps:
    """Return the form with all that was typed."""
    return WrittenSteps({step: StepFields(typed, prefix=step) for step in STEPS}, typed.get("seen", ""))


def steps_form_of(offer: HostOffer) -> WrittenSteps:
    """Return the form as the approvals stand."""
    plan = steps_of(offer)
    typed: MultiDict[str, str] = MultiDict()
    for each in plan.steps:
        days = {name: str(getattr(each, name) or "") for name in ("asked_on", "done_on")}
        row = {**days, "decided_by": each.decided_by, "note": each.note}
        typed.update({f"{each.step}-{name}": value for name, value in row.items()})
    form = read_steps_form(typed)
    form.seen = fingerprint(plan)
    return form


def note(form: WrittenSteps, offer: str, by: str) -> bool:
    """Note the approvals; tell whether somebody else was faster. What is wrong is noted in the form."""
    try:
        with writing():
            found = queries.offer_to_change(offer)
            steps.note_steps(found, form.plan(), seen=form.seen, now=clock.utc_now(), by=by)
    except steps.StepsEditedMeanwhile as refusal:
        form.seen = fingerprint(refusal.now)
        form.top.append(
            _("Somebody noted approvals while you had this open. Nothing of yours was saved; save again to replace it.")
        )
        return True
    except steps.StepsAreUnfit as refusal:
        for fault in refusal.faults:
            step, _dash, name = fault.field.partition("-")
            form.rows[step][name].errors = [str(_FAULTS[fault.why])]
    return False


def _plan(step: str, row: Any) -> StepPlan:
    return StepPlan(step, row.asked_on.value, row.done_on.value, row.decided_by.data or "", row.note.data or "")

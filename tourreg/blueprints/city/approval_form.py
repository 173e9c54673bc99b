"""A yes inside the city: whose, when, and the paper that shows it."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import FileField, Form

from tourreg.blueprints.fields import Line
from tourreg.blueprints.hosting_words import STEPS
from tourreg.blueprints.large_requests import AROUND_A_FILE
from tourreg.blueprints.office.event_fields import Choice, Day
from tourreg.blueprints.order_uploads import why_not
from tourreg.blueprints.outside import files
from tourreg.domain.billing import order_files
from tourreg.domain.billing.order_files import LARGEST_ORDER
from tourreg.domain.hosting.request_answers import Approved
from tourreg.kernel.refusals import Refusal

LARGEST_UPLOAD = LARGEST_ORDER + AROUND_A_FILE


class ApprovalForm(Form):
    step = Choice(_l("Who agreed"), choices=STEPS)
    decided_on = Day(_l("On"), needed=_l("Type the day."))
    decided_by = Line(
        _l("Agreed by"),
        most=200,
        needed=_l("Type who agreed."),
        hint=_l("A name and position, or the number of a resolution."),
        printed=True,
    )
    note = Line(_l("Note"), most=1000)
    paper = FileField(_l("Paper"), description=_l("PDF, PNG or JPEG, at most 10 MB."))


def read_approval(form: ApprovalForm) -> Approved | None:
    """Return what the form says, its file kept already; None where something is wrong, which it then says."""
    typed: Any = form
    right = form.validate()
    kept = _kept_file(form)
    if not right or form.paper.errors:
        return None
    return Approved(typed.step.data, typed.decided_on.value, typed.decided_by.data, typed.note.data or "", *kept)


def _kept_file(form: ApprovalForm) -> tuple[str, str, str]:
    """Keep the file, if one came: its hash, what it is by its content, and a name that is safe."""
    sent = request.files.get(form.paper.name)
    if not sent or not sent.filename:
        return "", "", ""
    content = sent.stream.read(LARGEST_ORDER + 1)
    try:
        kind = order_files.kind_of(content)
    except Refusal as refusal:
        form.paper.errors = [why_not(refusal)]
        return "", "", ""
    return files().put(content), kind, order_files.file_name(sent.filename, kind)

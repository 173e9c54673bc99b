"""Who saved what somebody else was still typing into."""

from typing import Any

from tourreg import formats
from tourreg.blueprints.gettext import _
from tourreg.blueprints.languages import language
from tourreg.domain.accounts.queries import staff_names


def other_editor(refusal: Any, zone: str) -> tuple[str, str]:
    """Return who was faster and when, in words.

    refusal  with the facts `by` and `at`
    zone     in which the instant is told
    """
    name = staff_names([refusal.by]).get(refusal.by) or _("Somebody")
    return name, formats.stamp(refusal.at, zone, language()) if refusal.at else ""

"""What happened to an offer of a host city, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from tourreg.blueprints.gettext import _
from tourreg.blueprints.host_offer_words import NAMES
from tourreg.blueprints.host_steps_form import STEP_NAMES
from tourreg.blueprints.office.histories import actor_words
from tourreg.domain.accounts.queries import staff_names
from tourreg.domain.hosting import offers
from tourreg.domain.hosting.offer_models import HostOffer
from tourreg.domain.reports.histories import Happening, history_of

MOST_LINES = 60
_MOVES: Mapping[str, Any] = {
    "offered": _l("On offer"),
    "paused": _l("Paused"),
    "withdrawn": _l("Withdrawn"),
    "expired": _l("Its last day is over"),
    "draft": _l("Taken up again as a draft"),
}


@dataclass(frozen=True)
class Line:
    """One thing that happened: when, by whom, what it was, and the names of what it changed."""

    at: datetime
    who: str
    what: str
    why: str
    changes: tuple[str, ...] = ()


def history_of_offer(offer: HostOffer) -> list[Line]:
    """Return what was done to an offer, the latest first; of what households wish only that it was changed."""
    happened = history_of([offer.public_id])[:MOST_LINES]
    names = staff_names({each.by for each in happened})
    return [_line(each, names) for each in happened]


def _line(happening: Happening, names: Mapping[str, str]) -> Line:
    who = actor_words(happening.by, names)
    if happening.is_move:
        return Line(happening.at, who, str(_MOVES[str(happening.after)]), happening.why)
    after = happening.after if isinstance(happening.after, dict) else {}
    if happening.what != offers.WHAT:
        return Line(happening.at, who, _("Approvals noted"), "", tuple(str(STEP_NAMES[step]) for step in after))
    if not isinstance(happening.before, dict) or not any(happening.before.values()):
        return Line(happening.at, who, _("Written down"), "")
    return Line(happening.at, who, _("Changed"), "", tuple(str(NAMES[name]) for name in after if name in NAMES))

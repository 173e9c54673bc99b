"""A moment as people type it: day and minute in the office's own zone."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from wtforms.validators import StopValidation

from tourreg.blueprints.fields import Sentence
from tourreg.blueprints.gettext import _
from tourreg.blueprints.office.event_fields import FIRST_DAY, LAST_DAY, Typed

FORM = "%Y-%m-%dT%H:%M"


class Moment(Typed):
    """A moment between 2000 and 2099; the view sets its zone, and `value` is aware."""

    zone = "UTC"

    def __init__(self, label: Sentence, **more: Any) -> None:
        super().__init__(label, render_kw={"type": "datetime-local"}, **more)

    def __call__(self, **attributes: Any) -> Any:
        """Show what is no moment as it was typed, which a browser's own field would hide."""
        wrong = {"type": "text"} if self.errors else {}
        return super().__call__(**{**attributes, **wrong})

    def show(self, moment: datetime) -> None:
        self.data = moment.astimezone(ZoneInfo(self.zone)).strftime(FORM)

    def read(self, text: str) -> datetime:
        try:
            moment = datetime.strptime(text, FORM)  # noqa: DTZ007  # the zone is set below
        except ValueError:
            raise StopValidation(_("There is no such moment. Type it as 2027-10-21T09:00.")) from None
        if not FIRST_DAY <= moment.date() <= LAST_DAY:
            raise StopValidation(_("The day lies between 2000 and 2099."))
        return moment.replace(tzinfo=ZoneInfo(self.zone))

"""What a host city types of one item of its own days, and the words for these particulars on both sides."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Form, HiddenField
from wtforms.validators import StopValidation

from tourreg.blueprints.fields import Line, Lines, Telephone
from tourreg.blueprints.gettext import _
from tourreg.domain.hosting.proposal_fields import NAMES, Particulars
from tourreg.domain.hosting.proposals import Proposed
from tourreg.domain.itineraries import rules

WORDS = {
    "starts": _l("Start"),
    "ends": _l("End"),
    "place": _l("Venue"),
    "address": _l("Address"),
    "room": _l("Room"),
    "entrance": _l("Entrance and identification"),
    "access": _l("Walking and steps"),
    "host_name": _l("Who receives the group or speaks"),
    "host_title": _l("Their title"),
    "host_phone": _l("Telephone on the spot"),
    "notes": _l("Notes for the delegates"),
}
STATES = {
    "proposed": ("wait", _l("Waits for the office")),
    "accepted": ("good", _l("Accepted")),
    "declined": ("over", _l("Declined")),
    "withdrawn": ("over", _l("Taken back")),
    "overtaken": ("over", _l("Replaced by a later one")),
}
LONGEST = 400


class Start(Line):
    """A time of day, typed as 930 or 9:30, in the way the itinerary shows it."""

    def pre_validate(self, form: Form) -> None:
        super().pre_validate(form)
        if self.data:
            self.data = self.shown(self.data)

    def shown(self, text: str) -> str:
        try:
            return f"{rules.read_clock(text):%H:%M}"
        except rules.TimeUnreadable:
            raise StopValidation(_("Type the time as 930 or 9:30.")) from None


class End(Start):
    """A time of day, with +1 behind it where it is on the next day."""

    def shown(self, text: str) -> str:
        try:
            clock, days = rules.read_end(text)
        except rules.TimeUnreadable:
            raise StopValidation(_("Type the time as 930 or 9:30, and +1 behind it for the next day.")) from None
        return f"{clock:%H:%M}{'+' if days > 0 else rules.MINUS}{abs(days)}" if days else f"{clock:%H:%M}"


class ProposalForm(Form):
    """The particulars of an item as the city would have them; `seen` is what the page showed."""

    starts = Start(WORDS["starts"], most=8, needed=_l("Type when it begins."), wide=False)
    ends = End(WORDS["ends"], most=8, wide=False, hint=_l("Empty where the end is open."))
    place = Line(WORDS["place"], most=LONGEST, printed=True)
    address = Line(WORDS["address"], most=LONGEST, printed=True)
    room = Line(WORDS["room"], most=LONGEST, printed=True)
    entrance = Line(WORDS["entrance"], most=LONGEST, printed=True, hint=_l("Which door, and who must show what."))
    access = Line(WORDS["access"], most=LONGEST, printed=True)
    host_name = Line(WORDS["host_name"], most=LONGEST, printed=True, hint=_l("Names as they stand on your own papers."))
    host_title = Line(WORDS["host_title"], most=LONGEST, printed=True)
    host_phone = Telephone(WORDS["host_phone"])
    notes = Lines(WORDS["notes"], most=LONGEST, printed=True, render_kw={"rows": "3"})
    words = Lines(
        _l("A word to our office"), most=1000, render_kw={"rows": "3"},
        hint=_l("Why, or what else should change."),
    )  # fmt: skip
    name = Line(_l("Your name"), most=120, needed=_l("Type your name."), render_kw={"autocomplete": "name"})
    seen = HiddenField()

    def proposed(self, language: str) -> Proposed:
        """Return what was typed; only after the form was found right."""
        typed: Any = self
        said = {name: typed[name].data or "" for name in NAMES}
        return Proposed(Particulars(**said), language, typed.words.data or "", typed.name.data)


class AnswerForm(Form):
    """What the office says to the city about its proposal."""

    answer = Lines(_l("A word to the city"), most=1000, hint=_l("Needed if you decline."), render_kw={"rows": "2"})
    seen = HiddenField()


def fresh(particulars: Particulars, name: str, seen: str, changed: dict[str, str], words: str) -> ProposalForm:
    """Return the form with what stands in the item, or with what waits as a proposal for it."""
    return ProposalForm(data={**asdict(particulars), **changed, "name": name, "seen": seen, "words": words})

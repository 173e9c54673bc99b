"""A message of the thread between a host city and the office, as either side types it."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Form

from tourreg.blueprints.fields import Line, Lines
from tourreg.domain.hosting.threads import Said

LONGEST = 4000


class TalkForm(Form):
    """What the office writes; its name is known."""

    words = Lines(
        _l("Your message"), most=LONGEST, needed=_l("Write the message first."), render_kw={"rows": "6"},
        hint=_l("At most 4,000 characters, without attachments. The city has a page of its own for files."),
    )  # fmt: skip

    def said(self, name: str) -> Said:
        """Return what was typed; only after the form was found right."""
        typed: Any = self
        return Said(typed.words.data, name)


class CityTalkForm(TalkForm):
    """What somebody writes for a city, with their name, since a link may have been passed on."""

    name = Line(_l("Your name"), most=120, needed=_l("Type your name."), render_kw={"autocomplete": "name"})

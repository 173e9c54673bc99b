"""What a city would like to host, as a form: it is filled in at the sign-up and again whenever the offer changes."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form

from tourreg.blueprints.fields import Line, Lines
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.rules import LARGEST_GROUP, Offer


def group_size(text: str) -> str | None:
    """Say how a number of people is typed."""
    if text.isascii() and text.isdecimal() and 1 <= int(text) <= LARGEST_GROUP:
        return None
    return _("Type a number from 1 to %(most)d, or leave it empty.", most=LARGEST_GROUP)


class OfferForm(Form):
    """What, when, and for how many."""

    offers = Lines(
        _l("What you would like to host"),
        most=4000,
        needed=_l("Tell us what a group could see and whom it would meet."),
        hint=_l("In plain words: what a group could see, whom it would meet, what is free and what is charged."),
        render_kw={"rows": "8"},
    )
    available = Lines(
        _l("When"),
        most=2000,
        needed=_l("Tell us which weeks or months suit you."),
        hint=_l("Weeks or months that suit you, and those that never do."),
        render_kw={"rows": "3"},
    )
    group_size = Line(
        _l("Largest group"),
        most=6,
        hint=_l("How many people your rooms and vans hold."),
        check=group_size,
        wide=False,
        render_kw={"inputmode": "numeric"},
    )

    def offer(self) -> Offer:
        """Return what was typed; only after it was found right."""
        return Offer(self.offers.data, self.available.data, int(self.group_size.data) if self.group_size.data else None)


def plain_offer(profile: HostProfile) -> dict[str, str]:
    """Return what stands in the form's fields when the profile's own words do."""
    size = str(profile.group_size) if profile.group_size is not None else ""
    return {"offers": profile.offers, "available": profile.available, "group_size": size}

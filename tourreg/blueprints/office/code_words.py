"""What the office calls the kinds of codes, and what each takes off."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from tourreg import formats
from tourreg.blueprints.languages import language
from tourreg.domain.discounts.models import Code
from tourreg.kernel.money import Money

KINDS = {
    "percent": _l("Percent off the fee"),
    "amount": _l("An amount off the fee"),
    "free_seat": _l("A free seat"),
    "entry": _l("Opens a fee, takes nothing off"),
}


def takes_off(code: Code) -> str:
    """Return what a code takes off each fee."""
    if code.kind == "percent":
        return _("%(percent)d%% off", percent=code.percent)
    if code.kind == "amount":
        return _("%(amount)s off", amount=formats.money(Money(code.off_minor or 0, code.currency), language()))
    return str(KINDS[code.kind])

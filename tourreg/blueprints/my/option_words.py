"""Why optional items cannot be chosen or given up, in the reader's words."""

from __future__ import annotations

from tourreg.blueprints.gettext import _
from tourreg.blueprints.languages import language
from tourreg.domain.registrations import options
from tourreg.domain.settlements.options import SomebodyElsePays

REFUSALS = (
    options.NothingWished,
    options.OptionIsFull,
    options.OptionIsClosed,
    options.OptionIsNotTheirs,
    options.OptionsClash,
    options.OptionHasAnotherFee,
    options.CancellationWaits,
    SomebodyElsePays,
)


def why_not(refusal: Exception) -> str:
    """Return why nothing was changed, in the reader's words."""
    match refusal:
        case options.OptionIsFull():
            title = refusal.option.add_on.label.in_(language())
            if refusal.free:
                facts = {"title": title, "free": refusal.free}
                return _("Of “%(title)s” %(free)d places are left, fewer than you ticked.", **facts)
            return _("“%(title)s” is full by now. Nothing was chosen.", title=title)
        case options.OptionIsClosed():
            title = refusal.label.in_(language())
            return _("It is too late for “%(title)s”. Write to the office if you have to change it.", title=title)
        case options.OptionIsNotTheirs():
            facts = {"name": refusal.participant.name.latin(), "title": refusal.option.add_on.label.in_(language())}
            return _("%(name)s has no sure place on the day of “%(title)s”, or it is for another group.", **facts)
        case options.OptionsClash():
            facts = {
                "name": refusal.participant.name.latin(),
                "title": refusal.option.add_on.label.in_(language()),
                "other": refusal.other.in_(language()),
            }
            return _("%(name)s cannot be at “%(title)s” and at “%(other)s”: they are at the same time.", **facts)
        case options.OptionHasAnotherFee():
            title = refusal.option.add_on.label.in_(language())
            return _("The fee of “%(title)s” is another now. Look at it, and choose again.", title=title)
        case options.CancellationWaits():
            return asked_to_cancel()
        case SomebodyElsePays():
            return another_pays()
    return _("Nothing was chosen: tick at least one that is still offered.")


def asked_to_cancel() -> str:
    return _("You asked the office to cancel. Until it answers, or you take that back, nothing else can change.")


def another_pays() -> str:
    return _("Another payer pays your bill. What costs something our office puts on it for you: write to it.")

"""The cancellation terms of an event in words: by which day how much is kept, for which things."""

from __future__ import annotations

from dataclasses import dataclass

from tourreg import formats
from tourreg.blueprints.gettext import _
from tourreg.blueprints.languages import language
from tourreg.domain.catalogue.cancellation import ALL_PERCENT, Others, Promise, Stage, promises_of, stages
from tourreg.domain.catalogue.models import Event
from tourreg.kernel.money import Money


@dataclass(frozen=True)
class PolicyPart:
    """Terms that several things share: their names, none where they hold for everything, and what they say."""

    names: tuple[str, ...]
    sentences: tuple[str, ...]


def policy_of(event: Event, currency: str = "") -> list[PolicyPart]:
    """Return the event's terms in words; nothing where the office has written none.

    currency  of a bill; "" tells amounts in each that they are written in
    """
    promises = promises_of(event, currency)
    labels = {add_on.public_id: add_on.label.in_(language()) for add_on in event.add_ons if not add_on.withdrawn}
    shared: dict[Promise, list[str]] = {}
    for thing, promise in promises.items():
        if not thing or thing in labels:
            shared.setdefault(promise, []).append(labels.get(thing) or _("The programme itself"))
    return [
        PolicyPart(tuple(names) if len(shared) > 1 else (), _sentences(promise, event, currency or event.currency))
        for promise, names in shared.items()
    ]


def _sentences(promise: Promise, event: Event, currency: str) -> tuple[str, ...]:
    said = [_stage(stage, event, currency) for stage in stages(promise)]
    if promise.terms.deposit_minor:
        deposit = _amounts(promise.terms.deposit_minor, currency, promise.terms.deposit_others)
        said.append(_("%(amount)s of it is a deposit that is never paid back.", amount=deposit))
    return (*said, _("After that nothing is paid back."))


def _amounts(minor: int, currency: str, others: Others) -> str:
    """Return a fixed amount in each currency that it is written in, the event's own first."""
    amounts = [Money(minor, currency), *(Money(other, code) for code, other in others)]
    return " / ".join(formats.money(amount, language()) for amount in amounts)


def _stage(stage: Stage, event: Event, currency: str) -> str:
    day = formats.deadline(stage.until_on, event.zone, language())
    if stage.kept_minor:
        kept = _amounts(stage.kept_minor, currency, stage.kept_others)
        return _("Until %(day)s: all but %(kept)s is paid back.", day=day, kept=kept)
    if stage.kept_percent == ALL_PERCENT:
        return _("Until %(day)s: nothing is paid back.", day=day)
    if stage.kept_percent:
        back = ALL_PERCENT - stage.kept_percent
        return _("Until %(day)s: %(back)s%% is paid back.", day=day, back=back)
    return _("Until %(day)s: everything is paid back.", day=day)

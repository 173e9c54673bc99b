"""The cancellation terms that a registration was promised, as bills print them."""

from __future__ import annotations

from datetime import date

from tourreg.domain.catalogue.cancellation import ALL_PERCENT, Promise, Stage, promises_from, stages
from tourreg.domain.registrations.models import Registration
from tourreg.kernel.bilingual import Text
from tourreg.kernel.money import Money, digits

PROGRAMME = Text("the programme", "活动本身")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def terms_notes(registration: Registration) -> tuple[Text, ...]:
    """Return a note for each group of things that share their terms; only of things that somebody has."""
    promises = promises_from(registration.cancellation_terms)
    seats = (seat for participant in registration.participants for seat in participant.seats)
    taken = {seat.add_on.public_id: seat.add_on.label for seat in seats if seat.add_on}
    shared: dict[Promise, list[Text]] = {}
    for thing, promise in promises.items():
        if not thing or thing in taken:
            shared.setdefault(promise, []).append(taken.get(thing, PROGRAMME))
    currency = registration.folio.currency
    return tuple(_note(promise, names if len(shared) > 1 else [], currency) for promise, names in shared.items())


def _note(promise: Promise, names: list[Text], currency: str) -> Text:
    rows = stages(promise)
    english = ", ".join(f"until {_day(row.until_on).en} {_back(row, currency).en}" for row in rows)
    chinese = "，".join(f"{_day(row.until_on).zh}及以前{_back(row, currency).zh}" for row in rows)
    whose = Text(", ".join(name.in_("en") for name in names), "、".join(name.in_("zh") for name in names))
    deposit = _deposit(promise.terms.deposit_minor, currency)
    return Text(
        f"Cancellation{f' ({whose.en})' if whose.en else ''}: {english}; later nothing comes back.{deposit.en}",
        f"取消政策{f'（{whose.zh}）' if whose.zh else ''}：{chinese}；此后不予退款。{deposit.zh}",
    )


def _day(day: date) -> Text:
    """Return the day as papers print days."""
    return Text(f"{day.day} {_MONTHS[day.month - 1]} {day.year}", f"{day.year}年{day.month}月{day.day}日")


def _back(row: Stage, currency: str) -> Text:
    if row.kept_minor:
        kept = _amount(row.kept_minor, currency)
        return Text(f"all but {kept} comes back", f"除{kept}外全部退还")
    back = ALL_PERCENT - row.kept_percent
    return (
        Text("everything comes back", "全额退还")
        if back == ALL_PERCENT
        else Text(f"{back}% comes back", f"退还{back}%")
    )


def _deposit(minor: int, currency: str) -> Text:
    if not minor:
        return Text()
    amount = _amount(minor, currency)
    return Text(f" {amount} of it is a deposit that is never paid back.", f"其中{amount}为预付款，概不退还。")


def _amount(minor: int, currency: str) -> str:
    places = digits(currency)
    whole, rest = divmod(Money(minor, currency).minor, 10**places)
    return f"{currency} {whole:,}" + (f".{rest:0{places}d}" if places else "")

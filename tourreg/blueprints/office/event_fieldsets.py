"""The fields of an event, in the order of its page."""

from __future__ import annotations

import re

from flask_babel import lazy_gettext as _l
from wtforms import Form, HiddenField, SelectMultipleField

from tourreg.blueprints.event_words import ADMITS, KINDS
from tourreg.blueprints.fields import Line, Lines
from tourreg.blueprints.office.event_fields import Choice, Day, Typed, WholeNumber, in_both
from tourreg.blueprints.office.event_words import (
    ADD_ON_KINDS,
    COVERS,
    DIRECTIONS,
    NAMES,
    PARTS,
    PROOFS,
    currency_choices,
)

MOST_TEXT = 20_000
LONGEST_SLIP = 4


def is_rate(text: str) -> str | None:
    """Say how a rate is typed."""
    return None if re.fullmatch(r"\d{1,5}(\.\d{1,6})?", text, re.ASCII) else str(_l("Type the rate as 7.1532."))


def in_currency(currency: str) -> tuple[Typed, Typed, Typed]:
    """Return the fields of a thing's prices in a further currency."""
    return (
        Typed(currency),
        Typed(_l("%(currency)s, early", currency=currency)),
        Typed(_l("%(currency)s, late", currency=currency)),
    )


class MainForm(Form):
    """Everything but the rows."""

    kind = Choice(NAMES["kind"], choices={"": _l("Choose"), **KINDS})
    direction = Choice(NAMES["direction"], choices=DIRECTIONS, default="none")
    title_en, title_zh = in_both(NAMES["title"], most=160, printed=True)
    theme_en, theme_zh = in_both(NAMES["theme"], most=200, hint=_l("One line under the title."))
    summary_en, summary_zh = in_both(
        NAMES["summary"], most=600, rows=3, hint=_l("One or two sentences, for lists and search engines.")
    )
    description_en, description_zh = in_both(
        NAMES["description"], most=MOST_TEXT, rows=10, hint=_l("An empty line begins a new paragraph.")
    )
    audience_en, audience_zh = in_both(NAMES["audience"], most=600, rows=3)
    venue_en, venue_zh = in_both(NAMES["venue"], most=400, rows=3, hint=_l("Name and street address."), printed=True)
    languages_en, languages_zh = in_both(NAMES["languages"], most=300, rows=2, hint=_l("And how they are interpreted."))
    access_en, access_zh = in_both(NAMES["access"], most=600, rows=3, hint=_l("Steps, walking, diets, aids."))

    starts_on = Day(NAMES["starts_on"], needed=_l("Type the first day."))
    ends_on = Day(NAMES["ends_on"], needed=_l("Type the last day."))
    zone = Choice(NAMES["zone"], hint=_l("Days and deadlines are counted in it."))
    opens_on = Day(NAMES["opens_on"], needed=_l("Type the day."), hint=_l("From 00:00 in the time zone."))
    closes_on = Day(NAMES["closes_on"], needed=_l("Type the day."), hint=_l("Until 23:59 in the time zone."))
    capacity = WholeNumber(NAMES["capacity"], needed=_l("Type how many places there are."))
    minimum = WholeNumber(NAMES["minimum"], hint=_l("People without whom it does not take place."))

    issuer = Choice(NAMES["issuer"], hint=_l("Who issues the invoices."))
    currency = Choice(NAMES["currency"], choices=currency_choices())
    other_currencies = SelectMultipleField(_l("Further currencies"), validate_choice=False)
    rate_currency = Choice(NAMES["rate_currency"], choices={"": _l("None"), **currency_choices()}, default="")
    rate = Line(
        NAMES["rate"],
        most=12,
        wide=False,
        check=is_rate,
        hint=_l("What one unit of the event’s currency is, as 7.1532."),
    )
    rate_on = Day(NAMES["rate_on"], hint=_l("The day of the rate."))
    included_en, included_zh = in_both(NAMES["included"], most=4_000, rows=6, hint=_l("One thing on each line."))
    not_included_en, not_included_zh = in_both(
        NAMES["not_included"], most=4_000, rows=6, hint=_l("One thing on each line.")
    )
    cancellation_policy_en, cancellation_policy_zh = in_both(NAMES["cancellation_policy"], most=MOST_TEXT, rows=10)

    organiser_en, organiser_zh = in_both(NAMES["organiser"], most=200)
    partners = Lines(
        NAMES["partners"], most=8_000, render_kw={"rows": 4}, hint=_l("One on each line: English name | 中文名称")
    )
    slug = Line(
        NAMES["slug"],
        most=80,
        wide=False,
        hint=_l(
            "The end of the page’s address: small letters, digits and hyphens. Left empty, it is made of the title."
        ),
    )
    reference_prefix = Line(
        NAMES["reference_prefix"],
        most=6,
        wide=False,
        hint=_l("Two to six capital letters or digits, as in YZ27-7K3M9-Q. Left empty, they are made of the title."),
    )
    cover = Choice(NAMES["cover"], choices=COVERS, default="indigo")
    slip = Line(NAMES["slip"], most=LONGEST_SLIP, hint=_l("Two to four Chinese characters, set on the cover."))


class FeeForm(Form):
    public_id = HiddenField()
    label_en, label_zh = in_both(_l("Fee"), most=120, wraps=True, printed=True)
    audience_en, audience_zh = in_both(_l("Who may take it"), most=200, wraps=True)
    amount = Typed(_l("Amount"), needed=_l("Type the amount, as in 1,540.00."))
    last_on = Day(_l("Last day"))
    early_amount = Typed(_l("Early price"))
    early_until_on = Day(_l("Early price until"))
    late_amount = Typed(_l("Late price"))
    late_from_on = Day(_l("Late price from"))
    admits = Choice(_l("For"), choices=ADMITS, default="anyone")
    proof = Choice(_l("Shown by"), choices=PROOFS, default="none")
    member_list = Choice(_l("List of members"), default="")
    capacity = WholeNumber(_l("Places at this price"))
    population_most = WholeNumber(_l("Inhabitants at most"), most=100_000_000)
    usd_regular, usd_early, usd_late = in_currency("USD")
    cny_regular, cny_early, cny_late = in_currency("CNY")
    eur_regular, eur_early, eur_late = in_currency("EUR")
    jpy_regular, jpy_early, jpy_late = in_currency("JPY")
    withdrawn = HiddenField()


class AddOnForm(Form):
    public_id = HiddenField()
    kind = Choice(_l("Kind"), choices=ADD_ON_KINDS)
    label_en, label_zh = in_both(_l("Add-on"), most=120, wraps=True, printed=True)
    summary_en, summary_zh = in_both(_l("What it is"), most=600, rows=1)
    amount = Typed(_l("Amount"), needed=_l("Type the amount, as in 1,540.00."))
    from_on = Day(_l("First day"))
    to_on = Day(_l("Last day"))
    capacity = WholeNumber(_l("Places"))
    usd_regular, cny_regular, eur_regular, jpy_regular = (
        in_currency(currency)[0] for currency in ("USD", "CNY", "EUR", "JPY")
    )
    withdrawn = HiddenField()


class StopForm(Form):
    city = Choice(_l("City"))
    part = Choice(_l("Part"), choices=PARTS, default="main")
    from_on = Day(_l("Arrival"), needed=_l("Type the day of arrival."))
    to_on = Day(_l("Departure"), needed=_l("Type the day of departure."))

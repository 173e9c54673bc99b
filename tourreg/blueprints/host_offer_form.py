"""The form of one offer of a host city: what was typed, and the plan that it says once it is whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Form, HiddenField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from tourreg import formats
from tourreg.blueprints.day_fields import Days
from tourreg.blueprints.fields import Line, Lines
from tourreg.blueprints.gettext import _
from tourreg.blueprints.host_offer_words import LACKS, MEALS, NAMES, PER, fault_words
from tourreg.blueprints.languages import language
from tourreg.blueprints.office.event_fields import Choice, Day, Typed, WholeNumber, in_both
from tourreg.blueprints.office.event_words import currency_choices
from tourreg.blueprints.submissions import submission_key
from tourreg.domain.cities.models import Topic
from tourreg.domain.hosting import offer_rules as rules
from tourreg.domain.hosting.offer_models import Site
from tourreg.domain.hosting.offer_plans import ChargePlan, HomestayPlan, OfferPlan, WindowPlan
from tourreg.domain.hosting.rules import LARGEST_GROUP
from tourreg.kernel.bilingual import Text
from tourreg.kernel.money import AmountUnreadable, read_money

TEXTS = ("title", "words", "provided", "hours")
NUMBERS = ("notice_days", "smallest", "largest", "days_most", "vehicle_seats", "meeting_seats")


class Several(SelectMultipleField):
    """Any of a list; what is not in it is refused."""

    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(label, choices=[], validate_choice=False, **more)

    def offer(self, choices: dict[str, str]) -> None:
        self.choices = [SelectChoice(value, words) for value, words in choices.items()]

    def pre_validate(self, form: Form) -> None:
        if set(self.data or ()) - {choice.value for choice in self.choices}:
            raise StopValidation(_("Choose only what is on the list."))


@dataclass(frozen=True)
class Choices:
    """The topics and the places from which an offer can choose."""

    topics: Sequence[Topic]
    sites: Sequence[Site]


class OfferFields(Form):
    title_en, title_zh = in_both(NAMES["title"], most=160, printed=True)
    words_en, words_zh = in_both(
        NAMES["words"], most=4_000, rows=6, hint=_l("Whom it would meet, what it would see, and why that is worth it.")
    )
    topics = Several(NAMES["topics"])
    sites = Several(NAMES["sites"])
    blackouts = Days(
        NAMES["blackouts"],
        hint=_l("One day or span a line: 2027-05-17, or 2027-05-17 to 2027-05-21."),
        most_days=rules.MOST_BLACKOUTS,
    )
    notice_days = WholeNumber(
        NAMES["notice_days"], most=rules.MOST_NOTICE_DAYS, needed=_l("Type how many days before you must be asked.")
    )
    days_most = WholeNumber(NAMES["days_most"], most=rules.MOST_DAYS, needed=_l("Type how many days it can fill."))
    may_share = BooleanField(NAMES["may_share"])
    smallest = WholeNumber(NAMES["smallest"], most=LARGEST_GROUP, needed=_l("Type the smallest group."))
    largest = WholeNumber(NAMES["largest"], most=LARGEST_GROUP, needed=_l("Type the largest group."))
    vehicle_seats = WholeNumber(NAMES["vehicle_seats"], most=LARGEST_GROUP)
    meeting_seats = WholeNumber(NAMES["meeting_seats"], most=10_000)
    spoken = Several(NAMES["spoken"])
    interpreted = Several(NAMES["interpreted"])
    provided_en, provided_zh = in_both(
        NAMES["provided"], most=1_000, rows=3, hint=_l("Such as the room, the bus, lunch at the works."), printed=True
    )
    currency = Choice(NAMES["currency"], choices=currency_choices())
    households = WholeNumber(_l("Households"), most=rules.MOST_HOUSEHOLDS)
    guests_each = WholeNumber(_l("Guests in each"), most=rules.MOST_GUESTS_EACH)
    own_room = BooleanField(_l("Each guest, or each couple, has a room of their own"))
    meals = Choice(_l("Meals"), choices=MEALS)
    hours_en, hours_zh = in_both(
        _l("Hours"),
        most=300,
        rows=2,
        printed=True,
        hint=_l("When guests are fetched and brought home, such as 17:30 and 8:00."),
    )
    preferences = Lines(
        NAMES["preferences"],
        most=2_000,
        hint=_l("Smokers, pets, allergies, who should not share. Only your city and our programme’s staff read it."),
        render_kw={"rows": "3"},
    )


class WindowFields(Form):
    public_id = HiddenField()
    first_on = Day(_l("First day"))
    last_on = Day(_l("Last day"))
    remove = BooleanField(_l("Remove"))

    @property
    def is_filled(self) -> bool:
        return bool(self.first_on.data or self.last_on.data)


class ChargeFields(Form):
    label_en, label_zh = (Line(_l("What for"), most=160, printed=True) for _language in ("en", "zh"))
    amount = Typed(_l("Amount"), render_kw={"inputmode": "decimal", "autocomplete": "off"})
    per = Choice(_l("How it counts"), choices=PER, default="group")
    remove = BooleanField(_l("Remove"))

    @property
    def is_filled(self) -> bool:
        return bool(self.label_en.data or self.label_zh.data or self.amount.data)


@dataclass
class WrittenOffer:
    """The whole form, made from whatever was typed.

    theirs  the language in which it is written first: "en" or "zh"
    seen    fingerprint of the plan that the editor began from; "" for a new offer
    offers  whether it shall count at once
    top     sentences about the form as a whole
    """

    kind: str
    theirs: str
    main: Any
    windows: list[WindowFields]
    charges: list[ChargeFields]
    seen: str
    submission_key: str
    offers: bool = False
    top: list[str] = field(default_factory=list)

    @property
    def other(self) -> str:
        return "en" if self.theirs == "zh" else "zh"

    def is_right(self) -> bool:
        """Look at every field, note what is wrong beside it, and tell whether nothing is."""
        self.main.validate()
        rows: list[Form] = [*self.kept_windows, *self.kept_charges]
        for row in rows:
            row.validate()
        if not _text(self.main, "title"):
            self.note([rules.Fault("title", "title_missing")])
        self._require_whole_rows()
        if self.kind == "homestay":
            self._require_homestay()
        return not self.faults()

    def plan(self) -> OfferPlan:
        """Return what the form says; only after its fields were found right."""
        main = self.main
        said: dict[str, Any] = {name: main[name].value for name in NUMBERS}
        said |= {name: tuple(sorted(main[name].data or ())) for name in ("topics", "spoken", "interpreted")}
        said["sites"] = tuple(main.sites.data or ())
        said |= {name: _text(main, name) for name in ("title", "words", "provided")}
        windows = [WindowPlan(row.first_on.value, row.last_on.value, row.public_id.data or "")
                   for row in self.kept_windows]  # fmt: skip
        return OfferPlan(
            kind=self.kind,
            **said,
            windows=tuple(sorted(windows, key=lambda window: (window.first_on, window.last_on))),
            blackouts=main.blackouts.value or (),
            may_share=bool(main.may_share.data),
            currency=main.currency.data,
            charges=tuple(self._charge(row) for row in self.kept_charges),
            homestay=self._homestay() if self.kind == "homestay" else None,
        )

    @property
    def kept_windows(self) -> list[WindowFields]:
        """Return the spans of days that are to stay, by their first day once they are read."""
        rows = [row for row in self.windows if row.is_filled and not row.remove.data]
        return sorted(rows, key=lambda row: (row.first_on.data or "", row.last_on.data or ""))

    @property
    def kept_charges(self) -> list[ChargeFields]:
        return [row for row in self.charges if row.is_filled and not row.remove.data]

    def note(self, faults: Sequence[rules.Fault]) -> None:
        """Put what the rules refuse beside the fields."""
        for fault in faults:
            self._control(fault.field).errors = [fault_words(fault)]

    def note_lacks(self, lacks: Sequence[str]) -> None:
        """Put what an offer still needs before it counts beside the fields."""
        named = {"words": f"words_{self.theirs}"}
        for lack in lacks:
            control = self._first_window().first_on if lack == "window" else self.main[named.get(lack, lack)]
            control.errors = [str(LACKS[lack])]

    def faults(self) -> list[tuple[str, str]]:
        """Return every fault with the id of its field, in the order of the page."""
        wrong = [control for form in self._forms() for control in form if control.errors]
        return [*(("", sentence) for sentence in self.top), *((each.id, _named(each)) for each in wrong)]

    def is_folded_open(self) -> bool:
        """Tell whether something stands, or is wrong, in the fields of the other language."""
        rows: list[Any] = [self.main[f"{name}_{self.other}"] for name in TEXTS]
        rows += [row[f"label_{self.other}"] for row in self.charges]
        return any(control.data or control.errors for control in rows)

    def _control(self, name: str) -> Any:
        kind, _dash, rest = name.partition("-")
        if kind in ("windows", "charges"):
            place, _dash, part = rest.partition("-")
            rows: Sequence[Any] = self.kept_windows if kind == "windows" else self.kept_charges
            return rows[int(place)][f"label_{self.theirs}" if part == "label" else part]
        return self.main["title_" + self.theirs if name == "title" else name if name in self.main else "title_en"]

    def _first_window(self) -> Any:
        return (self.kept_windows or self.windows)[0]

    def _require_whole_rows(self) -> None:
        windows: list[Any] = list(self.kept_windows)
        for row in windows:
            for name, sentence in (
                ("first_on", _("Type the first day too.")),
                ("last_on", _("Type the last day too.")),
            ):
                if not row[name].data and not row[name].errors:
                    row[name].errors = [sentence]
        for row in self.kept_charges:
            self._read_amount(row)

    def _read_amount(self, row: Any) -> None:
        if not row.label_en.data and not row.label_zh.data:
            row[f"label_{self.theirs}"].errors = [_("Say what is charged for.")]
        try:
            row.amount.value = read_money(row.amount.data or "", self.main.currency.data or "USD").minor
        except AmountUnreadable:
            row.amount.errors = [_("Type the amount with figures only, as in 1,540.00.")]

    def _require_homestay(self) -> None:
        for name in ("households", "guests_each"):
            control = self.main[name]
            if not control.data and not control.errors:
                control.errors = [_("Type a number.")]

    def _charge(self, row: Any) -> ChargePlan:
        return ChargePlan(_text(row, "label"), row.amount.value, row.per.data)

    def _homestay(self) -> HomestayPlan:
        main = self.main
        return HomestayPlan(
            households=main.households.value,
            guests_each=main.guests_each.value,
            own_room=bool(main.own_room.data),
            meals=main.meals.data,
            hours=_text(main, "hours"),
            preferences=main.preferences.data or "",
        )

    def _forms(self) -> Iterator[Any]:
        yield self.main
        yield from self.windows
        yield from self.charges


def read_offer_form(typed: MultiDict[str, str], kind: str, *, theirs: str, choices: Choices) -> WrittenOffer:
    """Return the form with all that was typed, and free rows for more days and more charges."""
    main: Any = OfferFields(typed)
    if kind != "homestay":
        main.meals.data = "none"
    main.topics.offer({topic.slug: topic.name.in_(language()) for topic in choices.topics})
    main.sites.offer({site.public_id: site.name.in_(language()) for site in choices.sites})
    for control in (main.spoken, main.interpreted):
        control.offer({code: formats.language_name(code, language()) for code in rules.LANGUAGES})
    windows = [WindowFields(typed, prefix=f"windows-{place}") for place in range(rules.MOST_WINDOWS)]
    charges = [ChargeFields(typed, prefix=f"charges-{place}") for place in range(rules.MOST_CHARGES)]
    return WrittenOffer(
        kind, theirs, main, _with_free_row(windows), _with_free_row(charges), typed.get("seen", ""),
        submission_key(typed), offers=typed.get("do") == "offer",
    )  # fmt: skip


def _with_free_row(rows: Sequence[Any]) -> list[Any]:
    filled = max((place for place, row in enumerate(rows, start=1) if row.is_filled), default=0)
    return list(rows[: filled + 1])


def _text(form: Any, name: str) -> Text:
    return Text(form[f"{name}_en"].data or "", form[f"{name}_zh"].data or "")


def _named(control: Any) -> str:
    return _("%(field)s: %(wrong)s", field=control.label.text, wrong=control.errors[0])

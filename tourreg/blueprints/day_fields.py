"""A field for many days: one, or a span of them, on each line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from wtforms import Form
from wtforms.validators import StopValidation

from tourreg.blueprints.fields import Lines, Sentence
from tourreg.blueprints.gettext import _
from tourreg.kernel.typed import plain_width

_SPAN = re.compile(r"(\d{4}-\d\d-\d\d)(?:\s*(?:to|until|至|到|~|-|–|—)\s*(\d{4}-\d\d-\d\d))?", re.ASCII)


class Days(Lines):
    """Days as dates, each once and in order, in `value`; what is no day is named.

    most_days  of them together
    """

    def __init__(self, label: Sentence, *, hint: Sentence = "", most_days: int, **more: Any) -> None:
        super().__init__(label, most=4_000, hint=hint, render_kw={"rows": "3"}, **more)
        self.most_days = most_days
        self.value: tuple[date, ...] = ()

    def pre_validate(self, form: Form) -> None:
        super().pre_validate(form)
        days = sorted({day for span in self._spans() for day in span})
        if len(days) > self.most_days:
            raise StopValidation(_("At most %(most)d days.", most=self.most_days))
        self.value = tuple(days)

    def _spans(self) -> Iterator[list[date]]:
        for typed in re.split(r"[\n,;，；、]", self.data or ""):
            if typed.strip():
                yield self._span(plain_width(typed))

    def _span(self, typed: str) -> list[date]:
        found = _SPAN.fullmatch(typed)
        try:
            first = date.fromisoformat(found[1] if found else "")
            last = date.fromisoformat(found[2]) if found and found[2] else first
        except ValueError:
            raise StopValidation(_("“%(typed)s” is no day. Type it as 2027-05-17.", typed=typed[:40])) from None
        if last < first:
            raise StopValidation(_("“%(typed)s” ends before it begins.", typed=typed))
        if (last - first).days >= self.most_days:
            raise StopValidation(_("At most %(most)d days.", most=self.most_days))
        return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def spans_of(days: tuple[date, ...]) -> list[tuple[date, date]]:
    """Return days that follow one another as spans, in order."""
    spans: list[tuple[date, date]] = []
    for day in sorted(days):
        if spans and day - spans[-1][1] == timedelta(days=1):
            spans[-1] = (spans[-1][0], day)
        else:
            spans.append((day, day))
    return spans

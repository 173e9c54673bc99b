"""For which nights somebody needs a bed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

# Whoever comes earlier, or leaves later, than this is elsewhere meanwhile.
MOST_FURTHER_NIGHTS = 3
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Nights:
    """Nights in a row: the first, and the morning after the last."""

    from_on: date
    to_on: date

    def __len__(self) -> int:
        return max(0, (self.to_on - self.from_on).days)

    def __contains__(self, night: date) -> bool:
        return self.from_on <= night < self.to_on

    def days(self) -> list[date]:
        return [self.from_on + number * _ONE_DAY for number in range(len(self))]

    def meets(self, other: Nights) -> int:
        """Return how many nights both have."""
        return max(0, (min(self.to_on, other.to_on) - max(self.from_on, other.from_on)).days)


def nights_needed(
    stay: Nights,
    *,
    first_night: date | None = None,
    last_morning: date | None = None,
    is_first: bool = True,
    is_last: bool = True,
) -> Nights | None:
    """Return the nights of a stay for which somebody needs a bed, or None where they need none.

    first_night, last_morning  as their flights say; None where these are not known, or meet the stay
    is_first, is_last          whether the person sleeps in no other hotel of the event before, or after: only there do
                               an early arrival and a late departure add nights
    """
    from_on, to_on = stay.from_on, stay.to_on
    if first_night is not None and (first_night > from_on or (is_first and _is_near(first_night, from_on))):
        from_on = first_night
    if last_morning is not None and (last_morning < to_on or (is_last and _is_near(last_morning, to_on))):
        to_on = last_morning
    return Nights(from_on, to_on) if from_on < to_on else None


def _is_near(day: date, other: date) -> bool:
    return abs((day - other).days) <= MOST_FURTHER_NIGHTS

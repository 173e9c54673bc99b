"""The days on which nobody in China travels on duty, so that no sample programme falls on them."""

from datetime import date, timedelta

# First days of the lunar year.
_LUNAR_NEW_YEARS = [
    date(2026, 2, 17), date(2027, 2, 6), date(2028, 1, 26), date(2029, 2, 13), date(2030, 2, 3),
    date(2031, 1, 23), date(2032, 2, 11), date(2033, 1, 31), date(2034, 2, 19), date(2035, 2, 8),
]  # fmt: skip
_BEFORE, _AFTER = timedelta(days=2), timedelta(days=7)
# By month: the last day of the holiday that begins on its first.
_FROM_THE_FIRST = {1: 3, 5: 5, 10: 7}


def is_holiday(on: date) -> bool:
    """Tell whether it lies in New Year, the Spring Festival, Labour Day or the National Day week."""
    if on.day <= _FROM_THE_FIRST.get(on.month, 0):
        return True
    return any(first - _BEFORE <= on <= first + _AFTER for first in _LUNAR_NEW_YEARS)

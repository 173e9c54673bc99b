"""Instants and local days. Only the outermost ring (blueprints, cli, worker) reads the clock and hands `now` down."""

from datetime import UTC, date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

LAST_MINUTE = time(23, 59)


def utc_now() -> datetime:
    """Return this instant, aware, in UTC."""
    return datetime.now(UTC)


def local_day(instant: datetime, zone: str) -> date:
    """Return the calendar date that the instant falls on in an IANA zone."""
    return instant.astimezone(ZoneInfo(zone)).date()


def end_of_day(day: date, zone: str) -> datetime:
    """Return the deadline that a date means: 23:59 of that day in its zone, inclusive, as a UTC instant."""
    return at_local_time(day, LAST_MINUTE, zone)


def at_local_time(day: date, clock_time: time, zone: str) -> datetime:
    """Return the UTC instant at which a clock on the wall of the zone shows this date and time."""
    return datetime.combine(day, clock_time, ZoneInfo(zone)).astimezone(UTC)


@cache
def zones() -> frozenset[str]:
    """Return every IANA zone name that this machine knows."""
    return frozenset(available_timezones())

"""Letters to many host cities, and what happens to their offers and requests when days are over."""

from datetime import datetime

from tourreg.db import writing
from tourreg.domain.hosting import city_letters, offer_queries, offers, reports, request_queries, requests
from tourreg.tasks.registry import task


@task(offers.EXPIRE_OFFER)
def expire_offer(offer: str, *, now: datetime) -> None:
    """End an offer whose last day is over; one that got later days has a later look of its own."""
    with writing():
        offers.expire(offer_queries.offer_to_change(offer), now=now)


@task(requests.REMIND)
def remind_host_city(request: str, deadline_on: str, *, now: datetime) -> None:
    """Remind a city that has not answered yet; a deadline that was moved has reminders of its own."""
    with writing():
        found = request_queries.request_to_change(request)
        if found.deadline_on.isoformat() == deadline_on:
            requests.remind(found, now=now)


@task(requests.LAPSE)
def lapse_hosting_request(request: str, *, now: datetime) -> None:
    """End a request whose deadline is over; one that got a later deadline has a later look of its own."""
    with writing():
        requests.lapse(request_queries.request_to_change(request), now=now)


@task(reports.ASK_FOR_REPORT)
def ask_host_city_for_report(request: str, *, now: datetime) -> None:
    """Ask a city for its report on the morning after a visit that was not withdrawn meanwhile."""
    with writing():
        reports.ask_for_report(request_queries.request_to_change(request), now=now)


@task(city_letters.WRITE_TO_CITIES)
def write_to_cities(letter: str, *, now: datetime) -> None:
    """Write to some cities after the other; whoever was written to before the worker ended is not written to again."""
    there_are_more = True
    while there_are_more:
        with writing():
            there_are_more = city_letters.write_to_some(city_letters.letter_to_change(letter), now=now)

"""What happens to host cities' offers when their days are over, and to requests as their deadline comes."""

from datetime import datetime

from tourreg.db import writing
from tourreg.domain.hosting import offer_queries, offers, reports, request_queries, requests
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

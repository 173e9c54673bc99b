"""The office asks a city, reminds it, takes up the dates that it proposed, asks once more, or withdraws."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from tourreg.db import db
from tourreg.domain.audit.commands import move_to, note_change
from tourreg.domain.catalogue.models import Event
from tourreg.domain.cities.models import City
from tourreg.domain.hosting import confirmations, confirmed_days
from tourreg.domain.hosting import request_queries as queries
from tourreg.domain.hosting.mails import once_in_a_while
from tourreg.domain.hosting.offer_models import HostOffer
from tourreg.domain.hosting.offer_rules import Fault
from tourreg.domain.hosting.office_letters import tell_office
from tourreg.domain.hosting.request_letters import write_to_city
from tourreg.domain.hosting.request_models import HostingRequest
from tourreg.domain.hosting.request_rules import (
    ENDED,
    ONE_DAY,
    REQUEST,
    WAITING,
    AnsweredAlready,
    Asking,
    AskingIsUnfit,
    DaysAreTaken,
    Offered,
    Span,
    deadline_of,
    faults_of,
    faults_of_distance,
    free_spans,
    is_late,
    is_off,
    reminders,
    today_in,
)
from tourreg.domain.outbox.commands import add_task
from tourreg.domain.papers.models import Paper
from tourreg.kernel.bilingual import Text
from tourreg.kernel.numbers import new_public_id

REMIND = "remind_host_city"
LAPSE = "lapse_hosting_request"
WORKER = "worker"
WHAT = "hosting request"
LONGEST_REASON = 500


class OnPaper(Protocol):
    """Issues a letter about a request."""

    def __call__(self, request: HostingRequest, *, now: datetime, by: str) -> Paper: ...


def ask(
    event: Event,
    city: City,
    offer: HostOffer | None,
    asking: Asking,
    *,
    submission_key: str | None,
    now: datetime,
    by: str,
    on_paper: OnPaper | None = None,
) -> HostingRequest:
    """Ask a city to receive a group and write to everybody who speaks for it; the same form again returns its first.

    offer     of this city, from `offer_queries.offer_to_change`
    on_paper  issues the letter that goes with the mail; none goes with it otherwise
    raises    AskingIsUnfit, DaysAreTaken
    """
    known = queries.request_of_submission(submission_key) if submission_key else None
    if known is not None:
        return known
    _require_fit(event, city, offer, asking, now)
    request = HostingRequest(
        public_id=new_public_id(), submission_key=submission_key, event=event, city=city, offer=offer,
        first_on=asking.days.first_on, last_on=asking.days.last_on, people=asking.people, words=asking.words,
        deadline_on=asking.deadline_on, deadline_at=deadline_of(asking.deadline_on, city.zone),
        asked_at=now, asked_by=by,
    )  # fmt: skip
    db.session.add(request)
    db.session.flush()
    require_free(request, now)
    note_change(request.public_id, WHAT, {}, {"state": "asked", **_days(request)}, now=now, by=by)
    watch_deadline(request, now)
    papers = [on_paper(request, now=now, by=by).public_id] if on_paper else []
    write_to_city("hosting_asked", request, now=now, papers=papers)
    return request


def remind(request: HostingRequest, *, now: datetime) -> bool:
    """Remind the city of a request that waits for it, at most once in ten minutes; tell whether it still waits."""
    if request.state not in WAITING or is_late(request.deadline_at, now) or is_off(request.event.state):
        return False
    write_to_city("hosting_reminded", request, now=now, key=once_in_a_while(now))
    return True


def take_other_dates(
    request: HostingRequest, deadline_on: date, *, seen: tuple[date | None, date | None], now: datetime, by: str
) -> None:
    """Hold the dates that the city proposed, which it then confirms by the deadline; a second time changes nothing.

    seen    the dates that the page that asks showed
    raises  AnsweredAlready, DaysAreTaken, AskingIsUnfit, MoveRefused
    """
    other = (request.counter_first_on, request.counter_last_on)
    if request.state == "held" and (request.first_on, request.last_on) == seen:
        return
    if request.state != "countered" or other != seen or other[0] is None or other[1] is None:
        raise AnsweredAlready(state=request.state)
    before = _days(request)
    request.first_on, request.last_on = other[0], other[1]
    faults = faults_of(_asking(request, deadline_on), today_in(request.city.zone, now), None)
    _raise_if_any([*faults, *_of_tour(request.event)])
    _set_deadline(request, deadline_on, now)
    require_free(request, now)
    note_change(request.public_id, WHAT, before, _days(request), now=now, by=by)
    move_to(request, REQUEST, "held", now=now, by=by)
    write_to_city("hosting_dates_taken", request, now=now, key=now.isoformat())


def ask_again(
    request: HostingRequest, deadline_on: date, *, now: datetime, by: str, on_paper: OnPaper | None = None
) -> None:
    """Ask once more what nobody answered in time, by a new deadline; a second time changes nothing.

    raises  AnsweredAlready, AskingIsUnfit, DaysAreTaken
    """
    if request.state == "asked" and request.deadline_on == deadline_on:
        return
    if request.state != "lapsed":
        raise AnsweredAlready(state=request.state)
    before, asking = _days(request), _asking(request, deadline_on)
    _require_fit(request.event, request.city, request.offer, asking, now, but=request)
    _set_deadline(request, deadline_on, now)
    require_free(request, now)
    note_change(request.public_id, WHAT, before, _days(request), now=now, by=by)
    move_to(request, REQUEST, "asked", now=now, by=by)
    papers = [on_paper(request, now=now, by=by).public_id] if on_paper else []
    write_to_city("hosting_asked", request, now=now, key=now.isoformat(), papers=papers)


def withdraw(request: HostingRequest, why: str, *, seen: str, now: datetime, by: str) -> None:
    """Ask the city no longer, give its days back, and say why by letter; a second time changes nothing.

    What was put into the draft of the programme stays there, marked.

    raises  AnsweredAlready
    """
    if request.state == "withdrawn":
        return
    if request.state != seen or request.state in ENDED:
        raise AnsweredAlready(state=request.state)
    if request.state == "confirmed":
        confirmed_days.mark_withdrawn(request, why, now=now, by=by)
        confirmations.take_back(request, why, now=now, by=by)
    move_to(request, REQUEST, "withdrawn", now=now, by=by, why=why[:LONGEST_REASON])
    write_to_city("hosting_withdrawn", request, now=now, words=why)


def lapse(request: HostingRequest, *, now: datetime, answered: bool = False) -> None:
    """End a request that nobody answered by its deadline; nobody else is asked for it.

    answered  an answer comes just now, after the deadline, so that no letter says that there was none
    """
    if request.state not in WAITING or not is_late(request.deadline_at, now):
        return
    move_to(request, REQUEST, "lapsed", now=now, by=WORKER)
    if not answered and not is_off(request.event.state):
        tell_office(request, None, now=now)
        write_to_city("hosting_lapsed", request, now=now, key=request.deadline_on.isoformat())


def require_free(request: HostingRequest, now: datetime) -> None:
    """Refuse days that another group has at the same offer.

    raises  DaysAreTaken
    """
    wanted, taken = Span(request.first_on, request.last_on), queries.days_taken(request)
    if any(wanted.meets(other) for other in taken):
        raise DaysAreTaken(left=_left(request, wanted, taken, now), others=_free_offers(request, wanted))


def watch_deadline(request: HostingRequest, now: datetime) -> None:
    """Ask for the reminders before the deadline, and for the end of the request after it."""
    deadline, named = request.deadline_on.isoformat(), {"request": request.public_id}
    for moment in reminders(request.deadline_on, request.city.zone, now):
        key = f"{REMIND}:{request.public_id}:{moment.isoformat()}"
        add_task(REMIND, {**named, "deadline_on": deadline}, key=key, now=now, run_at=moment)
    key = f"{LAPSE}:{request.public_id}:{request.deadline_at.isoformat()}"
    add_task(LAPSE, named, key=key, now=now, run_at=request.deadline_at)


def bounds_of(offer: HostOffer) -> Offered:
    """Return what of an offer bounds the requests made on it."""
    windows = tuple(Span(window.first_on, window.last_on) for window in offer.windows)
    closed = frozenset(each.day_on for each in offer.blackouts)
    return Offered(windows, closed, offer.largest, offer.days_most, offer.notice_days)


def _require_fit(
    event: Event,
    city: City,
    offer: HostOffer | None,
    asking: Asking,
    now: datetime,
    *,
    but: HostingRequest | None = None,
) -> None:
    """Refuse what cannot be asked.

    but  the request that is asked once more, which is not in its own way
    """
    faults = faults_of(asking, today_in(city.zone, now), bounds_of(offer) if offer else None)
    faults += _of_tour(event) or faults_of_distance(asking.days, Span(event.starts_on, event.ends_on))
    if offer is not None and (offer.state != "offered" or offer.city_id != city.id):
        faults.append(Fault("whom", "offer_counts_no_more"))
    if not queries.contacts_of(city.id):
        faults.append(Fault("whom", "nobody_to_write_to"))
    if _is_asked(event, city, asking.days, but):
        faults.append(Fault("whom", "asked_already"))
    _raise_if_any(faults)


def _of_tour(event: Event) -> list[Fault]:
    return [Fault("whom", "tour_is_off")] if is_off(event.state) else []


def _raise_if_any(faults: list[Fault]) -> None:
    if faults:
        raise AskingIsUnfit(faults=faults)


def _is_asked(event: Event, city: City, days: Span, but: HostingRequest | None) -> bool:
    """Tell whether the city is asked, or has answered yes, for days of the same programme."""
    standing = (one for one in queries.requests_of_event(event.id) if one.city_id == city.id and one is not but)
    return any(one.state not in (*ENDED, "lapsed") and Span(one.first_on, one.last_on).meets(days) for one in standing)


def _left(request: HostingRequest, wanted: Span, taken: list[Span], now: datetime) -> list[Span]:
    bounds = bounds_of(request.offer) if request.offer else None
    if bounds is None:
        return []
    windows = [window for window in bounds.windows if window.meets(wanted)]
    return free_spans(windows, bounds.blackouts, taken, since=today_in(request.city.zone, now) + ONE_DAY)


def _free_offers(request: HostingRequest, wanted: Span) -> list[Text]:
    """Return the names of the city's other offers that hold the days, none of them closed or taken."""
    others = (one for one in queries.offers_of(request.city_id) if one.id != request.offer_id)
    return [one.title for one in others if _is_free(one, wanted)]


def _is_free(offer: HostOffer, wanted: Span) -> bool:
    bounds = bounds_of(offer)
    if not any(window.holds(wanted) for window in bounds.windows) or bounds.blackouts & set(wanted.days()):
        return False
    return not any(wanted.meets(other) for other in queries.days_taken_of(offer))


def _asking(request: HostingRequest, deadline_on: date) -> Asking:
    return Asking(Span(request.first_on, request.last_on), request.people, request.words, deadline_on)


def _set_deadline(request: HostingRequest, deadline_on: date, now: datetime) -> None:
    request.deadline_on, request.deadline_at = deadline_on, deadline_of(deadline_on, request.city.zone)
    watch_deadline(request, now)


def _days(request: HostingRequest) -> dict[str, str]:
    return {
        "first_on": request.first_on.isoformat(),
        "last_on": request.last_on.isoformat(),
        "deadline_on": request.deadline_on.isoformat(),
    }

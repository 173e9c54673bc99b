"""The paper that says what a host city confirmed, and its issuing in the moment in which the city confirms."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Literal, TypedDict

from tourreg.domain.accounts.queries import member_by_public_id
from tourreg.domain.hosting.offer_models import HostOffer
from tourreg.domain.hosting.request_models import HostingRequest
from tourreg.domain.hosting.request_queries import contacts_of, last_answer
from tourreg.domain.hosting.request_rules import today_in
from tourreg.domain.papers import commands, queries, standing
from tourreg.domain.papers.documents import both, head
from tourreg.domain.papers.letterheads import signed
from tourreg.domain.papers.models import Paper
from tourreg.domain.papers.sheets import Amount, Bilingual, Head, Signed, Words

KIND = "host_confirmation"
OFFERED_TO_CITY = ("host_request", KIND, "in_kind_report")
# What is settled by when before a visit, in days before its first day; a paper names those that lie ahead.
SETTLED_DAYS_BEFORE: dict[Literal["programme", "names", "changes"], int] = {"programme": 28, "names": 14, "changes": 3}


class Receiver(TypedDict):
    """Which city a letter goes to, and its contact; each "" where nobody is known."""

    city: Bilingual
    addressee: str
    position: Words


class Place(TypedDict):
    """A place that the city shows."""

    name: Bilingual
    address: Bilingual


class Charge(TypedDict):
    """What the city charges for; per is one of `offer_models.CHARGED_PER`."""

    label: Bilingual
    amount: Amount
    per: str


class Home(TypedDict):
    """How guests live with households; what these wish is on no paper."""

    households: int
    guests_each: int
    own_room: bool
    meals: str
    hours: Bilingual


class Person(TypedDict):
    """Whom to ask on one side."""

    name: str
    position: Words
    email: str
    phone: str


class Agreed(TypedDict):
    """A yes inside the city: "manager" or "council"."""

    step: str
    on: str
    by: str


class Due(TypedDict):
    """What is settled by which day: "programme", "names" or "changes"."""

    what: str
    on: str


class HostConfirmationSheet(Head, Receiver):
    """What a city confirmed.

    offer_kind, offer  "" and empty where it was asked without an offer
    provided           free of charge
    home               None unless guests live with households
    confirmed_by       who confirmed for the city, and on which day there; words is what they added
    ours, theirs       contacts of both sides
    """

    title: Bilingual
    first_on: str
    last_on: str
    people: int
    offer_kind: str
    offer: Bilingual
    places: list[Place]
    provided: Bilingual
    charges: list[Charge]
    home: Home | None
    confirmed_by: str
    confirmed_on: str
    words: str
    agreed: list[Agreed]
    ours: list[Person]
    theirs: list[Person]
    due: list[Due]
    signed: Signed


def confirm_on_paper(request: HostingRequest, *, now: datetime, by: str) -> Paper:
    """Issue the confirmation in the language of the city's contact; of one request once, whoever asks again."""
    key = f"host-confirmation-{request.public_id}"
    known = queries.by_submission_key(key)
    if known is not None:
        return known
    contact = next(iter(contacts_of(request.city_id)), None)
    return commands.issue(
        KIND,
        dict(confirmation_sheet(request, now=now)),
        issuer=request.event.issuer,
        about=request.event.public_id,
        subject=request.public_id,
        recipient=request.city.name.in_("en"),
        language="zh" if contact and contact.language == "zh" else "en",
        page_size="letter" if request.city.country == "US" else "a4",
        now=now,
        by=by,
        submission_key=key,
    )


def papers_for_city(request: HostingRequest) -> list[Paper]:
    """Return the papers of a request that its city may open: the newest of each that still holds."""
    issued = [
        one for one in queries.papers_for(request.event.public_id, request.public_id) if one.kind in OFFERED_TO_CITY
    ]
    gone, newer = standing.withdrawals(issued), queries.replacements(issued)
    return [one for one in issued if one.id not in gone and one.id not in newer]


def take_back(request: HostingRequest, why: str, *, now: datetime, by: str) -> None:
    """Say of every confirmation of the request that it no longer holds."""
    for paper in queries.papers_for(request.event.public_id, request.public_id):
        if paper.kind == KIND:
            standing.withdraw(paper, why, now=now, by=by)


def confirmation_sheet(request: HostingRequest, *, now: datetime) -> HostConfirmationSheet:
    """Return the sheet of what the city confirmed."""
    event, offer, answer = request.event, request.offer, last_answer(request)
    told: dict[str, Any] = _of_offer(offer) if offer else _WITHOUT_OFFER
    return {
        **head(KIND, event.issuer, made_at=now),
        **receiver_of(request),
        **told,  # type: ignore[typeddict-item]
        "title": both(event.title),
        "first_on": request.first_on.isoformat(),
        "last_on": request.last_on.isoformat(),
        "people": request.people,
        "confirmed_by": answer.given_name if answer else "",
        "confirmed_on": today_in(request.city.zone, answer.given_at).isoformat() if answer else "",
        "words": answer.words if answer else "",
        "agreed": [
            {"step": one.step, "on": one.decided_on.isoformat(), "by": one.decided_by} for one in request.approvals
        ],
        "ours": _ours(request),
        "theirs": _theirs(request),
        "due": _due(request.first_on, today_in(request.city.zone, now)),
        "signed": signed(KIND, event.issuer),
    }


def receiver_of(request: HostingRequest) -> Receiver:
    """Return the city and its first contact."""
    contact = next(iter(contacts_of(request.city_id)), None)
    return {
        "city": both(request.city.name),
        "addressee": contact.contact_name if contact else "",
        "position": contact.contact_position if contact else "",
    }


_WITHOUT_OFFER: dict[str, Any] = {
    "offer_kind": "", "offer": {"en": "", "zh": ""}, "places": [], "provided": {"en": "", "zh": ""}, "charges": [],
    "home": None,
}  # fmt: skip


def _of_offer(offer: HostOffer) -> dict[str, Any]:
    """Return what a paper says of an offer: of households how guests live, and nothing of what they wish."""
    open_sites = [each.site for each in offer.sites if each.site.state == "open"]
    return {
        "offer_kind": offer.kind,
        "offer": both(offer.title),
        "places": [{"name": both(site.name), "address": both(site.address)} for site in open_sites],
        "provided": both(offer.provided),
        "charges": [
            {
                "label": both(each.label),
                "amount": {"minor": each.amount_minor, "currency": offer.currency},
                "per": each.per,
            }
            for each in offer.charges
        ],
        "home": _home(offer),
    }


def _home(offer: HostOffer) -> Home | None:
    home = offer.homestay
    if offer.kind != "homestay" or home is None:
        return None
    return {
        "households": home.households,
        "guests_each": home.guests_each,
        "own_room": home.own_room,
        "meals": home.meals,
        "hours": both(home.hours),
    }


def _ours(request: HostingRequest) -> list[Person]:
    """Return the member of the office who asked, and the seller's own address."""
    issuer = request.event.issuer
    member = member_by_public_id(request.asked_by.removeprefix("staff:"))
    asked_by: list[Person] = (
        [{"name": member.name, "position": "", "email": member.email, "phone": ""}] if member and member.active else []
    )
    office: Person = {"name": "", "position": both(issuer.name), "email": issuer.email, "phone": issuer.phone}
    return [*asked_by, office]


def _theirs(request: HostingRequest) -> list[Person]:
    return [
        {
            "name": one.contact_name,
            "position": one.contact_position,
            "email": one.contact_email,
            "phone": one.contact_phone,
        }
        for one in contacts_of(request.city_id)
    ]


def _due(first_on: date, today: date) -> list[Due]:
    days = ((what, first_on - timedelta(days=before)) for what, before in SETTLED_DAYS_BEFORE.items())
    return [{"what": what, "on": on.isoformat()} for what, on in days if on > today]

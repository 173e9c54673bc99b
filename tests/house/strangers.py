"""Those who have no business with what the house holds: each with something of its own, and with foreign names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from flask import Flask
from sqlalchemy import select

from tests.cast import a_person, a_registration, a_study_tour, the_city
from tests.host_offers import an_offer
from tests.hosting_cast import asked
from tests.hosts import MEMBER, a_sign_up
from tests.house.filled import Places
from tests.staff import a_member, remember
from tests.visitors import a_person_at, granted, signed_in
from tourreg.db import db, writing
from tourreg.domain.billing.payers import BillTo
from tourreg.domain.hosting import commands
from tourreg.domain.hosting.contact_models import HostContact
from tourreg.domain.hosting.offer_plans import WindowPlan
from tourreg.domain.hosting.particulars_models import HostPhoto
from tourreg.domain.hosting.proposal_models import DayProposal
from tourreg.domain.hosting.request_models import HostingApproval
from tourreg.domain.hosting.rules import Contact, Offer
from tourreg.domain.hosting.sites import SitePlan, write_site
from tourreg.domain.hosting.visit_models import HostingFile
from tourreg.domain.papers.models import Paper
from tourreg.kernel.bilingual import Text

# Words that stand in the house and are nobody's but its own: of a host city, of registrations, of bills and the office.
OF_OTHERS = (
    "Joanne Miller", "joanne@example.org", "lan@example.org", "Hansens", "reuses water", "Power from sludge",
    "Colleague 0", "The council, item 7", "Water works", "Two days on water", "Creek 0", "Eleanor Whitcombe",
    "a permit for Main Street", "way in 0", "Basin 0",
)  # fmt: skip
STRANGERS = ("nobody", "participant", "host of another city", "member of the office")


class Stranger:
    """A browser of somebody who is let in elsewhere, and what is his own there."""

    def __init__(self, kind: str, app: Flask, now: datetime) -> None:
        self.browser = app.test_client()
        self.own: dict[str, str] = {}
        COMING[kind](self, now)

    def open(self, address: str, method: str) -> Any:
        return self.browser.open(address, method=method, environ_base={"REMOTE_ADDR": "192.0.2.7"})


def names_in_the_house(places: Places) -> Mapping[str, Mapping[str, str]]:
    """Return what the holes of addresses are filled with, by the area of the address: things of somebody else."""
    request, profile = places["request"], places["accepted"]
    return {
        "city": {
            "public_id": profile,
            "offer": places["visit_offer"],
            "site": places["site"],
            "asked": request,
            "contact": _first(HostContact),
            "photo": _first(HostPhoto),
            "approval": _first(HostingApproval),
            "sent": _first(HostingFile),
            "paper": places["request_paper"],
            "item": places["proposed_item"],
            "proposal": _first(DayProposal),
            "certificate": places["certificate"],
        },
        "my/registrations": {
            "public_id": places["paid"],
            "person": places["paid_person"],
            "option": places["option"],
            "paper": _first(Paper),
        },
        "my/bills": {"public_id": places["bill"], "paper": places["invoice"], "file": places["order_file"]},
        "my/quotes": {"paper": _first(Paper)},
    }


def _first(table: Any) -> str:
    return str(db.session.scalars(select(table.public_id).order_by(table.id)).first())


def _nobody(stranger: Stranger, now: datetime) -> None:
    """Come as one comes."""


def _participant(stranger: Stranger, now: datetime) -> None:
    """Come with a registration and a bill of one's own, signed in by one's address."""
    own = {"contact_name": "Nadia Brooks", "contact_email": "strange@example.org"}
    bill_to = BillTo(name="City of Halls", email="strange@example.org")
    tour = a_study_tour("strange-tour", reference_prefix="ST27")
    registration = a_registration(tour, a_person("Brooks", "Nadia"), now=now, bill_to=bill_to, **own)
    stranger.own = {"my/registrations": registration.public_id, "my/bills": registration.folio.public_id}
    for public_id in stranger.own.values():
        granted(stranger.browser, public_id, at=now)
    signed_in(stranger.browser, a_person_at("strange@example.org", now), at=now)


def _host(stranger: Stranger, now: datetime) -> None:
    """Come with a city's page of one's own, with an offer, a place and a request on it."""
    profile = _strange_host(now)
    offer = an_offer(
        "offered", now=now, city="charlotte", windows=(WindowPlan(date(2027, 5, 1), date(2027, 5, 30)),),
        title=Text("A day of our own"), words=Text("Ours."), blackouts=(),
    )  # fmt: skip
    with writing():
        plan = SitePlan(Text("Our own hall", "自家礼堂"))
        write_site(db.session.merge(offer.city), plan, submission_key=None, now=now, by=MEMBER)
    tour = a_study_tour("strange-visit", reference_prefix="SV27", title=Text("Halls", "礼堂"))
    asked(tour, offer, now=now, words="They come to see our hall.")
    stranger.own = {"city": profile}
    granted(stranger.browser, profile, at=now)


def _strange_host(now: datetime) -> str:
    contact = Contact("Nadia Brooks", "Clerk", "nadia@example.org", "")
    offer = Offer("Our own hall.", "Any week", 12)
    signed = a_sign_up(
        city_name="Charlotte", region="North Carolina", contact=contact, offer=offer, privacy_on=date(2027, 1, 1)
    )
    with writing():
        profile = commands.sign_up(signed, now=now)
        commands.confirm_address(profile, now=now)
        commands.accept(profile, the_city("charlotte"), "Yes.", now=now, by=MEMBER)
    return profile.public_id


def _member(stranger: Stranger, now: datetime) -> None:
    """Come as a member of staff, who has the office's pages and nobody's own."""
    remember(stranger.browser, a_member("administrator", name="Strange Member"))


COMING = {
    "nobody": _nobody, "participant": _participant, "host of another city": _host, "member of the office": _member,
}  # fmt: skip

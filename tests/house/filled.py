"""A house with everything in it, one or several of a kind, led into every state by the commands of the trade."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import product
from string import ascii_uppercase
from typing import Any

from sqlalchemy import select, update

from tests.bank_files import Booking, a_csv, an_account, imported
from tests.cast import (
    a_fee,
    a_person,
    a_published_summit,
    a_registration,
    a_study_tour,
    consent_texts,
    saved,
    the_city,
)
from tests.city_letter_cast import a_letter
from tests.code_cast import a_code
from tests.fake_payments import FakePayments
from tests.host_offers import an_offer
from tests.hosting_cast import a_tour, answered, asked
from tests.hosts import OFFER, a_host
from tests.matching_cast import DALLAS, a_tour_leg
from tests.money_cast import WAYS_BACK, begin_to_pay
from tests.papers import issue_sample
from tests.proposal_cast import planned_days, proposed
from tests.staff import a_member
from tests.travel_cast import TWIN, a_stay, lodging_to_change, the_travel_text
from tests.visitors import a_person_at
from tourreg import settling
from tourreg.blueprints.words import settings
from tourreg.db import db, writing
from tourreg.domain.accounts import links
from tourreg.domain.accounts.models import ROLES
from tourreg.domain.banking import queries as bank
from tourreg.domain.banking.commands import Share, apply_line
from tourreg.domain.banking.importing import take_file
from tourreg.domain.banking.models import BankStatement
from tourreg.domain.batches import commands as paper_batches
from tourreg.domain.batches.choosing import Choice
from tourreg.domain.billing import order_files, payers
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.models import Folio
from tourreg.domain.billing.payers import BillTo
from tourreg.domain.catalogue import commands as catalogue
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event, Fee, Pool, Stop
from tourreg.domain.certificates import commands as certificates
from tourreg.domain.certificates.commands import Form
from tourreg.domain.certificates.rules import Wording, holder_of
from tourreg.domain.cities.topics import add_topic
from tourreg.domain.hosting import city_import_writing, contacts, pairing, reports, threads
from tourreg.domain.hosting import commands as hosting
from tourreg.domain.hosting import offers as host_offers
from tourreg.domain.hosting.city_import import look
from tourreg.domain.hosting.city_outcomes import FileRow
from tourreg.domain.hosting.contacts import Invitation
from tourreg.domain.hosting.history import hosts_of
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.offer_models import OFFER_KINDS
from tourreg.domain.hosting.offer_plans import ChargePlan, WindowPlan
from tourreg.domain.hosting.offer_queries import offer_to_change
from tourreg.domain.hosting.offer_steps import StepPlan, StepsPlan, note_steps, steps_of
from tourreg.domain.hosting.particulars import add_photo, particulars_of, write_particulars
from tourreg.domain.hosting.proposals import days_of_city
from tourreg.domain.hosting.report_rules import Gift, Reported
from tourreg.domain.hosting.request_answers import Approved, note_approval
from tourreg.domain.hosting.request_queries import request_to_change
from tourreg.domain.hosting.request_rules import Span
from tourreg.domain.hosting.rules import Contact as HostingContact
from tourreg.domain.hosting.rules import Offer
from tourreg.domain.hosting.sites import SitePlan, write_site
from tourreg.domain.hosting.threads import Said
from tourreg.domain.hosting.visit_files import Sent, add_file, show_to_delegates
from tourreg.domain.itineraries.models import Appearance, Day, Item
from tourreg.domain.itineraries.options import options_of
from tourreg.domain.itineraries.plans import SpeakerPlan
from tourreg.domain.itineraries.queries import days_of
from tourreg.domain.itineraries.speakers import write_speaker
from tourreg.domain.itineraries.versions import issue_version
from tourreg.domain.matching import route_searches
from tourreg.domain.memberships.commands import make_list
from tourreg.domain.memberships.rules import MemberRow
from tourreg.domain.outbox.models import Task
from tourreg.domain.papers.kinds import SIGNED
from tourreg.domain.papers.letterheads import SignatoryPlan, write_signatory
from tourreg.domain.papers.models import Paper
from tourreg.domain.registrations import own_changes
from tourreg.domain.registrations import queries as registrations
from tourreg.domain.registrations.commands import confirm
from tourreg.domain.registrations.models import Registration
from tourreg.domain.registrations.options import Wish
from tourreg.domain.reports.request_papers import issue_letter
from tourreg.domain.settlements import batches, cancelling, comparing, credit, inbox, invoices, queries, recording
from tourreg.domain.settlements import payers as settled_payers
from tourreg.domain.settlements.desk import open_case
from tourreg.domain.settlements.options import choose_options
from tourreg.domain.travel.rooms import propose
from tourreg.kernel.bilingual import Text
from tourreg.kernel.money import Money
from tourreg.kernel.numbers import new_public_id
from tourreg.kernel.plans import fingerprint
from tourreg.worker import run_due

FINANCE = "staff:ren-hui"
SOON = timedelta(days=1)
MONEY: dict[str, Any] = {"amount_minor": 96_000, "currency": "USD"}
# What else lies on the desk, of each kind with the facts that it has.
CASES: dict[str, dict[str, Any]] = {
    "unknown_payment": {"session": "cs", "payment_intent": "pi_1", "detail": "4242"},
    "unknown_refund": {"refund": "re_1", "payment_intent": "pi_1"},
    "wrong_amount": {"payment_intent": "pi_2", "asked_minor": 95_000, "asked_currency": "USD"},
    "slow_refund": {"refund": "r1", "at_stripe": "re_2"},
    "dispute": {"dispute": "du_1", "status": "needs_response", "reason": "fraudulent",
                "answer_by": "2027-02-01T12:00:00+00:00"},
    "dispute_lost": {"dispute": "du_2", "status": "lost", "reason": "duplicate", "is_posted": True},
    "unknown_event": {"event": "evt_1", "type": "customer.created", "about": "cus_1", "strange": "type"},
    "stale_session": {"session": "cs_1", "state": "awaiting_funds"},
    "ledger_differs": {"stripe": "ch_1", "asked_minor": 95_000, "asked_currency": "USD"},
    "missing_at_stripe": {"stripe": "pi_3"},
}  # fmt: skip
# What stands in the places of an address: {paid} is the public id of a registration that is paid, and so on.
Places = dict[str, str]
Lead = Callable[["Office", Registration], None]


def fill(size: int, stripe: FakePayments, now: datetime) -> Places:
    """Fill an empty database with `size` of everything, and of everything's parts, and tell where to find one of each.

    What is asked of the worker before the last registrations come in is done; their letters and papers wait.
    """
    saved(*consent_texts())
    the_travel_text()
    office = Office(size, stripe, now)
    office.make_events()
    office.make_staff()
    for turn in range(size):
        office.make_hosts(turn)
        office.make_registrations(turn)
        office.make_papers()
        office.call_off(turn)
    run_due()
    office.make_registrations(size, only=("held", "asked"))
    office.book_hotels()
    office.make_statements()
    office.make_failures()
    office.make_batches()
    office.choose_options()
    office.make_links()
    office.make_inbox()
    office.note_cases()
    return office.places


@dataclass
class Office:
    """Whoever makes it all, with a Stripe at hand."""

    size: int
    stripe: FakePayments
    now: datetime
    places: Places = field(default_factory=dict)

    def make_events(self) -> None:
        for turn in range(self.size):
            self._note("event", a_published_summit(f"summit-{turn}", fees=self._fees()).public_id)
            self._note("draft", a_study_tour(f"draft-{turn}", state="draft", venue=Text("", "扬州")).public_id)
            a_study_tour(f"closed-{turn}", state="closed", theme=Text("Water"))
            self._note("called_off", a_study_tour(f"cancelled-{turn}", state="cancelled").public_id)
            a_study_tour(f"tour-{turn}", fees=[], pool=Pool(capacity=12 * self.size, taken=0))
        self._note("code", saved(a_code("FILLED")).public_id)
        event = self._the(Event, "event")
        self._note("issuer", event.issuer.public_id)
        with writing():
            plan = SignatoryPlan(Text("Eleanor Whitcombe"), Text("Executive Director", "执行主任"), SIGNED)
            signatory = write_signatory(event.issuer, None, plan, now=self.now, by=FINANCE)
            self._note("signatory", signatory.public_id)
        self._lengthen(event)
        self._issue_versions(event)

    def _issue_versions(self, event: Event) -> None:
        """Issue the itinerary as often as there are others of everything; each version has another keynote."""
        with writing():
            locked = desk.event_to_change(event.public_id)
            item = days_of(locked)[1].items[0]
            self._note("item", item.public_id)
            for number in range(self.size):
                plan = SpeakerPlan(Text(f"Speaker {number}"))
                speaker = write_speaker(locked, None, plan, now=self.now, by="staff:filled")
                item.appearances.append(Appearance(speaker=speaker, position=number + 1))
                self._note("speaker", speaker.public_id)
        for number in range(self.size):
            with writing():
                locked = desk.event_to_change(event.public_id)
                days_of(locked)[1].items[0].title = Text(f"Keynote {number}")
                issue_version(locked, change_note=Text("A keynote"), now=self.now, by="staff:filled")

    def _fees(self) -> list[Fee]:
        """Return a fee of each kind of proof, the first two without any."""
        with writing():
            members = make_list("Alliance", [MemberRow("M1")], submission_key=new_public_id(), now=self.now, by=FINANCE)
        self._note("members", members.public_id)
        return [
            a_fee("Early bird", "早鸟价", 48_000, last_on=date(2027, 6, 30)),
            a_fee("Full fee", "全价", 62_000, position=2, early_minor=55_000, early_until_on=date(2027, 3, 1)),
            a_fee("Student", "学生", 20_000, position=3, proof="approval", pool=Pool(capacity=50, taken=0)),
            a_fee("Member", "会员", 40_000, position=4, proof="number", member_list=members),
            a_fee("Small city", "小城市", 30_000, position=5, population_most=50_000),
        ]

    def call_off(self, turn: int) -> None:
        """Let a programme fail that people have registered for, and refund one after the other."""
        event = a_study_tour(f"called-off-{turn}")
        for _place in range(self.size):
            a_registration(event, a_person(), now=self.now)
        with writing():
            changing = desk.event_to_change(event.public_id)
            catalogue.cancel(changing, now=self.now, by=FINANCE, why="Too few.")
            batches.begin(changing, Text("Too few.", "人数不足。"), by_terms=False, now=self.now, by=FINANCE)
        self._note("called_off_begun", event.public_id)

    def make_staff(self) -> None:
        """Add one or several of each role, and one who has no authenticator yet."""
        for role, letter in product(ROLES, ascii_uppercase[: self.size]):
            a_member(role, name=f"{role.title()} {letter}")
        newcomer = a_member("finance", name="New Member", tf_primary_method=None, tf_totp_secret=None)
        self._note("member", newcomer.public_id)

    def make_hosts(self, turn: int) -> None:
        for state in ("signed_up", "address_confirmed", "accepted", "declined"):
            profile = a_host(state, now=self.now, email="lan@example.org", privacy_on=date(2027, 1, 1))
            self._note(state, profile.public_id)
            if state == "accepted":
                self._revise(profile)
                self._tell_of(profile)
                self._share(profile)
        self._make_offers()
        self._ask_cities(turn)
        self._give_certificates(turn)
        self._import_people(turn)
        self._note("city", the_city("davenport").public_id)
        self._note("city_letter", a_letter("davenport", "charlotte", now=self.now).public_id)
        with writing():
            topic = add_topic(Text(f"Topic {turn}", f"主题{turn}"), now=self.now, by=FINANCE)
            self._note("topic", topic.slug)

    def _share(self, profile: HostProfile) -> None:
        """Let colleagues ask for the city's page, be invited to it and share it."""
        for number in range(self.size):
            for place, state in enumerate(("asked", "invited", "active")):
                email = f"{state}{number}@example.org"
                wish = Invitation(HostingContact(f"Colleague {number}", "Clerk", email), ("press",), "en")
                with writing():
                    contacts.ask_to_join(profile, wish, now=self.now)
                    if place:
                        contact = contacts.invite(profile, wish, now=self.now, by=FINANCE)
                        self._note("invited", contact.public_id)
                    if place == 2:
                        contacts.accept_invitation(contact, now=self.now)

    def _tell_of(self, profile: HostProfile) -> None:
        """Let the city tell of itself, with as many photographs as there are others of everything."""
        with writing():
            told = replace(particulars_of(profile), topics=("water", "energy"), languages=("en", "es"))
            write_particulars(profile, told, now=self.now, by=FINANCE)
            for number in range(self.size):
                add_photo(profile, f"{number:064x}", Text(f"Creek {number}"), now=self.now, by=FINANCE)

    def _visit_that_is_over(self, turn: int) -> None:
        """Let a city confirm a visit that is over now, and report it."""
        then, first = self.now - timedelta(days=60), self.now.date() - timedelta(days=20)
        event = a_tour(f"over-{turn}", starts_on=first - timedelta(days=2), ends_on=first + timedelta(days=9))
        days, deadline = Span(first, first + timedelta(days=1)), first - timedelta(days=20)
        visit = asked(event, None, now=then, city=the_city("davenport"), days=days, deadline_on=deadline)
        answered(visit.public_id, "confirmed", now=then)
        gifts = tuple(Gift(f"Bus {number}", "Public Works", 90, 45_000) for number in range(self.size))
        told = Reported("Joanne Miller", "USD", gifts=gifts, answers={"went_well": "The works."})
        with writing():
            reports.send(request_to_change(visit.public_id), told, seen=0, now=self.now, by="host:davenport")
        self._note("over", visit.public_id)
        with writing():
            invite = the_city("davenport")
            pairing.answer(invite, "dismissed", note="Later.", partner=None, seen="open", now=self.now, by=FINANCE)
        self._note("over_event", event.public_id)

    def _talk(self, request: str) -> None:
        """Let the city ask and the office answer, several times; files come and are shown. The last question waits."""
        for number in range(self.size):
            with writing():
                locked = request_to_change(request)
                said = Said(f"Does bus {number} need a permit for Main Street?", "Joanne Miller")
                threads.answer_city(locked, Said("Yes.", "Finance A"), submission_key=None, now=self.now, by=FINANCE)
                threads.ask_office(locked, said, submission_key=None, now=self.now, by="host:davenport")
                sent = Sent("map", "", f"{number:064x}", "pdf", f"way in {number}.pdf", 4_096)
                kept = add_file(locked, sent, submission_key=None, now=self.now, by="host:davenport")
                show_to_delegates(locked, kept.public_id, shown=True, now=self.now, by=FINANCE)

    def _propose(self, request: str) -> None:
        """Let the city propose changes of its own days, several times, so that all but the last are overtaken."""
        planned_days(request_to_change(request).event, now=self.now, items=("", "", ""))
        for number in range(self.size):
            works = days_of_city(request_to_change(request))[0].items[0].public_id
            proposed(request_to_change(request), now=self.now, item=works, room=f"Basin {number}")
        self._note("proposed_item", works)

    def _ask_cities(self, turn: int) -> None:
        """Ask the city for a group of its own, which it holds, with a yes inside the city."""
        event = a_tour(f"asking-{turn}")
        request = asked(event, None, now=self.now, city=the_city("davenport"))
        answered(request.public_id, "held", now=self.now)
        council = Approved("council", date(2027, 1, 12), "The council, item 7")
        with writing():
            note_approval(request_to_change(request.public_id), council, submission_key=None, now=self.now, by=FINANCE)
            letter = issue_letter(request_to_change(request.public_id), now=self.now, by=FINANCE)
        self._note("request_paper", letter.public_id)
        self._talk(request.public_id)
        self._visit_that_is_over(turn)
        self._propose(request.public_id)
        self._note("asking_event", event.public_id)
        self._note("request", request.public_id)
        for _number in range(self.size):
            leg = a_tour_leg(event, now=self.now, near=DALLAS, regions=("Iowa",))
        self._note("leg", leg.public_id)
        with writing():
            key = f"routes-{turn}"
            route_searches.begin_search(db.session.merge(event), {}, submission_key=key, now=self.now, by=FINANCE)

    def _import_people(self, turn: int) -> None:
        """Import people whom the office knows at a city."""
        rows = [
            FileRow(number, {"name_en": "Davenport", "region_en": "IA"}, {"name": f"Eve {number}", "email": email})
            for number in range(self.size)
            for email in (f"eve-{turn}-{number}@example.org",)
        ]
        with writing():
            found = look(rows, {}, lock=True)
            file = f"{turn:064x}"
            done = city_import_writing.take_over(found, file, overwrite=False, invite=False, now=self.now, by=FINANCE)
            self._note("city_import", done.public_id)

    def _give_certificates(self, turn: int) -> None:
        """Recognise the city for a programme of its own, once with a corrected certificate; others wait for theirs."""
        event = db.session.scalars(select(Event).where(Event.slug == f"tour-{turn}")).one()
        with writing():
            printed = Form("both", "letter", tell=True)
            for city in [the_city(name) for name in ("davenport", "charlotte")[: self.size]]:
                visit = next(one for one in hosts_of(event) if one.city_id == city.id)
                wording = Wording(holder_of(city.name), people=12)
                given = certificates.issue(
                    visit, city, wording, printed, submission_key=f"give-{turn}", now=self.now, by=FINANCE
                )
                better = replace(wording, people=11)
                made = certificates.replace(
                    given, visit, better, printed, "Eleven.", submission_key=f"anew-{turn}", now=self.now, by=FINANCE
                )
                self._note("replaced_certificate", given.public_id)
                self._note("certificate", made.public_id)
        self._note("tour", event.public_id)
        self._note("code_of_certificate", made.paper.verify_code or "")

    def _make_offers(self) -> None:
        """Write down an offer of each kind, one of them renewed, with several of everything."""
        spans = tuple(WindowPlan(date(2027, 5 + place, 10), date(2027, 5 + place, 20)) for place in range(self.size))
        charges = tuple(ChargePlan(Text(f"Lunch {place}"), 1_850, "person") for place in range(self.size))
        for kind in OFFER_KINDS:
            offer = an_offer("offered", now=self.now, kind=kind, windows=spans, charges=charges)
            self._note(f"{kind}_offer", offer.public_id)
            with writing():
                found = offer_to_change(offer.public_id)
                plan = StepsPlan((StepPlan("legal_review", date(2027, 1, 4)), StepPlan("council_approval")))
                note_steps(found, plan, seen=fingerprint(steps_of(found)), now=self.now, by=FINANCE)
        with writing():
            site = SitePlan(Text("Water works", "水厂"), topics=("water",))
            self._note("site", write_site(offer.city, site, submission_key=None, now=self.now, by=FINANCE).public_id)
        with writing():
            host_offers.renew(offer_to_change(offer.public_id), now=self.now, by=FINANCE)

    def make_registrations(self, turn: int, *, only: tuple[str, ...] = ()) -> None:
        for name, (pays_by, lead) in WAYS.items():
            if name in only or not only:
                registration = self._register(pays_by, fee=2 if name == "review" else 0)
                lead(self, registration)
                self._note(name, registration.public_id)
                self._note(f"{name}_person", registration.participants[0].public_id)
                self._note(f"{name}_bill", registration.folio.public_id)

    def make_papers(self) -> None:
        """Issue the event's papers, version after version."""
        about = self.places["event"]
        for kind in ("itinerary", "roster"):
            with writing():
                paper = issue_sample(kind, now=self.now, about=about, language="both")
            self._note(kind, paper.public_id)
            if paper.verify_code:
                self._note("code_of_paper", paper.verify_code)
        self._make_batch("batch")

    def choose_options(self) -> None:
        """Issue one or several optional items, and let somebody choose all of them."""
        event = self._the(Event, "event")
        with writing():
            day = days_of(desk.event_to_change(event.public_id))[1]
            for number in range(self.size):
                item = Item(
                    position=90 + number,
                    kind="cultural",
                    starts=time(20, number),
                    ends=time(20, number),
                    zone="Asia/Shanghai",
                    title=Text(f"Boat {number}"),
                    optional=True,
                    fee_minor=100,
                )
                day.items.append(item)
        with writing():
            issue_version(desk.event_to_change(event.public_id), change_note=Text(), now=self.now, by="staff:filled")
        for _turn in range(self.size):
            registration = self._register("card")
            with writing():
                confirm(registration, now=self.now, by="worker")
            self._choose_all(registration)

    def _choose_all(self, registration: Registration) -> None:
        person = registration.participants[0].public_id
        offered = [option.add_on.public_id for option in options_of(registration.event) if option.fee_minor]
        wishes = [Wish(person, option, 100) for option in offered]
        with writing():
            key = new_public_id()
            choose_options(registration.id, wishes, submission_key=key, now=self.now, by="contact:filled")
        self._note("chooser", registration.public_id)
        self._note("chooser_person", person)
        self._note("option", offered[0])

    def make_batches(self) -> None:
        """Begin batches that nobody has made anything of yet."""
        for _turn in range(self.size):
            self._make_batch("batch_begun")

    def _make_batch(self, name: str) -> None:
        """Begin a batch of the event's papers, which the worker then makes."""
        choice = Choice(frozenset({"itinerary", "roster"}), "joined", "both", "letter")
        with writing():
            event = desk.event_to_change(self.places["event"])
            batch = paper_batches.begin(event, choice, submission_key=new_public_id(), now=self.now, by=FINANCE)
        self._note(name, batch.public_id)

    def book_hotels(self) -> None:
        """Book hotels for the event's people, and share rooms out and move people in each."""
        the_travel_text()
        for turn in range(self.size):
            event = self._the(Event, "event")
            stay = a_stay(event, self.now, room_types=(TWIN,), contract=f"H-{turn}")
            self._note("stay", stay.public_id)
            with writing():
                lodging = lodging_to_change(stay.public_id)
                propose(lodging, now=self.now, by=FINANCE)
                self._note("sleeper", lodging.sleepers[0].id)
            unshared = a_stay(event, self.now, contract=f"U-{turn}")
            self._note("stay_unshared", unshared.public_id)

    def make_statements(self) -> None:
        """Take statements over whose lines name several bills each, apply one line, and leave a file half way."""
        held = self._folio("held")
        for turn in range(self.size):
            account = an_account(self.now, f"Account {turn}")
            self._note("bank_account", account.public_id)
            text = " ".join([self._folio("asked").reference, held.reference])
            bookings: list[Booking] = [(12, "CITY", f"{text} {number}", "50.00", "") for number in range(self.size)]
            bookings += [(13, "", f"FEE {number}", "-25.00", "") for number in range(self.size)]
            bookings += [(14, "City of Charlotte", "", "1.00", f"W{number}") for number in range(self.size)]
            done = imported(account, a_csv(*bookings), self.now).statement
            assert done is not None
            self._note("bank_statement", done.public_id)
            self._apply_first(done, held)
            with writing():
                draft = take_file(account, "more.csv", a_csv(*bookings) + b"cut", now=self.now, by=FINANCE)
            self._note("bank_file", draft.public_id)

    def _apply_first(self, statement: BankStatement, folio: Folio) -> None:
        found = bank.waiting_lines(statement)
        outgoing = bank.lines(statement, "outgoing", page=1, size=1)[0]
        self._note("bank_line", found[0].public_id)
        self._note("bank_outgoing", outgoing.public_id)
        self._note("bank_applied", found[-1].public_id)
        for line in found[self.size :]:
            with writing():
                apply_line(line.id, [Share(folio.public_id, 100)], seen_minor=100, now=self.now, by=FINANCE)

    def make_failures(self) -> None:
        """Note a paper that is not made yet, and let every second of the tasks that wait be given up."""
        unmade = db.session.scalars(select(Paper).where(Paper.rendered_at.is_(None)).order_by(Paper.id)).first()
        assert unmade is not None
        self._note("unmade", unmade.public_id)
        waiting = select(Task.id).where(Task.done_at.is_(None), Task.id % 2 == 0)
        with writing() as session:
            session.execute(update(Task).where(Task.id.in_(waiting)).values(given_up_at=self.now, failure="refused"))

    def make_links(self) -> None:
        a_person_at("lan@example.org", self.now)
        ends = {"link": self.now + SOON, "expired_link": self.now - SOON}
        subjects = {"registration": self.places["paid"], "sign_in": "lan@example.org",
                    "host_confirmation": self.places["signed_up"], "host_profile": self.places["accepted"],
                    "host_invitation": self.places["invited"],
                    "bill": self.places["bill"], "itinerary": self._participant("paid"),
                    "staff_password": self.places["member"]}  # fmt: skip
        for name, expires_at in ends.items():
            for purpose, subject in subjects.items():
                with writing():
                    link = links.make_link(
                        purpose, subject, expires_at=expires_at, now=self.now, secret=settings().secret_key
                    )
                self.places[f"{purpose}_{name}"] = links.token_of(link, settings().secret_key)

    def _participant(self, way: str) -> str:
        registration = registrations.by_public_id(self.places[way])
        assert registration is not None
        return registration.participants[0].public_id

    def note_cases(self) -> None:
        for number, (kind, facts) in product(range(self.size), CASES.items()):
            with writing():
                open_case(kind, key=f"{kind} {number}", folio_id=None, facts={**MONEY, **facts}, now=self.now)
        for case in queries.open_cases():
            self._note(case.kind, case.public_id)
        for refund in queries.refunds_to_pay_out():
            self._note("refund", refund.public_id)

    def make_inbox(self) -> None:
        """Keep events of every standing, and compare several times."""
        for number, kind in product(range(self.size), ("customer.created", "refund.updated", "charge.succeeded")):
            with writing():
                inbox.keep(f"evt_{kind}_{number}", kind, {"id": "re_1", "object": "refund"}, now=self.now)
            with writing():
                inbox.note_failure(f"evt_{kind}_{number}", "No such refund", now=self.now, hopeless=False)
        finding = {"kind": "not_posted", "about": "ch_1", **MONEY, "reference": "", "outcome": "desk", "case": ""}
        for _number in range(self.size):
            with writing():
                begun = comparing.begin(self.now, is_dry=False, now=self.now, by=FINANCE)
                comparing.note_slice(begun.public_id, begun.read, [finding] * self.size, now=self.now, is_whole=True)
                self._note("comparison", begun.public_id)

    # The ways of a registration

    def hold(self, registration: Registration) -> None:
        begin_to_pay(registration, self.stripe, self.now)

    def pay(self, registration: Registration) -> None:
        session = begin_to_pay(registration, self.stripe, self.now)
        self.stripe.pay(session)
        settling.settle_session(session, self.stripe, now=self.now)
        self._note("session", session)

    def pay_twice(self, registration: Registration) -> None:
        """Pay all by card after a wire had paid all."""
        session = begin_to_pay(registration, self.stripe, self.now)
        self._record(registration, billing.balance(registration.folio).minor, f"W-{registration.reference}")
        self.stripe.pay(session)
        settling.settle_session(session, self.stripe, now=self.now)

    def promise(self, registration: Registration) -> None:
        session = begin_to_pay(registration, self.stripe, self.now)
        self.stripe.promise(session)
        settling.settle_session(session, self.stripe, now=self.now)

    def ask(self, registration: Registration) -> None:
        """Wait for the order to be accepted."""

    def accept(self, registration: Registration) -> None:
        with writing():
            credit.accept_credit(registration.id, po_number="PO-1", now=self.now, by=FINANCE)

    def refuse(self, registration: Registration) -> None:
        with writing():
            credit.refuse_credit(registration.id, why="No order of ours.", now=self.now, by=FINANCE)

    def wire(self, registration: Registration) -> None:
        """Accept the order and take several wires, of which the last is too much."""
        self.accept(registration)
        owed = billing.balance(registration.folio)
        for number in range(self.size):
            self._record(registration, 10_000, f"W-{registration.reference}-{number}")
        self._record(registration, owed.minor, f"W-{registration.reference}-rest")

    def correct(self, registration: Registration) -> None:
        """Invoice before any payment, and correct the invoice several times."""
        with writing():
            invoice = invoices.issue_now(registration.id, now=self.now, by=FINANCE)
        for number in range(self.size):
            payer = BillTo(name=f"City of Charlotte {number}", email="pay@example.org")
            with writing():
                invoice = invoices.correct_invoice(
                    registration.id, invoice.public_id, payer, reason="Name", now=self.now, by=FINANCE
                )
        self._note("invoice", invoice.public_id)

    def cancel(self, registration: Registration) -> None:
        """Cancel what was paid by card and by several wires: some of it goes back by Stripe, the rest by hand."""
        self.pay(registration)
        for number in range(self.size):
            self._record(registration, 10_000, f"W-{registration.reference}-{number}")
        with writing():
            cancelling.cancel_registration(registration.id, why="Visa refused.", now=self.now, by=FINANCE)

    def refund(self, registration: Registration) -> None:
        self.pay(registration)
        with writing():
            cancelling.cancel_registration(registration.id, why="Visa refused.", now=self.now, by=FINANCE)
        for refund in registration.folio.refunds:
            settling.send_refund(refund.public_id, self.stripe, now=self.now)

    def fail_refund(self, registration: Registration) -> None:
        self.refund(registration)
        self.stripe.end_refund(list(self.stripe.refunds)[-1], "failed")
        told = self.stripe.event("refund.failed")
        with writing():
            inbox.keep(told["id"], told["type"], told["data"]["object"], now=self.now)
        settling.handle_event(told["id"], self.stripe, now=self.now)

    def release(self, registration: Registration) -> None:
        settling.release_hold(registration.id, self.stripe, now=self.now + timedelta(days=10))

    def ask_to_cancel(self, registration: Registration) -> None:
        """Ask the office to cancel, several times, because it keeps the registration; the last request waits."""
        self.pay(registration)
        for _number in range(self.size):
            with writing():
                own_changes.ask_to_cancel(registration.id, "Visa refused.", now=self.now)
            with writing():
                own_changes.keep_registration(registration.id, "It may still come.", now=self.now, by=FINANCE)
        with writing():
            own_changes.ask_to_cancel(registration.id, "Visa refused.", now=self.now + timedelta(hours=1))

    def come_late(self, registration: Registration) -> None:
        """Pay when others have taken the seats."""
        session = begin_to_pay(registration, self.stripe, self.now)
        page = self.stripe.sessions[session]
        self.release(registration)
        self.stripe.sessions[session] = page
        self.stripe.pay(session)
        capacity = registration.event.pool.capacity
        with writing():
            registration.event.pool.capacity = 0
        settling.settle_session(session, self.stripe, now=self.now + timedelta(days=10))
        with writing():
            registration.event.pool.capacity = capacity

    def split(self, registration: Registration) -> None:
        """Let another payer pay some lines, with an order as a file and a profile behind the bill."""
        self._keep_payers()
        rooms = [line for line in billing.entries_of(registration.folio) if line.description.en == "Single room"]
        chosen = [line.public_id for line in rooms[: self.size]]
        payer = BillTo(name="Emily Hart", email=f"emily{registration.id}@example.org", country="US")
        profile = payers.profiles()[0]
        with writing():
            folio = settled_payers.let_another_pay(
                registration.id, registration.folio_id, chosen, payer, language="en",
                held_until=self.now + SOON, now=self.now, by=FINANCE, profile=profile,
            )  # fmt: skip
            for number in range(self.size):
                order = order_files.attach_order(
                    folio, f"{number}" * 64, "pdf", name="PO.pdf", size_bytes=9, now=self.now, by=FINANCE
                )
                self._note("order_file", order.public_id)
        self._note("bill", folio.public_id)
        known = set(self.stripe.sessions)
        settling.open_checkout(registration.id, WAYS_BACK, self.stripe, now=self.now, by="x", folio_id=folio.id)
        session = next(one for one in self.stripe.sessions if one not in known)
        self.stripe.pay(session)
        settling.settle_session(session, self.stripe, now=self.now)
        self._note("bill_session", session)

    def join(self, registration: Registration) -> None:
        """Bill one or several others together with this one."""
        others = [self._register("invoice").id for _number in range(self.size)]
        with writing():
            settled_payers.bill_together(registration.id, others, held_until=self.now + SOON, now=self.now, by=FINANCE)

    # Parts

    def _keep_payers(self) -> None:
        for number in range(self.size):
            kept = payers.Kept(BillTo(f"City of Davenport {number}", "ap@example.org"), demands=("po_number", "w9"))
            with writing():
                profile = payers.keep_payer(kept, submission_key=f"payer {number}", now=self.now, by=FINANCE)
            self._note("profile", profile.public_id)

    def _register(self, pays_by: str, *, fee: int = 0) -> Registration:
        event = self._the(Event, "event")
        room, chosen = event.add_ons[1].public_id, event.fees[fee].public_id
        people = [
            a_person("Hart", f"Emily {letter}", native="周岚", add_ons=(room,), email="emily@example.org", fee=chosen)
            for letter in ascii_uppercase[: 2 * self.size]
        ]
        return a_registration(event, *people, now=self.now, pays_by=pays_by, code="FILLED")

    def _record(self, registration: Registration, minor: int, detail: str) -> None:
        day = date(2027, 1, 14)
        slip = recording.PaymentSlip(Money(minor, "USD"), "wire", detail, day, f"form {detail}"[:40])
        with writing():
            recording.record_payment(registration.id, slip, now=self.now, by=FINANCE)

    def _revise(self, profile: HostProfile) -> None:
        for number in range(self.size):
            with writing():
                hosting.revise(
                    profile,
                    Offer(OFFER.offers, f"In May {number}", 24),
                    phone="",
                    now=self.now,
                    by=hosting.actor(profile),
                )

    def _lengthen(self, event: Event) -> None:
        """Give the event more days of several items, and more stops."""
        item: dict[str, Any] = {"kind": "lecture", "zone": "Asia/Shanghai", "title": Text("Talk", "讲座")}
        with writing() as session:
            event = session.merge(event)
            for number in range(self.size):
                session.add(
                    Day(
                        event=event,
                        city=the_city("yangzhou"),
                        on_date=date(2027, 10, 24 + number),
                        items=[Item(position=place, starts=time(8 + place), **item) for place in range(self.size)],
                    )
                )
                event.stops.append(
                    Stop(position=9 + number, city=the_city("shanghai"), part="post",
                         from_on=date(2027, 10, 27 + number), to_on=date(2027, 10, 27 + number))
                )  # fmt: skip

    def _folio(self, name: str) -> Folio:
        return db.session.scalars(
            select(Folio).join(Registration).where(Registration.public_id == self.places[name])
        ).one()

    def _note(self, name: str, value: str) -> None:
        """Remember the first of its kind."""
        self.places.setdefault(name, value)

    def _the(self, table: type[Event], name: str) -> Event:
        return db.session.scalars(select(table).where(table.public_id == self.places[name])).one()


WAYS: dict[str, tuple[str, Lead]] = {
    "held": ("card", Office.hold),
    "paid": ("card", Office.pay),
    "promised": ("card", Office.promise),
    "asked": ("invoice", Office.ask),
    "accepted_order": ("invoice", Office.accept),
    "refused_order": ("invoice", Office.refuse),
    "overpaid_registration": ("invoice", Office.wire),
    "invoiced": ("invoice", Office.correct),
    "cancelled": ("card", Office.cancel),
    "paid_double": ("card", Office.pay_twice),
    "refunded": ("card", Office.refund),
    "refund_failed": ("card", Office.fail_refund),
    "released": ("card", Office.release),
    "late": ("card", Office.come_late),
    "cancelling": ("card", Office.ask_to_cancel),
    "review": ("card", Office.ask),
    "split": ("card", Office.split),
    "joint": ("invoice", Office.join),
}

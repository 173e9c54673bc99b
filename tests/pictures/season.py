"""What of the sample season the pictures show, found by what it is and not by its id."""

import time
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from sqlalchemy import Select, func, select
from sqlalchemy.orm import make_transient
from werkzeug.exceptions import HTTPException

from tourreg import create_app
from tourreg.adapters.mailer import read_mail
from tourreg.blueprints.my.papers import FRAME
from tourreg.blueprints.paper_files import issued
from tourreg.db import db, writing
from tourreg.demo.payers import GUEST_PAYS
from tourreg.demo.people import REGISTRATIONS
from tourreg.demo.servers import Place
from tourreg.domain.accounts import links
from tourreg.domain.accounts.commands import PASSWORD_LINK
from tourreg.domain.accounts.models import OneTimeLink, StaffMember
from tourreg.domain.banking.models import BankAccount, BankLine, BankStatement
from tourreg.domain.batches.models import PaperBatch
from tourreg.domain.billing.models import Folio, Invoice
from tourreg.domain.billing.payer_models import PayerProfile
from tourreg.domain.catalogue.models import Event
from tourreg.domain.cities.models import City
from tourreg.domain.discounts.models import Code
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.memberships.models import MemberList
from tourreg.domain.outbox.models import Letter, Task
from tourreg.domain.papers.models import Issuer, Paper, Signatory
from tourreg.domain.registrations.models import Registration
from tourreg.domain.registrations.options import had
from tourreg.domain.registrations.queries import by_public_id, state_of
from tourreg.domain.settlements import queries
from tourreg.domain.settlements.models import Checkout, Comparison, DeskCase
from tourreg.domain.travel.models import Bed, Stay
from tourreg.kernel import clock
from tourreg.settings import read_settings

PATIENCE_SECONDS = 900
LINK_LASTS = timedelta(hours=6)


class NotDone(Exception):
    """The worker did not finish the season's letters and papers in time."""


class Season:
    """The demo's database, read beside its servers."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.app: Flask = create_app(read_settings(place.environment()))

    def wait_for_letters_and_papers(self) -> None:
        """Wait until the worker has nothing left to do now."""
        ends_at = time.monotonic() + PATIENCE_SECONDS
        while left := self._tasks_left():
            if time.monotonic() > ends_at:
                raise NotDone(f"{left} tasks are left; see the logs in {self.place.folder}")
            time.sleep(1)

    def _tasks_left(self) -> int:
        due = (Task.done_at.is_(None), Task.given_up_at.is_(None), Task.run_at <= clock.utc_now())
        with self.app.app_context():
            return db.session.scalar(select(func.count(Task.id)).where(*due)) or 0

    def events(self) -> dict[str, str]:
        """Return the public id of each event by its slug."""
        with self.app.app_context():
            return {event.slug: event.public_id for event in db.session.scalars(select(Event).order_by(Event.id))}

    def month_of(self, slug: str) -> str:
        """Return the month in which an event begins, as addresses write it: 2027-10."""
        with self.app.app_context():
            return f"{db.session.scalars(select(Event.starts_on).where(Event.slug == slug)).one():%Y-%m}"

    def public_events(self) -> list[str]:
        """Return the slugs of the events that have a public page."""
        with self.app.app_context():
            return [
                event.slug for event in db.session.scalars(select(Event).order_by(Event.id)) if event.state != "draft"
            ]

    def registrations(self) -> dict[str, str]:
        """Return the public id of one registration in each state, by that state; the oldest where there are several.

        "cancelling" is one whose contact asks the office to cancel; "split" has two payers; "choosing" has an option.
        """
        keys = {f"demo-{content['key']}"[:40]: content["state"] for content in REGISTRATIONS}
        with self.app.app_context():
            rows = db.session.scalars(select(Registration).order_by(Registration.registered_at.desc())).all()
            found: dict[str, str] = {
                state: row.public_id
                for row in rows
                if (state := keys.get(row.submission_key)) and (state != "invoice_waiting" or state_of(row) == "asked")
            }
            asking = next(row.public_id for row in rows if row.cancellation_state == "asked")
            split = next(row.public_id for row in rows if row.submission_key == f"demo-{GUEST_PAYS}"[:40])
            choosing = next(row.public_id for row in rows if any(map(had, row.participants)))
            return {**found, "cancelling": asking, "split": split, "choosing": choosing}

    def a_chosen_option(self, registration: str) -> tuple[str, str]:
        """Return the public ids of somebody on a registration and of an option that they have."""
        with self.app.app_context():
            found = db.session.scalars(select(Registration).where(Registration.public_id == registration)).one()
            return next((one.public_id, option.public_id) for one in found.participants for option in had(one))

    def bill_of(self, registration: str) -> str:
        """Return the public id of a registration's bill."""
        found = select(Folio.public_id).join(Registration, Registration.folio_id == Folio.id)
        return self._first(found.where(Registration.public_id == registration))

    def participant_of(self, registration: str) -> str:
        with self.app.app_context():
            found = db.session.scalars(select(Registration).where(Registration.public_id == registration)).one()
            return found.participants[0].public_id

    def contact_with_most(self) -> str:
        """Return the address under which the most registrations stand."""
        most = select(Registration.contact_email).group_by(Registration.contact_email).order_by(func.count().desc())
        return self._first(most)

    def hosts(self) -> dict[str, str]:
        """Return the public id of one host city in each state, by that state."""
        with self.app.app_context():
            rows = db.session.scalars(select(HostProfile).order_by(HostProfile.id.desc()))
            return {row.state: row.public_id for row in rows}

    def a_seller(self) -> str:
        return self._first(select(Issuer.public_id).order_by(Issuer.id))

    def a_signatory(self) -> str:
        return self._first(select(Signatory.public_id).order_by(Signatory.id))

    def a_city(self) -> str:
        return self._first(select(City.public_id).order_by(City.id))

    def city_that_hosted_twice(self) -> str:
        return self._first(select(City.public_id).where(City.slug == "davenport"))

    def desk_cases(self) -> dict[str, str]:
        """Return the public id of one case on the money desk for each kind."""
        with self.app.app_context():
            rows = db.session.scalars(select(DeskCase).where(DeskCase.closed_at.is_(None)))
            return {row.kind: row.public_id for row in rows}

    def newest_comparison(self) -> str:
        return self._first(select(Comparison.public_id).order_by(Comparison.id.desc()))

    def newest_invoice(self) -> str:
        """Return the public id of the newest invoice that was not taken back."""
        taken_back = select(Invoice.credits_id).where(Invoice.credits_id.is_not(None))
        standing = (Invoice.kind == "invoice", Invoice.id.not_in(taken_back))
        return self._first(select(Invoice.public_id).where(*standing).order_by(Invoice.id.desc()))

    def a_member_list(self) -> str:
        return self._first(select(MemberList.public_id))

    def a_code(self) -> str:
        """Return the public id of the code that most people used."""
        return self._first(select(Code.public_id).order_by(Code.used.desc()))

    def a_hotel(self) -> tuple[str, str, str]:
        """Return the public ids of an event, of its hotel in which most people have beds, and of one of them."""
        with self.app.app_context():
            most = select(Bed.stay_id).group_by(Bed.stay_id).order_by(func.count().desc()).limit(1).scalar_subquery()
            stay = db.session.scalars(select(Stay).where(Stay.id == most)).one()
            return stay.event.public_id, stay.public_id, stay.rooms[0].beds[0].participant.public_id

    def a_paper(self, registration: str) -> str:
        """Return the public id of the newest paper about what a registration costs."""
        of_folio = (
            Registration.folio_id == Folio.id,
            Registration.public_id == registration,
            Paper.about == Folio.public_id,
        )
        return self._first(select(Paper.public_id).where(*of_folio).order_by(Paper.id.desc()))

    def batches(self) -> dict[str, str]:
        """Return the public id of a batch of papers in each state that there is one in."""
        with self.app.app_context():
            return {batch.state: batch.public_id for batch in db.session.scalars(select(PaperBatch))}

    def an_itinerary(self) -> Paper:
        """Return the newest programme book that was issued; it carries a code by which it is verified."""
        with self.app.app_context():
            newest = select(Paper).where(Paper.kind == "itinerary", Paper.verify_code.is_not(None))
            paper = db.session.scalars(newest.order_by(Paper.id.desc())).first()
            assert paper is not None
            db.session.expunge(paper)
            return paper

    def said_of_unmade(self, registration: str, language: str) -> str:
        """Return the page that stands where a paper is not made yet, which it is for some seconds only."""
        with self.app.test_request_context(f"/my/registrations/{registration}/papers/new.pdf?language={language}"):
            newest = select(Paper).where(Paper.public_id == self.a_paper(registration))
            paper = db.session.scalars(newest).one()
            make_transient(paper)
            paper.pdf_sha256 = None
            return issued(paper, "pdf", frame=FRAME, opener="worker").get_data(as_text=True)

    def payment_page(self, registration: str) -> str:
        """Return the name of the payment page on which a registration was paid."""
        of_folio = select(Registration.folio_id).where(Registration.public_id == registration).scalar_subquery()
        opened = (Checkout.folio_id == of_folio, Checkout.session_id.is_not(None))
        with self.app.app_context():
            return str(
                db.session.scalars(select(Checkout.session_id).where(*opened).order_by(Checkout.id.desc())).first()
            )

    def a_discount_code(self) -> str:
        return self._first(select(Code.public_id).order_by(Code.id))

    def a_bank_account(self) -> str:
        return self._first(select(BankAccount.public_id).order_by(BankAccount.id))

    def a_payer(self) -> str:
        return self._first(select(PayerProfile.public_id).order_by(PayerProfile.id))

    def refunds_to_pay_out(self) -> list[str]:
        """Return the public ids of the refunds that finance has to pay out."""
        with self.app.app_context():
            return [refund.public_id for refund in queries.refunds_to_pay_out()]

    def paid_too_much(self) -> list[str]:
        """Return the public ids of the registrations for which more came than they cost."""
        cases = select(DeskCase.folio_id).where(
            DeskCase.kind.in_(("overpaid", "paid_twice")), DeskCase.closed_at.is_(None)
        )
        with self.app.app_context():
            return list(db.session.scalars(select(Registration.public_id).where(Registration.folio_id.in_(cases))))

    def a_bank_statement(self) -> str:
        return self._first(select(BankStatement.public_id).order_by(BankStatement.id))

    def bank_lines(self) -> dict[str, str]:
        """Return the public id of one booking in each state, by that state; the latest where there are several."""
        with self.app.app_context():
            return {row.state: row.public_id for row in db.session.scalars(select(BankLine).order_by(BankLine.id))}

    def letters(self) -> dict[str, str]:
        """Return the file, without its ending, of one sent letter of each kind and language: "paid-zh" and so on."""
        files = {_message_id(file): file.stem for file in sorted(Path(self.place.folder, "mail").glob("*.eml"))}
        with self.app.app_context():
            rows = db.session.scalars(select(Letter).order_by(Letter.id))
            return {f"{row.template}-{row.language}": files[row.message_id] for row in rows if row.message_id in files}

    def link(self, purpose: str, subject: str, *, lasts: timedelta = LINK_LASTS) -> str:
        """Return the address of a new link, as a letter would carry it."""
        now, secret = clock.utc_now(), self.place.environment()["TOURREG_SECRET_KEY"]
        with self.app.app_context(), writing():
            made = links.make_link(purpose, subject, expires_at=now + lasts, now=now, secret=secret)
            folder = "itinerary" if purpose == "itinerary" else "link"
            return f"/my/{folder}/{links.token_of(made, secret)}"

    def a_participant(self, registration: str) -> str:
        """Return the first participant of a registration."""
        with self.app.app_context():
            found = by_public_id(registration)
            assert found is not None
            return found.participants[0].public_id

    def password_link(self, *, lasts: timedelta = LINK_LASTS) -> str:
        """Return the address of a new link by which a member of staff chooses a password."""
        member = self.a_member()
        return self.link(PASSWORD_LINK, member, lasts=lasts).replace("/my/link/", "/office/choose-password/")

    def a_member(self) -> str:
        """Return the public id of a member of staff who is not an administrator."""
        return self._first(select(StaffMember.public_id).order_by(StaffMember.id.desc()))

    def newest_code(self) -> str:
        """Return the code that was last asked for, as its letter says it."""
        secret = self.place.environment()["TOURREG_SECRET_KEY"]
        newest = select(OneTimeLink).where(OneTimeLink.purpose == "fresh_code").order_by(OneTimeLink.id.desc())
        with self.app.app_context():
            return links.code_of(db.session.scalars(newest.limit(1)).one(), secret)

    def routes(self) -> set[str]:
        """Return every address that can be visited, as the routes write it."""
        return {rule.rule for rule in self.app.url_map.iter_rules() if "GET" in (rule.methods or ())}

    def route_of(self, address: str) -> str:
        """Return the route that an address belongs to; "" for one that leads nowhere."""
        try:
            rule, _values = self.app.url_map.bind("127.0.0.1").match(urlsplit(address).path, return_rule=True)
        except HTTPException:
            return ""
        return str(rule.rule)

    def _first(self, wanted: Select[str]) -> str:
        with self.app.app_context():
            return str(db.session.scalars(wanted).first())


def _message_id(file: Path) -> str:
    return str(read_mail(file.read_bytes())["Message-ID"]).strip("<>").rpartition("@")[0]

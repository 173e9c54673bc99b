"""The papers of a registration: what was issued, the pro-forma that has no number, and the statement of its bill."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, abort, make_response, render_template, url_for

from tourreg.blueprints import paper_files
from tourreg.blueprints.guards import registration_holder, signed_in
from tourreg.blueprints.office.money_words import AGES
from tourreg.blueprints.paper_files import Form
from tourreg.blueprints.statement_page import shown
from tourreg.domain.accounts.models import Person
from tourreg.domain.billing.rules import paper_form
from tourreg.domain.papers import queries, standing
from tourreg.domain.papers.models import Paper
from tourreg.domain.registrations.models import Registration
from tourreg.domain.registrations.queries import billed_on
from tourreg.domain.settlements.bills import PayersBill, bill_of, bills_on
from tourreg.domain.settlements.pro_formas import pro_forma_of
from tourreg.domain.settlements.statements import statement_of_bill
from tourreg.kernel import clock

blueprint = Blueprint("my_papers", __name__)
FRAME = "layout/my.html"
GONE = 410


@blueprint.get("/my/registrations/<public_id>/papers/<paper>.<any(pdf, html):form>")
@registration_holder
def paper(registration: Registration, paper: str, form: Form) -> Response:
    found = queries.by_public_id(paper)
    if found is None or not _is_of(found, registration, is_theirs(registration)):
        abort(404)
    if standing.withdrawals([found]):
        return make_response(render_template("my/withdrawn.html", paper=found), GONE)
    return paper_files.issued(found, form, frame=FRAME, opener=f"contact:{registration.public_id}")


@blueprint.get("/my/registrations/<public_id>/pro-forma.pdf")
@registration_holder
@paper_files.printable
def pro_forma(registration: Registration) -> Response:
    """Print what the places cost, for a home office to approve."""
    sheet = pro_forma_of(bill_of(registration.folio_id), now=clock.utc_now()) if is_theirs(registration) else None
    if sheet is None:
        abort(404)
    back = url_for("my.registration", public_id=registration.public_id)
    return paper_files.working_copy(sheet, frame=FRAME, back=back, form=paper_form(registration.folio))


@blueprint.get("/my/registrations/<public_id>/statement")
@registration_holder
def statement(registration: Registration) -> str:
    """Show every movement of the bill with its running balance."""
    sheet = statement_of_bill(_own_bill(registration), includes_days=False, now=clock.utc_now())
    return render_template("my/statement.html", registration=registration, statement=shown(sheet), ages=AGES)


@blueprint.get("/my/registrations/<public_id>/statement.pdf")
@registration_holder
@paper_files.printable
def print_statement(registration: Registration) -> Response:
    sheet = statement_of_bill(_own_bill(registration), now=clock.utc_now())
    back = url_for("my_papers.statement", public_id=registration.public_id)
    return paper_files.working_copy(sheet, frame=FRAME, back=back, form=paper_form(registration.folio))


@blueprint.get("/my/quotes/<paper>.<any(pdf, html):form>")
@signed_in
def quote(person: Person, paper: str, form: Form) -> Response:
    """Open a quote that was sent to one's own address."""
    found = next((one for one in queries.quotes_to(person.email) if one.public_id == paper), None)
    return paper_files.issued(found or abort(404), form, frame=FRAME, opener=f"person:{person.public_id}")


def quote_address(paper: Paper, form: Form) -> str:
    """Return where a person finds a quote."""
    return url_for("my_papers.quote", paper=paper.public_id, form=form)


def has_own_bill(bill: PayersBill) -> bool:
    """Tell whether the holder of the bill's registration may see all that stands on it: on a joint one, its payer."""
    return not bill.is_joint or bill.lead.contact_email.casefold() == bill.folio.payer_email.casefold()


def _own_bill(registration: Registration) -> PayersBill:
    bill = bills_on([registration.folio])[0].only(registration)
    return bill if has_own_bill(bill) else abort(404)


def papers_of(registration: Registration, *, with_bill: bool) -> Sequence[Paper]:
    """Return what the holder of a registration may open: papers of its bill, itineraries of its event in force.

    with_bill  whether the bill is theirs, as `is_theirs` tells
    """
    about = [registration.event.public_id]
    if with_bill:
        about.append(registration.folio.public_id)
    listed = queries.papers_of(*about)
    replaced, withdrawn = queries.replacements(listed), standing.withdrawals(listed)
    theirs = [paper for paper in listed if _is_of(paper, registration, with_bill)]
    return [paper for paper in theirs if _stands(paper, replaced) and paper.id not in withdrawn]


def paper_address(registration: Registration, paper: Paper, form: Form) -> str:
    """Return where the holder of a registration finds one of its papers."""
    return url_for("my_papers.paper", public_id=registration.public_id, paper=paper.public_id, form=form)


def is_theirs(registration: Registration) -> bool:
    """Tell whether the main bill is the contact's to see: theirs alone, or one that they pay for others too."""
    is_payer = registration.folio.payer_email.casefold() == registration.contact_email.casefold()
    return is_payer or len(billed_on(registration.folio_id)) == 1


def _is_of(paper: Paper, registration: Registration, with_bill: bool) -> bool:
    if paper.about == registration.folio.public_id:
        return with_bill
    return paper.kind == "itinerary" and paper.about == registration.event.public_id


def _stands(paper: Paper, replaced: dict[int, str]) -> bool:
    return paper.kind != "itinerary" or paper.id not in replaced

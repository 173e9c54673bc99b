"""The register of issued papers, their files, and pro-formas for whoever asks by telephone."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirection

from tourreg.blueprints import paper_files
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.headers import content_policy
from tourreg.blueprints.office.journey_papers import require_may_open
from tourreg.blueprints.paging import PAGE_ROWS, Page, asked_page
from tourreg.blueprints.paper_files import Form
from tourreg.blueprints.words import settings
from tourreg.db import writing
from tourreg.domain.billing.rules import paper_form
from tourreg.domain.papers import commands, queries, standing
from tourreg.domain.papers.kinds import KINDS
from tourreg.domain.papers.models import Paper, Withdrawal
from tourreg.domain.papers.queries import Sought
from tourreg.domain.registrations import queries as registrations
from tourreg.domain.reports import kept_journeys, paper_subjects
from tourreg.domain.settlements.bills import bill_of
from tourreg.domain.settlements.pro_formas import pro_forma_of
from tourreg.kernel import clock

blueprint = Blueprint("office_papers", __name__)
FRAME = "layout/desk.html"
_LONGEST_SEARCH = 40


@blueprint.get("/papers")
@office()
def register() -> str:
    """List what was issued."""
    sought, number, now = _sought(), asked_page(), clock.utc_now()
    destroying = request.args.get("destroy") == "1"
    among = kept_journeys.all_to_destroy(now) if destroying else None
    rows, total = queries.register(sought, page=number, size=PAGE_ROWS, among=among)
    return render_template(
        "office/papers/register.html",
        page=Page(rows, number, total),
        sought=sought,
        is_narrowed=sought != Sought() or destroying,
        destroying=destroying,
        to_destroy=kept_journeys.to_destroy(rows, now=now),
        to_destroy_in_all=kept_journeys.count_to_destroy(now),
        replaced=queries.replacements(rows),
        withdrawn=standing.withdrawals(rows),
        subjects=paper_subjects.named(rows),
        issuers=queries.issuers(),
        years=queries.years(),
        kinds=KINDS,
        failed=queries.failed_count(),
    )


@blueprint.get("/papers/<public_id>.<any(pdf, html):form>")
@office()
def paper(public_id: str, form: Form) -> Response:
    found = _found(public_id)
    require_may_open([found.kind])
    if form == "pdf" or "as_issued" in request.args:
        return paper_files.issued(found, form, frame=FRAME, opener=acting())
    withdrawn, replaced = standing.withdrawals([found]), queries.replacements([found])
    if not (withdrawn or replaced) or found.html_sha256 is None:
        return paper_files.issued(found, form, frame=FRAME, opener=acting())
    return _marked(found, withdrawn.get(found.id), replaced.get(found.id, ""))


@blueprint.post("/papers/<public_id>/again")
@office("finance", "programme")
def make_again(public_id: str) -> Redirection:
    """Try once more to make a paper, after whatever kept it from being made was put right."""
    found = _found(public_id)
    with writing():
        commands.render_again(found, now=clock.utc_now())
    flash(_("It is tried again. Look here in a minute."))
    return redirect(url_for("office_papers.register", failed=1), 303)


@blueprint.get("/registrations/<public_id>/pro-forma.pdf")
@office()
@paper_files.printable
def pro_forma(public_id: str) -> Response:
    """Print what the places of a registration cost."""
    registration = registrations.by_public_id(public_id)
    sheet = None if registration is None else pro_forma_of(bill_of(registration.folio_id), now=clock.utc_now())
    if registration is None or sheet is None:
        abort(404)
    back = url_for("office_registration.registration", public_id=public_id)
    return paper_files.working_copy(sheet, frame=FRAME, back=back, form=paper_form(registration.folio))


def _marked(paper: Paper, withdrawn: Withdrawal | None, replaced: str) -> Response:
    """Show the page as it was issued in a frame that says what became of it."""
    page = render_template("office/papers/marked.html", paper=paper, withdrawn=withdrawn, replaced=replaced)
    answer = make_response(page)
    answer.headers["Content-Security-Policy"] = f"{content_policy(settings())}; frame-src 'self'"
    return answer


def paper_address(paper: Paper, form: Form) -> str:
    """Return where the office finds a paper."""
    return url_for("office_papers.paper", public_id=paper.public_id, form=form)


def _found(public_id: str) -> Paper:
    found = queries.by_public_id(public_id)
    if found is None:
        abort(404)
    return found


def _sought() -> Sought:
    """Return what the address asks for; anything that it cannot ask for counts as left out."""
    asked = request.args
    kind, year = asked.get("kind", ""), asked.get("year", "")
    return Sought(
        issuer=asked.get("issuer", "")[:_LONGEST_SEARCH],
        kind=kind if kind in KINDS else "",
        year=int(year) if len(year) == 4 and year.isascii() and year.isdecimal() else None,
        number=asked.get("number", "").strip()[:_LONGEST_SEARCH],
        about=asked.get("about", "")[:_LONGEST_SEARCH],
        failed=asked.get("failed") == "1",
    )

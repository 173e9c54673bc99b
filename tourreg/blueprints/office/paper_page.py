"""One issued paper: all that the register knows of it, and its withdrawal."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from tourreg.blueprints.fields import Lines
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.office.histories import actor_words
from tourreg.blueprints.outside import files
from tourreg.db import writing
from tourreg.domain.certificates import queries as certificates
from tourreg.domain.papers import queries, standing
from tourreg.domain.papers.kinds import CERTIFICATES, OF_MONEY
from tourreg.domain.papers.models import Paper
from tourreg.domain.reports import kept_journeys, paper_files
from tourreg.kernel import clock
from tourreg.printing import verify_address

blueprint = Blueprint("office_paper", __name__)


class WithdrawForm(FlaskForm):
    """Why a paper no longer holds, for the office and its auditors."""

    reason = Lines(_l("Reason"), most=300, needed=_l("Say why; the register keeps it."))


@blueprint.get("/papers/<public_id>")
@office()
def page(public_id: str) -> str:
    return _page(_found(public_id), WithdrawForm())


@blueprint.post("/papers/<public_id>/withdrawal")
@office("programme")
def withdraw(public_id: str) -> Response | tuple[str, int]:
    found, form = _found(public_id), WithdrawForm()
    if not _may_be_withdrawn(found):
        abort(404)
    if not form.validate_on_submit():
        return _page(found, form), 422
    with writing():
        standing.withdraw(_found(public_id), form.reason.data, now=clock.utc_now(), by=acting())
    flash(_("It is withdrawn. Its page, the register and the verify page say so."))
    return redirect(url_for(".page", public_id=public_id), 303)


def _page(paper: Paper, form: WithdrawForm) -> str:
    file = paper_files.file_of(paper)
    return render_template(
        "office/papers/paper.html",
        file=file,
        paper=paper,
        form=form,
        size=paper.pdf_bytes or _measured(paper),
        verify_at=verify_address(paper.verify_code) if paper.verify_code else "",
        who=lambda actor: actor_words(actor, file.actors),
        to_destroy=kept_journeys.to_destroy([paper], now=clock.utc_now()).get(paper.id),
        may_be_withdrawn=_may_be_withdrawn(paper) and file.withdrawn is None,
        certificate=certificates.of_paper(paper) if paper.kind in CERTIFICATES else None,
    )


def _may_be_withdrawn(paper: Paper) -> bool:
    """Tell whether it is withdrawn here: money is corrected by another paper, a certificate revoked on its own page."""
    return paper.kind not in (*OF_MONEY, *CERTIFICATES)


def _measured(paper: Paper) -> int | None:
    """Return how large a paper is that was made before its size was noted, if its file is there."""
    return files().size(paper.pdf_sha256) if paper.pdf_sha256 else None


def _found(public_id: str) -> Paper:
    return queries.by_public_id(public_id) or abort(404)

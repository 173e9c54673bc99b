"""Whether a paper is in force: for whoever holds one, by its square code or its short link."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Redirection

from tourreg.blueprints.extensions import limiter
from tourreg.blueprints.guards import everyone
from tourreg.blueprints.languages import asked_by_browser
from tourreg.domain.papers import standing
from tourreg.domain.papers.kinds import CERTIFICATES
from tourreg.domain.papers.models import Paper
from tourreg.domain.papers.queries import replacements
from tourreg.domain.papers.standing import Verified
from tourreg.kernel.bilingual import text_of
from tourreg.kernel.numbers import in_groups, read_code

entrance = Blueprint("verify_entrance", __name__)
blueprint = Blueprint("verify", __name__)

# A code cannot be guessed; this only spares the database a flood of tries.
MOST_TRIES = "60/minute"
STATES = {
    "valid": ("good", _l("In force")),
    "replaced": ("wait", _l("Replaced by a newer version")),
    "withdrawn": ("stop", _l("Withdrawn")),
}


@entrance.get("/v/<code>")
@everyone
def enter(code: str) -> Redirection:
    """Lead from the short link to the page in the browser's language."""
    answer = redirect(url_for("verify.verify", code=code, language=asked_by_browser()))
    answer.vary.add("Accept-Language")
    return answer


@blueprint.get("/verify/<code>")
@everyone
@limiter.limit(MOST_TRIES)
def verify(code: str) -> Response:
    """Show of a paper its number, kind, day, version, issuer and whether it is in force, and nothing else.

    A certificate is shown to others, so it is told whom it names and for what, as printed.
    """
    found = standing.verified(read_code(code))
    page = render_template(
        "public/verify.html",
        found=found,
        code=in_groups(read_code(code)),
        state=STATES[found.status] if found else None,
        certificate=_certificate(found.paper) if found else None,
        replaced_by=_replaced_by(found) if found else "",
    )
    answer = make_response(page, 200 if found else 404)
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _certificate(paper: Paper) -> dict[str, Any] | None:
    """Return of a certificate what is printed on it; nothing of other papers."""
    if paper.kind not in CERTIFICATES:
        return None
    printed = paper.sheet
    days = tuple(date.fromisoformat(printed[name]) for name in ("first_on", "last_on"))
    return {"holder": text_of(printed["holder"]), "title": text_of(printed["title"]), "days": days}


def _replaced_by(found: Verified) -> str:
    """Return the number of the certificate that took the place of one; other papers tell only that there is one."""
    if found.status != "replaced" or found.paper.kind not in CERTIFICATES:
        return ""
    return replacements([found.paper]).get(found.paper.id, "")

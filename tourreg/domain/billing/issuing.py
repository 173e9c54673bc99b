"""Putting a folio's papers into the register, in the language and on the sheet that its payer reads."""

from collections.abc import Mapping
from datetime import datetime

from tourreg.domain.billing import rules
from tourreg.domain.billing.models import Folio
from tourreg.domain.papers.commands import issue
from tourreg.domain.papers.models import Paper


def issue_paper(
    folio: Folio, kind: str, sheet: Mapping[str, object], *, now: datetime, by: str, submission_key: str | None = None
) -> Paper:
    """Issue a paper about a folio to its payer; see `papers.commands.issue`."""
    language, page_size = rules.paper_form(folio)
    return issue(
        kind,
        dict(sheet),
        issuer=folio.issuer,
        about=folio.public_id,
        language=language,
        page_size=page_size,
        now=now,
        by=by,
        recipient=folio.payer_name,
        submission_key=submission_key,
    )

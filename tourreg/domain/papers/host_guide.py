"""The guide for host cities: a paper without a number, about no programme, that anybody may take."""

from __future__ import annotations

from datetime import datetime

from tourreg.domain.papers.documents import head
from tourreg.domain.papers.models import Issuer
from tourreg.domain.papers.sheets import Head


class HostGuideSheet(Head):
    """The head, and where a city signs up."""

    sign_up_at: str


def host_guide_sheet(issuer: Issuer, sign_up_at: str, *, now: datetime) -> HostGuideSheet:
    """Return the guide with the letterhead of the one who asks."""
    return {**head("host_guide", issuer, made_at=now), "sign_up_at": sign_up_at}

"""Papers of money that no registration brings about by itself: a filed W-9, quotes, statements and reminders."""

from datetime import datetime, timedelta

from sqlalchemy import select

from tourreg.adapters.pdf import make_pdf
from tourreg.blueprints import outside
from tourreg.db import db, writing
from tourreg.domain.billing import queries
from tourreg.domain.billing.models import Folio
from tourreg.domain.billing.payers import BillTo
from tourreg.domain.billing.reminding import open_demands
from tourreg.domain.catalogue.models import Event
from tourreg.domain.papers.commands import file_w9, name_registrations
from tourreg.domain.papers.models import Issuer
from tourreg.domain.settlements.quotes import QuoteRequest, issue_quote
from tourreg.domain.settlements.reminders import remind
from tourreg.domain.settlements.statements import issue_statement
from tourreg.kernel.bilingual import Text

BY = "worker"
W9 = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Form W-9 (sample)</title>
<style>@page { size: letter; margin: 20mm } html { font: 11pt/16pt "TR Sans" } h1 { font-size: 20pt; line-height: 26pt }</style>
</head><body><h1>Form W-9 (sample)</h1><p>Request for Taxpayer Identification Number and Certification</p>
<p>Name: Center for City Exchange, Inc.</p><p>Employer identification number: 00-0000000</p>
<p>Signed: Martin Adeyemi, Director of Finance</p><p>Everything on this page is invented.</p></body></html>"""
REGISTRATIONS = Text("Seller of travel (sample): California CST 0000000-50, Florida ST00000")
QUOTED = (
    (
        "eco-urbanization-yangzhou",
        BillTo("City of Fort Collins, Colorado", "quotes@example.org", country="US"),
        6,
        "en",
    ),
    ("energy-efficiency-us", BillTo("扬州市人民政府外事办公室", "baojia@example.org", country="CN"), 12, "zh"),
)


def file_papers_of_sellers(now: datetime) -> None:
    """File a W-9 and the registrations of the U.S. seller, before anything is invoiced."""
    sha256 = outside.files().put(make_pdf(W9))
    with writing():
        seller = db.session.scalars(select(Issuer).where(Issuer.country == "US").order_by(Issuer.id)).first()
        if seller is not None:
            file_w9(seller, sha256=sha256, pages=1, now=now, by=BY)
            name_registrations(seller, REGISTRATIONS, now=now, by=BY)


def make_money_papers(now: datetime) -> None:
    """Issue quotes, and a statement and a reminder of the first bill in each currency that owes on an invoice."""
    for slug, payer, people, language in QUOTED:
        with writing():
            event = db.session.scalars(select(Event).where(Event.slug == slug)).one()
            asked = QuoteRequest(
                payer, "Finance", {event.fees[0].public_id: people}, language, f"demo-quote-{language}"
            )
            issue_quote(event, asked, now=now - timedelta(days=2), by=BY)
    for folio in _owing():
        name = folio.currency.lower()
        with writing():
            issue_statement(folio.id, of_all=False, since=None, key=f"demo-statement-{name}", now=now, by=BY)
        with writing():
            remind(folio.id, 1, key=f"demo-reminder-{name}", now=now, by=BY)


def _owing() -> list[Folio]:
    """Return the first folio of each currency of which something is open on an invoice."""
    found: dict[str, Folio] = {}
    for folio in db.session.scalars(select(Folio).order_by(Folio.id)):
        if folio.currency not in found and queries.balance(folio).minor > 0 and open_demands(folio):
            found[folio.currency] = folio
    return list(found.values())

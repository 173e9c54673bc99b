"""The papers of the sample season as pictures: each kind in every language on both sizes."""

import subprocess
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Any, get_args

from sqlalchemy import select

from tests.pictures.season import Season
from tourreg.adapters.pdf import make_pdf
from tourreg.db import db
from tourreg.domain.billing.reminding import reminder_sheet
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries.documents import itinerary_days, itinerary_sheet
from tourreg.domain.itineraries.queries import days_of
from tourreg.domain.papers.models import Paper
from tourreg.domain.registrations.models import Registration
from tourreg.domain.reports.documents import roster_sheet
from tourreg.domain.reports.queries import participants_of
from tourreg.domain.settlements.bills import PayersBill, bill_of
from tourreg.domain.settlements.pro_formas import pro_forma_of
from tourreg.domain.settlements.purposes import purpose_of
from tourreg.domain.settlements.statements import statement_of
from tourreg.kernel import clock
from tourreg.paper_words import PaperLanguage
from tourreg.rendering import PageSize, render_document

DOTS_PER_INCH = 100
ABOUT_MONEY = ("invoice", "receipt", "credit_note", "refund_advice")
OF_EVENTS = ("eco-urbanization-yangzhou", "energy-efficiency-us")
Sheet = tuple[str, Mapping[str, Any]]


def print_all(season: Season, folder: Path) -> None:
    """Write every page of every paper as a picture, named after kind, language, size and page."""
    with season.app.app_context():
        sheets = {**_issued(), **_of_bills(season), **dict(_of_events())}
        db.session.rollback()
    folder.mkdir(parents=True, exist_ok=True)
    for (name, (template, sheet)), language, size in product(
        sheets.items(), get_args(PaperLanguage), get_args(PageSize)
    ):
        html = render_document(template, sheet, language=language, page_size=size)
        as_pictures(make_pdf(html), folder / f"{name}-{language}-{size}")


def as_pictures(pdf: bytes, stem: Path) -> None:
    """Write each page of a PDF as <stem>-01.png and so on, in the place of those that stood there before."""
    for old in stem.parent.glob(f"{stem.name}-[0-9]*.png"):
        old.unlink()
    command = ["pdftoppm", "-png", "-r", str(DOTS_PER_INCH), "-", str(stem)]
    subprocess.run(command, input=pdf, check=True, stderr=subprocess.DEVNULL)
    for page in stem.parent.glob(f"{stem.name}-[0-9]*.png"):
        number = int(page.stem.removeprefix(f"{stem.name}-"))
        page.rename(page.with_name(f"{stem.name}-{number:02}.png"))


def _issued() -> dict[str, Sheet]:
    """Return the longest of the papers of each kind that was issued about money, in dollars and in yuan."""
    papers = db.session.scalars(select(Paper).where(Paper.kind.in_(ABOUT_MONEY)))
    found: dict[str, Paper] = {}
    for paper in papers:
        name = f"{paper.kind.replace('_', '-')}-{paper.sheet['currency'].lower()}"
        if name not in found or len(str(paper.sheet)) > len(str(found[name].sheet)):
            found[name] = paper
    return {name: (paper.template, paper.sheet) for name, paper in found.items()}


def _of_bills(season: Season) -> dict[str, Sheet]:
    """Return what is printed of a bill as it stands: a pro-forma, a statement with many rows, the last reminder."""
    held, paid, owing = (_bill(season, way) for way in ("held", "invoice_paid", "invoice_partly_paid"))
    now = clock.utc_now()
    pro_forma = pro_forma_of(held, now=now)
    return {
        **({} if pro_forma is None else {"pro-forma": ("pro_forma", pro_forma)}),
        "statement": ("statement", statement_of(paid.folio, of_all=True, now=now)),
        "reminder": ("reminder", reminder_sheet(owing.folio, 3, purpose_of(owing), now=now)),
    }


def _bill(season: Season, way: str) -> PayersBill:
    wanted = season.registrations()[way]
    registration = db.session.scalars(select(Registration).where(Registration.public_id == wanted)).one()
    return bill_of(registration.folio_id)


def _of_events() -> Iterator[tuple[str, Sheet]]:
    for slug in OF_EVENTS:
        event = db.session.scalars(select(Event).where(Event.slug == slug)).one()
        yield (
            f"itinerary-{slug}",
            ("itinerary", itinerary_sheet(event, itinerary_days(event, days_of(event)), now=clock.utc_now())),
        )
        yield f"roster-{slug}", ("roster", roster_sheet(event, participants_of(event), now=clock.utc_now()))

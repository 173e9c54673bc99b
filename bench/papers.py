"""A Chinese invoice, warm, against the same facts set by ReportLab; a book, a long roster and badges against it."""

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import cycle, islice
from time import process_time
from typing import Any

from bench import reportlab_invoice
from bench.figures import Figure, fastest, fastest_side_by_side, milliseconds
from tests.paper_samples import CHINESE_INVOICE, ITINERARY, ROSTER
from tests.paper_samples.small_papers import BADGES
from tourreg.adapters.pdf import make_pdf
from tourreg.domain.papers.sheets import RosterSheet
from tourreg.paper_words import PaperLanguage
from tourreg.rendering import render_document

INVOICES: dict[PaperLanguage, str] = {"zh": "Chinese invoice", "both": "bilingual invoice"}
PEOPLE, BADGES_IN_ALL = 1_000, 200
# How many Chinese invoices each may take.
MOST_OF_BOOK, MOST_OF_ROSTER, MOST_OF_BADGES = 5, 60, 60


def figures() -> Iterator[Figure]:
    for language, name in INVOICES.items():
        yield _invoice(language, name)
    yield _in_invoices("bilingual programme book", "itinerary", ITINERARY, most=MOST_OF_BOOK)
    yield _in_invoices(f"bilingual roster of {PEOPLE:,}", "roster", _roster(), most=MOST_OF_ROSTER)
    yield _in_invoices(f"{BADGES_IN_ALL} badges, two-sided", "badges", _badges(), most=MOST_OF_BADGES)


def _in_invoices(name: str, template: str, sheet: Mapping[str, Any], *, most: int) -> Figure:
    """Compare a bilingual paper with as many Chinese invoices as it may take, so that both last as long."""
    paper = partial(_print, template, sheet, "both")
    all_invoices, taken = fastest_side_by_side(partial(_print_invoices, most), paper, turns=3, clock=process_time)
    one = all_invoices / most
    ratio = taken / one
    said = f"{taken:.1f} s" if taken >= 1 else milliseconds(taken)
    return Figure(name, said, f"{ratio:.1f} invoices ({milliseconds(one)})", f"≤ {most} invoices", ratio <= most)


def _invoice(language: PaperLanguage, name: str) -> Figure:
    invoice = partial(_print, "invoice", CHINESE_INVOICE, language)
    if not reportlab_invoice.AVAILABLE:
        ours = fastest(invoice, turns=15, clock=process_time)
        missing = "ReportLab is missing, `pip install -r requirements/bench.txt` brings it"
        return Figure(f"{name}, warm", milliseconds(ours), missing)
    html = render_document("invoice", CHINESE_INVOICE, language=language, page_size="a4")
    plain = partial(reportlab_invoice.draw, reportlab_invoice.facts_of(html))
    ours, theirs = fastest_side_by_side(invoice, plain, turns=20, clock=process_time)
    ratio = ours / theirs
    beside = f"{ratio:.1f} times ReportLab ({milliseconds(theirs)})"
    return Figure(f"{name}, warm", milliseconds(ours), beside, "≤ 6 times", ratio <= 6)


def _print_invoices(count: int) -> None:
    for _ in range(count):
        _print("invoice", CHINESE_INVOICE, "zh")


def _print(template: str, sheet: Mapping[str, Any], language: PaperLanguage) -> bytes:
    return make_pdf(render_document(template, sheet, language=language, page_size="a4"))


def _roster() -> RosterSheet:
    return {**ROSTER, "rows": list(islice(cycle(ROSTER["rows"]), PEOPLE))}


def _badges() -> Mapping[str, Any]:
    return {**BADGES, "badges": list(islice(cycle(BADGES["badges"]), BADGES_IN_ALL))}

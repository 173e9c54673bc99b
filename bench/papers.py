"""A Chinese invoice, warm, against the same facts set by ReportLab; and a roster of five hundred."""

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import cycle, islice
from time import process_time
from typing import Any

from bench import reportlab_invoice
from bench.figures import Figure, fastest, milliseconds
from tests.paper_samples import CHINESE_INVOICE, ROSTER
from tourreg.adapters.pdf import make_pdf
from tourreg.domain.papers.sheets import RosterSheet
from tourreg.paper_words import PaperLanguage
from tourreg.rendering import render_document

INVOICES: dict[PaperLanguage, str] = {"zh": "Chinese invoice", "both": "bilingual invoice"}
PEOPLE = 500
LONGEST_ROSTER_SECONDS = 3


def figures() -> Iterator[Figure]:
    for language, name in INVOICES.items():
        yield _invoice(language, name)
    seconds = fastest(partial(_print, "roster", _roster(), "both"), turns=2, clock=process_time)
    gate = f"≤ {LONGEST_ROSTER_SECONDS} s"
    yield Figure(f"bilingual roster of {PEOPLE}", f"{seconds:.1f} s", "", gate, seconds <= LONGEST_ROSTER_SECONDS)


def _invoice(language: PaperLanguage, name: str) -> Figure:
    ours = fastest(partial(_print, "invoice", CHINESE_INVOICE, language), turns=15, clock=process_time)
    if not reportlab_invoice.AVAILABLE:
        missing = "ReportLab is missing, `pip install -r requirements/bench.txt` brings it"
        return Figure(f"{name}, warm", milliseconds(ours), missing)
    html = render_document("invoice", CHINESE_INVOICE, language=language, page_size="a4")
    theirs = fastest(partial(reportlab_invoice.draw, reportlab_invoice.facts_of(html)), turns=15, clock=process_time)
    ratio = ours / theirs
    beside = f"{ratio:.1f} times ReportLab ({milliseconds(theirs)})"
    return Figure(f"{name}, warm", milliseconds(ours), beside, "≤ 6 times", ratio <= 6)


def _print(template: str, sheet: Mapping[str, Any], language: PaperLanguage) -> bytes:
    return make_pdf(render_document(template, sheet, language=language, page_size="a4"))


def _roster() -> RosterSheet:
    return {**ROSTER, "rows": list(islice(cycle(ROSTER["rows"]), PEOPLE))}

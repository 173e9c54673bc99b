"""Printing: the files of issued papers, and working copies that nobody keeps.

Both are made outside any transaction, since making a PDF takes a while.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any, Literal

from flask import current_app

from tourreg.adapters import pdf
from tourreg.adapters.files import FileDamaged, FileMissing, Files
from tourreg.adapters.pdf import GlyphMissing
from tourreg.adapters.pdf_joining import append_pages
from tourreg.db import db, writing
from tourreg.domain.outbox.commands import SEND_LETTER
from tourreg.domain.outbox.queue import hasten
from tourreg.domain.papers import commands, queries
from tourreg.domain.papers.models import Paper
from tourreg.kernel.numbers import in_groups
from tourreg.kernel.refusals import Refusal
from tourreg.paper_words import PaperLanguage
from tourreg.rendering import PageSize, render_document

_LOG = logging.getLogger(__name__)


class CannotBePrinted(Refusal):
    """However often it is tried, the paper cannot be made; facts: reason, which the paper keeps."""


class CannotBeRestored(Refusal):
    """Made again, the paper would not be what was issued, since program or fonts have changed; facts: number."""


def render_paper(public_id: str, files: Files, *, now: datetime) -> None:
    """Make PDF and HTML twin of an issued paper; one that is made, or that cannot be made, is left alone.

    The files come first and the row after them: whoever dies between the two begins again and finds the same content
    under the same hash. Letters that waited for the paper may leave then.

    raises  CannotBePrinted, once the reason stands with the paper
    """
    paper = queries.to_render(public_id)
    db.session.rollback()
    if paper is None:
        return
    html = _page_of(paper, files)
    try:
        made = _with_enclosed(pdf.make_pdf(html), paper.sheet, files)
    except GlyphMissing as refusal:
        reason = said_plainly(refusal)
        with writing():
            commands.note_failure(public_id, reason)
        raise CannotBePrinted(reason=reason) from refusal
    pdf_sha256, html_sha256 = files.put(made), files.put(html.encode())
    with writing():
        commands.note_rendered(public_id, pdf_sha256=pdf_sha256, html_sha256=html_sha256, pdf_bytes=len(made), now=now)
        hasten(SEND_LETTER, now=now)


def make_lost_file_again(paper: Paper, form: Literal["pdf", "html"], files: Files, *, aside: bool) -> bytes:
    """Return a file of an issued paper whose stored bytes were lost or damaged: made of its sheet, and kept again.

    aside   in a web process, which is to stay small
    raises  CannotBeRestored
    """
    number, issued = paper.number, paper.pdf_sha256 if form == "pdf" else paper.html_sha256
    source = queries.source_of(paper)
    db.session.rollback()
    html = _page_of(source, files)
    make_pdf = pdf.make_pdf_aside if aside else pdf.make_pdf
    try:
        content = _with_enclosed(make_pdf(html), source.sheet, files) if form == "pdf" else html.encode()
    except (GlyphMissing, FileMissing, FileDamaged) as refusal:
        raise CannotBeRestored(number=number) from refusal
    if sha256(content).hexdigest() != issued:
        raise CannotBeRestored(number=number)
    files.put(content)
    _LOG.warning("The %s of %s was lost; it is made again.", form, number)
    return content


def verify_address(code: str) -> str:
    """Return the short link by which a paper that carries the code is verified."""
    return f"{current_app.extensions['tourreg.settings'].base_url}/v/{in_groups(code)}"


def _page_of(source: queries.ToRender, files: Files) -> str:
    return render_document(
        source.template,
        source.sheet,
        language=source.language,
        page_size=source.page_size,
        verify_at=verify_address(source.verify_code) if source.verify_code else "",
        pictures=files.get,
    )


def _with_enclosed(made: bytes, sheet: Mapping[str, Any], files: Files) -> bytes:
    """Return the PDF of a paper with the pages of what its sheet encloses."""
    for enclosed in sheet.get("enclosed", ()):
        made = append_pages(made, files.get(enclosed["sha256"]), described=enclosed["name"]["en"])
    return made


def working_copy(sheet: Mapping[str, Any], files: Files, *, language: PaperLanguage, page_size: PageSize) -> bytes:
    """Return the PDF of a paper that is not issued: without a number, kept nowhere, and stamped.

    It is made aside, since people wait for it in a web process, which is to stay small.
    A pro-forma is not stamped: it never has a number, and says so itself.

    raises  CannotBePrinted
    """
    db.session.rollback()
    stamped = sheet["kind"] != "pro_forma"
    form: dict[str, Any] = {"language": language, "page_size": page_size, "pictures": files.get}
    html = render_document(sheet["kind"], sheet, working_copy=stamped, **form)
    try:
        return pdf.make_pdf_aside(html)
    except GlyphMissing as refusal:
        raise CannotBePrinted(reason=said_plainly(refusal)) from refusal


def said_plainly(refusal: GlyphMissing) -> str:
    """Return the character that no font has, as people can find it: 🍑 (PEACH, U+1F351)."""
    shown = f"{refusal.character} " if refusal.character.isprintable() else ""
    return f"{shown}({refusal.name}, {refusal.code_point})"

"""Papers as downloads: issued ones as they were stored, working copies as they are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal
from urllib.parse import quote

from flask import Response, make_response, render_template, request
from flask_babel import force_locale
from werkzeug.http import is_resource_modified

from tourreg import printing
from tourreg.adapters.files import FileDamaged, FileMissing
from tourreg.blueprints import openings
from tourreg.blueprints.extensions import limiter
from tourreg.blueprints.languages import LOCALES
from tourreg.blueprints.outside import files
from tourreg.blueprints.paper_kinds import KINDS
from tourreg.domain.papers.models import Paper
from tourreg.kernel.bilingual import Language
from tourreg.paper_words import PaperLanguage
from tourreg.rendering import PageSize, twin_headers

Form = Literal["pdf", "html"]
# A working copy keeps a web worker waiting for half a second, a long roster for some seconds.
MOST_COPIES = "20 per minute"
MOST_COPIES_OF_ALL = "60 per minute"
# A browser asks anew each time, which costs nothing while it may still open the paper and the hash is the same.
KEPT = "private, no-cache"
# The pages' own policy would keep Chromium's viewer of PDF from starting.
PDF_POLICY = "frame-ancestors 'none'"
NOT_YET = 202
NOT_MODIFIED = 304
CANNOT_BE = 409
LOST = 503


def issued(paper: Paper, form: Form, *, frame: str, opener: str) -> Response:
    """Answer with the stored bytes of a paper, or say why there are none yet, or none any more.

    frame   the layout in which that is said
    opener  the actor who opens it, for the register
    """
    content_hash = paper.pdf_sha256 if form == "pdf" else paper.html_sha256
    if content_hash is None:
        return _not_made(paper, frame)
    try:
        answer = _unchanged(form, content_hash) or _whole(paper, form, content_hash)
    except printing.CannotBeRestored:
        return _lost(paper, frame)
    openings.note(answer, paper, opener)
    return answer


def _unchanged(form: Form, content_hash: str) -> Response | None:
    """Answer a browser that has the PDF already, without reading the file, whose name is the hash of its bytes.

    A browser takes over the headers of such an answer. The policy of a twin names what stands in it, so that is read.
    """
    if form == "html" or is_resource_modified(request.environ, etag=content_hash):
        return None
    answer = Response(status=NOT_MODIFIED)
    answer.headers.update({"Cache-Control": KEPT, "Content-Security-Policy": PDF_POLICY})
    answer.set_etag(content_hash)
    return answer


def _whole(paper: Paper, form: Form, content_hash: str) -> Response:
    content = _stored(paper, form, content_hash)
    answer = make_response(content)
    answer.headers.update(_headers(content, form, name=paper.number, kind=paper.kind))
    answer.set_etag(content_hash)
    answer.make_conditional(request)
    return answer


def _stored(paper: Paper, form: Form, content_hash: str) -> bytes:
    try:
        return files().get(content_hash)
    except (FileMissing, FileDamaged):
        with _of_all():
            return printing.make_lost_file_again(paper, form, files(), aside=True)


def _of_all() -> Any:
    """Return the bound on what is printed for everybody together, whatever is printed."""
    return limiter.shared_limit(MOST_COPIES_OF_ALL, scope="working copies", key_func=lambda: "all")


def printable(view: Callable[..., Any]) -> Callable[..., Any]:
    """Bound how often working copies are made: for one address, and in all."""
    for_one: Callable[..., Any] = limiter.limit(MOST_COPIES)(_of_all()(view))
    return for_one


def working_copy(sheet: Mapping[str, Any], *, frame: str, back: str, form: tuple[PaperLanguage, PageSize]) -> Response:
    """Answer with a PDF that is made now and kept nowhere; where a character cannot be printed, name it.

    back  the address of the page where it can be put right
    form  the defaults; the address may ask for another language with `in` and another size with `size`
    """
    language, page_size = _asked_form(*form)
    try:
        made = printing.working_copy(sheet, files(), language=language, page_size=page_size)
    except printing.CannotBePrinted as refusal:
        page = render_template("layout/paper_not_made.html", frame=frame, reason=refusal.reason, back=back, paper=None)
        return make_response(page, CANNOT_BE)
    answer = make_response(made)
    answer.headers.update(_headers(made, "pdf", name=sheet["issued_at"][:10], kind=sheet["kind"]))
    return answer


def _asked_form(language: PaperLanguage, page_size: PageSize) -> tuple[PaperLanguage, PageSize]:
    """Return the language and the size that the address asks for, where it asks for any that there is."""
    asked, size = request.args.get("in", ""), request.args.get("size", "")
    languages: dict[str, PaperLanguage] = {"en": "en", "zh": "zh", "both": "both"}
    sizes: dict[str, PageSize] = {"letter": "letter", "a4": "a4"}
    return languages.get(asked, language), sizes.get(size, page_size)


def _not_made(paper: Paper, frame: str) -> Response:
    reason = paper.failure
    page = render_template(
        "layout/paper_not_made.html", frame=frame, reason=reason, back=request.full_path, paper=paper
    )
    return make_response(page, CANNOT_BE if reason else NOT_YET)


def _lost(paper: Paper, frame: str) -> Response:
    return make_response(render_template("layout/paper_lost.html", frame=frame, paper=paper), LOST)


def _headers(content: bytes, form: Form, *, name: str, kind: str) -> dict[str, str]:
    if form == "html":
        return {**twin_headers(content.decode()), "Cache-Control": KEPT}
    names = {language: f"{_named(kind, language)} {name}" for language in LOCALES}
    speaking = f"inline; filename=\"{names['en']}.pdf\"; filename*=UTF-8''{quote(names['zh'])}.pdf"
    return {
        "Content-Type": "application/pdf",
        "Content-Disposition": speaking,
        "Cache-Control": KEPT,
        "Content-Security-Policy": PDF_POLICY,
    }


def _named(kind: str, language: Language) -> str:
    with force_locale(LOCALES[language]):
        return str(KINDS[kind])

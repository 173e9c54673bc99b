"""Papers and letters from templates: always in the language asked for, never in the request's."""

from __future__ import annotations

import base64
import gettext
import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

import segno
from babel.messages.pofile import read_po
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from tourreg import formats
from tourreg.kernel.bilingual import Language
from tourreg.paper_frames import framed
from tourreg.paper_words import PaperLanguage, PaperWords, amount_of, day_of, moment_of
from tourreg.programme_words import ProgrammeWords

PageSize = Literal["letter", "a4"]
Pictures = Callable[[str], bytes]

HERE = Path(__file__).parent
TRANSLATIONS = HERE / "translations"
_EMPTY_LINES = re.compile(r"\n\s*\n\s*\n+")


class PictureNotAtHand(Exception):
    """A paper prints a filed picture, and whoever renders it has none; the message is its hash."""


def render_document(
    template: str,
    sheet: Mapping[str, Any],
    *,
    language: PaperLanguage,
    page_size: PageSize,
    working_copy: bool = False,
    verify_at: str = "",
    pictures: Pictures | None = None,
) -> str:
    """Return the paper as one complete HTML document: what the PDF is made from, and the twin that browsers show.

    template      its name without the ending: "invoice"
    sheet         plain values (see tourreg.domain.papers.sheets); a missing one raises jinja2.UndefinedError
    working_copy  stamps every page as unnumbered
    verify_at     the short link that the paper carries, beside a square code that leads there as well
    pictures      returns what the office has filed as marks, signatures and seals, by its hash
    raises        PictureNotAtHand
    """
    page = paper_environment(language).get_template(f"{template}.html")
    made_as = {"paper": template, "page_size": page_size, "working_copy": working_copy}
    told = {"verify_at": verify_at, "square_code": square_code, "picture": partial(_picture, pictures)}
    html = page.render(sheet, sheet=sheet, **made_as, **told)
    return unicodedata.normalize("NFC", html)


def render_mail(template: str, facts: Mapping[str, Any], *, language: Language) -> tuple[str, str, str]:
    """Return subject, plain text and HTML of a letter, both from mails/<template>.html.

    The template extends `frame` (base.txt or base.html), fills the blocks `subject` and `letter`, and says what it says
    by the macros of `parts` (parts.txt or parts.html), so that text and HTML say the same. It sees the facts,
    `language`, gettext as `_`, and the filters of `_letter_filters`; `subject` sees no more than these.
    """
    plain, page = (_letter(template, language, markup=markup) for markup in (False, True))
    subject = " ".join("".join(plain.blocks["subject"](plain.new_context({**facts, "language": language}))).split())
    text = plain.render(facts, language=language, frame="base.txt", parts="parts.txt")
    html = page.render(facts, language=language, frame="base.html", parts="parts.html", subject=subject)
    return subject, _EMPTY_LINES.sub("\n\n", text).strip() + "\n", html.lstrip()


def twin_headers(html: str) -> dict[str, str]:
    """Return the headers with which a stored paper is served: it may use its own styles and pictures, nothing else."""
    styles = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    hashes = " ".join(f"'sha256-{base64.b64encode(sha256(style.encode()).digest()).decode()}'" for style in styles)
    return {
        "Content-Security-Policy": f"default-src 'none'; style-src {hashes}; img-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
        "Content-Type": "text/html; charset=utf-8",
        "X-Content-Type-Options": "nosniff",
    }


def _picture(pictures: Pictures | None, sha256: str) -> str:
    """Return a filed picture as a data: address."""
    if pictures is None:
        raise PictureNotAtHand(sha256)
    return f"data:image/png;base64,{base64.b64encode(pictures(sha256)).decode()}"


def square_code(address: str) -> str:
    """Return a QR code as a data: address of a drawing, with the quiet edge that readers ask for."""
    drawn: str = segno.make(address, error="m", micro=False).svg_data_uri(border=4, dark="#000", light="#fff")
    return drawn


@cache
def paper_environment(language: PaperLanguage) -> Environment:
    environment = _environment(HERE / "templates" / "documents", markup=True)
    words = PaperWords(language, _paper_chinese())
    for name in PaperWords.OFFERED:
        environment.globals[name] = getattr(words, name)
    programme = ProgrammeWords(words)
    for name in ProgrammeWords.OFFERED:
        environment.globals[name] = getattr(programme, name)
    environment.globals["framed"] = framed
    environment.globals.update(language=language, document_language="zh-Hans" if language == "zh" else "en")
    return environment


def _letter(template: str, language: Language, *, markup: bool) -> Template:
    return mail_environment(language, markup=markup).get_template(f"{template}.html")


@cache
def mail_environment(language: Language, *, markup: bool) -> Environment:
    environment = _environment(HERE / "templates" / "mails", markup=markup)
    environment.add_extension("jinja2.ext.i18n")
    catalogue = _catalogue(language)
    install = environment.install_gettext_callables  # type: ignore[attr-defined]  # comes with the extension
    install(catalogue.gettext, catalogue.ngettext, newstyle=True)
    environment.filters.update(_letter_filters(language))
    return environment


def _environment(folder: Path, *, markup: bool) -> Environment:
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=markup,  # noqa: S701 - off for plain text alone
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _catalogue(language: Language) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation("messages", TRANSLATIONS, languages=["zh_Hans"], fallback=True)


def _paper_chinese() -> dict[str, str]:
    """Return the Chinese of our papers' words, read as translators wrote it: papers.po needs no compiling."""
    with (TRANSLATIONS / "zh_Hans" / "LC_MESSAGES" / "papers.po").open("rb") as lines:
        return {str(message.id): str(message.string) for message in read_po(lines) if message.id and message.string}


def _letter_filters(language: Language) -> dict[str, Callable[..., str]]:
    return {
        "money": lambda amount: formats.money(amount_of(amount), language),
        "price": lambda amount: formats.price(amount_of(amount), language),
        "full_date": lambda day: formats.full_date(day_of(day), language),
        "long_date": lambda day: formats.long_date(day_of(day), language),
        "date_range": lambda first, last: formats.date_range(day_of(first), day_of(last), language),
        "instant": lambda moment, zone: formats.instant(moment_of(moment), zone, language),
        "deadline": lambda day, zone: formats.deadline(day_of(day), zone, language),
        "country": lambda code: formats.country(code, language),
        "listing": lambda things: formats.listing(things, language),
        "text": lambda words: PaperWords(language, {}).text(words).plain(),
    }

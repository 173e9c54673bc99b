"""Which language a page speaks: its address on public pages, else the person's choice, else the browser's wish."""

from typing import Any

from flask import Flask, current_app, g, request, session

from tourreg.kernel.bilingual import LANGUAGES, Language

# What stands in addresses and in the database, and what the catalogue of words is called inside.
LOCALES: dict[Language, str] = {"en": "en", "zh": "zh_Hans"}
TAGS: dict[Language, str] = {"en": "en", "zh": "zh-Hans"}
COMMAS: dict[Language, str] = {"en": ", ", "zh": "，"}
COLONS: dict[Language, str] = {"en": ": ", "zh": "："}
_REMEMBERED = "language"


def init_app(app: Flask) -> None:
    app.url_value_preprocessor(_take_from_address)
    app.url_defaults(_put_into_address)
    app.context_processor(_words_of_the_page)


def language() -> Language:
    """Return the language of the answer under way."""
    if "language" not in g:
        g.language = _chosen() or asked_by_browser()
    chosen: Language = g.language
    return chosen


def locale() -> str:
    """Return the language's name in the catalogue of words."""
    return LOCALES[language()]


def remember(chosen: Language) -> None:
    """Keep a person's choice for the pages that have no language in their address."""
    session[_REMEMBERED] = chosen
    g.language = chosen


def asked_by_browser() -> Language:
    """Return the language that the browser wishes for, English if it wishes for neither."""
    best = request.accept_languages.best_match(["en", "zh", "zh-CN", "zh-Hans", "zh-SG", "zh-TW", "zh-HK"])
    return "zh" if best and best.startswith("zh") else "en"


def _words_of_the_page() -> dict[str, str]:
    spoken = language()
    return {"language": spoken, "language_tag": TAGS[spoken], "comma": COMMAS[spoken], "colon": COLONS[spoken]}


def _take_from_address(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values and "language" in values:
        g.language = values.pop("language")


def _put_into_address(endpoint: str, values: dict[str, Any]) -> None:
    if "language" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "language"):
        values["language"] = language()


def _chosen() -> Language | None:
    """Return what the address or the link asks for (and remember that), or what was chosen or spoken before."""
    for spoken in LANGUAGES:
        if request.path.startswith(f"/{spoken}/"):
            return spoken
    asked = request.args.get("language", "")
    if asked in LANGUAGES:
        session[_REMEMBERED] = asked
        return "zh" if asked == "zh" else "en"
    kept = session.get(_REMEMBERED)
    if kept in LANGUAGES:
        return "zh" if kept == "zh" else "en"
    return None

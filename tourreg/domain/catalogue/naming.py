"""What an event is called in addresses and references when nobody says."""

from __future__ import annotations

import re
from datetime import date

from tourreg.kernel.bilingual import Text
from tourreg.kernel.ordering import sort_key

LONGEST_SLUG = 60
_SMALL_WORDS = frozenset({"a", "an", "and", "at", "by", "for", "in", "of", "on", "the", "to", "with"})


def suggested_slug(title: Text, kind: str, starts_on: date) -> str:
    """Return the title as addresses write it, Chinese by pinyin, with the year: energy-efficiency-in-cities-2027."""
    words = _words(title) or kind.split("_")
    slug = ""
    for word in words:
        if len(slug) + len(word) > LONGEST_SLUG:
            break
        slug += f"{word}-"
    return f"{slug or words[0][:LONGEST_SLUG] + '-'}{starts_on.year}"


def suggested_prefix(title: Text, kind: str, starts_on: date) -> str:
    """Return two to four initials and the year in two digits: EEC27."""
    words = [word for word in _words(title) if word not in _SMALL_WORDS and not word[0].isdigit()] or kind.split("_")
    initials = "".join(word[0] for word in words[:4])
    return f"{initials if len(initials) > 1 else words[0][:2]}{starts_on:%y}".upper()


def _words(title: Text) -> list[str]:
    return re.findall(r"[a-z0-9]+", sort_key(title.en or title.zh), re.ASCII)

"""What files are called: readable on any machine, whatever the language of what they hold."""

import re
import unicodedata

_LONGEST = 60
_UNSAFE = re.compile(r"[^A-Za-z0-9]+")


def file_name(place: int, *parts: str) -> str:
    """Return a name of plain Latin letters, with the place first, so that no two are the same and they sort in order.

    parts  what it is told by; what has no Latin letters is left out
    """
    plain = (in_plain_letters(part) for part in parts)
    return "-".join([f"{place:04d}", *(part for part in plain if part)]) + ".pdf"


def in_plain_letters(words: str) -> str:
    """Return the words in letters of ASCII with hyphens between: Luís Ñandú as Luis-Nandu."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return _UNSAFE.sub("-", plain).strip("-")[:_LONGEST].strip("-")

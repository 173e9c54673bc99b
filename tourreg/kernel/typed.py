"""What people type into a form: tidied, and checked without asking anybody."""

import re
import unicodedata

_JOINERS = "\u200c\u200d"  # Persian and Indian names need them
_BROKEN = "\N{REPLACEMENT CHARACTER}"
_NAME_SIGNS = frozenset(" '’‘ʻʼ-‐.")
_FIRST_PICTURE_SIGN = 0x2190  # arrows, box drawings, dingbats and emoji stand from here on
_UNPRINTABLE_KINDS = ("Cc", "Cn", "Co", "Cs", "Me")
_SYMBOL_KINDS = ("So", "Sm", "Sk")
_LOCAL_PART = r"[A-Za-z0-9!#$%&'*+/=?^_{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"({_LOCAL_PART})@((?:{_LABEL}\.)+(?:[A-Za-z]{{2,63}}|xn--[A-Za-z0-9-]{{2,59}}))")
_PHONE = re.compile(r"\+?[\d\s().\-/]+(?:(?:ext\.?|x|转)\s*\d{1,6})?", re.ASCII | re.IGNORECASE)


def tidy(text: str) -> str:
    """Return the text on one line, without the invisible signs that copying drags along; control signs turn into �."""
    return " ".join(_visible(text).split())


def tidy_lines(text: str) -> str:
    """Return the text with its lines kept and each of them tidied."""
    return "\n".join(tidy(line) for line in text.splitlines()).strip()


def plain_width(text: str) -> str:
    """Return the text tidied and with the wide letters and digits of Chinese keyboards made narrow."""
    return tidy(unicodedata.normalize("NFKC", text))


def unprintable_sign(text: str) -> str | None:
    """Return the first sign that is no writing, such as an emoji, so that no paper could print it."""
    return next((sign for sign in text if sign != "\n" and _is_unprintable(sign)), None)


def is_latin_name(text: str) -> bool:
    """Tell whether it is a name in Latin letters, with any marks, apostrophes, hyphens, spaces and points."""
    letters = [sign for sign in text if sign not in _NAME_SIGNS and not unicodedata.combining(sign)]
    return bool(letters) and all(unicodedata.name(sign, "").startswith("LATIN ") for sign in letters)


def is_email(text: str) -> bool:
    """Tell whether it is written like an e-mail address; nobody is asked whether it exists."""
    match = _ADDRESS.fullmatch(text)
    return match is not None and len(text) <= 254 and len(match[1]) <= 64


def is_phone(text: str) -> bool:
    """Tell whether it is written like a telephone number, with at least five digits."""
    return _PHONE.fullmatch(text) is not None and sum(sign.isdigit() for sign in text) >= 5


def _visible(text: str) -> str:
    return "".join(_shown(sign) for sign in unicodedata.normalize("NFC", text))


def _shown(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind == "Cf" and sign not in _JOINERS:
        return ""
    return _BROKEN if kind == "Cc" and not sign.isspace() else sign


def _is_unprintable(sign: str) -> bool:
    kind = unicodedata.category(sign)
    return kind in _UNPRINTABLE_KINDS or (kind in _SYMBOL_KINDS and ord(sign) >= _FIRST_PICTURE_SIGN)

"""What a letter to host cities may say, and what becomes of it for one reader."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tourreg.domain.hosting.contact_models import ROLES
from tourreg.kernel.bilingual import LANGUAGES, Language, Text

LONGEST_SUBJECT, LONGEST_WORDS, MOST_CITIES = 150, 5_000, 5_000
PLACEHOLDERS = ("{city}", "{contact}")
# Whoever has no role, or signed the city up, stands for these, as with requests.
ROLES_OF_ANYBODY = frozenset({"approver", "coordinator"})
_HOLE = re.compile(r"[{｛][^{}｛｝\n]*[}｝]|[{}｛｝]")


@dataclass(frozen=True)
class Draft:
    """A letter as it was typed: a language has a subject and words, or neither.

    roles  of the contacts that it goes to; all of ROLES for everybody
    """

    subject: Text
    words: Text
    roles: tuple[str, ...] = ROLES

    @property
    def languages(self) -> tuple[Language, ...]:
        """Return the languages in which it is written, in which it can be read."""
        return tuple(language for language in LANGUAGES if getattr(self.words, language))


@dataclass(frozen=True)
class Reader:
    """Somebody who gets a letter for a city.

    language  in which they read
    profile   public id of the city's sign-up, by which its page is found; "" where the city has none
    contact   public id of a further contact, or "" for the one who signed the city up
    known     public id of somebody of a city without a page whom the office knows from its lists, or ""
    """

    city_id: int
    city: Text
    name: str
    email: str
    language: Language
    profile: str = ""
    contact: str = ""
    known: str = ""

    @property
    def key(self) -> str:
        """Return what tells them from every other reader."""
        return self.contact or self.known or self.profile


def strange_hole(text: str) -> str | None:
    """Return the first thing in braces, or single brace, that is no placeholder."""
    return next((hole for hole in _HOLE.findall(text) if hole not in PLACEHOLDERS), None)


def wanted_of(roles: list[str], chosen: tuple[str, ...]) -> bool:
    """Tell whether a contact with these roles is among those whom a letter goes to."""
    return bool((set(roles) or ROLES_OF_ANYBODY) & set(chosen))


def read_in(draft: Draft, reader: Reader) -> Language:
    """Return the language in which a reader gets the letter: their own, or else the one that it is written in."""
    return reader.language if reader.language in draft.languages else draft.languages[0]


def said_to(draft: Draft, reader: Reader) -> dict[str, str]:
    """Return the facts of the letter to one reader, with nothing in braces any more."""
    language = read_in(draft, reader)
    told = {"{city}": reader.city.in_(language), "{contact}": reader.name}
    who = {"profile": reader.profile, "host_contact": reader.contact, "known_contact": reader.known}
    return {
        "contact": reader.name,
        "city": told["{city}"],
        "subject": _filled(getattr(draft.subject, language), told),
        "words": _filled(getattr(draft.words, language), told),
        **{name: public_id for name, public_id in who.items() if public_id},
    }


def _filled(text: str, told: Mapping[str, str]) -> str:
    """Fill each hole once: what stands in a name is not looked through again."""
    return _HOLE.sub(lambda hole: told.get(hole[0], hole[0]), text)

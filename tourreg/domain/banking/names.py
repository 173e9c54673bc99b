"""References and names found in what a bank prints: capitals, cut short, without marks, run together or apart."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from typing import Generic, TypeVar

from tourreg.kernel.ordering import sort_key

Found = TypeVar("Found", bound=Hashable)
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
# What stands in one writing of a body's name and not in another.
_UNSAID = frozenset(
    ("the", "inc", "incorporated", "llc", "ltd", "limited", "corp", "corporation", "co", "company", "plc")
)
_SHORTEST_NAME, _FIRST_LETTERS = 5, 5
# Banks cut names at 35 letters or at 18; what is shorter than this is not taken for the beginning of a longer name.
_LEAST_BEGINNING = 14
_KEPT = re.compile(r"[0-9A-Z]")


class Code:
    """A text without anything but its letters and digits, those that are misread made the same.

    breaks  where a letter of `signs` had something else before it
    """

    __slots__ = ("breaks", "signs")

    def __init__(self, text: str) -> None:
        signs: list[str] = []
        breaks = {0}
        for sign in unicodedata.normalize("NFKC", text).upper():
            if _KEPT.match(sign):
                signs.append(sign)
            else:
                breaks.add(len(signs))
        self.signs = "".join(signs).translate(_MISREAD)
        breaks.add(len(self.signs))
        self.breaks = breaks

    def ends_at(self, place: int) -> bool:
        """Tell whether a number that ends before this place is whole there."""
        return place in self.breaks or not self.signs[place].isdigit()


class Codes(Generic[Found]):
    """Numbers and references by which texts are searched, all of them in one pass over the text."""

    def __init__(self, codes: Iterable[tuple[str, Found]], *, checked: bool = False) -> None:
        """Note the codes.

        checked  they end with a check sign, so that whatever stands behind them may be run together with them
        """
        self._checked = checked
        self._by_signs: dict[str, Found] = {}
        for written, found in codes:
            self._by_signs.setdefault(Code(written).signs, found)
        self._lengths = sorted({len(signs) for signs in self._by_signs}, reverse=True)

    def in_(self, text: Code) -> dict[Found, None]:
        """Return what the text names, in the order in which it does."""
        found: dict[Found, None] = {}
        signs = text.signs
        for start in range(len(signs)):
            for length in self._lengths:
                end = start + length
                known = self._by_signs.get(signs[start:end]) if end <= len(signs) else None
                if known is not None and (self._checked or text.ends_at(end)):
                    found.setdefault(known)
                    break
        return found


class Names(Generic[Found]):
    """Names of people and bodies by which texts are searched, in Latin letters, Chinese or pinyin."""

    def __init__(self, names: Iterable[tuple[str, Found]]) -> None:
        self._by_first: dict[str, list[tuple[str, Found]]] = defaultdict(list)
        for name, found in names:
            for key in set(_keys(name)):
                self._by_first[key[:_FIRST_LETTERS]].append((key, found))

    def in_(self, *texts: str) -> dict[Found, None]:
        """Return what the texts name, also where a bank has cut a long name short."""
        found: dict[Found, None] = {}
        for text in texts:
            words = _words(text)
            for place in range(len(words)):
                rest = "".join(words[place:])
                for key, known in self._by_first.get(rest[:_FIRST_LETTERS], ()):
                    if _is_named(key, rest, words[place:]):
                        found.setdefault(known)
        return found


def _is_named(key: str, rest: str, words: list[str]) -> bool:
    if len(rest) < len(key):
        return len(rest) >= _LEAST_BEGINNING and key.startswith(rest)
    return rest.startswith(key) and len(key) in _ends(words)


def _ends(words: list[str]) -> Iterator[int]:
    end = 0
    for word in words:
        end += len(word)
        yield end


def _keys(name: str) -> Iterator[str]:
    """Yield how a name is searched for; that of a person also with the family name at the other end."""
    words = _words(name)
    whole = "".join(words)
    if len(whole) >= _SHORTEST_NAME:
        yield whole
        if 2 <= len(words) <= 4:
            yield "".join([*words[1:], words[0]])
            yield "".join([words[-1], *words[:-1]])


def _words(text: str) -> list[str]:
    return [word for word in sort_key(text).split() if word not in _UNSAID]

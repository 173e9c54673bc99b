"""References and names found in what a bank prints: capitals, cut short, without marks, run together or apart."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
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
_SHORTEST_NAME = 5
# Banks cut names at 35 letters or at 18; what is shorter than this is not taken for the beginning of a longer name.
_LEAST_BEGINNING = 14
# A name that so many things have says nothing about any of them.
_MOST_OF_ONE_NAME = 40
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
        by_key: dict[str, dict[Found, None]] = defaultdict(dict)
        for name, found in names:
            for key in _keys(name):
                by_key[key][found] = None
        self._by_key = {key: tuple(known) for key, known in by_key.items() if len(known) <= _MOST_OF_ONE_NAME}
        self._in_order = sorted(self._by_key)

    def in_(self, *texts: str) -> dict[Found, None]:
        """Return what the texts name, also where a bank has cut a long name short."""
        found: dict[Found, None] = {}
        for text in texts:
            words = _words(text)
            for place in range(len(words)):
                rest = "".join(words[place:])
                for end in _ends(words[place:]):
                    found.update(dict.fromkeys(self._by_key.get(rest[:end], ())))
                for key in self._longer(rest):
                    found.update(dict.fromkeys(self._by_key[key]))
        return found

    def _longer(self, rest: str) -> Iterator[str]:
        """Yield the names of which a text that ends here has only the beginning."""
        if len(rest) < _LEAST_BEGINNING:
            return
        place = bisect_left(self._in_order, rest)
        while place < len(self._in_order) and self._in_order[place].startswith(rest):
            yield self._in_order[place]
            place += 1


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

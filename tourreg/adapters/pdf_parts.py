"""PDFs as `make_pdf` writes them, taken apart into their objects and put together again.

WeasyPrint keeps all that is no stream in one packed object, and refers by "12 0 R". That is read and renumbered as
bytes, since a library that makes a Python object of each number needs a gigabyte for two hundred papers.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tourreg.kernel.refusals import Refusal

_STARTS = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_OBJECT = re.compile(rb"\s*\d+ 0 obj\n(<<.*?>>)\nstream\n", re.DOTALL)
# Strings are stepped over whole, so that no words in them are taken for a reference.
_REFERENCE = re.compile(rb"\((?:[^()\\]|\\.)*\)|\b(\d+) 0 R\b", re.DOTALL)
_PACK = 200


class NotOurPdf(Refusal):
    """The PDF is written in another way than WeasyPrint writes ours."""


@dataclass(frozen=True)
class Stream:
    """What stands in a stream, packed as it was, and its dictionary."""

    about: bytes
    content: bytes

    def unpacked(self) -> bytes:
        return zlib.decompress(self.content) if b"/FlateDecode" in self.about else self.content


@dataclass(frozen=True)
class Parts:
    """The objects of a PDF by their numbers: streams, and all others as they are written.

    root  the number of the catalogue
    """

    plain: Mapping[int, bytes]
    streams: Mapping[int, Stream]
    root: int


def parts_of(content: bytes) -> Parts:
    """Return the objects of a PDF of ours.

    raises  NotOurPdf
    """
    try:
        return _read(content)
    except (AttributeError, IndexError, ValueError, zlib.error) as fault:
        raise NotOurPdf from fault


def _read(content: bytes) -> Parts:
    table = _stream_at(content, int(_found(_STARTS, content)[1]))
    widths = [int(width) for width in _found(rb"/W \[(\d+) (\d+) (\d+)\]", table.about).groups()]
    if not re.search(rb"/Index \[0 \d+\]", table.about):
        raise NotOurPdf
    plain: dict[int, bytes] = {}
    streams: dict[int, Stream] = {}
    for number, (kind, place) in enumerate(_rows(table.unpacked(), widths)):
        if kind != 1:
            continue
        stream = _stream_at(content, place)
        if b"/Type /ObjStm" in stream.about:
            plain |= _unpacked(stream)
        elif b"/Type /XRef" not in stream.about:
            streams[number] = stream
    return Parts(plain, streams, int(_found(rb"/Root (\d+) 0 R", table.about)[1]))


def _rows(table: bytes, widths: list[int]) -> list[tuple[int, int]]:
    """Return of each number whether it stands in the file (1) or packed (2), and where."""
    first, second, third = widths
    long = first + second + third
    return [
        (int.from_bytes(table[place : place + first]), int.from_bytes(table[place + first : place + first + second]))
        for place in range(0, len(table), long)
    ]


def _stream_at(content: bytes, place: int) -> Stream:
    found = _found(_OBJECT, content, place)
    long = int(_found(rb"/Length (\d+)", found[1])[1])
    return Stream(found[1], content[found.end() : found.end() + long])


def _unpacked(stream: Stream) -> dict[int, bytes]:
    packed = stream.unpacked()
    first = int(_found(rb"/First (\d+)", stream.about)[1])
    index = [int(number) for number in packed[:first].split()]
    starts = [*index[1::2], len(packed) - first]
    return {
        number: packed[first + starts[place] : first + starts[place + 1]].strip()
        for place, number in enumerate(index[::2])
    }


def _found(pattern: bytes | re.Pattern[bytes], content: bytes, place: int = 0) -> re.Match[bytes]:
    looked = re.compile(pattern)
    found = looked.match(content, place) if place else looked.search(content)
    if found is None:
        raise NotOurPdf
    return found


def with_references(written: bytes, number_of: Callable[[int], int]) -> bytes:
    """Return an object with each reference to an object as one to what `number_of` makes of it."""
    return _REFERENCE.sub(lambda found: b"%d 0 R" % number_of(int(found[1])) if found[1] else found[0], written)


class Assembly:
    """A PDF that is put together; it is kept packed, so that a long one stays small in memory."""

    def __init__(self) -> None:
        self._written = bytearray(b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n")
        self._places: dict[int, tuple[int, int, int]] = {}
        self._waiting: list[tuple[int, bytes]] = []
        self._last = 0

    def reserve(self, count: int = 1) -> int:
        """Return the first of so many new numbers that follow one another."""
        first, self._last = self._last + 1, self._last + count
        return first

    def put(self, number: int, written: bytes) -> None:
        """Put an object that is no stream under a number that was reserved."""
        self._waiting.append((number, written))
        if len(self._waiting) >= _PACK:
            self._pack()

    def put_stream(self, number: int, stream: Stream) -> None:
        self._places[number] = (1, len(self._written), 0)
        about = re.sub(rb"/Length \d+(?! 0 R)", b"/Length %d" % len(stream.content), stream.about)
        self._written += b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (number, about, stream.content)

    def add(self, written: bytes) -> int:
        number = self.reserve()
        self.put(number, written)
        return number

    def add_packed(self, content: bytes, about: bytes = b"") -> int:
        """Put a stream under a new number, packed."""
        number = self.reserve()
        self.put_stream(number, packed(content, about))
        return number

    def finish(self, *, root: int, about: int, identifier: str) -> bytes:
        """Return the whole file.

        root, about  the numbers of the catalogue and of the dictionary of title and producer
        """
        self._pack()
        number, place = self.reserve(), len(self._written)
        self._places[number] = (1, place, 0)
        rows = b"".join(self._row(one) for one in range(self._last + 1))
        said = b"/Type /XRef/Index [0 %d]/W [1 4 2]/Size %d/Root %d 0 R/Info %d 0 R/ID [<%s> <%s>]" % (
            *(self._last + 1, self._last + 1, root, about), *(identifier.encode(), identifier.encode()),
        )  # fmt: skip
        self.put_stream(number, packed(rows, said))
        return bytes(self._written) + b"startxref\n%d\n%%%%EOF\n" % place

    def _row(self, number: int) -> bytes:
        kind, place, more = self._places.get(number, (0, 0, 65535))
        return bytes([kind]) + place.to_bytes(4) + more.to_bytes(2)

    def _pack(self) -> None:
        if not self._waiting:
            return
        holder = self.reserve()
        index, bodies, place = [], [], 0
        for order, (number, written) in enumerate(self._waiting):
            self._places[number] = (2, holder, order)
            index.append(b"%d %d" % (number, place))
            bodies.append(written + b"\n")
            place += len(written) + 1
        head = b" ".join(index) + b"\n"
        said = b"/Type /ObjStm/N %d/First %d" % (len(self._waiting), len(head))
        self.put_stream(holder, packed(head + b"".join(bodies), said))
        self._waiting.clear()


def packed(content: bytes, about: bytes = b"") -> Stream:
    """Return a stream, with what else its dictionary says."""
    made = zlib.compress(content, 9)
    return Stream(b"<<%s/Filter /FlateDecode/Length %d>>" % (about, len(made)), made)


def words(text: str) -> bytes:
    """Return a text as a string of a PDF."""
    return b"<feff%s>" % text.encode("utf-16-be").hex().encode()

"""Many papers of ours bound into one PDF, in order: fonts once, tags and bookmarks kept, a part for each paper."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from html import escape

from tourreg.adapters.pdf_parts import Assembly, NotOurPdf, Parts, parts_of, with_references, words
from tourreg.adapters.shared_fonts import SharedFonts

_NUMBERS = re.compile(rb"(\d+) (\[[^\]]*\]|\d+ 0 R)")
_METADATA = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    'xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/"><pdfuaid:part>1'
    '</pdfuaid:part><dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>'
    '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
)


@dataclass(frozen=True)
class _Whole:
    """The numbers of what the file has once for all its papers."""

    pages: int
    outlines: int
    tags: int
    document: int


def bind(papers: Iterable[tuple[str, bytes]], *, title: str, language: str) -> bytes:
    """Return one tagged PDF with the pages of all papers; the same papers give the same bytes.

    papers    what each is called among the bookmarks, and its PDF as `make_pdf` makes it; there is at least one
    language  tag of the language of most of it: en, zh-Hans
    raises    NotOurPdf
    """
    binding = _Binding()
    for name, content in papers:
        binding.take_over(name, content)
    return binding.finish(title, language)


class _Binding:
    def __init__(self) -> None:
        self._assembly = Assembly()
        self._whole = _Whole(*(self._assembly.reserve() for _ in range(4)))
        self._fonts = SharedFonts(self._assembly)
        self._bookmarks: list[tuple[int, str, int, bytes]] = []
        self._kids: list[tuple[int, int]] = []
        self._parts: list[int] = []
        self._numbers: list[bytes] = []
        self._names: list[bytes] = []
        self._next = 0
        self._seen = sha256()

    def take_over(self, name: str, content: bytes) -> None:
        """Put a paper behind those before it."""
        self._seen.update(content)
        parts = parts_of(content)
        root = parts.plain[parts.root]
        pages, outlines, tags = (_number(root, key) for key in (b"/Pages", b"/Outlines", b"/StructTreeRoot"))
        tree = parts.plain[tags]
        needless = {parts.root, tags, _number(tree, b"/ParentTree"), outlines}
        needless |= {int(number) for number in re.findall(rb"/Metadata (\d+) 0 R", root)}
        shared, of_fonts = self._fonts.take_over(parts)
        numbers = self._numbered(parts, shared)
        numbers[tags] = self._whole.document
        mark = b"p%d-" % len(self._kids)
        first_page = self._put_all(parts, numbers, needless | of_fonts, pages, mark)
        self._take_tags(parts, tree, numbers)
        self._take_names(root, numbers, mark)
        self._kids.append((numbers[pages], int(_value(parts.plain[pages], b"/Count"))))
        self._bookmarks.append((numbers[outlines], name, first_page, _inner(parts.plain[outlines], numbers)))

    def _numbered(self, parts: Parts, shared: dict[int, int]) -> dict[int, int]:
        """Return the number in the file of each object of a paper."""
        own = sorted({*parts.plain, *parts.streams} - set(shared))
        first = self._assembly.reserve(len(own))
        return {**{number: first + place for place, number in enumerate(own)}, **shared}

    def _put_all(self, parts: Parts, numbers: dict[int, int], needless: set[int], pages: int, mark: bytes) -> int:
        """Put the objects of a paper that the file needs; return the number of its first page."""
        shift = self._next
        tops = self._tops(parts)
        for number, written in parts.plain.items():
            if number in needless:
                continue
            moved = with_references(written, lambda one: numbers.get(one, 0))
            if b"/StructParent" in moved:
                moved = re.sub(
                    rb"(/StructParents? )(\d+)", lambda found: b"%s%d" % (found[1], int(found[2]) + shift), moved
                )
            if number == pages:
                moved = moved.replace(b"<<", b"<</Parent %d 0 R" % self._whole.pages, 1)
            if number in tops:
                moved = moved.replace(b"/S /Document", b"/S /Part", 1)
            if b"/Subtype /Link" in moved:
                moved = moved.replace(b"/Dest (", b"/Dest (" + mark)
            self._assembly.put(numbers[number], moved)
        for number, stream in parts.streams.items():
            if number not in needless:
                about = with_references(stream.about, lambda one: numbers.get(one, 0))
                self._assembly.put_stream(numbers[number], type(stream)(about, stream.content))
        first = re.search(rb"/Kids \[(\d+) 0 R", parts.plain[pages])
        if first is None:
            raise NotOurPdf
        return numbers[int(first[1])]

    def _tops(self, parts: Parts) -> set[int]:
        tags = _number(parts.plain[parts.root], b"/StructTreeRoot")
        return {int(top) for top in re.findall(rb"(\d+) 0 R", _value(parts.plain[tags], b"/K"))}

    def _take_tags(self, parts: Parts, tree: bytes, numbers: dict[int, int]) -> None:
        """Hang the tags of a paper under those of the file; their numbers follow one another."""
        self._parts += [numbers[top] for top in sorted(self._tops(parts))]
        listed = parts.plain[_number(tree, b"/ParentTree")].partition(b"/Nums [")[2]
        shift = self._next
        for number, holders in _NUMBERS.findall(listed):
            moved = with_references(holders, lambda one: numbers[one])
            self._numbers.append(b"%d %s" % (int(number) + shift, moved))
            self._next = max(self._next, int(number) + shift + 1)

    def _take_names(self, root: bytes, numbers: dict[int, int], mark: bytes) -> None:
        """Keep the places that the paper's own links lead to, under names that no other paper has."""
        for name, place in re.findall(rb"\(((?:[^()\\]|\\.)*)\) (\[\d+ 0 R [^\]]*\])", root.partition(b"/Names [")[2]):
            self._names.append(b"(%s%s) %s" % (mark, name, with_references(place, lambda one: numbers[one])))

    def finish(self, title: str, language: str) -> bytes:
        put, whole = self._assembly.put, self._whole
        self._fonts.finish()
        kids = b" ".join(b"%d 0 R" % number for number, _ in self._kids)
        put(whole.pages, b"<</Type /Pages/Kids [%s]/Count %d>>" % (kids, sum(count for _, count in self._kids)))
        self._put_bookmarks()
        tops = b" ".join(b"%d 0 R" % number for number in self._parts)
        put(whole.document, b"<</Type /StructElem/S /Document/K [%s]/P %d 0 R>>" % (tops, whole.tags))
        numbers = self._assembly.add(b"<</Nums [%s]>>" % b" ".join(self._numbers))
        put(
            whole.tags,
            b"<</Type /StructTreeRoot/ParentTree %d 0 R/ParentTreeNextKey %d/K [%d 0 R]>>"
            % (numbers, self._next, whole.document),
        )
        about = self._assembly.add(b"<</Producer (tourreg)/Title %s>>" % words(title))
        root = self._put_root(title, language)
        return self._assembly.finish(root=root, about=about, identifier=self._seen.hexdigest()[:32])

    def _put_root(self, title: str, language: str) -> int:
        whole = self._whole
        xmp = _METADATA.format(title=escape(title)).encode()
        metadata = self._assembly.add_packed(xmp, b"/Type /Metadata/Subtype /XML")
        names = b"/Names <</Dests <</Names [%s]>>>>" % b" ".join(sorted(self._names)) if self._names else b""
        return self._assembly.add(
            b"<</Type /Catalog/Pages %d 0 R/Outlines %d 0 R/Lang (%s)%s/StructTreeRoot %d 0 R/ViewerPreferences "
            b"<</DisplayDocTitle true>>/MarkInfo <</Marked true>>/Metadata %d 0 R>>"
            % (whole.pages, whole.outlines, language.encode(), names, whole.tags, metadata)
        )

    def _put_bookmarks(self) -> None:
        """Put a bookmark for each paper, and its own under it, closed."""
        marks = [number for number, *_ in self._bookmarks]
        for place, (number, name, page, inner) in enumerate(self._bookmarks):
            before = b"/Prev %d 0 R" % marks[place - 1] if place else b""
            after = b"/Next %d 0 R" % marks[place + 1] if place + 1 < len(marks) else b""
            said = (words(name), page, self._whole.outlines, before, after, inner)
            self._assembly.put(number, b"<</Title %s/Dest [%d 0 R /Fit]/Parent %d 0 R%s%s%s>>" % said)
        ends = (marks[0], marks[-1], len(marks))
        self._assembly.put(self._whole.outlines, b"<</Type /Outlines/First %d 0 R/Last %d 0 R/Count %d>>" % ends)


def _inner(outlines: bytes, numbers: dict[int, int]) -> bytes:
    """Return what leads from a paper's bookmark to those of its own."""
    ends = {key: re.search(key + rb" (\d+) 0 R", outlines) for key in (b"/First", b"/Last")}
    if not all(ends.values()):
        return b""
    count = int(_value(outlines, b"/Count"))
    listed = b"".join(b"%s %d 0 R" % (key, numbers[int(found[1])]) for key, found in ends.items() if found)
    return listed + b"/Count %d" % -abs(count)


def _number(written: bytes, key: bytes) -> int:
    return int(_value(written, key).split()[0])


def _value(written: bytes, key: bytes) -> bytes:
    """Return what stands behind a key: a reference, a number or a list of references."""
    found = re.search(key + rb" (\[[^\]]*\]|\d+ 0 R|\d+)", written)
    if found is None:
        raise NotOurPdf
    return found[1]

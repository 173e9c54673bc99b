"""Pages of somebody else's PDF behind a paper of ours, such as a seller's signed Form W-9.

What is taken over is what the pages show, and nothing else: a form's fields as they look, but no scripts, links or
attachments. Each page becomes one figure with a description in the tags of the paper, which so stays accessible as a
whole; its fonts, and those of the further pages, stand in the joined file once.
"""

from __future__ import annotations

import io
from typing import Any

from tourreg.kernel.refusals import Refusal

LARGEST_FILE = 2 * 1024 * 1024
MOST_PAGES = 8
_HIDDEN = 2


class NotAPdf(Refusal):
    """The content is no PDF, whatever it is called."""


class PdfEncrypted(Refusal):
    """The PDF is locked by a password or forbids its use."""


class PdfBroken(Refusal):
    """The PDF cannot be read, or has no page."""


class PdfTooLong(Refusal):
    """The PDF has more bytes or pages than are taken; facts: pages."""


def examine(content: bytes) -> int:
    """Return how many pages a PDF has that may be enclosed.

    raises  NotAPdf, PdfEncrypted, PdfBroken, PdfTooLong
    """
    if len(content) > LARGEST_FILE:
        raise PdfTooLong(pages=0)
    if not content.startswith(b"%PDF-"):
        raise NotAPdf
    try:
        reader = _read(content)
        if reader.is_encrypted:
            raise PdfEncrypted
        count = len(reader.pages)
        if count > MOST_PAGES:
            raise PdfTooLong(pages=count)
        _append_all(_blank_paper(), reader, "tried out")
    except Refusal:
        raise
    except Exception as fault:
        raise PdfBroken from fault
    if not count:
        raise PdfBroken
    return count


def append_pages(paper: bytes, further: bytes, *, described: str) -> bytes:
    """Return a tagged paper with the pages of another PDF behind its own; the same gives the same bytes.

    further    what `examine` has accepted
    described  what its pages are, for those who cannot see them
    """
    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=io.BytesIO(paper))
    writer.pdf_header = "%PDF-1.7"
    _append_all(writer, _read(further), described)
    joined = io.BytesIO()
    writer.write(joined)
    return joined.getvalue()


def _read(content: bytes) -> Any:
    from pypdf import PdfReader

    return PdfReader(io.BytesIO(content), strict=False)


def _blank_paper() -> Any:
    from pypdf import PdfWriter

    return PdfWriter()


def _append_all(writer: Any, reader: Any, described: str) -> None:
    for number, page in enumerate(reader.pages, start=1):
        _append(writer, page, f"{described}, {number}/{len(reader.pages)}")


def _append(writer: Any, page: Any, described: str) -> None:
    """Add one page that shows the other, and a figure for it to the tags of the paper, if it has any."""
    from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject

    width, height, turned = _turned(page)
    drawn = {"/Page": _as_drawing(writer, page)} | _looks_of_fields(writer, page)
    added = writer.add_blank_page(width, height)
    commands = "".join(f"q {placed} cm {name} Do Q\n" for name, (placed, _drawing) in drawn.items())
    content = DecodedStreamObject()
    content.set_data(f"/Figure <</MCID 0>> BDC\nq {turned} cm\n{commands}Q\nEMC\n".encode())
    drawings = DictionaryObject({NameObject(name): drawing for name, (_placed, drawing) in drawn.items()})
    added[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): drawings})
    added[NameObject("/Contents")] = _kept(writer, content.flate_encode())
    added[NameObject("/Tabs")] = NameObject("/S")
    bounds = ArrayObject([NumberObject(0), NumberObject(0), NumberObject(int(width)), NumberObject(int(height))])
    _tag(writer, added, described, bounds)


def _turned(page: Any) -> tuple[float, float, str]:
    """Return the width and the height of a page as readers see it, and the matrix that turns it so."""
    box = page.cropbox
    left, bottom, width, height = (float(side) for side in (box.left, box.bottom, box.width, box.height))
    quarter = (page.rotation or 0) // 90 % 4
    if quarter == 1:
        return height, width, f"0 -1 1 0 {-bottom:g} {left + width:g}"
    if quarter == 2:
        return width, height, f"-1 0 0 -1 {left + width:g} {bottom + height:g}"
    if quarter == 3:
        return height, width, f"0 1 -1 0 {bottom + height:g} {-left:g}"
    return width, height, f"1 0 0 1 {-left:g} {-bottom:g}"


def _as_drawing(writer: Any, page: Any) -> tuple[str, Any]:
    """Return where a page is placed and the page as a drawing that another can show."""
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    drawing = DecodedStreamObject()
    content = page.get_contents()
    drawing.set_data(content.get_data() if content is not None else b"")
    compressed = drawing.flate_encode()
    resources: Any = page.get("/Resources") or DictionaryObject()
    compressed.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): page.cropbox.clone(writer),
            NameObject("/Resources"): resources.get_object().clone(writer),
        }
    )
    return "1 0 0 1 0 0", _kept(writer, compressed)


def _looks_of_fields(writer: Any, page: Any) -> dict[str, tuple[str, Any]]:
    """Return how the filled fields and stamps on a page look, each with its place."""
    looks: dict[str, tuple[str, Any]] = {}
    for note in page.get("/Annots") or ():
        shown = note.get_object()
        look = _look_of(shown)
        if look is not None and not int(shown.get("/F", 0)) & _HIDDEN:
            looks[f"/Note{len(looks)}"] = _placed(shown["/Rect"], look), _cloned_look(writer, look)
    return looks


def _kept(writer: Any, thing: Any) -> Any:
    """Return the reference of a thing that the file holds from now on."""
    return writer._add_object(thing)  # noqa: SLF001 - the library has no other way for what no page begins with


def _look_of(note: Any) -> Any | None:
    """Return the drawing of a field in its present state, if it shows anything."""
    normal = (note.get("/AP") or {}).get("/N")
    found = normal.get_object() if normal is not None else None
    if found is not None and not hasattr(found, "get_data"):
        state = found.get(note.get("/AS", "/Off"))
        found = state.get_object() if state is not None else None
    return found


def _cloned_look(writer: Any, look: Any) -> Any:
    from pypdf.generic import NameObject

    cloned = look.clone(writer)
    cloned[NameObject("/Type")] = NameObject("/XObject")
    cloned[NameObject("/Subtype")] = NameObject("/Form")
    return cloned.indirect_reference


def _placed(rectangle: Any, look: Any) -> str:
    """Return the matrix that lays the look of a field over its rectangle (ISO 32000-1, 12.5.5)."""
    x0, y0, x1, y1 = (float(side) for side in rectangle)
    a, b, c, d, e, f = (float(part) for part in look.get("/Matrix", (1, 0, 0, 1, 0, 0)))
    left, bottom, right, top = (float(side) for side in look.get("/BBox", (0, 0, 1, 1)))
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)]
    low_x, high_x = min(x for x, _ in corners), max(x for x, _ in corners)
    low_y, high_y = min(y for _, y in corners), max(y for _, y in corners)
    across = abs(x1 - x0) / (high_x - low_x) if high_x > low_x else 1
    up = abs(y1 - y0) / (high_y - low_y) if high_y > low_y else 1
    return f"{across:g} 0 0 {up:g} {min(x0, x1) - low_x * across:g} {min(y0, y1) - low_y * up:g}"


def _tag(writer: Any, page: Any, described: str, bounds: Any) -> None:
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject

    root = writer.root_object.get("/StructTreeRoot")
    if root is None:
        return
    tree = root.get_object()
    top = tree["/K"].get_object()
    parent = top[0].get_object() if isinstance(top, list) else top
    figure = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/StructElem"),
            NameObject("/S"): NameObject("/Figure"),
            NameObject("/P"): parent.indirect_reference,
            NameObject("/Pg"): page.indirect_reference,
            NameObject("/K"): NumberObject(0),
            NameObject("/Alt"): TextStringObject(described),
            NameObject("/A"): DictionaryObject({NameObject("/O"): NameObject("/Layout"), NameObject("/BBox"): bounds}),
        }
    )
    reference = _kept(writer, figure)
    children = parent["/K"].get_object()
    if not isinstance(children, list):
        children = ArrayObject([children])
        parent[NameObject("/K")] = children
    children.append(reference)
    numbers = tree["/ParentTree"].get_object()["/Nums"].get_object()
    key = max((int(number) for number in numbers[::2]), default=-1) + 1
    numbers.extend([NumberObject(key), ArrayObject([reference])])
    tree[NameObject("/ParentTreeNextKey")] = NumberObject(key + 1)
    page[NameObject("/StructParents")] = NumberObject(key)

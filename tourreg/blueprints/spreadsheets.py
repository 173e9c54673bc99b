"""Tables as CSV files that Excel opens in Chinese and that cannot carry a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from flask import Response, stream_with_context

_BYTE_ORDER_MARK = "\ufeff"
# What a spreadsheet takes for the beginning of a formula, in the wide forms of Chinese keyboards as well.
_FORMULA_SIGNS = frozenset("=+-@\t\r\n＝＋－＠")
_ROWS_A_PIECE = 500


def csv_file(name: str, heading: Sequence[str], rows: Iterable[Sequence[str]]) -> Response:
    """Return a streamed download; the caller passes what people typed through `harmless`."""
    answer = Response(stream_with_context(_written(heading, rows)), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def harmless(cell: str) -> str:
    """Return the text so that a spreadsheet reads it as text: an apostrophe before what would begin a formula."""
    return f"'{cell}" if cell[:1] in _FORMULA_SIGNS else cell


def as_typed(cell: str) -> str:
    """Return the text without the apostrophe that `harmless` put before it."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in _FORMULA_SIGNS else cell


def _written(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    piece = io.StringIO()
    piece.write(_BYTE_ORDER_MARK)
    writer = csv.writer(piece)
    writer.writerow(heading)
    for number, row in enumerate(rows, start=1):
        writer.writerow(row)
        if number % _ROWS_A_PIECE == 0:
            yield _taken(piece)
    yield _taken(piece)


def _taken(piece: io.StringIO) -> str:
    text = piece.getvalue()
    piece.seek(0)
    piece.truncate()
    return text

"""Contact sheets: many pages, made small, on one picture; and the few pictures that the README shows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw

GROUND, INK, EDGE = "#e4e9e7", "#162128", "#aab5b2"
GAP = 24
CAPTION = 22
QUALITY = 62


@dataclass(frozen=True)
class Sheet:
    """Which pictures stand on one sheet, by what their names begin with under pages, dark, print or papers.

    width    of each page on the sheet, in pixels
    tallest  what stands lower than this many widths of a page is cut off
    captions whether the name of each page stands above it
    """

    wanted: Sequence[str]
    width: int
    across: int
    tallest: float = 1.5
    captions: bool = True


SUMMIT, TOUR = "eco-urbanization-yangzhou", "energy-efficiency-us"
SHEETS = {
    "readme-event": Sheet([f"pages/event-{SUMMIT}-en-1280"], 900, 1, 1.05, captions=False),
    "readme-phones": Sheet(
        [
            f"pages/event-{SUMMIT}-zh-320",
            f"dark/event-{SUMMIT}-en-320",
            "pages/register-two-people-zh-320",
            "pages/my-held-en-320",
        ],
        300, 4, 2.2, captions=False,
    ),
    "readme-papers": Sheet(
        ["papers/invoice-cny-both-a4-01", f"papers/itinerary-{TOUR}-both-a4-02"], 620, 2, captions=False
    ),
    "readme-office": Sheet(["pages/office-registrations-en-1280"], 900, 1, 1, captions=False),
    "public-wide": Sheet(
        [
            f"pages/{name}-1280"
            for name in (
                "front-en", "programmes-zh", f"event-{SUMMIT}-en", f"event-{TOUR}-zh", "register-two-people-en",
                "register-faults-zh", "host-en", "host-sign-up-zh", "text-terms-en",
            )
        ],
        480, 3,
    ),
    "public-narrow": Sheet(
        [
            f"pages/{name}-320"
            for name in (
                "front-zh", "programmes-en", f"event-{SUMMIT}-zh", f"event-{TOUR}-en", "register-zh",
                "register-faults-en", "host-zh", "host-sign-up-en", "fault-404-zh", "my-sign-in-en",
            )
        ],
        240, 5, 3.2,
    ),
    "my-and-city": Sheet(
        [
            f"pages/{name}-1280"
            for name in (
                "my-held-en", "my-invoice-paid-zh", "my-cancelled-refunded-en", "city-accepted-en",
                "city-address-confirmed-zh", "city-offer-en",
            )
        ],
        480, 3,
    ),
    "office": Sheet(
        [
            f"pages/office-{name}-1280"
            for name in (
                "board-en", "registrations-zh", "registration-invoice-paid-en", "events-en", "event-zh",
                "itinerary-en", "money-en", "order-zh", "host-address-confirmed-en",
            )
        ],
        480, 3, 1.2,
    ),
    "dark": Sheet(
        [
            f"dark/{name}-1280"
            for name in (
                "front-en", f"event-{SUMMIT}-zh", "my-held-en", "office-board-zh", "office-itinerary-en",
                "register-faults-zh",
            )
        ],
        480, 3, 1.2,
    ),
    "print": Sheet([f"print/event-{TOUR}-en", "print/my-invoice-paid-zh"], 300, 5),
    "papers-money": Sheet(
        [
            f"papers/{name}"
            for name in (
                "invoice-usd-en-letter", "invoice-cny-both-a4", "invoice-cny-zh-a4", "pro-forma-en-letter",
                "receipt-usd-en-letter", "receipt-cny-both-a4", "credit-note-usd-en-letter", "credit-note-usd-both-a4",
                "statement-en-letter", "reminder-zh-a4", "refund-advice-usd-both-letter",
            )
        ],
        400, 4,
    ),
    "papers-programme": Sheet([f"papers/itinerary-{TOUR}-both-a4", f"papers/roster-{TOUR}-both-letter"], 400, 4),
    "letters": Sheet(["pages/letter-*-320"], 240, 7, 2.6),
}  # fmt: skip


def compose_all(folder: Path) -> None:
    """Write folder/sheets from the pictures that stand in the folder."""
    (folder / "sheets").mkdir(exist_ok=True)
    for name, sheet in SHEETS.items():
        files = [file for wanted in sheet.wanted for file in _named(folder, wanted)]
        compose(files, sheet).save(folder / "sheets" / f"{name}.webp", quality=QUALITY, method=6)


def _named(folder: Path, wanted: str) -> list[Path]:
    """Return the picture of that name, or all that begin with it."""
    exact = folder / f"{wanted}.png"
    if exact.exists():
        return [exact]
    return sorted(folder.glob(f"{wanted}*.png"))


def compose(files: Sequence[Path], sheet: Sheet) -> Image.Image:
    """Return the pictures as one."""
    above = CAPTION if sheet.captions else 0
    rows = list(_rows([(file, _small(file, sheet)) for file in files], sheet.across))
    height = sum(max(page.height for _file, page in row) + above + GAP for row in rows) + GAP
    made = Image.new("RGB", (sheet.across * (sheet.width + GAP) + GAP, height), GROUND)
    top = GAP
    for row in rows:
        _lay(row, made, top, above)
        top += max(page.height for _file, page in row) + above + GAP
    return made


def _rows(pages: list[tuple[Path, Image.Image]], across: int) -> Iterator[list[tuple[Path, Image.Image]]]:
    for start in range(0, len(pages), across):
        yield pages[start : start + across]


def _small(file: Path, sheet: Sheet) -> Image.Image:
    with Image.open(file) as picture:
        seen = picture.convert("RGB").crop(
            (0, 0, picture.width, min(picture.height, int(picture.width * sheet.tallest)))
        )
        size = sheet.width, round(seen.height * sheet.width / seen.width)
        return seen.resize(size, Image.Resampling.LANCZOS)


def _lay(row: Sequence[tuple[Path, Image.Image]], made: Image.Image, top: int, above: int) -> None:
    draw, left = ImageDraw.Draw(made), GAP
    for file, page in row:
        if above:
            draw.text((left, top), file.stem, fill=INK, font_size=13)
        made.paste(page, (left, top + above))
        draw.rectangle((left - 1, top + above - 1, left + page.width, top + above + page.height), outline=EDGE)
        left += page.width + GAP

"""Pictures of the main papers, kept to compare with: python -m tests.kept_pictures makes them anew.

Each is a page of a sample paper in 16 greys, coarse enough to be small. Two are compared after blurring them,
as programs that draw letters smooth them each in its own way; what moves by a line, disappears or comes in addition
remains. Whoever changes a paper on purpose makes the pictures anew and looks at them.
"""

import subprocess
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter

from tests.paper_samples import ALL
from tourreg.adapters.pdf import make_pdf
from tourreg.paper_words import PaperLanguage
from tourreg.rendering import PageSize, render_document

FOLDER = Path(__file__).parent / "kept"
KEPT: tuple[tuple[str, PaperLanguage, PageSize, int], ...] = (
    ("invoice", "en", "letter", 1),
    ("chinese-invoice", "zh", "a4", 1),
    ("receipt", "both", "a4", 1),
    ("itinerary", "both", "letter", 2),
    ("itinerary", "zh", "a4", 1),
    ("itinerary_summary", "en", "letter", 1),
    ("roster", "both", "a4", 1),
    ("rooming-list", "en", "letter", 1),
    ("badges", "both", "a4", 1),
    ("name_plates", "zh", "a4", 1),
    ("pocket_card", "both", "a4", 1),
    ("change_notice", "zh", "a4", 1),
    ("approval_cut", "zh", "a4", 1),
    ("host_request", "en", "letter", 1),
)
DOTS_PER_INCH, GREYS = 40, 16
BLUR_DOTS = 2
MOST_APART = 32  # of 255; a line of text that is not there differs by twice as much


def kept_at(name: str, language: str, page_size: str, page: int) -> Path:
    return FOLDER / f"{name.replace('_', '-')}-{language}-{page_size}-{page}.png"


def drawn(name: str, language: PaperLanguage, page_size: PageSize, page: int) -> Image.Image:
    """Return a page of a sample paper as it is made now."""
    template, sheet = ALL[name]
    return picture_of(make_pdf(render_document(template, sheet, language=language, page_size=page_size)), page)


def picture_of(pdf: bytes, page: int = 1) -> Image.Image:
    """Return a page of a PDF in grey."""
    command = ["pdftoppm", "-gray", "-r", str(DOTS_PER_INCH), "-f", str(page), "-l", str(page), "-"]
    made = subprocess.run(command, input=pdf, check=True, capture_output=True).stdout
    width, height, _most, pixels = _parts(made)
    return Image.frombytes("L", (width, height), pixels).quantize(GREYS).convert("L")


def apart(one: Image.Image, other: Image.Image) -> int:
    """Return by how much two pictures differ where they differ most: 0 to 255, and 255 for two sizes."""
    if one.size != other.size:
        return 255
    blur = ImageFilter.BoxBlur(BLUR_DOTS)
    levels = ImageChops.difference(one.filter(blur), other.filter(blur)).histogram()
    return max(level for level, count in enumerate(levels) if count)


def _parts(pgm: bytes) -> tuple[int, int, int, bytes]:
    """Return width, height, the value of white and the pixels of a picture as pdftoppm writes it."""
    _kind, size, most, pixels = pgm.split(b"\n", 3)
    width, height = map(int, size.split())
    return width, height, int(most), pixels


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for form in KEPT:
        drawn(*form).quantize(GREYS).save(kept_at(*form), optimize=True)

"""Take pictures of every paper of money, and write their contact sheet: python -m tests.pictures.money_papers FOLDER.

Each kind stands there in English on Letter, in Chinese on A4 and in both on either, and once more strained: for a payer
with a very long name, in yen, with forty lines where it has lines. FOLDER/papers-of-money.webp is the sheet; the one
that is committed stands in docs/pictures.
"""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.paper_samples import ALL
from tests.paper_samples.hard_bills import HARD
from tests.pictures.contact_sheets import QUALITY, Sheet, compose
from tests.pictures.papers import as_pictures
from tourreg.adapters.pdf import make_pdf
from tourreg.paper_words import PaperLanguage
from tourreg.rendering import PageSize, render_document

KINDS = (
    "quote", "pro-forma", "invoice", "chinese-invoice", "receipt", "credit-note", "statement", "first-reminder",
    "last-reminder", "refund-advice",
)  # fmt: skip
FORMS: tuple[tuple[PaperLanguage, PageSize], ...] = (("en", "letter"), ("zh", "a4"), ("both", "a4"), ("both", "letter"))
HARD_FORMS: tuple[tuple[PaperLanguage, PageSize], ...] = (("en", "letter"), ("both", "a4"))


def take_all(folder: Path) -> list[Path]:
    """Write every page as a picture and return them in the order of the sheet."""
    folder.mkdir(parents=True, exist_ok=True)
    pictures: list[Path] = []
    for name, template, sheet, language, size in _papers():
        stem = folder / f"{name}-{language}-{size}"
        as_pictures(make_pdf(render_document(template, sheet, language=language, page_size=size)), stem)
        pictures += sorted(folder.glob(f"{stem.name}-[0-9]*.png"))
    return pictures


def _papers() -> Iterator[tuple[str, str, Mapping[str, Any], PaperLanguage, PageSize]]:
    for name in KINDS:
        yield from ((name, *ALL[name], *form) for form in FORMS)
    for name, (template, sheet) in HARD.items():
        yield from ((name, template, sheet, *form) for form in HARD_FORMS)


def main(folder: Path) -> None:
    pictures = take_all(folder / "pages")
    made = compose(pictures, Sheet([], 230, 8))
    made.save(folder / "papers-of-money.webp", quality=QUALITY, method=6)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

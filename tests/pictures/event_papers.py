"""Take pictures of every paper of events, and write their contact sheets: python -m tests.pictures.event_papers FOLDER.

Makes a sample season in FOLDER, unless FOLDER/sheets.json is there already, and of it every page of the main papers as
a picture. FOLDER/papers-of-programme.webp and FOLDER/papers-of-people.webp are the sheets; those that are committed
stand in docs/pictures.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from tests import demo_season
from tests.pictures.contact_sheets import Sheet, compose
from tests.pictures.papers import as_pictures
from tourreg.adapters.files import FolderFiles
from tourreg.adapters.pdf import make_pdf
from tourreg.paper_words import PaperLanguage
from tourreg.rendering import PageSize, render_document

SUMMIT, TOUR, FORUM = "eco-urbanization-yangzhou", "energy-efficiency-us", "performance-management-shenzhen"
Form = tuple[str, str, PaperLanguage, PageSize]
SHEETS: dict[str, tuple[Form, ...]] = {
    "papers-of-programme": (
        (TOUR, "itinerary", "both", "a4"),
        (FORUM, "itinerary_summary", "zh", "a4"),
        (TOUR, "change_notice", "en", "letter"),
        (FORUM, "personal_itinerary", "both", "letter"),
        (TOUR, "pocket_card", "both", "a4"),
        (TOUR, "approval_cut", "zh", "a4"),
        (TOUR, "driver_sheet", "en", "letter"),
        (FORUM, "host_day", "both", "letter"),
    ),
    "papers-of-people": (
        (SUMMIT, "badges", "both", "a4"),
        (FORUM, "name_plates", "zh", "a4"),
        (SUMMIT, "roster_public", "both", "letter"),
        (SUMMIT, "roster", "en", "letter"),
        (FORUM, "roster_operations", "zh", "a4"),
        (FORUM, "attendance", "both", "a4"),
        (TOUR, "host_request", "en", "letter"),
        (TOUR, "host_confirmation", "zh", "a4"),
        (TOUR, "host_thanks", "both", "a4"),
    ),
}
# Of a long paper so many pages stand on the sheet.
MOST_PAGES = 20
QUALITY = 45


def take_all(folder: Path, forms: tuple[Form, ...]) -> Iterator[Path]:
    """Write every page of these papers as a picture, and return those for the sheet in its order."""
    folder.mkdir(parents=True, exist_ok=True)
    filed = FolderFiles(folder.parent / "season" / "files")
    sheets = json.loads((folder.parent / demo_season.SHEETS).read_text("utf-8"))
    for slug, kind, language, size in forms:
        stem = folder / f"{kind.replace('_', '-')}-{slug}-{language}-{size}"
        html = render_document(kind, sheets[slug][kind], language=language, page_size=size, pictures=filed.get)
        as_pictures(make_pdf(html), stem)
        yield from sorted(folder.glob(f"{stem.name}-[0-9]*.png"))[:MOST_PAGES]


def main(folder: Path) -> None:
    if not (folder / demo_season.SHEETS).exists():
        demo_season.main(folder)
    for name, forms in SHEETS.items():
        made = compose(list(take_all(folder / "pages", forms)), Sheet([], 200, 9, captions=False))
        made.save(folder / f"{name}.webp", quality=QUALITY, method=6)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Take pictures of every page and paper of the sample season: python -m tests.pictures FOLDER [--season FOLDER].

Writes FOLDER/pages, dark, print and papers, and contact sheets of the main ones under FOLDER/sheets. Fails when a page
is wider than its window, or when an address of the site was not visited.
"""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.journeys.browsers import open_browser
from tests.pictures.camera import Album, take_all
from tests.pictures.contact_sheets import compose_all
from tests.pictures.hosting import hosting
from tests.pictures.papers import print_all
from tests.pictures.scenes import all_scenes
from tests.pictures.season import Season
from tests.pictures.seldom import seldom_seen
from tests.ports import free_port
from tourreg.demo import show
from tourreg.demo.folder import is_ready, note_ready, prepare
from tourreg.demo.servers import Place, stand_in_for_stripe, web_and_worker

# Addresses without a picture: redirections, files, and what only machines read.
NOT_PAGES = {
    "/", "/city/", "/v/<code>", "/healthz", "/readyz", "/robots.txt", "/sitemap.xml", "/static/<path:filename>",
    "/mailbox/<name>/attachments/<int:number>", "/my/bills/<public_id>/order/<file>",
    "/office/money/cancellations/documents/<public_id>", "/office/money/orders/files/<public_id>",
}  # fmt: skip
FILES = (".pdf", ".csv", ".xlsx", ".ics", ".js", ".jpg", ".png", "/file", "/files/<sent>", "/<approval>", ":form>")


def main() -> int:
    asked = _arguments()
    album = Album(asked.folder)
    with _served(asked.season or asked.folder / "season") as place, open_browser() as browser:
        season = Season(place)
        season.wait_for_letters_and_papers()
        scenes = [
            scene for scene in (*all_scenes(season), *hosting(season), *seldom_seen(season)) if asked.only in scene.name
        ]
        take_all(scenes, season, browser, album)
        album.file("pages", "shown.txt").write_text("\n".join(album.shown) + "\n", "utf-8")
        if not asked.only:
            left = sorted(season.routes() - album.routes - NOT_PAGES)
            album.faults += [f"no picture of {route}" for route in left if not route.endswith(FILES)]
            print_all(season, asked.folder / "papers")
            compose_all(asked.folder)
    print(*album.faults, f"{len(album.faults)} faults", sep="\n")
    return 1 if album.faults else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("--season", type=Path, help="a folder that keeps the sample season from one time to the next")
    parser.add_argument("--only", default="", help="only the pages whose name holds this")
    return parser.parse_args()


@contextmanager
def _served(folder: Path) -> Iterator[Place]:
    """Serve the season of that folder, made first if it is not there."""
    prepare(folder, fresh=False)
    place = Place(folder.resolve(), free_port(), free_port())
    with stand_in_for_stripe(place):
        if not is_ready(folder):
            show.make(place)
            note_ready(folder)
        with web_and_worker(place):
            yield place


sys.exit(main())

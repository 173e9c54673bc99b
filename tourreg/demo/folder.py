"""The demo's own folder: known by a marker, so that nobody else's files are ever thrown away."""

import shutil
from pathlib import Path

MARKER = ".tourreg-demo"
READY = "ready"


class NotOurFolder(Exception):
    """The folder holds something that no demo has put there; the message names the folder."""


def prepare(folder: Path, *, fresh: bool) -> None:
    """Leave the folder with a whole season, or with nothing but its marker.

    fresh   throw away a whole season too; half a one is always thrown away
    raises  NotOurFolder
    """
    if folder.exists() and not _may_be_used(folder):
        raise NotOurFolder(
            f"{folder} holds files that no demo has made; name an empty or a new folder. Nothing was changed."
        )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARKER).touch()
    if fresh or not is_ready(folder):
        _empty(folder)


def is_ready(folder: Path) -> bool:
    """Tell whether a whole season stands in the folder."""
    return (folder / READY).exists()


def note_ready(folder: Path) -> None:
    """Note that the season is whole."""
    (folder / READY).touch()


def _may_be_used(folder: Path) -> bool:
    return folder.is_dir() and ((folder / MARKER).is_file() or not any(folder.iterdir()))


def _empty(folder: Path) -> None:
    """Delete all but the marker, so that the folder is still known if this is cut short."""
    (folder / READY).unlink(missing_ok=True)
    for content in folder.iterdir():
        if content.is_dir() and not content.is_symlink():
            shutil.rmtree(content)
        elif content.name != MARKER:
            content.unlink()

"""Writing a file so that others see all of it or nothing, whatever happens meanwhile."""

import os
import tempfile
from pathlib import Path


def write_whole(place: Path, content: bytes) -> None:
    """Write beside the place, make sure that the disk has it, then rename."""
    with tempfile.NamedTemporaryFile(dir=place.parent, prefix=".", delete=False) as unfinished:
        try:
            unfinished.write(content)
            unfinished.flush()
            os.fsync(unfinished.fileno())
            Path(unfinished.name).replace(place)
        except BaseException:
            Path(unfinished.name).unlink(missing_ok=True)
            raise
    _make_durable(place.parent)


def require_writable(folder: Path) -> None:
    """Make the folder if it is not there, and a file in it that is gone again at once.

    raises  OSError, which names the place and the reason
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, prefix="."):
        pass


def _make_durable(folder: Path) -> None:
    """Make sure that the disk also knows the new name in the folder."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

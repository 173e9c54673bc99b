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


def _make_durable(folder: Path) -> None:
    """Make sure that the disk also knows the new name in the folder."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

"""Where files are kept: under the hash of what they hold, so that the same content is kept once and never changes."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from tourreg.adapters.whole_files import require_writable, write_whole

_HASH = re.compile(r"[0-9a-f]{64}")


class FileMissing(Exception):
    """Nothing is kept under this hash."""


class FileDamaged(Exception):
    """What is kept under this hash is no longer what was put there."""


class Files(Protocol):
    """A store of whole files."""

    def put(self, content: bytes) -> str:
        """Keep the content and return its SHA-256 in hexadecimal; putting it again changes nothing."""

    def get(self, content_hash: str) -> bytes:
        """Return the content.

        raises  FileMissing, FileDamaged
        """

    def size(self, content_hash: str) -> int | None:
        """Return how many bytes are kept under this hash, without reading them; None where there are none."""

    def remove(self, content_hash: str) -> None:
        """Keep the content no longer; whoever asks makes sure that nothing else needs it."""

    def try_out(self) -> None:
        """Make sure that files can be kept, and keep none.

        raises  OSError
        """


def open_files(url: str) -> Files:
    """Return the store that a URL names: a folder as /path or file:///path, or memory:// for tests."""
    parts = urlsplit(url)
    if parts.scheme == "memory":
        return MemoryFiles()
    if parts.scheme in ("", "file"):
        return FolderFiles(Path(unquote(parts.path)))
    raise ValueError(f"files cannot be kept at {parts.scheme}://")


class FolderFiles:
    """Files in a folder of this machine, spread over 256 folders by the first two digits of their hash."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, content: bytes) -> str:
        """Keep the content; a process that dies meanwhile leaves nothing half written under the hash."""
        content_hash = sha256(content).hexdigest()
        place = self._place(content_hash)
        if not _holds(place, content_hash):
            place.parent.mkdir(parents=True, exist_ok=True)
            write_whole(place, content)
        return content_hash

    def get(self, content_hash: str) -> bytes:
        try:
            content = self._place(content_hash).read_bytes()
        except FileNotFoundError as error:
            raise FileMissing(content_hash) from error
        return _verified(content, content_hash)

    def size(self, content_hash: str) -> int | None:
        try:
            return self._place(content_hash).stat().st_size
        except (FileMissing, FileNotFoundError):
            return None

    def remove(self, content_hash: str) -> None:
        self._place(content_hash).unlink(missing_ok=True)

    def try_out(self) -> None:
        require_writable(self._folder)

    def _place(self, content_hash: str) -> Path:
        if _HASH.fullmatch(content_hash) is None:
            raise FileMissing(content_hash)
        return self._folder / content_hash[:2] / content_hash


class MemoryFiles:
    """Files of this process, gone with it; for tests."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def put(self, content: bytes) -> str:
        content_hash = sha256(content).hexdigest()
        self.kept[content_hash] = content
        return content_hash

    def get(self, content_hash: str) -> bytes:
        if content_hash not in self.kept:
            raise FileMissing(content_hash)
        return _verified(self.kept[content_hash], content_hash)

    def size(self, content_hash: str) -> int | None:
        return len(self.kept[content_hash]) if content_hash in self.kept else None

    def remove(self, content_hash: str) -> None:
        self.kept.pop(content_hash, None)

    def try_out(self) -> None:
        """Memory is always there."""


def _holds(place: Path, content_hash: str) -> bool:
    """Tell whether the file is there and whole; a damaged one is to be written again."""
    return place.exists() and sha256(place.read_bytes()).hexdigest() == content_hash


def _verified(content: bytes, content_hash: str) -> bytes:
    if sha256(content).hexdigest() != content_hash:
        raise FileDamaged(content_hash)
    return content

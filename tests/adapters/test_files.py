"""Files are kept under their hash, whole or not at all."""

from hashlib import sha256
from pathlib import Path

import pytest

from tourreg.adapters.files import FileDamaged, FileMissing, Files, FolderFiles, MemoryFiles, open_files

INVOICE = "账单 INV-2027-00001".encode()
NOWHERE = "0" * 64


@pytest.fixture(params=["folder", "memory"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> Files:
    return open_files(str(tmp_path / "papers") if request.param == "folder" else "memory://")


def test_a_file_comes_back_as_it_was_put(files: Files) -> None:
    assert files.get(files.put(INVOICE)) == INVOICE


def test_a_file_is_known_by_its_hash(files: Files) -> None:
    assert files.put(INVOICE) == files.put(INVOICE) == sha256(INVOICE).hexdigest()


@pytest.mark.parametrize("content_hash", [NOWHERE, "../../etc/passwd", "", "A" * 64, "0" * 63 + "\n"])
def test_what_was_never_put_is_missing(files: Files, content_hash: str) -> None:
    with pytest.raises(FileMissing):
        files.get(content_hash)


def test_trying_out_makes_the_folder_and_keeps_nothing(tmp_path: Path) -> None:
    FolderFiles(tmp_path / "papers").try_out()

    assert list((tmp_path / "papers").iterdir()) == []


def test_a_damaged_file_is_not_handed_out(tmp_path: Path) -> None:
    files = FolderFiles(tmp_path)
    content_hash = files.put(INVOICE)
    _file_of(tmp_path, content_hash).write_bytes(b"another invoice")

    with pytest.raises(FileDamaged):
        files.get(content_hash)


def test_a_damaged_file_is_mended_when_it_is_put_again(tmp_path: Path) -> None:
    files = FolderFiles(tmp_path)
    content_hash = files.put(INVOICE)
    _file_of(tmp_path, content_hash).write_bytes(b"half an inv")

    files.put(INVOICE)

    assert files.get(content_hash) == INVOICE


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = FolderFiles(tmp_path)
    monkeypatch.setattr("os.fsync", _no_space_left)

    with pytest.raises(OSError, match="No space left"):
        files.put(INVOICE)

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_file_url_names_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "城市 papers"

    content_hash = open_files(folder.as_uri()).put(INVOICE)

    assert FolderFiles(folder).get(content_hash) == INVOICE


def test_memory_is_for_one_process_only() -> None:
    assert isinstance(open_files("memory://"), MemoryFiles)


def _file_of(folder: Path, content_hash: str) -> Path:
    return folder / content_hash[:2] / content_hash


def _no_space_left(_descriptor: int) -> None:
    raise OSError(28, "No space left on device")

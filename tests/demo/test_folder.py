"""The demo throws away nothing but what a demo has made."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from tourreg import cli
from tourreg.demo.folder import MARKER, NotOurFolder, is_ready, note_ready, prepare


def test_a_new_folder_is_made_and_marked(tmp_path: Path) -> None:
    prepare(tmp_path / "new" / "demo", fresh=False)

    assert held(tmp_path / "new" / "demo") == [MARKER]


@pytest.mark.parametrize("fresh", [False, True])
def test_somebody_elses_folder_is_refused_and_left_as_it_was(tmp_path: Path, fresh: bool) -> None:
    (tmp_path / "thesis.txt").write_text("three years of work")

    with pytest.raises(NotOurFolder):
        prepare(tmp_path, fresh=fresh)

    assert held(tmp_path) == ["thesis.txt"]


def test_the_command_says_so_plainly(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("three years of work")

    answer = CliRunner().invoke(cli.main, ["demo", "--folder", str(tmp_path), "--fresh"])

    assert answer.exit_code == 1
    assert "holds files that no demo has made" in answer.output
    assert held(tmp_path) == ["thesis.txt"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("three years of work")

    with pytest.raises(NotOurFolder):
        prepare(tmp_path / "thesis.txt", fresh=True)


def test_a_season_that_was_cut_short_is_thrown_away(tmp_path: Path) -> None:
    half_a_season(tmp_path)

    prepare(tmp_path, fresh=False)

    assert held(tmp_path) == [MARKER]


def test_a_whole_season_is_kept(tmp_path: Path) -> None:
    half_a_season(tmp_path)
    note_ready(tmp_path)

    prepare(tmp_path, fresh=False)

    assert is_ready(tmp_path)
    assert "tourreg.db" in held(tmp_path)


def test_a_whole_season_is_made_anew_when_asked_for(tmp_path: Path) -> None:
    half_a_season(tmp_path)
    note_ready(tmp_path)

    prepare(tmp_path, fresh=True)

    assert held(tmp_path) == [MARKER]


def test_what_a_link_in_the_folder_leads_to_stays(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "thesis.txt").write_text("three years of work")
    demo = tmp_path / "demo"
    prepare(demo, fresh=False)
    (demo / "files").symlink_to(elsewhere)

    prepare(demo, fresh=True)

    assert held(elsewhere) == ["thesis.txt"]


def half_a_season(folder: Path) -> None:
    prepare(folder, fresh=False)
    (folder / "tourreg.db").touch()
    (folder / "mail" / "new").mkdir(parents=True)
    (folder / "mail" / "new" / "letter.eml").touch()


def held(folder: Path) -> list[str]:
    return sorted(content.name for content in folder.iterdir())

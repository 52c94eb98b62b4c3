"""``sulh traces``: where words that should be gone still stand; the words are neither stored nor printed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pyrage
import pytest

from tests.torture.serving import ROOT, Installation

WORD = "Kvarnbyford crossing"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """An installation with a programme."""
    folder = tmp_path_factory.mktemp("programmes") / "two-banks"
    made = Installation(
        tmp_path_factory.mktemp("house"), settings={"TMPDIR": str(tmp_path_factory.mktemp("tmp"))}
    )
    assert (
        made.sulh("new", str(folder), "--name", f"Banks of {WORD}", "--sides", "Varenia, Oskland").returncode
        == 0
    )
    assert made.sulh("load", str(folder)).returncode == 0
    return made


def searched(house: Installation, said: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sulh", "traces", "-", *arguments]
    return subprocess.run(
        command, input=said, capture_output=True, text=True, env=house.environment, cwd=ROOT, timeout=120
    )


def test_it_says_which_word_stands_in_which_file_and_not_the_word(house: Installation) -> None:
    result = searched(house, f"nothing of the kind\n\n{WORD}\n")
    assert result.returncode == 1, result.stderr
    assert "word 2:" in result.stdout
    assert "sulh.sqlite3" in result.stdout
    assert "word 1:" not in result.stdout
    assert WORD not in result.stdout + result.stderr


def test_what_stands_nowhere_is_told_as_such(house: Installation) -> None:
    result = searched(house, "nothing of the kind\n", "--json")
    assert result.returncode == 0, result.stderr
    told = json.loads(result.stdout)
    assert told["found"] == []
    assert told["words"] == 1
    assert told["searched"] > 1


def test_the_backups_and_the_temporary_files_of_sulh_are_searched_too(
    house: Installation, tmp_path: Path
) -> None:
    (tmp_path / "sulh-old.backup").write_text("The secret ford of Sandhem")
    left = Path(house.settings["TMPDIR"]) / "sulh-upload"
    left.write_text("The secret ford of Ullared")
    backups = Installation(house.home, settings={**house.settings, "SULH_BACKUPS": str(tmp_path)})
    result = searched(backups, "ford of Sandhem\nford of Ullared\n", "--json")
    left.unlink()
    found = {(one["word"], Path(one["where"]).name) for one in json.loads(result.stdout)["found"]}
    assert found == {(1, "sulh-old.backup"), (2, "sulh-upload")}


def test_it_says_that_it_cannot_look_into_encrypted_backups(house: Installation, tmp_path: Path) -> None:
    key = str(pyrage.x25519.Identity.generate().to_public())
    assert house.sulh("backup", "--into", str(tmp_path), "--to", key).returncode == 0
    result = searched(house, "nothing of the kind\n", "--also", str(tmp_path))
    assert result.returncode == 0
    assert "encrypted backups" in result.stdout


def test_the_list_of_words_itself_is_no_finding(house: Installation) -> None:
    words = house.home / "words.txt"
    words.write_text("The secret ford of Hallaryd\n")
    result = house.sulh("traces", str(words))
    words.unlink()
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("said", ["", "short\n", "a long enough word\nshort\n", "many words of it\n" * 1001])
def test_what_cannot_be_searched_for_is_refused_in_a_sentence(house: Installation, said: str) -> None:
    result = searched(house, said)
    assert result.returncode == 2
    assert "Traceback" not in result.stderr
    assert result.stderr.startswith("sulh: ")


def test_a_place_that_is_not_there_is_refused(house: Installation, tmp_path: Path) -> None:
    result = searched(house, "nothing of the kind\n", "--also", str(tmp_path / "nowhere"))
    assert result.returncode == 2
    assert "not there" in result.stderr

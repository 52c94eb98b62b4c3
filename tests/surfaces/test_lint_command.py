"""``sulh lint``: what a rapporteur runs before a text is sent."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.surfaces.test_command_line import refused, sulh

TELLING = "Participants met.\n\nShe argued that it is late. Latif Karokhel left early.\n"


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "note.txt"
    path.write_text(TELLING, encoding="utf-8")
    return path


def test_it_prints_what_tells_and_ends_with_one_where_something_blocks(note: Path) -> None:
    result = sulh("lint", str(note))
    assert result.returncode == 1
    assert "She argued" in result.stdout
    assert "It was argued" in result.stdout


def test_below_the_chatham_house_rule_it_only_warns(note: Path) -> None:
    result = sulh("lint", str(note), "--level", "2")
    assert result.returncode == 0
    assert "0 block" in result.stdout


def test_json_holds_places_in_the_text_and_names_given_in_another_script(note: Path, tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("# invented\nلطیف کاروخیل; Tufi\n", encoding="utf-8")
    result = sulh("lint", str(note), "--names", str(names), "--json")
    found = json.loads(result.stdout)
    assert {"start", "end", "text", "rule", "why", "neutral", "blocks"} == set(found[0])
    assert "Latif Karokhel" in [one["text"] for one in found if one["rule"] == "name"]


def test_a_list_of_participants_is_looked_through_as_well(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text(
        "Report\n\nThe road is closed.\n\nParticipants:\n\nDr. Latif Karokhel\nDr. Nadia Sahak\n",
        encoding="utf-8",
    )
    found = json.loads(sulh("lint", str(path), "--json").stdout)
    assert len([one for one in found if one["rule"] == "titled-name"]) == 2


def test_a_text_that_tells_nobody_ends_with_zero_and_no_promise() -> None:
    result = sulh("lint", "-", stdin="Participants noted that the road is closed.\n")
    assert result.returncode == 0
    assert "no promise" in result.stdout


def test_what_cannot_be_done_is_one_sentence(note: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text("# nobody\n\n", encoding="utf-8")
    binary = tmp_path / "names.bin"
    binary.write_bytes(b"\xff\xfe\x00\x81")
    refused(sulh("lint", str(note), "--level", "8"), "no confidentiality level 8")
    refused(sulh("lint", str(tmp_path / "none.txt")), "cannot be read")
    refused(sulh("lint", str(note), "--names", str(empty)), "holds no names")
    refused(sulh("lint", str(note), "--names", str(binary)), "not plain text")

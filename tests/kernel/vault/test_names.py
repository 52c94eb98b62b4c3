"""Marks of names: the same name has the same mark in its place, under a key only the server's owner reads."""

from __future__ import annotations

import stat
from uuid import uuid4

import pytest

from sulh.kernel.vault import names
from tests.kernel.vault.conftest import PROGRAMME


@pytest.fixture
def home(tmp_path, settings):
    settings.HOME = tmp_path / "home"
    return settings.HOME


def test_a_mark_tells_nothing_but_whether_it_is_the_same_name_of_the_same_side(home) -> None:
    marks = names.name_marks(PROGRAMME, "varenia", ["tahmina lorel"])
    assert marks == names.name_marks(PROGRAMME, "varenia", ["tahmina lorel"])
    others = names.name_marks(PROGRAMME, "oskland", ["tahmina lorel"])
    others |= names.name_marks(uuid4(), "varenia", ["tahmina lorel"])
    others |= names.name_marks(PROGRAMME, "varenia", ["tahmina lorell", ""])
    assert len(others) == 4
    assert not marks & others
    assert all(len(mark) == 64 for mark in marks)


def test_the_key_is_its_owners_only_and_is_made_once(home) -> None:
    names.name_marks(PROGRAMME, "varenia", ["x"])
    path = home / names.FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in home.iterdir()] == [names.FILE]
    kept = path.read_bytes()
    names._key.cache_clear()
    names.name_marks(PROGRAMME, "varenia", ["x"])
    assert path.read_bytes() == kept


def test_without_the_key_file_the_marks_of_a_stolen_database_are_other_marks(
    home, tmp_path, settings
) -> None:
    stolen = names.name_marks(PROGRAMME, "varenia", ["tahmina lorel"])
    settings.HOME = tmp_path / "thief"
    assert not stolen & names.name_marks(PROGRAMME, "varenia", ["tahmina lorel"])


def test_a_damaged_key_is_said_and_not_replaced(home) -> None:
    home.mkdir()
    (home / names.FILE).write_text("abcd")
    with pytest.raises(ValueError, match="damaged"):
        names.name_marks(PROGRAMME, "varenia", ["x"])

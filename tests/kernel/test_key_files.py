"""A key beside the data: made once, whole or not at all, readable by its owner only."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sulh.kernel.key_files import kept


def test_it_is_made_once(tmp_path: Path) -> None:
    made = iter([b"first", b"second"])
    path = tmp_path / "folder" / "key"
    assert [kept(path, lambda: next(made)) for _ in range(2)] == [b"first", b"first"]


def test_only_its_owner_reads_it(tmp_path: Path) -> None:
    kept(tmp_path / "key", lambda: b"x")
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


def test_all_who_make_it_at_once_get_the_same(tmp_path: Path) -> None:
    keys = iter(b"%d" % number for number in range(100))
    with ThreadPoolExecutor(16) as pool:
        told = {*pool.map(lambda _one: kept(tmp_path / "key", lambda: next(keys)), range(64))}
    assert len(told) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["key"], "no draft stays"


def test_what_fails_leaves_neither_a_key_nor_a_draft(tmp_path: Path) -> None:
    def fail() -> bytes:
        raise OSError("no randomness")

    with pytest.raises(OSError, match="no randomness"):
        kept(tmp_path / "key", fail)
    assert not list(tmp_path.iterdir())

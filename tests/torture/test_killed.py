"""The server is killed at random instants under load: what it had acknowledged is there when it has started again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.torture.killing import Totals, kill_repeatedly
from tests.torture.serving import Server, postgres, prepared
from tests.torture.writes import Told, look


def assert_nothing_is_lost(totals: Totals) -> None:
    print(f"\n{totals}")
    assert totals.faults == 0


def test_a_few_kills(tmp_path: Path) -> None:
    totals = kill_repeatedly(tmp_path, 3, load=1, at_least=5)
    assert_nothing_is_lost(totals)
    assert totals.kills == 3
    assert totals.acknowledged >= 5


def test_a_lost_a_doubled_and_a_half_done_write_would_be_seen(tmp_path: Path) -> None:
    """The look finds what it is there to find: rows put, doubled and halved by hand."""
    import sqlite3
    from contextlib import closing

    installation = prepared(tmp_path / "home")
    with closing(sqlite3.connect(installation.home / "sulh.sqlite3")) as database:
        (programme,) = database.execute("SELECT id FROM programme_programme").fetchone()
        for key, name in (("a", "torture-x-0-0"), ("b", "torture-x-0-1"), ("c", "torture-x-0-1")):
            columns = [row[1:4] for row in database.execute("PRAGMA table_info(programme_theme)")]
            values = {
                "key": f"torture-{key}",
                "name": name,
                "words": "[]",
                "programme_id": programme,
                "position": 9,
            }
            filled = [name for name, _kind, _needed in columns if name in values]
            marks = ", ".join("?" * len(filled))
            database.execute(
                f"INSERT INTO programme_theme ({', '.join(filled)}) VALUES ({marks})",
                [values[name] for name in filled],
            )
        database.commit()
    told = Told({"plan_round": ["torture-x-0-9"], "edit_theme": ["torture-x-0-0", "torture-x-0-1"]})
    found = look(installation, [told], "x")
    assert found.acknowledged == 3
    assert found.lost >= 1  # the round was acknowledged and is not there
    assert found.twice == 1  # the last token stands in two rows
    assert found.half >= 1  # rows without an audit entry


@pytest.mark.torture
def test_a_thousand_kills(tmp_path: Path) -> None:
    folder = Path(os.environ.get("SULH_TORTURE_STATE", tmp_path))
    folder.mkdir(parents=True, exist_ok=True)
    kills = int(os.environ.get("SULH_TORTURE_KILLS", "1000"))
    minutes = float(os.environ.get("SULH_TORTURE_MINUTES", "1e6"))
    assert_nothing_is_lost(kill_repeatedly(folder, kills, minutes * 60))


@pytest.mark.torture
def test_kills_on_postgresql(tmp_path: Path) -> None:
    kills = int(os.environ.get("SULH_TORTURE_KILLS_POSTGRES", "100"))
    with postgres(tmp_path / "postgres") as database:
        assert_nothing_is_lost(kill_repeatedly(tmp_path, kills, url=database.get_uri()))


def test_a_server_that_cannot_start_is_told(tmp_path: Path) -> None:
    installation = prepared(tmp_path / "home")
    (installation.home / "sulh.sqlite3").write_bytes(b"not a database" * 1000)
    for log in installation.home.glob("sulh.sqlite3-*"):
        log.unlink()
    with pytest.raises(AssertionError, match="ended by itself"):
        Server(installation).wait()

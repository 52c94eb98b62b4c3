"""``sulh exposure``: what a thief reads, in plain words, and never the content itself."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from sulh.kernel.thief import free_pages
from tests.surfaces.test_command_line import refused, sulh

CANARY = "Walrusville"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with one small programme, called by a word that must not come up."""
    folder = tmp_path_factory.mktemp("programme") / "two-rivers"
    home = tmp_path_factory.mktemp("home")
    assert sulh("new", str(folder), "--name", CANARY, "--sides", "North, South").returncode == 0
    assert sulh("load", str(folder), home=home).returncode == 0
    return home


def report(home: Path) -> dict:
    result = sulh("exposure", "--json", home=home)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def test_it_says_what_lies_there_in_plain_and_shows_no_content(home: Path) -> None:
    told = sulh("exposure", home=home)
    assert told.returncode == 0
    assert "What a programme keeps among its members, in plain, in:" in told.stdout
    assert "programme.Programme (1)" in told.stdout
    assert "kernel.Account.handle (2)" in told.stdout
    assert CANARY not in told.stdout
    assert CANARY not in json.dumps(report(home))


def test_counts_are_those_of_the_database(home: Path) -> None:
    tables = {one["name"]: one for one in report(home)["tables"]}
    with sqlite3.connect(home / "sulh.sqlite3") as database:
        for name, table in (("people.Seat", "people_seat"), ("kernel.AuditEntry", "kernel_auditentry")):
            assert tables[name]["rows"] == database.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] > 0
    database.close()
    fields = {one["name"]: one["filled"] for one in tables["programme.Programme"]["fields"]}
    assert (fields["name"], fields["summary"]) == (1, 0), "an empty field holds nothing"


def test_key_files_and_others_who_may_read_are_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "comes from SULH_SECRET_KEY" in sulh("exposure", home=home).stdout
    monkeypatch.delenv("SULH_SECRET_KEY")  # now the installation makes one and keeps it
    files = {one["name"]: one for one in report(home)["files"]}
    assert files["secret-key"]["is_key"]
    assert not files["secret-key"]["others"]
    (home / "secret-key").chmod(0o644)
    (home / "notes.txt").write_text(CANARY)
    try:
        files = {one["name"]: one for one in report(home)["files"]}
        assert files["secret-key"]["others"]
        assert "Not known to Sulh" in files["notes.txt"]["what"]
        assert "OTHERS ON THIS MACHINE" in sulh("exposure", home=home).stdout
    finally:
        (home / "secret-key").chmod(0o600)
        (home / "notes.txt").unlink()


def test_sessions_that_are_alive_are_counted(home: Path) -> None:
    before = report(home)["sessions"]
    with sqlite3.connect(home / "sulh.sqlite3") as database:
        database.execute("INSERT INTO django_session VALUES ('one', 'x', '2999-01-01 00:00:00')")
        database.execute("INSERT INTO django_session VALUES ('two', 'x', '2001-01-01 00:00:00')")
    database.close()
    assert report(home)["sessions"] == before + 1


def test_where_there_is_no_installation_it_says_so(tmp_path: Path) -> None:
    refused(sulh("exposure", home=tmp_path), "no installation")


@pytest.mark.parametrize(("secure", "left"), [("OFF", True), ("ON", False)])
def test_free_pages_that_hold_what_was_deleted_are_found(tmp_path: Path, secure: str, left: bool) -> None:
    path = tmp_path / "some.sqlite3"
    database = sqlite3.connect(path)
    database.execute(f"PRAGMA secure_delete={secure}")
    database.execute("CREATE TABLE kept (text TEXT)")
    database.executemany("INSERT INTO kept VALUES (?)", [(f"{CANARY} {n} " * 200,) for n in range(50)])
    database.commit()
    assert free_pages(path) == (0, 0)
    database.execute("DELETE FROM kept")
    database.commit()
    free, dirty = free_pages(path)
    assert free > 10
    assert bool(dirty) is left
    assert (CANARY.encode() in path.read_bytes()) is left
    database.execute("VACUUM")
    database.close()
    assert free_pages(path) == (0, 0)
    assert CANARY.encode() not in path.read_bytes()


def test_an_installation_overwrites_what_it_deletes(home: Path) -> None:
    assert report(home)["remnants"]["overwrites"]

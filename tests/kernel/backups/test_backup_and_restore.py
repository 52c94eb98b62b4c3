"""A backup holds everything and restores to the same; whoever lacks a key, or gets it damaged, gets nothing."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pyrage
import pytest

from tests.torture.serving import Installation


@pytest.fixture(scope="module")
def keys(tmp_path_factory) -> dict[str, tuple[Path, str]]:
    """Three age keys: the file of each, and its recipient."""
    folder = tmp_path_factory.mktemp("keys")
    made = {}
    for name in ("varenia", "oskland", "stranger"):
        identity = pyrage.x25519.Identity.generate()
        path = folder / f"{name}.txt"
        path.write_text(f"# the key of {name}\n{identity}\n")
        made[name] = (path, str(identity.to_public()))
    return made


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Installation:
    """A small installation with a programme, a live session, a file beside the data and what was deleted."""
    home = tmp_path_factory.mktemp("house")
    folder = tmp_path_factory.mktemp("programmes") / "two-banks"
    made = Installation(home)
    assert made.sulh("new", str(folder), "--name", "Two Banks", "--sides", "Varenia, Oskland").returncode == 0
    assert made.sulh("load", str(folder)).returncode == 0
    (home / "static").mkdir(exist_ok=True)
    (home / "static" / "page.css").write_text("made anew")
    (home / "letters").mkdir()
    (home / "letters" / "seal.bin").write_bytes(bytes(range(256)) * 40)
    with closing(sqlite3.connect(home / "sulh.sqlite3")) as database:
        database.execute("PRAGMA secure_delete=OFF")
        database.execute("INSERT INTO django_session VALUES ('live-session-key', 'data', '2099-01-01')")
        database.execute("INSERT INTO auth_group (name) VALUES (?)", ["purged-canary" * 5])
        database.commit()
        database.execute("DELETE FROM auth_group WHERE name LIKE 'purged-canary%'")
        database.commit()
    return made


def contents(installation: Installation) -> dict[str, list[tuple]]:
    """Every row of every table but the sessions, which are not backed up."""
    tables = [name for (name,) in installation.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: installation.rows(f"SELECT * FROM {name}") for name in tables if name != "django_session"}


@pytest.fixture
def taken(house: Installation, keys, tmp_path: Path) -> Path:
    """A backup with a lock for each side."""
    result = house.sulh(
        "backup", "--into", str(tmp_path / "out"), "--to", keys["varenia"][1], "--and-to", keys["oskland"][1]
    )
    assert result.returncode == 0, result.stderr
    (path,) = (tmp_path / "out").iterdir()
    return path


def restored(path: Path, home: Path, *identities: Path, over: bool = False) -> tuple[Installation, object]:
    empty = Installation(home)
    given = [word for one in identities for word in ("--identity", str(one))]
    return empty, empty.sulh("restore", str(path), *given, *(["--over"] if over else []))


def test_it_restores_to_the_same_in_another_place(house, taken, keys, tmp_path) -> None:
    new, result = restored(taken, tmp_path / "new", keys["varenia"][0], keys["oskland"][0])
    assert result.returncode == 0, result.stderr
    assert contents(new) == contents(house)
    assert (new.home / "letters" / "seal.bin").read_bytes() == bytes(range(256)) * 40
    assert new.sulh("sign-in-link", "two-banks/convener").returncode == 0


def test_what_gives_power_over_the_running_server_is_not_in_it(house, taken, keys, tmp_path) -> None:
    new, _result = restored(taken, tmp_path / "new", keys["varenia"][0], keys["oskland"][0])
    assert (new.home / "secret-key").read_text() != (house.home / "secret-key").read_text()
    assert new.rows("SELECT * FROM django_session") == []
    assert not (new.home / "static").exists()
    assert b"live-session-key" not in (new.home / "sulh.sqlite3").read_bytes()


def test_what_was_deleted_before_is_not_in_it(house, taken, keys, tmp_path) -> None:
    raw = b"".join(path.read_bytes() for path in house.home.glob("sulh.sqlite3*"))
    assert b"purged-canary" in raw, "the running database has it in a free page, else this test shows nothing"
    new, _result = restored(taken, tmp_path / "new", keys["varenia"][0], keys["oskland"][0])
    assert b"purged-canary" not in (new.home / "sulh.sqlite3").read_bytes()


@pytest.mark.parametrize("holders", [(), ("varenia",), ("oskland", "stranger")])
def test_one_side_alone_opens_nothing(taken, keys, tmp_path, holders) -> None:
    new, result = restored(taken, tmp_path / "new", *(keys[name][0] for name in holders))
    assert result.returncode == 2
    assert "opens this backup" in result.stderr
    assert not (new.home / "sulh.sqlite3").exists()
    assert not list(new.home.glob("backup-scratch-*"))


def test_any_key_of_one_lock_opens_it(house, keys, tmp_path) -> None:
    both = ("--to", keys["varenia"][1], "--to", keys["oskland"][1])
    told = json.loads(house.sulh("backup", "--into", str(tmp_path), *both, "--json").stdout)
    assert told["verified"]
    assert told["bytes"] == Path(told["file"]).stat().st_size
    for name in ("varenia", "oskland"):
        _new, result = restored(Path(told["file"]), tmp_path / name, keys[name][0])
        assert result.returncode == 0, result.stderr


def test_the_recorded_recipients_are_taken(house, keys, tmp_path) -> None:
    recorded = house.home / "backup-recipients"
    recorded.write_text(f"{keys['varenia'][1]}  # a lead\n\n# the other side\n{keys['oskland'][1]}\n")
    try:
        told = json.loads(house.sulh("backup", "--into", str(tmp_path), "--json").stdout)
    finally:
        recorded.unlink()
    assert restored(Path(told["file"]), tmp_path / "a", keys["varenia"][0])[1].returncode == 2
    assert (
        restored(Path(told["file"]), tmp_path / "b", *(keys[n][0] for n in ("oskland", "varenia")))[
            1
        ].returncode
        == 0
    )


def test_nobody_to_open_it_is_refused_unless_plain_is_said(house, tmp_path) -> None:
    result = house.sulh("backup", "--into", str(tmp_path / "out"))
    assert result.returncode == 2
    assert "Nobody is named" in result.stderr
    assert not (tmp_path / "out").exists()
    result = house.sulh("backup", "--into", str(tmp_path / "out"), "--plain")
    assert result.returncode == 0
    assert "not encrypted" in result.stderr
    (path,) = (tmp_path / "out").iterdir()
    assert restored(path, tmp_path / "new")[1].returncode == 0


@pytest.mark.parametrize("place", [0.02, 0.97])
@pytest.mark.parametrize("damage", ["flipped", "cut"])
def test_a_damaged_backup_changes_nothing(taken, keys, tmp_path, place, damage) -> None:
    content = bytearray(taken.read_bytes())
    at = int(len(content) * place)
    if damage == "flipped":
        content[at] ^= 1
    else:
        del content[at:]
    taken.write_bytes(content)
    new, result = restored(taken, tmp_path / "new", keys["varenia"][0], keys["oskland"][0])
    assert result.returncode == 2, result.stdout
    assert "Traceback" not in result.stderr
    assert {path.name for path in new.home.iterdir()} <= {"secret-key", "backup.lock"}


@pytest.mark.parametrize("content", [b"", b"age-encryption.org/v1\nnonsense"])
def test_what_is_no_backup_is_refused_in_a_sentence(tmp_path, keys, content) -> None:
    path = tmp_path / "something"
    path.write_bytes(content)
    _new, result = restored(path, tmp_path / "new", keys["varenia"][0])
    assert result.returncode == 2
    assert "Traceback" not in result.stderr


def test_an_installation_is_replaced_only_where_that_is_said_and_is_kept_aside(
    house, taken, keys, tmp_path
) -> None:
    both = (keys["varenia"][0], keys["oskland"][0])
    new, _result = restored(taken, tmp_path / "new", *both)
    with closing(sqlite3.connect(new.home / "sulh.sqlite3")) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("UPDATE programme_programme SET name = 'Later'")
        database.commit()
    _new, result = restored(taken, new.home, *both)
    assert result.returncode == 2
    assert "--over" in result.stderr
    assert new.rows("SELECT name FROM programme_programme") == [("Later",)]
    _new, result = restored(taken, new.home, *both, over=True)
    assert result.returncode == 0, result.stderr
    assert contents(new) == contents(house)
    (aside,) = new.home.glob("before-restore-*")
    with closing(sqlite3.connect(aside / "sulh.sqlite3")) as database:
        assert database.execute("SELECT name FROM programme_programme").fetchall() == [("Later",)]


def test_it_does_not_replace_a_database_that_is_in_use(taken, keys, tmp_path) -> None:
    both = (keys["varenia"][0], keys["oskland"][0])
    new, _result = restored(taken, tmp_path / "new", *both)
    with closing(sqlite3.connect(new.home / "sulh.sqlite3", isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("BEGIN IMMEDIATE")
        database.execute("UPDATE programme_programme SET name = 'Later'")
        _new, result = restored(taken, new.home, *both, over=True)
        assert result.returncode == 2
        assert "sulh serve" in result.stderr
        database.execute("COMMIT")
    assert new.rows("SELECT name FROM programme_programme") == [("Later",)]


def test_a_backup_of_a_newer_version_is_refused(house, keys, tmp_path) -> None:
    newer = tmp_path / "newer"
    newer.mkdir()
    with closing(sqlite3.connect(house.home / "sulh.sqlite3")) as database:
        database.execute("VACUUM INTO ?", [str(newer / "sulh.sqlite3")])
    with closing(sqlite3.connect(newer / "sulh.sqlite3")) as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('kernel', '9999_later', '2026-01-01')"
        )
        database.commit()
    result = Installation(newer).sulh("backup", "--into", str(tmp_path / "out"), "--to", keys["varenia"][1])
    assert result.returncode == 2
    assert "9999_later" in result.stderr


def test_only_the_newest_stay(house, keys, tmp_path) -> None:
    names = []
    for _ in range(3):
        arguments = ("--into", str(tmp_path), "--to", keys["varenia"][1], "--keep", "2", "--json")
        names.append(Path(json.loads(house.sulh("backup", *arguments).stdout)["file"]))
    assert sorted(tmp_path.iterdir()) == sorted(names[1:])


def test_a_backup_that_fails_leaves_the_earlier_ones_and_says_why(house, keys, tmp_path) -> None:
    good = ("--into", str(tmp_path), "--to", keys["varenia"][1], "--keep", "1")
    assert house.sulh("backup", *good).returncode == 0
    (earlier,) = tmp_path.iterdir()
    (tmp_path / "a file").write_text("in the way")
    result = house.sulh("backup", "--into", str(tmp_path / "a file"), "--to", keys["varenia"][1])
    assert result.returncode == 2
    assert "Traceback" not in result.stderr
    told = json.loads((house.home / "backup-state.json").read_text())
    assert told["last_good"]["file"] == str(earlier)
    assert told["failed_because"]
    assert earlier.exists()


def test_a_key_file_may_be_locked_with_a_passphrase(taken, keys, tmp_path) -> None:
    locked = tmp_path / "locked.age"
    locked.write_bytes(pyrage.passphrase.encrypt(keys["varenia"][0].read_bytes(), "nine green bridges"))
    said = tmp_path / "said"
    for words, code in (("nine green ferries\n", 2), ("nine green bridges\n", 0)):
        said.write_text(words)
        new = Installation(tmp_path / "new")
        identities = ("--identity", str(locked), "--identity", str(keys["oskland"][0]))
        result = new.sulh("restore", str(taken), *identities, "--passphrase", str(said))
        assert result.returncode == code, result.stderr
        assert "Traceback" not in result.stderr


def test_standard_age_peels_the_outer_lock(taken, keys, tmp_path) -> None:
    """Each side can open its own lock where it is, and hand on what is left: neither key need travel."""
    outer = pyrage.x25519.Identity.from_str(keys["oskland"][0].read_text().splitlines()[1])
    peeled = tmp_path / "peeled"
    peeled.write_bytes(pyrage.decrypt(taken.read_bytes(), [outer]))
    assert restored(peeled, tmp_path / "new", keys["varenia"][0])[1].returncode == 0


@pytest.mark.parametrize(
    "name", ["files/secret-key", "files/../outside", "/outside", "database/../../outside"]
)
def test_a_forged_backup_puts_nothing_where_none_belongs(house, keys, tmp_path, name) -> None:
    """Everybody may have the public recipients, so a file that opens is not thereby one of ours."""
    from sulh.kernel.backups.archive import Writer

    forged = tmp_path / "forged"
    with forged.open("wb") as out:
        writer = Writer(out)
        about = {"format": 1, "sulh": "0", "database": "sqlite", "migrations": []}
        writer.data("manifest.json", json.dumps(about).encode())
        writer.data(name, b"a key that somebody else knows")
        writer.note(name, sha256="")
        writer.close()
    new, result = restored(forged, tmp_path / "new")
    assert result.returncode == 2
    assert "not a backup of Sulh" in result.stderr
    assert not list(tmp_path.rglob("outside"))
    assert b"somebody else" not in (new.home / "secret-key").read_bytes()

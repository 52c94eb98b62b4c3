"""A backup taken while people write restores to one instant: whole writes, and all acknowledged before it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyrage
import pytest

from tests.torture.serving import Installation, Person, Server, link_of, postgres, prepared
from tests.torture.writes import Told, Writers, look


@pytest.fixture(params=["sqlite", "postgresql"])
def installation(request, tmp_path: Path) -> Iterator[Installation]:
    if request.param == "sqlite":
        yield prepared(tmp_path / "home")
        return
    with postgres(tmp_path / "postgres") as database:
        database.psql("CREATE DATABASE restored")
        yield prepared(tmp_path / "home", database.get_uri())


def another(installation: Installation, home: Path) -> Installation:
    """An empty place of the same kind."""
    return Installation(
        home, installation.url.replace("/postgres?", "/restored?") if installation.url else ""
    )


def acknowledged(writers: Writers) -> list[Told]:
    return [Told({kind: list(tokens) for kind, tokens in told.acknowledged.items()}) for told in writers.told]


def backups_under_load(installation: Installation, folder: Path, times: int) -> None:
    identity = pyrage.x25519.Identity.generate()
    key = folder / "key.txt"
    key.write_text(f"{identity}\n")
    server = Server(installation)
    server.wait()
    person = Person(server.port)
    person.sign_in(link_of(installation, "beyond-boundaries/convener"))
    writers = Writers(server, person.session, 3, "load")
    taken = []
    try:
        for number in range(times):
            writers.wait_for(writers.count + 6)
            before = acknowledged(writers)
            out = folder / f"out-{number}"
            result = installation.sulh("backup", "--into", str(out), "--to", str(identity.to_public()))
            assert result.returncode == 0, result.stderr
            taken.append((next(out.iterdir()), before, acknowledged(writers)))
    finally:
        told = writers.end()
        server.stop()
    assert sum(one.count for one in told) > 0
    assert not any(one.refused for one in told)
    for number, (file, before, after) in enumerate(taken):
        place = another(installation, folder / f"restored-{number}")
        result = place.sulh("restore", str(file), "--identity", str(key), "--over")
        assert result.returncode == 0, result.stderr
        assert_one_instant(place, before, after)


def assert_one_instant(place: Installation, before: list[Told], after: list[Told]) -> None:
    """Every row is whole; what was acknowledged before is there; of each writer it is a beginning of all it wrote."""
    rows = [
        Told({kind: one.acknowledged.get(kind, []) for kind in ("plan_round", "save_view")}) for one in before
    ]
    found = look(place, rows, "load")
    assert (found.lost, found.twice, found.half) == (0, 0, 0), found
    there = {
        token
        for table in ("convene_round", "carry_savedview")
        for (token,) in place.rows(f"SELECT name FROM {table} WHERE name LIKE 'torture-load-%'")
    }
    for writer, one in enumerate(after):
        numbers = sorted(
            int(token.rsplit("-", 1)[1]) for token in there if token.startswith(f"torture-load-{writer}-")
        )
        written = [n for n in range(max(numbers, default=-1) + 1) if (n + writer) % 3 != 2]
        assert numbers == written, (writer, numbers)
        assert one.count >= len(numbers) - 1


def test_a_backup_under_load(installation: Installation, tmp_path: Path) -> None:
    backups_under_load(installation, tmp_path, 1)


@pytest.mark.torture
def test_twenty_backups_under_load(installation: Installation, tmp_path: Path) -> None:
    backups_under_load(installation, tmp_path, 20)

"""When a backup is due, and that the server takes it by itself."""

from __future__ import annotations

import datetime
import time

import pytest

from sulh.kernel import backups
from sulh.kernel.backups import Backup, State, schedule

NOW = datetime.datetime(2026, 11, 25, 21, 46, tzinfo=datetime.UTC)
DAY = schedule.EVERY["day"]


def good(**ago: float) -> Backup:
    return Backup((NOW - datetime.timedelta(**ago)).isoformat(), "somewhere", 1, 1, True)


@pytest.mark.parametrize(
    ("state", "due"),
    [
        (State(), True),
        (State(good(hours=23)), False),
        (State(good(hours=25)), True),
        (State(good(days=40)), True),  # missed times are caught up, by one backup
        (State(good(days=40), failed_at=(NOW - datetime.timedelta(minutes=5)).isoformat()), False),
        (State(good(days=40), failed_at=(NOW - datetime.timedelta(minutes=20)).isoformat()), True),
    ],
)
def test_due_is_counted_from_the_last_good_one(state: State, due: bool) -> None:
    assert schedule.is_due(state, NOW, DAY) is due


@pytest.mark.parametrize(
    ("name", "value"), [("SULH_BACKUP_EVERY", "fortnight"), ("SULH_BACKUP_KEEP", "many")]
)
def test_a_wrong_setting_is_said_at_the_start(monkeypatch, tmp_path, name: str, value: str) -> None:
    monkeypatch.setenv("SULH_BACKUPS", str(tmp_path))
    monkeypatch.setenv(name, value)
    with pytest.raises(backups.Unusable, match=value):
        schedule.begin()


def test_without_a_folder_nothing_is_begun(monkeypatch) -> None:
    monkeypatch.delenv("SULH_BACKUPS", raising=False)
    assert schedule.begin() is None


def test_the_server_takes_one_by_itself_and_keeps_the_newest(tmp_path) -> None:
    import pyrage

    from tests.torture.serving import Installation, Server

    out, home = tmp_path / "out", tmp_path / "home"
    home.mkdir()
    identity = pyrage.x25519.Identity.generate()
    (home / "backup-recipients").write_text(f"{identity.to_public()}\n")
    server = Server(Installation(home, settings={"SULH_BACKUPS": str(out)}))
    try:
        server.wait()
        until = time.monotonic() + 100
        while time.monotonic() < until and not list(out.glob("sulh-*.backup.age")):
            time.sleep(0.2)
    finally:
        server.stop()
    (taken,) = out.glob("sulh-*.backup.age")
    assert pyrage.decrypt(taken.read_bytes(), [identity]).startswith(b"\x1f\x8b")

"""After a purge, none of the words of a round stands anywhere on the disk: not in the rows, not in the raw bytes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest

from sulh.kernel import traces
from tests.torture.serving import postgres

ROOT = Path(__file__).resolve().parents[3]
WORDS = ["Zzqxcanary", "zzqxcanary"]
NOT_PLANTED = {
    # what only a machine or a list writes: dates, languages, directions, hashes, numbers of rules
    *(
        "carry.Document.date",
        "carry.Document.direction",
        "carry.Document.language",
        "carry.Document.fingerprint",
        "carry.Document.checked_with",
    ),
    *(
        "carry.Response.date",
        "carry.TransferAct.date",
        "carry.HistoricalTransferAct.date",
        "carry.ReviewStep.what",
    ),
    *("convene.Round.actual_from", "convene.Round.actual_to", "convene.Round.planned_from"),
    *("convene.Round.planned_to", "convene.Round.track", "record.Session.date", "record.Session.key"),
    *("record.Minutes.overridden", "record.Point.overridden"),
    *("carry.HistoricalAsk.history_change_reason", "carry.HistoricalLineage.history_change_reason"),
    "carry.HistoricalTransferAct.history_change_reason",
    # what belongs to the programme and not to a round; the report says that it stays
    *("carry.SavedView.name", "carry.SavedView.query"),
}


def purged(home: Path, **more: str) -> dict[str, Any]:
    """Run the purge in a process of its own, which ends as by a power cut; return what it tells."""
    ours = ("DATABASE_URL", "SULH_SECRET_KEY", "SULH_BACKUPS")
    environment = {
        **{name: value for name, value in os.environ.items() if name not in ours},
        "SULH_HOME": str(home),
        "TMPDIR": str(home),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "PYTHONDONTWRITEBYTECODE": "1",
        **more,
    }
    command = [sys.executable, str(Path(__file__).with_name("purge_on_disk.py"))]
    run = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert run.returncode == -signal.SIGKILL, run.stderr
    told: dict[str, Any] = json.loads(run.stdout)
    return told


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    home = tmp_path_factory.mktemp("installation")
    return home, purged(home)


def test_the_word_was_planted_in_every_field_of_every_room_that_holds_words_of_a_round(house) -> None:
    assert set(house[1]["unfilled"]) <= NOT_PLANTED
    assert house[1]["lay there"]


def test_no_row_of_any_table_holds_it(house) -> None:
    assert house[1]["left"] == []


def test_no_byte_of_the_disk_holds_it(house) -> None:
    home, _told = house
    names = {path.name for path in traces.files([home])}
    assert {"sulh.sqlite3", "sulh.sqlite3-wal"} <= names, "else nothing was searched"
    assert traces.search([home], WORDS) == []


def test_the_log_of_changes_was_wiped_at_once(house) -> None:
    assert house[1]["wiped"]


def test_a_backup_made_before_holds_it_until_it_is_dropped_and_a_later_one_never_does(house) -> None:
    _home, told = house
    assert told["before"]
    assert told["backups"] == [False, True], "the older one is dropped by --keep"
    assert not told["after"]


def test_what_other_rounds_ask_and_carried_stays(house) -> None:
    _home, told = house
    assert told["mixed acts"]
    assert told["carried by them"]
    stays = {line["code"]: line["count"] for line in told["lines"] if not line["goes"]}
    assert stays["carry.lineages_stay"] == stays["carry.acts_stay"] == 1


@pytest.mark.postgres
def test_on_postgresql_no_table_of_the_server_holds_it(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    with postgres(tmp_path / "postgres") as database:
        told = purged(tmp_path / "home", DATABASE_URL=database.get_uri())
        assert told["lay there"]
        assert told["left"] == []
        assert told["wiped"]
        with psycopg.connect(database.get_uri(), autocommit=True) as connection:
            connection.execute("CHECKPOINT")  # what the server holds in memory is written to its files
        assert traces.search([tmp_path / "postgres" / "base", tmp_path / "home"], WORDS) == []

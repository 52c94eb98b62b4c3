"""A power cut loses nothing that was acknowledged, with the settings of the house; with weaker ones it does."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from sulh.kernel.access import SYSTEM
from sulh.rooms.carry import actions as carry
from sulh.rooms.carry.models import TransferAct
from sulh.rooms.convene import actions as convene
from sulh.rooms.programme import actions as programmes
from tests.torture.power import Script, cut_repeatedly

pytestmark = pytest.mark.skipif(
    settings.DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3",
    reason="the disk is simulated under SQLite; PostgreSQL syncs by itself",
)
WRITES = 180


@pytest.fixture
def script(transactional_db, programme, ask, tmp_path: Path) -> Script:
    """What real actions tell the database: rounds planned, views kept, themes edited, acts recorded."""
    visas = ask("Ease the visas of traders.", lineage="visas")
    before = tmp_path / "before.sqlite3"
    raw = connection.connection
    target = sqlite3.connect(before)
    raw.backup(target)
    target.close()
    heard: list[str] = []
    writes: list[list[str]] = []
    raw.set_trace_callback(heard.append)
    try:
        for number in range(WRITES):
            token = f"write {number}"
            if number % 4 == 0:
                convene.plan_round(SYSTEM, programme, token, "Lund", "2027-03", "", ["security", "civil"])
            elif number % 4 == 1:
                carry.save_view(SYSTEM, programme, token, "sort=-last")
            elif number % 4 == 2:
                programmes.edit_theme(SYSTEM, programme, f"theme-{number % 8}", token, ["bridge", "ferry"])
            else:
                act = {
                    "direction": "up",
                    "strategy": "briefing",
                    "date": f"2016-{1 + number // 28:02}-{1 + number % 28:02}",
                }
                level = ("top", "middle", "grassroots")[number % 3]
                carry.record_transfer(
                    SYSTEM, programme, [visas.lineage], side=("varenia", "oskland")[number % 2],
                    recipient_category="foreign ministry" if number % 5 else "parliament",
                    recipient_level=level, **act,
                )  # fmt: skip
            writes.append([one for one in heard if one.split(None, 1)[0].upper() in CHANGES])
            heard.clear()
    finally:
        raw.set_trace_callback(None)
    assert TransferAct.objects.count() > WRITES // 5
    assert all(write[0] == "BEGIN IMMEDIATE" and write[-1] == "COMMIT" for write in writes), writes[0]
    return Script(before.read_bytes(), writes)


CHANGES = {"BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "INSERT", "UPDATE", "DELETE", "REPLACE", "ROLLBACK"}


def pragmas() -> str:
    """What the settings of the house say to each connection."""
    return str(settings.DATABASES["default"]["OPTIONS"]["init_command"]).strip("; ")


def assert_nothing_is_lost(script: Script, cuts: int) -> None:
    told = cut_repeatedly(script, pragmas(), cuts)
    print(f"\n{told}")
    assert told.cuts == cuts
    assert (told.lost, told.mixed, told.damaged) == (0, 0, 0)
    assert told.acknowledged > cuts * WRITES / 4


def test_no_acknowledged_write_is_lost_and_none_is_half_done(script: Script) -> None:
    assert_nothing_is_lost(script, 40)


def test_the_same_writes_with_weaker_syncing_lose_acknowledged_work(script: Script) -> None:
    assert "synchronous=FULL" in pragmas()
    told = cut_repeatedly(script, pragmas().replace("synchronous=FULL", "synchronous=NORMAL"), 20)
    assert told.lost > 0
    assert (told.mixed, told.damaged) == (0, 0)


def test_without_any_syncing_the_database_itself_is_damaged_or_mixed(script: Script) -> None:
    told = cut_repeatedly(script, pragmas().replace("synchronous=FULL", "synchronous=OFF"), 40)
    assert told.damaged + told.mixed > 0


@pytest.mark.torture
def test_a_thousand_cuts(script: Script) -> None:
    assert_nothing_is_lost(script, int(os.environ.get("SULH_TORTURE_CUTS", "1000")))

"""What no purge reaches, and what the database still holds of one."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.utils import timezone, translation

from sulh.kernel import purging
from sulh.kernel.ids import new_id
from sulh.kernel.models import PurgeReport


@pytest.fixture
def home(tmp_path: Path, settings, monkeypatch) -> Path:
    settings.HOME = tmp_path
    for name in ("SULH_BACKUPS", "SULH_BACKUP_EVERY", "SULH_BACKUP_KEEP"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def until() -> dict[str, str]:
    return {line.code: line.until for line in purging.out_of_reach()}


def test_nothing_that_is_out_of_reach_is_said_to_go(home):
    assert not any(line.goes for line in purging.out_of_reach())


@pytest.mark.parametrize(("every", "keep", "days"), [("day", "14", 14), ("week", "3", 21), ("hour", "48", 2)])
def test_backups_hold_it_until_as_many_as_are_kept_were_made_after_it(home, monkeypatch, every, keep, days):
    monkeypatch.setenv("SULH_BACKUPS", str(home / "backups"))
    monkeypatch.setenv("SULH_BACKUP_EVERY", every)
    monkeypatch.setenv("SULH_BACKUP_KEEP", keep)
    expected = (timezone.now() + datetime.timedelta(days=days)).date().isoformat()
    assert until()["kernel.backups_until"] == expected


@pytest.mark.parametrize("keep", ["0", "many"])
def test_where_none_is_dropped_by_itself_no_day_is_promised(home, monkeypatch, keep):
    monkeypatch.setenv("SULH_BACKUPS", str(home / "backups"))
    monkeypatch.setenv("SULH_BACKUP_KEEP", keep)
    assert until()["kernel.backups_for_good"] == ""


def test_backups_that_were_made_by_hand_are_told(home):
    assert "kernel.backups_none" in until()
    good = {"at": "2026-11-01T00:00:00+00:00", "file": "x", "bytes": 1, "rows": 1, "encrypted": True}
    told = {"last_good": good, "failed_at": "", "failed_because": ""}
    (home / "backup-state.json").write_text(json.dumps(told))
    assert "kernel.backups_for_good" in until()


def test_what_a_restore_kept_aside_is_told(home):
    assert "kernel.aside" not in until()
    (home / "before-restore-20261125T000000").mkdir()
    assert "kernel.aside" in until()


def test_every_line_that_stays_says_why(home):
    lines = [*purging.out_of_reach(), purging.Line("carry.lineages_stay", False, 1)]
    assert all(line.what and line.why for line in purging.shown(lines)["stays"])


def test_lines_are_kept_as_codes_and_shown_in_the_language_of_the_page(db):
    report = purging.keep_report(new_id(), new_id(), "round", [purging.Line("carry.documents", True, 2)])
    report.refresh_from_db()
    assert report.lines == [{"code": "carry.documents", "goes": True, "count": 2, "until": ""}]
    with translation.override("en"):
        (line,) = purging.shown(purging.lines_of(report))["goes"]
    assert line.what == "2 documents with their titles, texts and sources"


@pytest.mark.django_db(transaction=True)
def test_a_purge_is_wiped_after_its_commit_and_not_within_it():
    with transaction.atomic():
        report = purging.keep_report(new_id(), new_id(), "round", [])
        assert not purging.wipe()
        assert PurgeReport.objects.get(id=report.id).wiped_at is None
    assert PurgeReport.objects.get(id=report.id).wiped_at is not None


@pytest.mark.django_db(transaction=True)
def test_what_could_not_be_wiped_at_once_is_wiped_later(monkeypatch):
    with monkeypatch.context() as busy:
        busy.setattr(purging, "wipe", lambda: False)
        report = purging.keep_report(new_id(), new_id(), "round", [])
        assert not purging.wipe_again()
    assert PurgeReport.objects.get(id=report.id).wiped_at is None
    assert purging.wipe_again()
    assert PurgeReport.objects.get(id=report.id).wiped_at is not None


def test_the_tables_of_the_audit_log_are_not_written_anew(db):
    tables = purging._tables()
    assert "carry_document" in tables
    assert "record_point" in tables
    assert "carry_historicalask" in tables
    assert not any(table.startswith("kernel_audit") for table in tables)
    assert set(tables) <= set(connection.introspection.table_names())

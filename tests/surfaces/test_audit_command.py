"""``sulh audit``: a log is checked on any machine; exit code 0 or 2, and the first broken entry by its number."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sulh.kernel import chain
from sulh.kernel.chain import Entry, Head, Span
from tests.surfaces.test_command_line import ROOT, refused, sulh

ID = "5a0f6d2e-0c0e-4c5b-9a53-0a5c7c1d7e11"


@pytest.fixture
def entries() -> list[Entry]:
    made, previous = [], chain.genesis(ID)
    for number in range(1, 6):
        entry = Entry(number, f"2026-11-0{number}T08:00:00Z", "carry.accept_ask", "abcdefghijklmnop", "")
        previous = chain.hash_of(ID, entry, previous)
        made.append(Entry(number, entry.at, entry.action, entry.who, entry.subject, previous))
    return made


@pytest.fixture
def log(tmp_path: Path, entries: list[Entry]) -> Path:
    path = tmp_path / "log.jsonl"
    span = Span(ID, 1, chain.genesis(ID), 5, entries[-1].hash)
    path.write_bytes(b"".join(chain.write(span, entries)))
    return path


def test_a_log_that_holds(log: Path) -> None:
    result = sulh("audit", "verify", str(log))
    assert result.returncode == 0
    assert "HOLDS. Entries checked: 5 from 2026-11-01" in result.stdout
    assert "No head from elsewhere was compared" in result.stdout


def test_a_changed_entry_is_named(log: Path) -> None:
    log.write_bytes(log.read_bytes().replace(b"2026-11-03", b"2026-11-04"))
    result = sulh("audit", "verify", str(log), "--json")
    assert result.returncode == 2
    told = json.loads(result.stdout)
    assert (told["holds"], told["broken"]["number"], told["broken"]["line"], told["checked"]) == (
        False,
        3,
        4,
        2,
    )
    assert "BROKEN at line 4, entry 3" in sulh("audit", "verify", str(log)).stdout


def test_it_reads_standard_input(log: Path) -> None:
    assert sulh("audit", "verify", "-", stdin=log.read_text()).returncode == 0


def test_heads_kept_elsewhere_are_compared(log: Path, entries: list[Entry], tmp_path: Path) -> None:
    path = tmp_path / "heads.txt"
    good = Head.of(3, "2026-11-03", entries[2].hash)
    path.write_text(f"# received in Lund\n\n{good.code}  # Oskland\n", encoding="utf-8")
    result = sulh("audit", "verify", str(log), "--heads", str(path))
    assert result.returncode == 0
    assert "Head 3 of 2026-11-03: agrees" in result.stdout
    with path.open("a") as file:
        file.write(Head.of(9, "2026-11-09", "cd" * 32).code)
    result = sulh("audit", "verify", str(log), "--heads", str(path), "--json")
    assert result.returncode == 2
    assert [one["agrees"] for one in json.loads(result.stdout)["heads"]] == [True, False]


def test_a_slip_in_a_head_is_told_with_its_line(log: Path, entries: list[Entry], tmp_path: Path) -> None:
    path = tmp_path / "heads.txt"
    code = Head.of(3, "2026-11-03", entries[2].hash).code
    path.write_text(f"{code}\n{code[:-1]}1\n", encoding="utf-8")
    refused(sulh("audit", "verify", str(log), "--heads", str(path)), "line 2")
    path.write_text("# nothing\n", encoding="utf-8")
    refused(sulh("audit", "verify", str(log), "--heads", str(path)), "holds no head")


def test_what_is_no_export_is_told_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(bytes(range(256)) * 100)
    result = sulh("audit", "verify", str(path))
    assert result.returncode == 2
    assert "Traceback" not in result.stderr
    refused(sulh("audit", "verify", str(tmp_path / "nowhere")), "cannot be read")
    refused(sulh("audit", "verify", str(tmp_path)), "is a folder")


def test_checking_loads_neither_django_nor_a_database(log: Path) -> None:
    code = (
        "import sys; from sulh.surfaces.cli import app\n"
        f"app(['audit', 'verify', {str(log)!r}], standalone_mode=False)\n"
        "assert not {'django', 'sqlite3', 'psycopg'} & {name.split('.')[0] for name in sys.modules}"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": str(ROOT / "src")})


def test_an_installation_exports_what_holds_and_prints_heads_that_agree(tmp_path: Path) -> None:
    home, folder = tmp_path / "home", tmp_path / "two-rivers"
    assert sulh("new", str(folder), "--name", "Two Rivers", "--sides", "North, South").returncode == 0
    assert sulh("load", str(folder), home=home).returncode == 0
    heads = tmp_path / "heads.txt"
    heads.write_text(sulh("audit", "heads", "--programme", "two-rivers", home=home).stdout, encoding="utf-8")
    exported = tmp_path / "audit.jsonl"
    assert (
        sulh("audit", "export", "--programme", "two-rivers", "-o", str(exported), home=home).returncode == 0
    )
    result = sulh("audit", "verify", str(exported), "--heads", str(heads))
    assert result.returncode == 0, result.stdout
    assert "agrees" in result.stdout
    again = sulh("audit", "export", "--programme", "two-rivers", home=home).stdout
    assert "people.export_audit" in again, "that it was taken is entered"
    refused(sulh("audit", "export", "--programme", "three-rivers", home=home), "two-rivers")
    assert "No entry is older than 180 days" in sulh("audit", "rotate", home=home).stdout


def test_a_retention_that_is_none_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SULH_AUDIT_DAYS", "for ever")
    refused(sulh("audit", "rotate", home=tmp_path), "SULH_AUDIT_DAYS", "whole number")

"""The sulh command: help worth reading, JSON for machines, exit code 2 and one clear sentence on bad input."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DECLARATION = """Joint Declaration

The participants met in Harbour on 3 March 2015 and welcomed the reopening of the bridge.

The participants urged the governments of Pakistan and Afghanistan to ease visas for traders.
The participants called on the media of both countries to refrain from hate speech.
"""


def sulh(*arguments: str, home: Path | None = None, stdin: str = "") -> subprocess.CompletedProcess[str]:
    environment = {
        k: v
        for k, v in os.environ.items()
        if k not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "SULH_HOME")
    }
    environment |= {"PYTHONPATH": str(ROOT / "src"), "COLUMNS": "120"}
    if home:
        environment["SULH_HOME"] = str(home)
    command = [sys.executable, "-m", "sulh", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, env=environment, cwd=ROOT, input=stdin, timeout=120
    )


def refused(result: subprocess.CompletedProcess[str], *words: str) -> None:
    assert result.returncode == 2, result.stderr
    assert "Traceback" not in result.stderr
    for word in words:
        assert word in result.stderr


@pytest.fixture
def declaration(tmp_path: Path) -> Path:
    path = tmp_path / "declaration.txt"
    path.write_text(DECLARATION, encoding="utf-8")
    return path


def test_help_names_every_command() -> None:
    told = sulh("--help").stdout
    for command in ("serve", "load", "new", "asks", "texts", "dates", "draw", "ledger", "sign-in-link"):
        assert command in told


def test_extract_prints_objects_with_what_a_machine_needs(declaration: Path) -> None:
    result = sulh("asks", "extract", str(declaration), "--json")
    objects = json.loads(result.stdout)
    assert {one["kind"] for one in objects} == {"ask", "welcome"}
    for one in objects:
        assert {"text", "span", "verb", "addressees", "themes", "kind"} <= set(one)
    visas, media = [one for one in objects if one["kind"] == "ask"]
    assert "visas-consular" in visas["themes"]
    assert visas["addressees"] == ["government:both"]
    assert media["addressees"] == ["media"]


def test_extract_reads_standard_input(declaration: Path) -> None:
    from_file = json.loads(sulh("asks", "extract", str(declaration), "--json").stdout)
    from_stdin = json.loads(sulh("asks", "extract", "-", "--json", stdin=DECLARATION).stdout)
    assert [one | {"file": ""} for one in from_file] == [one | {"file": ""} for one in from_stdin]


def test_csv_and_json_of_extract_say_the_same(declaration: Path) -> None:
    from sulh.engines.asks.exchange import read_objects

    as_json = json.loads(sulh("asks", "extract", str(declaration), "--json").stdout)
    as_csv = read_objects(sulh("asks", "extract", str(declaration), "--csv").stdout.encode())
    assert as_csv == as_json


def test_link_groups_what_is_asked_again(tmp_path: Path) -> None:
    asks = [
        {
            "id": "a",
            "date": "2011",
            "text": "Both governments should ease visas for traders and business people.",
        },
        {
            "id": "b",
            "date": "2013",
            "text": "The governments should ease the visas of business people and traders.",
        },
        {"id": "c", "date": "2014", "text": "Lists of prisoners should be exchanged twice a year."},
    ]
    path = tmp_path / "asks.jsonl"
    path.write_text("\n".join(json.dumps(one) for one in asks), encoding="utf-8")
    lineages = json.loads(sulh("asks", "link", str(path), "--json").stdout)
    assert sorted(sorted(one["ids"]) for one in lineages) == [["a", "b"], ["c"]]
    (link,) = [link for one in lineages for link in one["links"]]
    assert 0 < link["score"] <= 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b'{"id": "a", "text": "x"}\n{"id": ', "line 2"),
        (b'{"id": "a", "date": "2011"}', "object 1 has no text"),
        (b'{"id": "a", "text": "x"}\n{"id": "a", "text": "y"}', "occurs twice"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"[1, 2]", "item 1 is not an object"),
        (rb'{"id": "a", "text": "\ud800 release"}', "item 1 holds half a letter"),
        (b"id,words\n1,x\n", "names no column"),
    ],
)
def test_link_refuses_what_it_cannot_read(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "asks.jsonl"
    path.write_bytes(content)
    refused(sulh("asks", "link", str(path)), words)


def test_extract_refuses_what_it_cannot_read(tmp_path: Path) -> None:
    picture = tmp_path / "scan.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    refused(sulh("asks", "extract", str(picture)), "scan.png")
    refused(sulh("asks", "extract", str(tmp_path / "missing.txt")), "missing.txt", "cannot be read")
    refused(sulh("asks", "extract", str(tmp_path)), "is a folder")


def test_sides_must_be_two(declaration: Path) -> None:
    refused(sulh("asks", "extract", str(declaration), "--sides", "Pakistan"), "exactly two")


def test_commands_of_an_installation_say_when_there_is_none(tmp_path: Path) -> None:
    refused(sulh("ledger", "export", "--programme", "x", home=tmp_path), "no installation here")


def test_new_load_and_export_go_together(tmp_path: Path) -> None:
    folder, home = tmp_path / "two-rivers", tmp_path / "home"
    assert sulh("new", str(folder), "--name", "Two Rivers", "--sides", "Northland, Southland").returncode == 0
    (folder / "texts" / "first.md").write_text(
        '+++\nkey = "first"\nround = "round-1"\ntitle = "First declaration"\ndate = "2015-03"\n\n'
        '[[asks]]\ntext = "Both governments should open the bridge."\nto = ["government:both"]\n+++\n'
        "Both governments should open the bridge.\n",
        encoding="utf-8",
    )
    loaded = sulh("load", str(folder), "--json", home=home)
    assert json.loads(loaded.stdout)["programme"] == "two-rivers"
    assert json.loads(sulh("load", str(folder), "--json", home=home).stdout)["changed"] == []
    exported = sulh("ledger", "export", "--programme", "two-rivers", "--format", "json", home=home)
    assert "open the bridge" in exported.stdout
    refused(sulh("ledger", "export", "--programme", "no-such", home=home), "two-rivers")


def test_load_names_file_line_and_remedy_and_ends_with_2(tmp_path: Path) -> None:
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "programme.toml").write_text('format = 1\n[programme]\nslug = "x"\n', encoding="utf-8")
    result = sulh("load", str(folder), home=tmp_path / "home")
    refused(result, "programme.toml:", "Nothing was loaded")
    assert re.search(r"programme\.toml:\d+: ", result.stderr)


def test_a_link_signs_in_a_seat_that_exists(tmp_path: Path) -> None:
    folder, home = tmp_path / "two-rivers", tmp_path / "home"
    made = sulh("new", str(folder), "--name", "Two Rivers", "--sides", "Northland, Southland", "--json")
    assert json.loads(made.stdout) == {"folder": str(folder)}
    sulh("load", str(folder), home=home)
    assert "two-rivers/convener" in sulh("sign-in-link", home=home).stdout.splitlines()
    assert "two-rivers/convener" in json.loads(sulh("sign-in-link", "--json", home=home).stdout)
    assert "/sign-in/" in sulh("sign-in-link", "two-rivers/convener", home=home).stdout
    told = json.loads(sulh("sign-in-link", "two-rivers/convener", "--json", home=home).stdout)
    assert "/sign-in/" in told["link"]
    refused(sulh("sign-in-link", "nobody", home=home), "no account")


def test_a_reset_takes_what_an_account_signs_in_with_and_says_so(tmp_path: Path) -> None:
    folder, home = tmp_path / "two-rivers", tmp_path / "home"
    sulh("new", str(folder), "--name", "Two Rivers", "--sides", "Northland, Southland")
    sulh("load", str(folder), home=home)
    refused(sulh("reset-sign-in", "nobody", "--yes", home=home), "no account")
    refused(sulh("reset-sign-in", "two-rivers/convener", "--json", home=home), "--yes")
    assert sulh("reset-sign-in", "two-rivers/convener", home=home, stdin="n\n").returncode == 1
    told = json.loads(sulh("reset-sign-in", "two-rivers/convener", "--yes", "--json", home=home).stdout)
    assert told == {"account": "two-rivers/convener", "reset": True}
    refused(sulh("sign-in-link", "two-rivers/nobody", home=home), "no account")


def test_a_folder_of_ones_own_makes_no_demonstration_accounts(tmp_path: Path) -> None:
    """Their links would open it again and again, and they need no second factor."""
    folder, home = tmp_path / "two-rivers", tmp_path / "home"
    sulh("new", str(folder), "--name", "Two Rivers", "--sides", "Northland, Southland")
    sulh("load", str(folder), home=home)
    first, second = (
        json.loads(sulh("sign-in-link", "two-rivers/convener", "--json", home=home).stdout)["link"]
        for _time in range(2)
    )
    assert first.split(":")[-3] != second.split(":")[-3], "a new link lets the earlier one lapse"
    assert "convener" not in first


def test_what_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    folder, home = tmp_path / "two-rivers", tmp_path / "home"
    sulh("new", str(folder), "--name", "Two Rivers", "--sides", "شمال, جنوب")
    assert sulh("load", str(folder), home=home).returncode == 0
    nowhere = str(tmp_path / "no-such-folder" / "ledger.csv")
    refused(
        sulh("ledger", "export", "--programme", "two-rivers", "-o", nowhere, home=home), "cannot be written"
    )


def test_what_an_installation_writes_is_for_its_owner_only(tmp_path: Path) -> None:
    folder, home = tmp_path / "two-rivers", tmp_path / "home"
    sulh("new", str(folder), "--name", "Two Rivers", "--sides", "Northland, Southland")
    sulh("load", str(folder), home=home)
    assert [path.name for path in home.iterdir() if path.stat().st_mode & 0o077] == []


def test_new_asks_for_a_name_and_two_sides(tmp_path: Path) -> None:
    refused(sulh("new", str(tmp_path / "a"), "--name", " ", "--sides", "N, S"), "needs a name")
    refused(sulh("new", str(tmp_path / "a"), "--name", "A", "--sides", "N"), "exactly two sides")


def test_dates_are_read_in_order_of_time() -> None:
    rows = json.loads(sulh("dates", "read", "2015-12-20", "2015-Q1", "2014", "--json").stdout)
    assert [row["date"] for row in rows] == ["2014", "2015-Q1", "2015-12-20"]
    assert [row["months_after"] for row in rows] == [None, 12, 11]
    assert (rows[1]["earliest"], rows[1]["latest"]) == ("2015-01-01", "2015-03-31")
    refused(sulh("dates", "read", "20/12/2015"), "20/12/2015", "2015-12-20")


def test_a_chart_is_drawn_from_a_file_with_the_table_behind_it(tmp_path: Path) -> None:
    events = '{"date": "2015-12", "lane": "Asked", "label": "Kabul", "kind": "asked"}\n'
    drawn = sulh("draw", "timeline", "-", "--today", "2020-01-31", "--json", stdin=events)
    told = json.loads(drawn.stdout)
    assert told["table"] == [["Date", "Row", "What"], ["2015-12", "Asked", "Kabul"]]
    assert told["svg"].startswith("<svg")
    pairs, svg = tmp_path / "pairs.csv", tmp_path / "pairs.svg"
    pairs.write_text("label,first,second\nVisas,3,0\n", encoding="utf-8")
    assert sulh("draw", "pairs", str(pairs), "--names", "A,B", "-o", str(svg)).returncode == 0
    assert svg.read_text(encoding="utf-8").startswith("<svg")
    parts = sulh("draw", "parts", "-", "--json", stdin='[{"label": "open", "count": 2}]')
    assert json.loads(parts.stdout)["table"] == [["What", "Count"], ["open", "2"]]


@pytest.mark.parametrize(
    ("arguments", "rows", "words"),
    [
        (["timeline"], '[{"date": "soon", "lane": "a", "label": "b"}]', "row 1"),
        (["timeline"], '[{"date": "2015", "label": "b"}]', "no “lane”"),
        (["timeline"], '[{"date": "2015", "lane": "a", "label": "b", "side": 3}]', "1 or 2"),
        (["timeline", "--today", "soon"], "[]", "--today"),
        (["pairs", "--names", "A"], '[{"label": "a", "first": 1, "second": 2}]', "exactly two"),
        (["pairs", "--names", "A,B"], '[{"label": "a", "first": -1, "second": 2}]', "from 0 on"),
        (["parts"], '[{"count": 2}]', "no “label”"),
        (["parts"], '[{"label": "a", "count": "' + "9" * 5000 + '"}]', "whole number"),
        (["parts"], "not json", "line 1"),
    ],
)
def test_a_chart_of_faulty_rows_is_refused(arguments: list[str], rows: str, words: str) -> None:
    refused(sulh("draw", arguments[0], "-", *arguments[1:], stdin=rows), words)

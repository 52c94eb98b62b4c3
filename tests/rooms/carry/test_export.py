"""Exports: exactly the filtered rows, without loss, without formulas, without an author."""

import io
import json
import zipfile

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from sulh.kernel.access import SYSTEM
from sulh.rooms.carry.actions import rename_lineage
from sulh.rooms.carry.export import as_csv, as_json, read_csv, read_json, record_of, write
from sulh.rooms.carry.queries import ledger

ADDRESS = "/programmes/two-banks/ledger/export."

odd = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    st.sampled_from(
        [
            "=1+1",
            "'=1+1",
            "＝1+1",
            "\n=1",
            "-2",
            "+x",
            "@a",
            "\t",
            "\r\n",
            "a\nb",
            'say "no"',
            "a,b;c",
            "ویزا",
            "\\n",
            "\\",
        ]
    ),
)
lists = st.lists(odd.filter(bool), max_size=4)
record = st.fixed_dictionaries(
    {
        "lineage": st.uuids().map(str),
        "what": odd,
        "first_asked": odd,
        "last_asked": odd,
        "times_asked": st.integers(0, 999),
        "groups": lists,
        "dialogues": lists,
        "themes": lists,
        "addressees": lists,
        "carried": st.fixed_dictionaries({"varenia": lists, "oskland": lists}),
        "best_response": odd,
        "best_response_date": odd,
        "best_response_evidence": odd,
        "possible_uptake": lists,
        "state": odd,
    }
)


@settings(deadline=None)
@given(st.lists(record, max_size=4))
def test_csv_loses_nothing(records):
    assert read_csv(as_csv(records, ["varenia", "oskland"])) == records


@settings(deadline=None)
@given(st.lists(record, max_size=4), odd)
def test_json_loses_nothing(records, text):
    asks = [{"document": text, "text": text, "span": [3, 9], "relation": "repeats", "score": 0.5}]
    told = [one | {"asks": asks} for one in records]
    assert read_json(as_json(told, "two-banks")) == told


@settings(deadline=None)
@given(st.lists(record, min_size=1, max_size=3))
def test_no_cell_of_the_csv_begins_a_formula(records):
    import csv

    text = as_csv(records, ["varenia", "oskland"]).decode("utf-8-sig")
    for line in csv.reader(io.StringIO(text, newline="")):
        assert not any(
            cell[:1] in ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
            for cell in line
            if cell
        )


@pytest.mark.parametrize("data", [b"", b"name,what\nx,y\n", b"[1]", b'{"format": "other"}'])
def test_what_is_no_export_is_refused(data):
    with pytest.raises(ValueError, match="not an export of a ledger"):
        (read_json if data[:1] in (b"[", b"{") else read_csv)(data)


@pytest.fixture
def asked(programme, other_programme, ask, carried):
    visas = ask("=1+1 visas", lineage="visas", themes=["visas-consular"], to=["government:oskland", "media"])
    ask("Visas, please.", lineage="visas", of=other_programme, public=True, round="second")
    ask("A secret wording.", lineage="visas", of=other_programme, round="third")
    ask("They welcomed easier visas.", kind="welcome", lineage="visas", date="2019-03")
    ask("Open a hotline.", round="second")
    carried(visas, side="oskland", date="2016-05", response=("adopted in part", "2016-06", "public"))


def test_a_record_says_all_that_the_row_says(programme, asked):
    row = next(row for row in ledger(SYSTEM, programme) if row.times > 1)
    told = record_of(row)
    asks = told.pop("asks")
    assert told == {
        "lineage": str(row.id),
        "what": "=1+1 visas",
        "first_asked": "2015-11-11",
        "last_asked": "2016-03",
        "times_asked": 2,
        "groups": ["Security Group", "Civil Society Group (Three Hills)"],
        "dialogues": ["Two Banks dialogue", "Three Hills dialogue"],
        "themes": ["visas-consular"],
        "addressees": ["government:oskland", "media", "government:both"],
        "carried": {"oskland": ["2016-05"], "varenia": []},
        "best_response": "adopted in part",
        "best_response_date": "2016-06",
        "best_response_evidence": "public",
        "possible_uptake": ["2019-03"],
        "state": "possible uptake",
    }
    assert [(one["programme"], one["text"]) for one in asks] == [
        ("two-banks", "=1+1 visas"),
        ("three-hills", "Visas, please."),
    ]
    own = row.asks[0]
    start, end = asks[0]["span"]
    assert type(own.document).objects.get(id=own.document_id).text[start:end] == asks[0]["text"]


def test_the_installation_itself_exports_nothing_that_is_anothers_to_publish(programme, asked):
    """The command line sees all; what it writes is what the programme asked itself and public documents."""
    for format in ("csv", "json"):
        assert "secret" not in write(format, ledger(SYSTEM, programme), programme).decode()


@pytest.mark.parametrize(("format", "read"), [("csv", read_csv), ("json", read_json)])
def test_the_page_exports_exactly_the_filtered_rows_in_their_order(
    programme, asked, client_for, format, read
):
    client = client_for("evaluation")
    everything = client.get(f"{ADDRESS}{format}?sort=what")
    assert [one["what"] for one in read(everything.content)] == ["=1+1 visas", "Open a hotline."]
    assert [one["what"] for one in read(client.get(f"{ADDRESS}{format}?text=hotline").content)] == [
        "Open a hotline."
    ]
    assert everything.headers["Content-Disposition"].startswith('attachment; filename="ledger-two-banks-')


def test_the_export_holds_the_rows_of_all_pages(programme, document, client_for):
    for part in range(3):
        document([f"Ask number {part * 50 + number}." for number in range(50)])
    assert len(read_csv(client_for("convener").get(ADDRESS + "csv").content)) == 150


def test_csv_and_json_hold_the_same_records(programme, asked):
    rows = ledger(SYSTEM, programme)
    told = read_json(write("json", rows, programme))
    for one in told:
        del one["asks"]
    assert read_csv(write("csv", rows, programme)) == told


def test_the_spreadsheet_names_what_the_codes_mean_and_holds_no_formula(programme, asked, client_for):
    data = client_for("convener").get(ADDRESS + "xlsx?sort=what").content
    sheet = load_workbook(io.BytesIO(data)).active
    head, visas, hotline = sheet.iter_rows(values_only=True)
    assert head[:4] == ("What", "First asked", "Last asked", "Times asked")
    assert visas[0] == "=1+1 visas"
    assert visas[6] == "Government of Oskland\nThe media\nBoth governments"
    assert "Adopted in part" in visas
    assert hotline[3] == 1
    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)


def test_the_spreadsheet_names_no_author_and_survives_what_xml_cannot_hold(programme, ask):
    rename_lineage(SYSTEM, programme, ask("Ease visas.").lineage, "Ease\x0bvisas")
    data = write("xlsx", ledger(SYSTEM, programme), programme)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        parts = {entry.filename: file.read(entry) for entry in file.infolist()}
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert "docProps/core.xml" not in parts
    assert b"<Application>Sulh</Application>" in parts["docProps/app.xml"]
    assert not any(b"openpyxl" in content.lower() for content in parts.values())
    assert write("xlsx", ledger(SYSTEM, programme), programme) == data
    assert load_workbook(io.BytesIO(data)).active["A2"].value == "Easevisas"


@pytest.mark.parametrize(("language", "right_to_left"), [("en", None), ("ur", True)])
def test_the_spreadsheet_runs_as_the_language_runs(programme, asked, language, right_to_left):
    with translation.override(language):
        data = write("xlsx", ledger(SYSTEM, programme), programme)
    assert bool(load_workbook(io.BytesIO(data)).active.sheet_view.rightToLeft) is bool(right_to_left)


def test_an_unknown_format_does_not_exist(programme, client_for):
    assert client_for("convener").get(ADDRESS + "docx").status_code == 404


def test_an_empty_ledger_exports_too(programme):
    assert read_csv(write("csv", [], programme)) == []
    assert json.loads(write("json", [], programme))["rows"] == []
    assert write("xlsx", [], programme)[:2] == b"PK"

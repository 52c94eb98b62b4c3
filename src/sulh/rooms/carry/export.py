"""The ledger as a file: CSV and JSON, from which the same records can be read again, and XLSX for people.

A record holds codes and dates as they are stored; the spreadsheet holds names. All three hold the rows they are
given, which :func:`sulh.rooms.carry.queries.ledger` limits to what the programme asked itself and to public documents.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from sulh.engines.asks.exchange import guarded, plain
from sulh.kernel import sanitising
from sulh.rooms.carry.addressees import addressee_names
from sulh.rooms.carry.enums import Evidence, LineageState, ResponseKind
from sulh.rooms.carry.models import Ask
from sulh.rooms.carry.queries import LedgerRow
from sulh.rooms.programme.models import Programme
from sulh.rooms.programme.queries import theme_names

Record = dict[str, Any]

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""The formats and their media types."""

LISTS = ("groups", "dialogues", "themes", "addressees", "possible_uptake")
CARRIED = "carried to "
CELL = 32_767
"""How many characters a cell of a spreadsheet can hold."""


def write(format: str, rows: Iterable[LedgerRow], programme: Programme) -> bytes:
    """Return the rows as a file of this format: ``csv``, ``json`` or ``xlsx``."""
    records = [record_of(row) for row in rows]
    sides = [side.key for side in programme.sides.all()]
    if format == "csv":
        return as_csv(records, sides)
    if format == "json":
        return as_json(records, programme.slug)
    return as_xlsx(records, programme)


def record_of(row: LedgerRow) -> Record:
    """Return a row as plain data: codes, ISO dates as far as they are known, lists."""
    best = row.best_response
    return {
        "lineage": str(row.id),
        "what": row.what,
        "first_asked": row.first_asked,
        "last_asked": row.last_asked,
        "times_asked": row.times,
        "groups": list(row.groups),
        "dialogues": list(row.dialogues),
        "themes": list(row.themes),
        "addressees": list(row.addressees),
        "carried": {side: list(dates) for side, dates in row.carried.items()},
        "best_response": best.kind if best else "",
        "best_response_date": best.date if best else "",
        "best_response_evidence": best.evidence if best else "",
        "possible_uptake": list(row.welcomed),
        "state": str(row.state),
        "asks": [_ask(ask) for ask in row.asks],
    }


def _ask(ask: Ask) -> Record:
    return {
        "programme": ask.document.programme.slug,
        "document": ask.document.title,
        "document_id": str(ask.document_id),
        "date": ask.document.dated,
        "text": ask.text,
        "span": [ask.start, ask.end],
        "relation": ask.relation,
        "score": ask.score,
    }


# JSON


def as_json(records: Sequence[Record], slug: str) -> bytes:
    """Return the records as JSON, the asks of each among them."""
    whole = {"format": "sulh ledger", "version": 1, "programme": slug, "rows": list(records)}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def read_json(data: bytes) -> list[Record]:
    """Return the records of a JSON export.

    Raises:
        ValueError: where this is not one.
    """
    whole = json.loads(data.decode("utf-8-sig"))
    if not isinstance(whole, dict) or whole.get("format") != "sulh ledger":
        raise ValueError("This is not an export of a ledger: its “format” is not “sulh ledger”.")
    return list(whole["rows"])


# CSV: one line a record, without the asks; a cell that holds a list has one value a line.


def as_csv(records: Sequence[Record], sides: Sequence[str]) -> bytes:
    """Return the records as CSV, with a column for each side. The mark at its start tells spreadsheets it is UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_columns(sides))
    for record in records:
        cells = [_csv_cell(record, column) for column in _columns(sides)]
        writer.writerow([guarded(cell) for cell in cells])
    return text.getvalue().encode("utf-8-sig")


def read_csv(data: bytes) -> list[Record]:
    """Return the records of a CSV export.

    Raises:
        ValueError: where this is not one.
    """
    lines = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    head = next(lines, [])
    sides = [name.removeprefix(CARRIED) for name in head if name.startswith(CARRIED)]
    if head != _columns(sides):
        raise ValueError("This is not an export of a ledger: its first line names other columns.")
    return [_record(dict(zip(head, map(plain, line), strict=True)), sides) for line in lines]


def _columns(sides: Sequence[str]) -> list[str]:
    before = ["lineage", "what", "first_asked", "last_asked", "times_asked", "groups", "dialogues", "themes"]
    after = ["best_response", "best_response_date", "best_response_evidence", "possible_uptake", "state"]
    return [*before, "addressees", *(CARRIED + side for side in sides), *after]


def _csv_cell(record: Mapping[str, Any], column: str) -> str:
    if column.startswith(CARRIED):
        return _lines(record["carried"].get(column.removeprefix(CARRIED), ()))
    return _lines(record[column]) if column in LISTS else str(record[column])


def _record(cells: Mapping[str, str], sides: Sequence[str]) -> Record:
    told: Record = {name: _values(cell) if name in LISTS else cell for name, cell in cells.items()}
    told["times_asked"] = int(told["times_asked"])
    told["carried"] = {side: _values(told.pop(CARRIED + side)) for side in sides}
    return told


def _lines(values: Iterable[str]) -> str:
    return "\n".join(value.replace("\\", r"\\").replace("\n", r"\n") for value in values)


def _values(cell: str) -> list[str]:
    lines = cell.split("\n") if cell else []
    return ["\\".join(part.replace(r"\n", "\n") for part in line.split(r"\\")) for line in lines]


# XLSX


def as_xlsx(records: Sequence[Record], programme: Programme) -> bytes:
    """Return the records as a spreadsheet with names for codes, from right to left where the language runs so.

    No cell is a formula, whatever stands in it, and the file names no author, no program and no time.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Ledger"))
    sheet.sheet_view.rightToLeft = get_language_bidi()
    sheet.freeze_panes = "B2"

    top, heavy, light = Alignment(wrap_text=True, vertical="top"), Font(bold=True), Font()

    def cell(value: str | int, bold: bool = False) -> Any:
        if isinstance(value, str):
            value = ILLEGAL_CHARACTERS_RE.sub("", value)[:CELL]
        made = WriteOnlyCell(sheet, value)
        if isinstance(value, str):
            made.data_type = "s"
        made.alignment, made.font = top, heavy if bold else light
        return made

    columns = _named_columns(programme)
    for letter, (_heading, _value, width) in zip("ABCDEFGHIJKLMNOPQ", columns, strict=False):
        sheet.column_dimensions[letter].width = width
    sheet.append([cell(heading, bold=True) for heading, _value, _width in columns])
    for record in records:
        sheet.append([cell(value(record)) for _heading, value, _width in columns])
    data = io.BytesIO()
    book.save(data)
    return sanitising.xlsx(data.getvalue())


def _named_columns(programme: Programme) -> list[tuple[str, Callable[[Record], str | int], int]]:
    """Heading, value and width of each column of the spreadsheet."""
    themes = theme_names(programme)
    addressees = addressee_names(programme)
    responses, evidence, states = (dict(one.choices) for one in (ResponseKind, Evidence, LineageState))

    def lines(name: str, names: Mapping[str, Any] | None = None) -> Callable[[Record], str]:
        return lambda record: "\n".join(str((names or {}).get(one, one)) for one in record[name])

    def named(name: str, names: Mapping[str, Any]) -> Callable[[Record], str]:
        return lambda record: str(names.get(record[name], record[name]))

    def carried(side: str) -> Callable[[Record], str]:
        return lambda record: "\n".join(record["carried"].get(side, ()))

    return [
        (_("What"), lambda record: record["what"], 60),
        (_("First asked"), lambda record: record["first_asked"], 12),
        (_("Last asked"), lambda record: record["last_asked"], 12),
        (_("Times asked"), lambda record: record["times_asked"], 8),
        (_("Groups"), lines("groups"), 30),
        (_("Themes"), lines("themes", themes), 22),
        (_("Addressees"), lines("addressees", addressees), 26),
        *((_("Carried to %(side)s") % {"side": s.name}, carried(s.key), 14) for s in programme.sides.all()),
        (_("Best known response"), named("best_response", responses), 20),
        (_("Date of the response"), lambda record: record["best_response_date"], 12),
        (_("How it is known"), named("best_response_evidence", evidence), 14),
        (_("Possible uptake: welcomed on, not proof"), lines("possible_uptake"), 18),
        (_("State"), named("state", states), 22),
        (_("Lineage"), lambda record: record["lineage"], 38),
    ]

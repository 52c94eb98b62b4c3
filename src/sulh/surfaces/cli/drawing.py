"""``sulh draw``: the charts of the product from a file of counts or events, as SVG or as the table behind them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from sulh.engines import drawing
from sulh.engines.calendars import PartialDate
from sulh.surfaces.cli.failing import Fail
from sulh.surfaces.cli.files import read_bytes, write_bytes

app = typer.Typer(help="Draw a chart as SVG, with a table of the same facts behind it.", no_args_is_help=True)

DIGITS = 12  # of a count; more than can be drawn beside others

File = Annotated[
    Path, typer.Argument(help="JSON Lines, a JSON list or CSV, one row an object; - for standard input")
]
Caption = Annotated[str, typer.Option(help="The sentence that says what the chart shows.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Write here, not to the terminal.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print caption, table and SVG for a machine.")]
Rtl = Annotated[bool, typer.Option("--rtl", help="Lines run from right to left.")]


@app.command()
def timeline(
    file: File,
    caption: Caption = "What happened",
    today: Annotated[str, typer.Option(help="The day of looking, as 2026-11-25. Today unless given.")] = "",
    narrow: Annotated[bool, typer.Option(help="For a phone: time runs down.")] = False,
    rtl: Rtl = False,
    output: Output = None,
    as_json: AsJson = False,
) -> None:
    """Events on a line of time. Each has a date (2015, 2015-Q4, 2015-12, 2015-12-20), a lane and a label.

    A kind (asked, carried, response, uptake) gives the mark its shape; side (1 or 2) its colour.
    """
    try:
        day = date.fromisoformat(today) if today else date.today()
    except ValueError as error:
        raise Fail(f"--today takes a day, as in 2026-11-25, not “{today}”.") from error
    events = [_event(one, where) for where, one in _rows(file, "date", "lane", "label")]

    def draw() -> drawing.Drawing:
        return drawing.timeline(
            events,
            today=day,
            uid="line",
            caption=caption,
            headers=("Date", "Row", "What"),
            direction="rtl" if rtl else "ltr",
            narrow=narrow,
        )

    _give(_drawn(file, draw), output, as_json)


@app.command()
def pairs(
    file: File,
    names: Annotated[str, typer.Option(help="The two sides, as 'Pakistan,India'.")],
    caption: Caption = "Counts by side",
    rtl: Rtl = False,
    output: Output = None,
    as_json: AsJson = False,
) -> None:
    """Two counts of each thing, side by side. Each row has a label, first and second."""
    two = [name.strip() for name in names.split(",")]
    if len(two) != 2 or not all(two):
        raise Fail("--names takes exactly two names, as in --names 'Pakistan,India'.")
    rows = [
        drawing.PairedRow(
            _word(one, "label", where), _count(one, "first", where), _count(one, "second", where)
        )
        for where, one in _rows(file, "first", "second", "label")
    ]

    def draw() -> drawing.Drawing:
        return drawing.paired_bars(
            rows,
            (two[0], two[1]),
            uid="pairs",
            caption=caption,
            header="What",
            direction="rtl" if rtl else "ltr",
        )

    _give(_drawn(file, draw), output, as_json)


@app.command()
def parts(
    file: File,
    caption: Caption = "Parts of the whole",
    rtl: Rtl = False,
    output: Output = None,
    as_json: AsJson = False,
) -> None:
    """The parts of a whole, as one bar. Each row has a label and a count."""
    rows = [
        (_word(one, "label", where), _count(one, "count", where))
        for where, one in _rows(file, "count", "label")
    ]

    def draw() -> drawing.Drawing:
        return drawing.stacked(
            rows, uid="parts", caption=caption, headers=("What", "Count"), direction="rtl" if rtl else "ltr"
        )

    _give(_drawn(file, draw), output, as_json)


def _rows(file: Path, *needs: str) -> list[tuple[str, dict[str, Any]]]:
    from sulh.engines.asks.exchange import read_objects

    try:
        rows = read_objects(read_bytes(file), needs)
    except ValueError as error:
        raise Fail(f"{file}: {error}") from error
    return [(f"{file}: row {number}", one) for number, one in enumerate(rows, 1)]


def _event(one: dict[str, Any], where: str) -> drawing.Event:
    try:
        when = PartialDate.parse(str(one.get("date", "")))
    except ValueError as error:
        raise Fail(f"{where}: {error}") from error
    side = _count(one, "side", where) if one.get("side") not in (None, "") else 0
    if side > 2:
        raise Fail(f"{where}: “side” is 1 or 2, or left out.")
    return drawing.Event(
        when, str(one.get("kind", "")), _word(one, "lane", where), _word(one, "label", where), side
    )


def _word(one: dict[str, Any], name: str, where: str) -> str:
    found = str(one.get(name) or "").strip()
    if not found:
        raise Fail(f"{where} has no “{name}”.")
    return found


def _count(one: dict[str, Any], name: str, where: str) -> int:
    found = str(one.get(name, "")).strip()
    if not (found.isascii() and found.isdigit() and len(found) <= DIGITS):
        raise Fail(f"{where}: “{name}” is to be a whole number from 0 on, not “{found[:40]}”.")
    return int(found)


def _drawn(file: Path, draw: Callable[[], drawing.Drawing]) -> drawing.Drawing:
    try:
        return draw()
    except ValueError as error:
        raise Fail(f"{file}: {error}") from error


def _give(drawn: drawing.Drawing, output: Path | None, as_json: bool) -> None:
    told = {"caption": drawn.caption, "table": [list(row) for row in drawn.table], "svg": drawn.svg}
    text = json.dumps(told, ensure_ascii=False, indent=1) if as_json else drawn.svg
    if output is None:
        typer.echo(text)
    else:
        write_bytes(output, text.encode())

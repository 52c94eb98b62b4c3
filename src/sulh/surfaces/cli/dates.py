"""``sulh dates``: dates of which only a part is known."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from sulh.engines.calendars import PartialDate, months_between
from sulh.surfaces.cli.failing import Fail

app = typer.Typer(help="Read dates of which only the year, quarter or month is known.", no_args_is_help=True)


@app.callback()
def group() -> None:
    pass


@app.command()
def read(
    dates: Annotated[list[str], typer.Argument(help="2015, 2015-Q4, 2015-12 or 2015-12-20")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one list of objects.")] = False,
) -> None:
    """Show the first and last possible day of each date, in order of time, and the months from the one before."""
    try:
        known = sorted(PartialDate.parse(one) for one in dates)
    except ValueError as error:
        raise Fail(str(error)) from error
    gaps = [None, *(months_between(a.earliest, b.earliest) for a, b in pairwise(known))]
    rows = [
        {
            "date": str(one),
            "precision": str(one.precision),
            "earliest": one.earliest.isoformat(),
            "latest": one.latest.isoformat(),
            "months_after": gap,
        }
        for one, gap in zip(known, gaps, strict=True)
    ]
    if as_json:
        typer.echo(json.dumps(rows, indent=1))
        return
    table = Table("date", "known", "first day", "last day", "months after the one before")
    for row in rows:
        table.add_row(*("" if value is None else str(value) for value in row.values()))
    Console().print(table)

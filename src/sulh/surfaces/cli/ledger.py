"""``sulh ledger``: what became of every recommendation."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sulh.surfaces.cli.django import need_installation
from sulh.surfaces.cli.failing import Fail
from sulh.surfaces.cli.files import write_bytes

app = typer.Typer(help="The ledger: what became of every recommendation.", no_args_is_help=True)


class Format(StrEnum):
    csv = "csv"
    json = "json"
    xlsx = "xlsx"


@app.callback()
def group() -> None:
    pass


@app.command()
def export(
    programme: Annotated[str, typer.Option(help="The programme's slug, as in its address.")],
    format: Annotated[Format, typer.Option(help="What to write.")] = Format.csv,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write here, not to the terminal.")
    ] = None,
) -> None:
    """Write a programme's ledger, one row per lineage."""
    need_installation()
    from sulh.kernel.access import SYSTEM
    from sulh.rooms.carry import export as exporting
    from sulh.rooms.carry.queries import ledger
    from sulh.rooms.programme.models import Programme

    found = Programme.objects.filter(slug=programme).first()
    if found is None:
        slugs = ", ".join(Programme.objects.values_list("slug", flat=True)) or "none"
        raise Fail(f"There is no programme “{programme}” here. There are: {slugs}.")
    data = exporting.write(format.value, ledger(SYSTEM, found), found)
    if output is not None:
        write_bytes(output, data)
    elif format is Format.xlsx and sys.stdout.isatty():
        raise Fail("A spreadsheet cannot be shown on a terminal. Name a file with --output.")
    else:
        sys.stdout.buffer.write(data)

"""``sulh lint``: what in a text may tell who said something or who was there."""

from __future__ import annotations

import bisect
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sulh.surfaces.cli.failing import Fail
from sulh.surfaces.cli.files import read_bytes

if TYPE_CHECKING:
    from sulh.engines.disclosure import Finding, Roster

_LONGEST_NAME = 200


def add_to(app: typer.Typer) -> None:
    """Add the command to the root."""
    app.command("lint")(lint_file)


def lint_file(
    file: Annotated[Path, typer.Argument(help=".docx .odt .pdf .html .md .txt, or - for standard input")],
    level: Annotated[
        int, typer.Option(help="Confidentiality level of the session, 1 to 7. From 4 on, findings block.")
    ] = 4,
    names: Annotated[
        Path | None,
        typer.Option(help="Names to look for: one person a line, further spellings and nicknames after ;"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one list of objects.")] = False,
) -> None:
    """Find what in a text may tell who said something or who was there. Exit code 1 where a finding blocks."""
    from sulh.engines.disclosure import NOBODY, lint

    if not 1 <= level <= 7:
        raise Fail(
            f"There is no confidentiality level {level}; give one from 1 (on the record) to 7 (no record)."
        )
    roster = _roster(names) if names else NOBODY
    text = _text(file)
    found = lint(text, level=level, roster=roster)
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1))
    else:
        _show(text, found)
    if any(one.blocks for one in found):
        raise typer.Exit(1)


def _text(file: Path) -> str:
    """The whole text: lists of participants, which other commands leave out, are what is looked for here."""
    from sulh.engines import texts

    name = "standard-input.txt" if str(file) == "-" else file.name
    try:
        return texts.read(read_bytes(file), name).text
    except texts.Unreadable as error:
        raise Fail(f"{file}: {error}") from error


def _roster(path: Path) -> Roster:
    from sulh.engines.disclosure import roster_of

    try:
        lines = read_bytes(path).decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise Fail(f"{path} is not plain text in UTF-8; save the names as one person a line.") from error
    told = []
    for number, line in enumerate(lines, 1):
        if line.startswith("#"):
            continue
        for name in line.split(";"):
            if len(name) > _LONGEST_NAME:
                raise Fail(f"{path}, line {number}: this is too long for a name; write one person a line.")
            if name.strip():
                told.append(name.strip())
    if not told:
        raise Fail(f"{path} holds no names; write one person a line.")
    return roster_of(told)


def _show(text: str, found: tuple[Finding, ...]) -> None:
    if not found:
        typer.echo(
            "Nothing found. That is no promise: read the text once more as somebody who was in the room."
        )
        return
    lines = [0, *(index + 1 for index, c in enumerate(text) if c == "\n")]
    blocking = sum(one.blocks for one in found)
    table = Table("line", "found", "why", "neutral wording", title=f"{len(found)} found, {blocking} block")
    for one in found:
        table.add_row(
            str(bisect.bisect_right(lines, one.start)),
            Text(one.text),
            one.why,
            Text(one.neutral or "leave it out"),
        )
    Console().print(table)

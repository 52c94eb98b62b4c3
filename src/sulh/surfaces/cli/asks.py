"""``sulh asks``: what a text asks for, and which asks are one thing asked again."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from sulh.surfaces.cli.failing import Fail
from sulh.surfaces.cli.files import read_bytes, read_document

if TYPE_CHECKING:  # the engine takes half a second to load, and every command loads this module
    from sulh.engines import asks as engine
    from sulh.engines.asks import linking

app = typer.Typer(help="Find what a text asks for; link what is asked again.", no_args_is_help=True)


@app.command()
def extract(
    files: Annotated[
        list[Path], typer.Argument(help=".docx .odt .pdf .html .md .txt, or - for standard input")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print one list of objects.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV; reading it back loses nothing.")] = False,
    sides: Annotated[
        str, typer.Option(help="The two sides, as 'Pakistan,India'. Told from the text unless given.")
    ] = "",
) -> None:
    """Find the asks and welcomes of declarations. No network, no guessing: the same text gives the same asks."""
    from sulh.engines import asks as engine
    from sulh.engines.asks import exchange

    if as_json and as_csv:
        raise Fail("Choose one of --json and --csv.")
    given = _sides(sides)
    found: list[dict[str, Any]] = []
    for path in track(files, "Reading", console=Console(stderr=True), disable=len(files) < 3, transient=True):
        document = read_document(path)
        found += [exchange.as_object(one, path.name) for one in engine.extract(document, given)]
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
    elif as_csv:
        typer.echo(exchange.write_csv(found), nl=False)
    else:
        _show(found)


@app.command()
def link(
    file: Annotated[
        Path, typer.Argument(help="JSON Lines (or a JSON list, or CSV) with id, date, text; - for stdin")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print one list of lineages.")] = False,
    thorough: Annotated[
        bool | None,
        typer.Option(
            "--thorough/--quick",
            help="Read what each ask means (some 200 a second), or go by shared words alone. "
            "Unless said: thorough for up to 10,000 asks.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Group asks into lineages: one thing asked again, with the score and the shared words of each link."""
    from sulh.engines.asks import linking

    entries = _entries(read_bytes(file), str(file))
    with Console(stderr=True).status(f"Linking {len(entries)} asks"):
        lineages = linking.link(entries, thorough)
    if as_json:
        told = [{"ids": list(one.ids), "links": [asdict(step) for step in one.links]} for one in lineages]
        typer.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    text_of = {entry.id: entry for entry in entries}
    table = Table("asked", "dates", "what", title=f"{len(entries)} asks in {len(lineages)} lineages")
    for one in sorted(lineages, key=lambda each: -len(each.ids)):
        dates = [text_of[ask].date for ask in one.ids]
        table.add_row(
            str(len(one.ids)),
            f"{dates[0]} … {dates[-1]}" if len(dates) > 1 else dates[0],
            text_of[one.ids[0]].text,
        )
    Console().print(table)


def _sides(text: str) -> tuple[engine.Side, ...]:
    from sulh.engines import asks as engine

    names = [name.strip() for name in text.split(",") if name.strip()]
    if names and len(names) != 2:
        raise Fail("--sides takes exactly two names, as in --sides 'Pakistan,India'.")
    return tuple(engine.Side(re.sub(r"\W+", "-", name.lower()), name) for name in names)


def _entries(data: bytes, name: str) -> list[linking.Entry]:
    from sulh.engines.asks import exchange, linking

    try:
        objects = exchange.read_objects(data)
    except ValueError as error:
        raise Fail(f"{name}: {error}") from error
    entries, seen = [], set()
    for number, one in enumerate(objects, 1):
        identity = str(one.get("id", "")) or str(number)
        if not str(one.get("text", "")).strip():
            raise Fail(f"{name}: object {number} has no text. Every object needs id, date and text.")
        if identity in seen:
            raise Fail(f"{name}: the id “{identity}” occurs twice. Give every ask an id of its own.")
        seen.add(identity)
        entries.append(
            linking.Entry(
                identity,
                str(one.get("date", "") or ""),
                str(one["text"]),
                tuple(one.get("themes") or ()),
                tuple(one.get("addressees") or ()),
            )
        )
    return entries


def _show(found: list[dict[str, Any]]) -> None:
    table = Table("kind", "to", "themes", "text", title=f"{len(found)} found")
    for one in found:
        table.add_row(one["kind"], ", ".join(one["addressees"]), ", ".join(one["themes"]), one["text"])
    Console().print(table)

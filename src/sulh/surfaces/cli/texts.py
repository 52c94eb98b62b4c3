"""``sulh texts``: reading documents."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from sulh.surfaces.cli.files import read_document

app = typer.Typer(help="Read a document into passages.", no_args_is_help=True)


@app.command()
def passages(
    file: Annotated[Path, typer.Argument(help=".docx .odt .pdf .html .md .txt, or - for standard input")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for a machine.")] = False,
) -> None:
    """Show how a document is split: headings, clauses, nested items, each with its label and place."""
    document = read_document(file)
    rows = [
        asdict(passage) | {"kind": str(passage.kind), "text": document.quote(passage.span)}
        for passage in document.passages
    ]
    if as_json:
        typer.echo(json.dumps({"text": document.text, "passages": rows}, ensure_ascii=False, indent=1))
        return
    table = Table("kind", "label", "text", title=document.name)
    for row in rows:
        table.add_row(row["kind"], row["label"], "  " * row["depth"] + row["text"])
    Console().print(table)

"""``sulh traces``: whether words that should be gone stand anywhere on the disk of the installation."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from sulh.surfaces.cli.django import need_installation
from sulh.surfaces.cli.failing import Fail
from sulh.surfaces.cli.files import read_bytes

MOST = 1000
"""Words that are looked for at once."""


@dataclass(frozen=True, slots=True)
class Found:
    """A word that was found: its number in the list (never the word), the file or the field, and how it stands."""

    word: int
    where: str
    at: int | None
    form: str
    whole: bool


def add_to(app: typer.Typer) -> None:
    """Add the command to the root."""
    app.command()(traces)


def traces(
    words: Annotated[
        Path,
        typer.Argument(
            help="A file with the words, one a line, of eight characters or more; - is standard input, which leaves "
            "no file with the words behind."
        ),
    ],
    also: Annotated[
        list[Path] | None,
        typer.Option("--also", help="A further file or folder to search; may be said several times."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for a machine.")] = False,
) -> None:
    """Search the raw bytes of the installation for words that should be gone, and say where they remain.

    Searched are the database with its journal, every file of SULH_HOME, the backups folder, and Sulh's own files in the
    folder for temporary ones. The words are not stored and not printed: they are told by their number.
    """
    need_installation()
    from sulh.kernel import traces as searching

    wanted = _words(words)
    places = [*_places(), *(also or [])]
    try:
        files = [path for path in searching.files(places) if not _is_list(path, words)]
        found = [
            Found(one.word + 1, str(one.path), one.at, one.form, one.whole)
            for one in searching.search(files, wanted)
        ]
    except (OSError, ValueError) as error:
        raise Fail(str(error)) from error
    found += _in_tables(wanted)
    sealed = [str(path) for path in files if path.name.endswith(".age")]
    if as_json:
        told = [{name: getattr(one, name) for name in Found.__slots__} for one in found]
        typer.echo(
            json.dumps({"found": told, "searched": len(files), "encrypted": sealed, "words": len(wanted)})
        )
    else:
        for line in _report(found, len(files), len(wanted), sealed):
            typer.echo(line)
    if found:
        raise typer.Exit(1)


def _words(path: Path) -> list[str]:
    from sulh.kernel.traces import SHORTEST

    lines = [line.strip() for line in read_bytes(path).decode("utf-8", "replace").splitlines()]
    wanted = [line for line in lines if line]
    if not wanted:
        raise Fail("There is no word to search for. Write one a line.")
    if len(wanted) > MOST:
        raise Fail(f"These are {len(wanted)} words. Search for at most {MOST} at once.")
    for number, line in enumerate(lines, start=1):
        if line and len(line) < SHORTEST:
            raise Fail(
                f"Line {number} is shorter than {SHORTEST} characters, so it would be found by chance. "
                "Write a longer piece of the text."
            )
    return wanted


def _places() -> Iterator[Path]:
    from django.conf import settings
    from django.db import connection

    from sulh.kernel.backups import schedule

    yield settings.HOME
    backups = schedule.folder()
    if backups is not None and backups.exists() and not backups.is_relative_to(settings.HOME):
        yield backups
    if connection.vendor == "sqlite":
        database = Path(str(settings.DATABASES["default"]["NAME"])).resolve()
        if not database.is_relative_to(settings.HOME):
            yield from sorted(database.parent.glob(f"{database.name}*"))
    temporary = Path(tempfile.gettempdir())
    for path in sorted(temporary.glob("sulh-*")):
        if path.stat().st_uid == os.getuid() and not settings.HOME.is_relative_to(path.resolve()):
            yield path


def _is_list(path: Path, words: Path) -> bool:
    """Whether a file is the list of the words itself."""
    return words.name != "-" and words.exists() and path.samefile(words)


def _in_tables(wanted: list[str]) -> list[Found]:
    """Where PostgreSQL keeps the rows its files are out of reach; so its tables are asked."""
    from django.db import connection
    from django.db.models import BinaryField

    from sulh.kernel import exposure

    if connection.vendor == "sqlite":
        return []
    found = []
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for model, fields in exposure.tables():
            for field in fields:
                if isinstance(field, BinaryField):
                    continue
                column, table = quote(str(field.column)), quote(model._meta.db_table)
                for number, word in enumerate(wanted, start=1):
                    question = f"SELECT 1 FROM {table} WHERE position(%s in {column}::text) > 0 LIMIT 1"  # noqa: S608
                    cursor.execute(question, [word])
                    if cursor.fetchone():
                        found.append(Found(number, f"{model._meta.label}.{field.name}", None, "row", True))
    return found


def _report(found: list[Found], files: int, words: int, sealed: list[str]) -> Iterator[str]:
    for one in found:
        how = "" if one.whole else ", half of it"
        at = "" if one.at is None else f", byte {one.at:,}"
        yield f"word {one.word}: {one.where}{at} ({one.form}{how})"
    whole = {one.word for one in found if one.whole}
    half = {one.word for one in found} - whole
    yield f"{words} words, {files} files searched: {len(whole)} of them still stand there."
    if half:
        yield (
            f"Of {len(half)} more only a half was found: by chance, or because the database parts long values."
        )
    if sealed:
        yield (
            f"{len(sealed)} files are encrypted backups. What lies in them cannot be seen from here: those made before "
            "a removal hold what was removed until they are dropped."
        )

"""``sulh audit``: check an export of the audit log on any machine; take one, and drop what is past its retention."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer

from sulh.kernel import chain
from sulh.surfaces.cli.django import need_installation
from sulh.surfaces.cli.failing import Fail
from sulh.surfaces.cli.files import read_bytes, write_bytes

if TYPE_CHECKING:
    from sulh.rooms.programme.models import Programme

app = typer.Typer(help="The audit log: check it, take it away, exchange its heads.", no_args_is_help=True)

Slug = Annotated[str, typer.Option(help="The programme's slug, as in its address.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for a machine.")]


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(help="An export of the audit log, or - for standard input.")],
    heads: Annotated[
        Path | None,
        typer.Option(help="A text file with heads kept elsewhere, one code a line; # begins a remark."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check an export. Needs neither the server nor its database. Exit code 0: it holds; 2: it does not."""
    known = _read_heads(heads) if heads else []
    if str(file) == "-":
        verdict = chain.verify(_lines(sys.stdin.buffer), known)
    else:
        try:
            with file.open("rb") as opened:
                verdict = chain.verify(_lines(opened), known)
        except IsADirectoryError as error:
            raise Fail(f"{file} is a folder; name the export in it.") from error
        except OSError as error:
            raise Fail(f"{file} cannot be read: {error.strerror}.") from error
    if as_json:
        typer.echo(json.dumps(_told(verdict), indent=1))
    else:
        _say(verdict)
    if not verdict.holds:
        raise typer.Exit(2)


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    """Yield line by line, and no more of a line than one can be long."""
    return iter(lambda: file.readline(chain.LONGEST_LINE + 1), b"")


def _read_heads(path: Path) -> list[chain.Head]:
    try:
        rows = read_bytes(path).decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise Fail(f"{path} is not UTF-8 text.") from error
    heads = []
    for number, row in enumerate(rows, 1):
        if code := row.split("#")[0].strip():
            try:
                heads.append(chain.Head.parse(code))
            except ValueError as error:
                raise Fail(f"{path}, line {number}: {error}") from error
    if not heads:
        raise Fail(f"{path} holds no head. Write one code a line; each begins with SULH-HEAD.")
    return heads


def _told(verdict: chain.Verdict) -> dict[str, Any]:
    return {
        "holds": verdict.holds,
        "chain": verdict.span.chain if verdict.span else None,
        "first": verdict.span.first if verdict.span else None,
        "checked": verdict.checked,
        "since": verdict.since,
        "until": verdict.until,
        "broken": asdict(verdict.broken) if verdict.broken else None,
        "heads": [{"code": one.head.code, "agrees": one.agrees, "what": one.what} for one in verdict.heads],
        "not_concluded": list(verdict.unknown),
    }


def _say(verdict: chain.Verdict) -> None:
    if verdict.broken:
        where = f", entry {verdict.broken.number}" if verdict.broken.number else ""
        typer.echo(f"BROKEN at line {verdict.broken.line}{where}: {verdict.broken.what}")
        typer.echo(f"Entries checked before it: {verdict.checked}. Nothing is said of what comes after it.")
        return
    span = f" from {verdict.since} to {verdict.until}" if verdict.checked else ""
    typer.echo(f"{'HOLDS' if verdict.holds else 'DOES NOT HOLD'}. Entries checked: {verdict.checked}{span}.")
    typer.echo("Checked: the form of every line, every number, every hash, and both ends.")
    for one in verdict.heads:
        sign = {True: "agrees", False: "DOES NOT AGREE", None: "cannot be compared"}[one.agrees]
        typer.echo(f"Head {one.head.count} of {one.head.day}: {sign}. {one.what}")
    typer.echo("What this does not show:")
    for sentence in verdict.unknown:
        typer.echo(f"- {sentence}")


@app.command()
def export(
    programme: Slug,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write here, not to the terminal.")
    ] = None,
) -> None:
    """Write the whole audit log of a programme as JSON lines. That it was taken is entered in the log."""
    found = _programme(programme)
    from sulh.kernel.access import SYSTEM
    from sulh.rooms.people.audit_actions import export_audit

    data = export_audit(SYSTEM, found)
    if output is None:
        sys.stdout.buffer.write(data)
    else:
        write_bytes(output, data)


@app.command("heads")
def list_heads(programme: Slug, as_json: AsJson = False) -> None:
    """Print the head of a programme's log as of now, and the heads recorded, in the form that verify reads."""
    found = _programme(programme)
    from django.utils import timezone

    from sulh.kernel import audit
    from sulh.rooms.people.audit_queries import heads_of

    now, recorded = audit.head(found.slug, timezone.localdate()), heads_of(found)
    if as_json:
        told = [
            {"code": one.head.code, "side": one.row.side.key, "agrees": one.agrees, "beyond": one.is_beyond}
            for one in recorded
        ]
        typer.echo(json.dumps({"now": now.code if now else None, "recorded": told}, indent=1))
        return
    typer.echo(f"{now.code}  # now" if now else "# Nothing has been entered yet.")
    for one in recorded:
        sign = {True: "agrees", False: "DOES NOT AGREE", None: "its entry was dropped"}[one.agrees]
        typer.echo(f"{one.head.code}  # {one.row.side.key}; {sign}")


@app.command()
def rotate(as_json: AsJson = False) -> None:
    """Drop the entries that are older than SULH_AUDIT_DAYS, in every programme. “sulh serve” does it at its start."""
    need_installation()
    from django.conf import settings

    from sulh.rooms.people.audit_actions import rotate_all

    dropped = rotate_all()
    if as_json:
        typer.echo(json.dumps({"days": settings.AUDIT_DAYS, "dropped": dropped}))
    elif dropped:
        for slug, count in dropped.items():
            typer.echo(f"{slug}: {count} {'entry' if count == 1 else 'entries'} dropped.")
    else:
        typer.echo(f"No entry is older than {settings.AUDIT_DAYS} days.")


def _programme(slug: str) -> Programme:
    need_installation()
    from sulh.rooms.programme.models import Programme

    found = Programme.objects.filter(slug=slug).first()
    if found is None:
        slugs = ", ".join(Programme.objects.values_list("slug", flat=True)) or "none"
        raise Fail(f"There is no programme “{slug}” here. There are: {slugs}.")
    return found

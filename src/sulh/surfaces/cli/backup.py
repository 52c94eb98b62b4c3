"""Backups: sulh backup, sulh restore."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from sulh.surfaces.cli.django import need_installation, start
from sulh.surfaces.cli.failing import Fail
from sulh.surfaces.cli.files import read_bytes


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module to the root."""
    app.command()(backup)
    app.command()(restore)


def backup(
    into: Annotated[
        Path, typer.Option(help="The folder that backups are put into.", envvar="SULH_BACKUPS")
    ] = Path("backups"),
    to: Annotated[
        list[str] | None,
        typer.Option("--to", help="An age recipient (age1…) whose key opens it; may be said several times."),
    ] = None,
    and_to: Annotated[
        list[str] | None,
        typer.Option("--and-to", help="A second lock: a key of --to and a key of --and-to are both needed."),
    ] = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Do not encrypt it. Whoever gets it reads all.")
    ] = False,
    keep: Annotated[int, typer.Option(min=0, help="Let only this many newest backups stay; 0: all.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for a machine.")] = False,
) -> None:
    """Take an encrypted backup while the installation runs, and verify it by restoring it into a scratch place."""
    need_installation()
    from django.conf import settings

    from sulh.kernel import backups
    from sulh.kernel.backups.recipients import FILE, recorded

    if plain and (to or and_to):
        raise Fail("--plain and --to contradict each other. Say one of them.")
    if and_to and not to:
        raise Fail("--and-to adds a second lock to the one of --to. Say --to as well.")
    try:
        locks: Any = [lock for lock in (to, and_to) if lock] or ([] if plain else recorded(settings.HOME))
        if not locks and not plain:
            raise Fail(
                "Nobody is named who could open the backup. Give --to age1…, or write the recipients into "
                f"{settings.HOME / FILE}, one a line (docs/protect.md tells how). Nothing was written."
            )
        if plain:
            typer.echo("sulh: this backup is not encrypted; whoever gets the file reads all of it.", err=True)
        made = backups.make(into, locks, plain=plain, keep=keep)
    except backups.Unusable as error:
        raise Fail(str(error)) from error
    if as_json:
        typer.echo(json.dumps(asdict(made) | {"verified": True}, ensure_ascii=False))
    else:
        typer.echo(f"{made.file}: {made.bytes:,} bytes, {made.rows:,} rows; verified by restoring it.")


def restore(
    file: Annotated[Path, typer.Argument(help="A backup that “sulh backup” has made.")],
    identity: Annotated[
        list[Path] | None,
        typer.Option(
            "--identity", help="A file with an age identity that opens it; may be said several times."
        ),
    ] = None,
    passphrase: Annotated[
        Path | None,
        typer.Option(
            "--passphrase",
            help="A file with the passphrase of the identity files (- is standard input); else it is asked for.",
        ),
    ] = None,
    over: Annotated[
        bool, typer.Option("--over", help="Replace the installation here; it is kept aside.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for a machine.")] = False,
) -> None:
    """Restore a backup into an empty SULH_HOME: all of it, checked, or nothing."""
    identities = _identities(identity or [], passphrase)
    start()
    from django.conf import settings

    from sulh.kernel import backups

    if not file.is_file():
        raise Fail(f"{file} is no file. Name a backup that “sulh backup” has made.")
    try:
        rows = backups.restore(file, identities, over=over)
    except backups.Unusable as error:
        raise Fail(
            f"{error} Nothing was changed." if "Nothing was changed" not in str(error) else str(error)
        ) from error
    if as_json:
        told = {"restored": True, "rows": rows, "home": os.fspath(settings.HOME)}
        typer.echo(json.dumps(told, ensure_ascii=False))
    else:
        typer.echo(f"Restored {rows:,} rows. Start it with “sulh serve”; everybody signs in anew.")


def _identities(paths: list[Path], passphrase: Path | None) -> list[Any]:
    """Read age identities; a file that is itself encrypted to a passphrase is opened with that."""
    import pyrage

    found: list[Any] = []
    said = ""
    for path in paths:
        content = read_bytes(path)
        if content.startswith(b"age-encryption.org/"):
            if not said:
                said = (
                    read_bytes(passphrase).decode("utf-8", "replace").rstrip("\r\n")
                    if passphrase
                    else typer.prompt(f"Passphrase of {path}", hide_input=True, err=True)
                )
            try:
                content = pyrage.passphrase.decrypt(content, said)
            except pyrage.DecryptError as error:
                raise Fail(f"The passphrase does not open {path}.") from error
        lines = content.decode("utf-8", "replace").splitlines()
        keys = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
        try:
            found += [pyrage.x25519.Identity.from_str(key) for key in keys]
        except pyrage.IdentityError as error:
            raise Fail(f"{path} holds no age identity: one begins with AGE-SECRET-KEY-1.") from error
        if not keys:
            raise Fail(f"{path} holds no age identity: one begins with AGE-SECRET-KEY-1.")
    return found

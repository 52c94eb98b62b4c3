"""``sulh exposure``: what can be read by somebody who has taken the machine."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from sulh.surfaces.cli.django import need_installation
from sulh.surfaces.cli.failing import Fail

if TYPE_CHECKING:
    from sulh.kernel.thief import Exposure, Table


def add_to(app: typer.Typer) -> None:
    """Add the command to the root."""
    app.command()(exposure)


def exposure(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for a machine.")] = False,
) -> None:
    """Open the installation as a thief would, and say in plain words what can be read. Shows no content."""
    need_installation()
    from sulh.kernel import thief

    try:
        found = thief.look()
    except OSError as error:
        raise Fail(f"{error.filename or 'The installation'} cannot be read: {error.strerror}.") from error
    if as_json:
        typer.echo(json.dumps(found.as_json(), indent=1))
        return
    for title, sentences in _report(found):
        typer.secho(f"\n{title}", bold=True)
        for sentence in sentences:
            typer.echo(f"- {sentence}")


def _report(found: Exposure) -> list[tuple[str, list[str]]]:
    return [
        ("The machine", _machine(found)),
        (f"Files in {found.home}", _files(found)),
        ("With the files alone, without the key files", _without_keys(found)),
        ("With the key files as well", _with_keys(found)),
        ("What was deleted", _deleted(found)),
        ("Tables, and what a thief reads in them", [_table(one) for one in found.tables if one.rows]),
        *([("Nobody has decided about these fields yet", list(found.faults))] if found.faults else []),
    ]


def _machine(found: Exposure) -> list[str]:
    machine = found.machine
    disk = {
        True: "The disk is encrypted: a machine that is switched off gives nothing of what follows.",
        False: "This system does NOT decrypt its disk. Unless the disk or the host of the machine encrypts by itself, "
        "whoever takes it reads all that follows, switched off or on.",
        None: "Whether the disk is encrypted cannot be told from here. If it is not, all that follows can be read.",
    }[machine.disk_encrypted]
    if machine.swap is None:
        swap = "Whether memory is written to a swap file cannot be told from here."
    elif machine.swap:
        swap = f"Memory may be written to {', '.join(machine.swap)}: opened keys and texts may come to lie there."
    else:
        swap = "Memory is not written to a swap file."
    core = {
        True: "A crash may write the memory of the server to the disk (core dumps are on).",
        False: "A crash does not write the memory of the server to the disk, if it is started as this command was.",
        None: "Whether a crash writes memory to the disk cannot be told from here.",
    }[machine.core_dumps]
    return [disk, swap, core]


def _files(found: Exposure) -> list[str]:
    told = []
    for one in found.files:
        size = "" if one.name == "." else f", {one.size:,} bytes"
        warning = " OTHERS ON THIS MACHINE MAY READ IT." if one.others else ""
        told.append(f"{one.name} ({one.mode}{size}): {one.what}{warning}")
    if found.temporary:
        told.append(f"{len(found.temporary)} temporary files or folders of Sulh lie in the folder for such.")
    return told


def _by_form(found: Exposure, kind: str, form: str) -> str:
    names = [
        f"{table.name}.{one.name} ({one.filled})"
        for table in found.tables
        for one in table.fields
        if one.mark and one.mark.kind == kind and one.mark.form == form and one.filled
    ]
    return ", ".join(names)


def _holds_plainly(table: Table, kind: str) -> bool:
    return any(
        one.mark and one.filled and (one.mark.kind, one.mark.form) == (kind, "plain") for one in table.fields
    )


def _without_keys(found: Exposure) -> list[str]:
    told = [f"Database: {found.database}"]
    for kind, means in (
        ("secret", "What opens something"),
        ("identity", "Who somebody is, or what helps to tell"),
    ):
        told.append(f"{means}, in plain: {_by_form(found, kind, 'plain') or 'nothing'}.")
    internal = [f"{one.name} ({one.rows})" for one in found.tables if _holds_plainly(one, "internal")]
    told.append(
        f"What a programme keeps among its members, in plain, in: {', '.join(internal) or 'nothing'}."
    )
    for form, means in (
        ("encrypted", "Encrypted"),
        ("hashed", "Hashed (a guess can be checked)"),
        ("keyed", "Under a keyed hash (without the key not even a guess can be checked)"),
    ):
        names = ", ".join(
            filter(None, (_by_form(found, kind, form) for kind in ("identity", "secret", "internal")))
        )
        told.append(f"{means}: {names or 'nothing'}.")
    return told


def _with_keys(found: Exposure) -> list[str]:
    there = {one.name: one for one in found.files if one.is_key}
    told = [one.what for one in there.values()]
    if "secret-key" not in there:
        told.append("The key that signs cookies is not among the files: it comes from SULH_SECRET_KEY.")
    for table in found.tables:
        for one in table.fields:
            if one.mark and one.mark.key and one.filled:
                told.append(
                    f"{table.name}.{one.name}: with {one.mark.key}"
                    + (
                        " it is opened."
                        if one.mark.form == "encrypted"
                        else " a guess at each value can be checked."
                    )
                )
            elif one.mark and one.mark.form == "encrypted" and one.filled:
                told.append(f"{table.name}.{one.name}: stays closed; only {one.mark.to} can open it.")
    told.append(
        f"Sessions alive: {found.sessions}. Each is an open door while the server runs; they end by signing out, and "
        "after their time."
    )
    return told


def _deleted(found: Exposure) -> list[str]:
    if found.remnants is None:
        return [
            "PostgreSQL keeps deleted rows until VACUUM, and parts of them in its log; this cannot be read here."
        ]
    left = found.remnants
    told = [f"Free pages in the database: {left.free}, of which {left.dirty} still hold what lay there."]
    if left.dirty:
        told.append("Stop the server and run VACUUM on the database: sqlite3 sulh.sqlite3 'VACUUM;'")
    told.append(
        "Sulh overwrites what it deletes."
        if left.overwrites
        else "This SQLite does not overwrite what is deleted: run VACUUM after every purge."
    )
    told.append(
        "What overwriting does not reach: earlier pages in the -wal file until it is written over, copies and "
        "backups, snapshots of the file system, and cells that a solid-state disk has put aside."
    )
    return told


def _table(one: Table) -> str:
    if not one.fields:
        return f"{one.name}: {one.rows} rows (links, numbers and times only)."
    kinds: dict[str, list[str]] = {}
    for each in one.fields:
        if each.mark:
            kinds.setdefault(f"{each.mark.kind}, {each.mark.form}", []).append(each.name)
    return f"{one.name}: {one.rows} rows; " + "; ".join(
        f"{how}: {', '.join(names)}" for how, names in kinds.items()
    )

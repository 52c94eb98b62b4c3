"""Commands for whoever runs an installation: serve, load, new, sign-in-link, reset-sign-in."""

from __future__ import annotations

import json
import os
import shlex
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn

from sulh.surfaces.cli.django import need_installation, start
from sulh.surfaces.cli.failing import Fail


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module to the root."""
    app.command()(serve)
    app.command()(load)
    app.command()(new)
    app.command("sign-in-link")(sign_in_link)
    app.command("reset-sign-in")(reset_sign_in)


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8000,
    demo: Annotated[
        list[Path] | None,
        typer.Option("--demo", help="Load this programme folder, unless it is loaded already."),
    ] = None,
) -> None:
    """Prepare the installation (as far as it is not) and serve it."""
    console = Console(stderr=True)
    from sulh.surfaces.cli import preparing

    with Progress(
        SpinnerColumn(), TextColumn("{task.description}"), console=console, transient=True
    ) as progress:
        task = progress.add_task("Starting")

        def say(what: str) -> None:
            progress.update(task, description=what)

        say("Starting")
        start()
        preparing.prepare(say, demo or [])
    base = f"http://{host}:{port}"
    links = preparing.demo_links(base)
    if links:
        console.print("\n[bold]Sign in as[/bold] (demonstration seats; each link works for twelve hours)")
        for programme, seats in links.items():
            console.print(f"\n  [bold]{programme}[/bold]")
            for who, address in seats:
                console.print(f"  {who:<32} {address}", highlight=False, soft_wrap=True)
    console.print(f"\nServing on [bold]{base}[/bold]. Stop with Ctrl-C; nothing is lost.\n")
    from sulh.kernel.backups import Unusable, schedule

    try:
        schedule.begin()
    except Unusable as error:
        raise Fail(str(error)) from error
    from sulh.surfaces.cli import housekeeping

    housekeeping.begin()
    import uvicorn

    uvicorn.run(
        "sulh.surfaces.web.asgi:application",
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        ws="none",
    )


def load(
    folder: Annotated[
        Path, typer.Argument(help="A programme folder; docs/programme-folder.md tells its format.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for a machine.")] = False,
) -> None:
    """Load a programme folder: everything is checked before anything is written."""
    console = Console(stderr=True)
    from sulh.surfaces.cli import preparing

    start()
    preparing.migrate()
    from sulh.kernel.folders import FaultyFolder, load_folder

    try:
        with Progress(
            SpinnerColumn(), TextColumn("{task.description}"), console=console, transient=True
        ) as progress:
            task = progress.add_task(f"Loading {folder}")
            loaded = load_folder(
                folder, lambda section: progress.update(task, description=f"Loading {section}")
            )
    except FaultyFolder as faulty:
        if as_json:
            faults = [
                {"file": f.file, "line": f.line, "what": f.what, "remedy": f.remedy} for f in faulty.faults
            ]
            typer.echo(json.dumps({"loaded": False, "faults": faults}, ensure_ascii=False, indent=1))
        else:
            for fault in faulty.faults:
                typer.echo(str(fault), err=True)
        count = len(faulty.faults)
        said = "1 fault" if count == 1 else f"{count} faults"
        raise Fail(f"Nothing was loaded: {said} in {folder}.") from faulty
    if as_json:
        told = {"loaded": True, "programme": loaded.programme.slug, "changed": list(loaded.changed)}
        typer.echo(json.dumps(told))
    elif loaded.changed:
        typer.echo(f"{loaded.programme.name}: loaded {', '.join(loaded.changed)}.")
        typer.echo("To enter it: sulh sign-in-link lists its seats, sulh sign-in-link SEAT makes a link.")
    else:
        typer.echo(f"{loaded.programme.name}: nothing had changed.")


def new(
    folder: Annotated[Path, typer.Argument(help="Where to make the folder; it must not exist yet.")],
    name: Annotated[str, typer.Option(prompt="Name of the programme")],
    sides: Annotated[str, typer.Option(prompt="The two sides, with a comma between them")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for a machine.")] = False,
) -> None:
    """Begin a programme of your own: a folder to fill in, ready to load."""
    from sulh.surfaces.cli import beginning

    beginning.make_folder(folder, name, [side.strip() for side in sides.split(",")])
    if as_json:
        typer.echo(json.dumps({"folder": str(folder)}, ensure_ascii=False))
    else:
        typer.echo(f"Made {folder}. Load it with: sulh load {shlex.quote(str(folder))}")


def sign_in_link(
    handle: Annotated[
        str, typer.Argument(help="The account, as programme/seat. Without it, all are listed.")
    ] = "",
    base: Annotated[str, typer.Option(help="Where the installation is served.")] = os.environ.get(
        "SULH_BASE", "http://127.0.0.1:8000"
    ),
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for a machine.")] = False,
) -> None:
    """Make a link for one account: its invitation, or the way back for who forgot the passphrase.

    A link is used once and never stands for the second factor. A new one lets earlier ones lapse.
    """
    need_installation()
    from django.db import transaction

    from sulh.kernel.accounts import note
    from sulh.kernel.models import Account
    from sulh.kernel.signin import make_token, renew_token
    from sulh.rooms.people.standing import link_may_open

    if not handle:
        handles = list(Account.objects.order_by("handle").values_list("handle", flat=True))
        typer.echo(json.dumps(handles) if as_json else "\n".join(handles))
        return
    account = Account.objects.filter(handle=handle, is_active=True).first()
    if account is None:
        raise Fail(f"There is no account “{handle}”. “sulh sign-in-link” lists them.")
    if account.is_demo:
        link = f"{base}/sign-in/{make_token(account)}/"
    elif not link_may_open(account):
        raise Fail(
            f"“{handle}” has a passphrase but not the second factor that its seat needs, so a link would let in "
            f"whoever reads it. If the passphrase is lost: sulh reset-sign-in {shlex.quote(handle)}"
        )
    else:
        with transaction.atomic():
            link = f"{base}/sign-in/{renew_token(account)}/"
            note(account, "make_link")
    typer.echo(json.dumps({"account": handle, "link": link}) if as_json else link)


def reset_sign_in(
    handle: Annotated[str, typer.Argument(help="The account, as programme/seat.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for a machine; needs --yes.")] = False,
) -> None:
    """Take passphrase, passkeys and codes from an account that lost them. Make a link for it afterwards.

    Only here, on the server: no lead can do this to another. It stands in the audit log.
    """
    need_installation()
    from django.db import transaction

    from sulh.kernel import factors
    from sulh.kernel.accounts import note
    from sulh.kernel.models import Account

    account = Account.objects.filter(handle=handle, is_active=True, is_demo=False).first()
    if account is None:
        raise Fail(f"There is no account “{handle}” that signs in. “sulh sign-in-link” lists the accounts.")
    if as_json and not yes:
        raise Fail("With --json nothing is asked. Give --yes as well.")
    if not yes:
        typer.confirm(
            f"Did you speak with who holds “{handle}”, face to face or by voice? All it signs in with is taken away",
            abort=True,
        )
    with transaction.atomic():
        factors.forget(account)
        note(account, "reset_sign_in")
    if as_json:
        typer.echo(json.dumps({"account": handle, "reset": True}))
    else:
        typer.echo(f"Done. Now make a link: sulh sign-in-link {shlex.quote(handle)}")

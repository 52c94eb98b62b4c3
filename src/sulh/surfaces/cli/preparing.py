"""Preparing an installation: tables, static files, demonstration programmes. Each step is done once."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from sulh.surfaces.cli.failing import Fail


def migrate() -> None:
    """Bring the tables up to date; quick where they are."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor
    from django.db.utils import OperationalError

    settings.HOME.mkdir(parents=True, exist_ok=True)
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=0, interactive=False)
    except OperationalError as error:
        raise Fail(f"The database cannot be opened ({error}). Check SULH_HOME or DATABASE_URL.") from error


def prepare(say: Callable[[str], None], demo: Sequence[Path]) -> None:
    """Make the installation ready to serve."""
    from django.core.management import call_command

    from sulh.kernel.folders import FaultyFolder, load_folder
    from sulh.rooms.people.audit_actions import rotate_all
    from sulh.rooms.programme.models import Programme

    say("Preparing the tables")
    migrate()
    say("Dropping what is past its retention")
    rotate_all()
    say("Preparing the pages")
    call_command("collectstatic", verbosity=0, interactive=False, stdout=io.StringIO())
    for folder in demo:
        if Programme.objects.filter(slug=folder.name).exists():
            continue
        try:
            load_folder(folder, partial(_say_section, say, folder.name))
        except FaultyFolder as faulty:
            raise Fail(f"{folder} has faults:\n{faulty}") from faulty


def _say_section(say: Callable[[str], None], name: str, section: str) -> None:
    say(f"Loading {name}: {section}")


def demo_links(base: str) -> dict[str, list[tuple[str, str]]]:
    """Return, by programme, who each demonstration seat is and the link that opens it.

    Roles in the order in which they are listed everywhere, the sides in today's turn, neutral seats last.
    """
    from django.utils import timezone

    from sulh.kernel.sides import in_turn
    from sulh.kernel.signin import make_token
    from sulh.rooms.people.enums import Role
    from sulh.rooms.people.models import Seat

    links: dict[str, list[tuple[str, str]]] = {}
    seats = Seat.objects.filter(account__is_demo=True).select_related("programme", "side", "account")
    roles, today = list(Role.values), timezone.localdate()

    def place(seat: Seat) -> tuple[str, int, int]:
        sides = [side.pk for side in in_turn(tuple(seat.programme.sides.all()), today)]
        return (
            seat.programme.name,
            roles.index(seat.role),
            sides.index(seat.side.pk) if seat.side else len(sides),
        )

    for seat in sorted(seats.order_by("id"), key=place):
        who = f"{seat.role}, {seat.side.name if seat.side else 'neutral'}"
        links.setdefault(seat.programme.name, []).append((who, f"{base}/sign-in/{make_token(seat.account)}/"))
    return links

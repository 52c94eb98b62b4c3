"""Who sees what: every address, action, command and planted word as every role of every side.

The matrix is kept as a page, ``docs/access.md``, so that a change of access shows in review. After a change that is
meant, ``SULH_WRITE=1 pytest tests/rooms/test_access_matrix.py`` writes it anew.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from typer.main import get_command

from sulh.kernel.access import Seat, Viewer, may
from sulh.kernel.actions import REGISTRY
from sulh.rooms.people.enums import Role
from sulh.rooms.programme.models import Programme
from sulh.surfaces.cli import app
from tests.rooms.conftest import signed_in
from tests.rooms.world import ROUTES, SIDES, World, address, make_world, names_in

PAGE = Path(__file__).resolve().parents[2] / "docs" / "access.md"
Make = Callable[..., Any]
SHORT = {
    "convener": "conv",
    "programme officer": "prog",
    "counterpart lead": "lead",
    "head of delegation": "head",
    "facilitator": "facil",
    "rapporteur": "rapp",
    "liaison": "liais",
    "communications": "comm",
    "evaluation": "eval",
    "security lead": "secur",
}
SIGNS = {200: "s", 302: "→", 403: "r", 404: "–", 405: "·", 422: "s", 429: "r"}
BEFORE = """# Who sees what

This page is made by a test (`tests/rooms/test_access_matrix.py`) that asks for every address as every role of every
side and reads what comes back. It fails where an answer differs from this page.

Roles in the columns: {roles}.

A cell has one sign where it is the same for whoever stands with the first side of the test programme, with the second,
or with neither; else three signs, in this order.

| sign | meaning |
|---|---|
| s | sees the page |
| → | is led elsewhere |
| r | is refused: may see that it is there, not do it |
| – | gets the page of what does not exist: forbidden and unknown look the same |
| · | this address takes no such request |

Somebody with a seat in another programme only, and somebody not signed in, are not in the columns: the first gets “–”
everywhere, the second is led to sign-in everywhere (tests of their own hold that).
"""


def cell(signs: Iterable[str]) -> str:
    told = list(signs)
    return told[0] if len(set(told)) == 1 else "".join(told)


def table(rows: Iterable[tuple[str, list[str]]], first: str) -> str:
    head = [first, *(SHORT[role] for role in Role.values)]
    lines = [head, ["---"] * len(head), *([f"`{name}`", *cells] for name, cells in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


@pytest.fixture
def world(programme: Programme, imported: Make, ask: Make, carried: Make, account_for: Make) -> World:
    return make_world(programme, imported, ask, carried, account_for)


@pytest.fixture
def clients(account_for: Make, world: World) -> dict[tuple[str, str | None], Client]:
    made = {}
    for role in Role.values:
        for side in SIDES:
            made[role, side] = signed_in(account_for(role, side))
    return made


def requests(world: World) -> list[tuple[str, str]]:
    """Every address, with the name under which it stands in the matrix; once more for every variant it can name."""
    told = []
    for route in ROUTES:
        short = route.removeprefix("programmes/<slug:slug>/") or "(home)"
        told.append((short, address(route, world.values)))
        for what, values in world.variants.items():
            if set(values) & names_in(route):
                told.append((f"{short} [{what}]", address(route, world.values | values)))
    return told


def addresses(world: World, clients: dict[Any, Client]) -> tuple[str, dict[Any, set[str]]]:
    """The matrix of addresses, and the planted words that each role of each side came to see."""
    rows, seen = [], {who: set() for who in clients}
    for name, path in requests(world):
        signs = {}
        for who, client in clients.items():
            if len(signs) >= len(SIDES) and set(signs.values()) == {SIGNS[405]}:
                signs[who] = SIGNS[405]  # an address that takes no GET asks nobody who they are
                continue
            response = client.get(path)
            signs[who] = SIGNS[response.status_code]
            body = b"".join(response.streaming_content) if response.streaming else response.content
            seen[who] |= {word for word in world.words.values() if word.encode() in body}
        rows.append((name, [cell(signs[role, side] for side in SIDES) for role in Role.values]))
    search = f"/programmes/{world.programme.slug}/ledger/export.csv"  # unlike the page, it does not repeat the question
    for who, client in clients.items():
        for word in world.words.values():
            if word.encode() in client.get(search, {"text": word}).content:
                seen[who].add(word)
    return table(rows, "address (GET)"), seen


def words(world: World, seen: dict[Any, set[str]]) -> str:
    rows = [
        (what, [cell("s" if word in seen[role, side] else "–" for side in SIDES) for role in Role.values])
        for what, word in world.words.items()
    ]
    return table(rows, "what is planted")


def actions(programme: Programme) -> str:
    rows = []
    for name in sorted(REGISTRY):
        cells = []
        for role in Role.values:
            viewers = [Viewer(seats=(Seat(programme.id, role, side or ""),)) for side in SIDES]
            cells.append(
                cell("s" if may(one, REGISTRY[name].permission, programme) else "–" for one in viewers)
            )
        rows.append((name, cells))
    return table(rows, "action")


def commands() -> str:
    names = []
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]
        inner = getattr(command, "commands", None)
        names += [f"{name} {sub}" for sub in inner] if inner else [name]
    return ", ".join(f"`sulh {name}`" for name in sorted(names))


def page(world: World, clients: dict[Any, Client]) -> str:
    asked, seen = addresses(world, clients)
    roles = ", ".join(f"*{SHORT[role]}* {role}" for role in Role.values)
    return f"""{BEFORE.format(roles=roles)}
## Addresses

Each stands under `/programmes/<slug>/`. In brackets: the same address, naming a thing that not everybody may see.

{asked}

## Words

A word of its own is planted in each thing. “s”: the role came across it on some page, export or search result of all
the above.

{words(world, seen)}

## Actions

“s”: the role holds the permission. An action may still refuse what is not of the viewer's own side; its tests say so.

{actions(world.programme)}

## Commands

Commands ask nobody who they are: whoever may run them on the server reads its files anyway. There are these:
{commands()}.
"""


def test_the_matrix_is_the_page(world: World, clients: dict[Any, Client]) -> None:
    now = page(world, clients)
    if os.environ.get("SULH_WRITE"):
        PAGE.write_text(now, encoding="utf-8")
    kept = PAGE.read_text(encoding="utf-8").splitlines()
    different = [line for line in now.splitlines() if line not in kept] + [
        line for line in kept if line not in now.splitlines()
    ]
    assert not different, "access differs from docs/access.md:\n" + "\n".join(different[:20])

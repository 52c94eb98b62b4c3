"""The made-up programme of the rooms' tests, and one of each thing that an address can name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sulh.rooms.programme.models import Programme
from tests.rooms.conftest import *  # noqa: F403 — fixtures of the rooms
from tests.rooms.world import ROUTES, World, address, make_world, names_in

Make = Callable[..., Any]


@pytest.fixture
def world(programme: Programme, imported: Make, ask: Make, carried: Make, account_for: Make) -> World:
    return make_world(programme, imported, ask, carried, account_for)


@pytest.fixture
def addresses(world: World) -> list[str]:
    """Every address of a programme, and of each that can name several things one for each of them."""
    found = []
    for route in ROUTES:
        found.append(address(route, world.values))
        for values in world.variants.values():
            if set(values) & names_in(route):
                found.append(address(route, world.values | values))
    return found


OUTSIDE = [
    "/",
    "/sign-in/",
    "/sign-in/no-such-token/",
    "/health/",
    "/no-such-page/",
    "/language/",
    "/account/",
]
"""Addresses outside of every programme, some of which do not exist."""

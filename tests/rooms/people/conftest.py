"""Leads of both sides, and a thing to be agreed on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from sulh.kernel import two_keys
from sulh.kernel.access import Viewer
from sulh.rooms.programme.models import Programme


@pytest.fixture
def lead_a(viewer_for: Callable[..., Viewer]) -> Viewer:
    return viewer_for("convener", "varenia")


@pytest.fixture
def lead_b(viewer_for: Callable[..., Viewer]) -> Viewer:
    return viewer_for("counterpart lead", "oskland")


class Thing:
    """Something that takes both keys: its text, and how often it was carried out."""

    def __init__(self) -> None:
        self.text = "as proposed"
        self.done: list[dict[str, Any]] = []


@pytest.fixture
def thing() -> Iterator[Thing]:
    made = Thing()
    two_keys.register_kind(
        two_keys.Kind(
            "tests.thing",
            "A thing",
            lambda programme, subject, terms: made.text.encode(),
            lambda viewer, programme, subject, terms: made.done.append(dict(terms)),
        )
    )
    yield made
    del two_keys.KINDS["tests.thing"]


@pytest.fixture
def proposed(thing: Thing, programme: Programme, lead_a: Viewer) -> Any:
    return two_keys.propose(lead_a, programme, "tests.thing", "x", {"level": 3})

"""Every action has a permission that somebody holds, a heading in its room's page, and a test file of its own."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest
import rules

from sulh.kernel.actions import REGISTRY

ROOT = Path(__file__).resolve().parents[2]
NAMES = sorted(REGISTRY)


def test_there_are_actions_to_walk() -> None:
    assert len(NAMES) > 10


@pytest.mark.parametrize("name", NAMES)
def test_an_action_is_a_verb_and_a_noun_with_a_docstring(name: str) -> None:
    assert re.fullmatch(r"[a-z]+\.[a-z]+_[a-z_]+", name)
    assert inspect.getdoc(REGISTRY[name].run)


@pytest.mark.parametrize("name", NAMES)
def test_its_permission_is_granted_by_its_room(name: str) -> None:
    room, permission = name.split(".")[0], REGISTRY[name].permission
    assert permission.startswith(f"{room}.")
    assert rules.rule_exists(permission)


@pytest.mark.parametrize("name", NAMES)
def test_its_rooms_page_has_a_heading_for_it(name: str) -> None:
    room, action = name.split(".")
    assert f"`{action}`" in (ROOT / "docs" / f"{room}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_it_has_a_test_file(name: str) -> None:
    room, action = name.split(".")
    assert (ROOT / "tests" / "rooms" / room / "actions" / f"test_{action}.py").is_file()

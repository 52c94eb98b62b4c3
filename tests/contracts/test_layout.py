"""The house keeps its order: import rules, no name of a room in the engines, nothing that writes but actions."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "sulh"


def modules(folder: str) -> list[Path]:
    return [path for path in sorted((SOURCE / folder).rglob("*.py")) if "migrations" not in path.parts]


@pytest.mark.parametrize("path", modules("engines"), ids=lambda path: str(path.relative_to(SOURCE)))
def test_an_engine_has_no_clock_and_no_chance(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\b(datetime\.now|date\.today|time\.time|utcnow)\(", text)
    assert not re.search(r"^\s*(import random|from random import)\b", text, re.MULTILINE)
    assert not re.search(
        r"^\s*(import|from) (requests|urllib\.request|socket|http\.client)\b", text, re.MULTILINE
    )


@pytest.mark.parametrize(
    "engine", sorted(path.name for path in (SOURCE / "engines").iterdir() if path.is_dir())
)
def test_an_engine_has_a_readme(engine: str) -> None:
    if engine == "__pycache__":
        return
    assert (SOURCE / "engines" / engine / "README.md").read_text(encoding="utf-8").strip()


WRITES = {
    "save",
    "create",
    "bulk_create",
    "update",
    "delete",
    "get_or_create",
    "update_or_create",
    "set",
    "add",
}


@pytest.mark.parametrize(
    "path",
    [path for path in modules("rooms") if "views" in path.parts or path.name in ("views.py", "panels.py")],
    ids=lambda path: str(path.relative_to(SOURCE)),
)
def test_a_view_does_not_write(path: Path) -> None:
    """Views call actions; a write on a queryset or a row in a view is a write without permission and audit."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in WRITES - {"add", "set"}
        ):
            owner = ast.unparse(node.func.value)
            assert not re.search(r"objects|\.(filter|all|exclude)\(", owner), (
                f"{path.name}:{node.lineno}: {owner}"
            )


def test_the_engines_load_without_django() -> None:
    code = (
        "import sys, sulh.engines.texts, sulh.engines.asks, sulh.engines.calendars, sulh.engines.drawing;"
        "assert not any(name.split('.')[0] == 'django' for name in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, env={"PYTHONPATH": str(ROOT / "src")})


@pytest.mark.parametrize(
    "path",
    [*SOURCE.rglob("*.css"), *SOURCE.rglob("*.html")],
    ids=lambda path: str(path.relative_to(SOURCE)),
)
def test_pages_are_written_for_both_directions_and_for_a_strict_policy(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(
        r"(margin|padding|border)-(left|right)|text-align:\s*(left|right)|float:\s*(left|right)", text
    )
    if path.suffix == ".html":
        assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=", text), "inline script or style"

"""The documentation tells of what there is: every setting, every command, every picture."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.main import get_command

from sulh.surfaces.cli import app

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_every_setting_is_documented() -> None:
    told = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    read = set()
    for path in (ROOT / "src").rglob("*.py"):
        read |= set(re.findall(r"environ(?:\.get\(|\[)\"([A-Z_]+)\"", path.read_text(encoding="utf-8")))
    undocumented = {
        name for name in read if name.startswith(("SULH_", "DATABASE")) and f"`{name}`" not in told
    }
    assert undocumented <= {"SULH_TEST_SQLITE"}


def commands() -> list[str]:
    found = []
    root = get_command(app)
    for name, command in root.commands.items():  # type: ignore[attr-defined]
        inner = getattr(command, "commands", None)
        found += [f"sulh {name} {sub}" for sub in inner] if inner else [f"sulh {name}"]
    return found


@pytest.mark.parametrize("command", commands())
def test_every_command_is_documented(command: str) -> None:
    assert any(command in page.read_text(encoding="utf-8") for page in PAGES)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_and_picture_of_a_page_is_there(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if not target.startswith("http"):
            assert (page.parent / target).exists(), f"{page.name} points to {target}"


def test_nothing_names_the_place_where_it_was_made() -> None:
    hosts = re.compile("|".join(["files" + r"\.pythonhosted", "pypi" + r"\.org/simple", "deb" + r"\.debian"]))
    for path in [
        *PAGES,
        ROOT / "Makefile",
        *(ROOT / "requirements").glob("*.txt"),
        *(ROOT / "tools").iterdir(),
    ]:
        if path.is_file():
            assert not hosts.search(path.read_text(encoding="utf-8")), path

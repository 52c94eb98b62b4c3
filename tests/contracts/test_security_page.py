"""The page of security is true: every requirement once, every named test there, the totals counted.

What is asked, whether it holds and what holds it stands in ``docs/security.toml``; the part of ``docs/security.md``
from the heading “The requirements” on is made of it. After a change
``SULH_WRITE=1 pytest tests/contracts/test_security_page.py`` writes that part anew.
"""

from __future__ import annotations

import ast
import csv
import os
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "security.md"
HEADING = "## The requirements"
STANDARD = Path(
    os.environ.get("SULH_ASVS", ROOT.parent / "shared" / "data" / "security" / "owasp_asvs_5.0.0_en.csv")
)
STATES = ("met", "not met", "n.a.")


@dataclass(frozen=True)
class Line:
    """One requirement: its number, chapter, level, what is asked, whether it holds, what holds it, why not."""

    id: str
    chapter: str
    level: int
    status: str
    ask: str
    held: tuple[str, ...]
    why: str


def read_lines() -> list[Line]:
    found = []
    told = tomllib.loads((ROOT / "docs" / "security.toml").read_text(encoding="utf-8"))
    for key, chapter in told.items():
        name = f"{key} {chapter.pop('name')}"
        for id, line in chapter.items():
            assert id.split(".")[0] == key.removeprefix("V"), f"{id} stands under {key}"
            found.append(Line(id, name, **{**line, "held": tuple(line["held"])}))
    return found


LINES = read_lines()
APPLY = [line for line in LINES if line.status != "n.a."]


@cache
def names_in(path: str) -> frozenset[str]:
    file = ROOT / path
    if not file.is_file():
        return frozenset()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return frozenset(
        node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )


def totals() -> str:
    rows = []
    for name, lines in (
        ("level 1", [line for line in LINES if line.level == 1]),
        ("level 2", [line for line in LINES if line.level == 2]),
        ("both", LINES),
    ):
        apply = [line for line in lines if line.status != "n.a."]
        met = sum(line.status == "met" for line in lines)
        tested = sum(bool(line.held) for line in apply)
        share = f"{tested} ({100 * tested / len(apply):.1f} %)"
        cells = [name, len(lines), len(lines) - len(apply), len(apply), met, len(apply) - met, share]
        rows.append("| " + " | ".join(map(str, cells)) + " |")
    head = "| | requirements | do not apply | apply | met | not met | of those that apply, with a test |"
    return "\n".join([head, "|---|---|---|---|---|---|---|", *rows])


def rendered() -> str:
    parts = [HEADING, "", totals()]
    for chapter in dict.fromkeys(line.chapter for line in LINES):
        parts += [
            "",
            f"### {chapter}",
            "",
            "| | L | what is asked | | held by, or why not |",
            "|---|---|---|---|---|",
        ]
        for line in LINES:
            if line.chapter == chapter:
                held = "<br>".join(f"`{one}`" for one in line.held)
                said = "<br>".join(filter(None, [line.why, held]))
                parts.append(f"| {line.id} | {line.level} | {line.ask} | {line.status} | {said} |")
    return "\n".join(parts) + "\n"


def test_the_requirements_are_those_of_the_standard() -> None:
    if not STANDARD.is_file():
        pytest.skip(f"the standard is not on this machine ({STANDARD.name}); SULH_ASVS says where it is")
    with STANDARD.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["L"] in ("1", "2")]
    assert sorted((line.id, line.level) for line in LINES) == sorted(
        (row["req_id"].removeprefix("V"), int(row["L"])) for row in rows
    )
    asked = {row["req_id"].removeprefix("V"): row["req_description"] for row in rows}
    for line in LINES:
        assert line.ask not in asked[line.id], f"{line.id}: in the words of the standard"


def test_every_requirement_stands_once_and_says_how_it_is() -> None:
    assert len(LINES) == len({line.id for line in LINES}) == 253
    for line in LINES:
        assert line.status in STATES, line.id
        assert line.ask, line.id
        assert line.why or line.status == "met", f"{line.id} is “{line.status}” and does not say why"
        assert line.held or line.status != "met", f"{line.id} is met, and nothing holds it"


@pytest.mark.parametrize("line", [line for line in LINES if line.held], ids=lambda line: line.id)
def test_what_holds_a_requirement_is_there(line: Line) -> None:
    for one in line.held:
        path, _, name = one.partition("::")
        assert name in names_in(path), f"{line.id} names {one}, which is not there"


def test_nine_in_ten_that_apply_are_held_by_a_test() -> None:
    assert sum(bool(line.held) for line in APPLY) >= 0.9 * len(APPLY)


def test_the_page_is_made_of_the_lines() -> None:
    before, heading, after = PAGE.read_text(encoding="utf-8").partition(HEADING)
    if os.environ.get("SULH_WRITE"):
        PAGE.write_text(before + rendered(), encoding="utf-8")
        return
    assert heading + after == rendered(), (
        "docs/security.md differs from docs/security.toml: SULH_WRITE=1 writes it anew"
    )


def test_what_the_threat_model_names_is_there() -> None:
    text = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[\w/.]+)::(\w+)`", text)
    assert len(named) > 40
    for path, name in named:
        assert name in names_in(path), f"{path}::{name}"


WHO = [
    "border guard", "the disk", "with root", "insider", "attributes", "journalist", "on the web", "power cut",
    "coerced",
]  # fmt: skip


def test_the_threat_model_says_of_everybody_what_remains() -> None:
    text = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
    parts = {part.partition("\n")[0]: part for part in text.split("\n## ")[1:]}
    for who in WHO:
        (part,) = (part for title, part in parts.items() if who in title)
        assert "*Can*:" in part, who
        assert "*Must not" in part, who
        assert "*Remains*:" in part, who
    for never in ("Deniability", "An unlocked device", "Both organisations coerced"):
        assert f"**{never}.**" in parts["Never promised"]


TOPICS = [
    "What is checked of what is typed", "Limits", "Files", "Ways in, guessing and sessions", "Keys and algorithms",
    "What speaks with what", "Classes of data", "What is costly", "What is logged", "Faults of libraries",
    "Where others are to reach it",
]  # fmt: skip


def test_the_page_says_what_has_to_be_written_down() -> None:
    """The standard asks for several things to be written down; each has its heading, and says something below it."""
    text = PAGE.read_text(encoding="utf-8").partition(HEADING)[0]
    for topic in TOPICS:
        found = re.search(rf"^### {re.escape(topic)}\n\n(.+?)(?=^##|\Z)", text, re.MULTILINE | re.DOTALL)
        assert found, topic
        assert len(found[1].split()) > 25, topic


def test_the_standard_and_its_licence_are_named() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert "OWASP Application Security Verification Standard 5.0.0" in text
    assert "CC BY-SA 4.0" in text

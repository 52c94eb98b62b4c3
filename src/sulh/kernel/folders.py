"""Programme folders: TOML and Markdown written by hand, read with the line of every fault.

A room that keeps something in the folder registers a :class:`Section`. Loading reads and checks *all* sections
before any of them writes, and writes all of them in one transaction.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from django.db import transaction
from pydantic import BaseModel, ConfigDict, ValidationError

from sulh.kernel.access import SYSTEM, Viewer
from sulh.kernel.actions import Kept

FORMAT = 1


class Strict(BaseModel):
    """A table of a folder: a key it does not know is a fault, since it is usually a slip of the pen."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True, str_strip_whitespace=True)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a folder: where it stands, what is wrong, how to mend it."""

    file: str
    line: int
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what} {self.remedy}"


class FaultyFolder(Exception):
    """The folder has faults. Nothing was changed."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, faults)))


@dataclass(frozen=True, slots=True)
class TomlText:
    """A TOML text with the line each of its keys stands on."""

    file: str
    data: dict[str, Any]
    lines: dict[tuple[str | int, ...], int]
    first_line: int = 1

    def line_of(self, path: Sequence[str | int]) -> int:
        """Return the line of this path, or of the nearest enclosing table that has one."""
        for length in range(len(path), 0, -1):
            if (line := self.lines.get(tuple(path[:length]))) is not None:
                return line + self.first_line - 1
        return self.first_line


_HEADER = re.compile(r"^\s*(\[\[?)\s*([A-Za-z0-9_.\-\" ]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_\-]+|\"[^\"]+\")\s*=")


def key_lines(text: str) -> dict[tuple[str | int, ...], int]:
    """Return the line of every table and key of a TOML text, by path: ``("rounds", 3, "place")``."""
    lines: dict[tuple[str | int, ...], int] = {}
    counts: dict[tuple[str | int, ...], int] = {}
    here: tuple[str | int, ...] = ()
    inside_string = ""
    for number, line in enumerate(text.splitlines(), 1):
        if inside_string:
            inside_string = "" if inside_string in line else inside_string
            continue
        if header := _HEADER.match(line):
            parts = tuple(part.strip().strip('"') for part in header[2].split("."))
            here = ()
            for part in parts[:-1]:
                here += (part,)
                if here in counts:
                    here += (counts[here] - 1,)
            here += (parts[-1],)
            if header[1] == "[[":
                lines.setdefault(here, number)
                counts[here] = counts.get(here, 0) + 1
                here += (counts[here] - 1,)
            lines[here] = number
        elif key := _KEY.match(line):
            lines[(*here, key[1].strip('"'))] = number
            for mark in ('"""', "'''"):
                if line.count(mark) == 1:
                    inside_string = mark
    return lines


@dataclass(slots=True)
class Folder:
    """A programme folder being read; faults are gathered as it goes."""

    path: Path
    faults: list[Fault] = field(default_factory=list)
    known: dict[str, set[str]] = field(default_factory=dict)
    """Keys that earlier sections declared, by kind ("round", "group", …), for later ones to refer to."""

    def fault(self, file: str, line: int, what: str, remedy: str) -> None:
        self.faults.append(Fault(file, line, what, remedy))

    def text(self, name: str) -> str | None:
        """Return a file's text, or None where there is no such file or (a fault) it is not UTF-8."""
        path = self.path / name
        if not path.is_file():
            return None
        try:
            return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            line = path.read_bytes()[: error.start].count(b"\n") + 1
            self.fault(name, line, "This file is not UTF-8.", "Save it as UTF-8 text.")
            return None

    def toml(self, name: str) -> TomlText | None:
        """Return a TOML file of the folder, or None where it is absent or (a fault) cannot be read."""
        text = self.text(name)
        return None if text is None else self._parsed(name, text, 1)

    def front_matter(self, name: str) -> tuple[TomlText, str, int] | None:
        """Return a Markdown file's ``+++`` head, its body, and the body's first line."""
        text = self.text(name)
        if text is None:
            return None
        parts = re.match(r"\+\+\+[ \t]*\n(.*?\n)\+\+\+[ \t]*\n?", text, re.DOTALL)
        if parts is None:
            self.fault(name, 1, "There is no head between two +++ lines.", "Begin the file with a +++ line.")
            return None
        head = self._parsed(name, parts[1], 2)
        return None if head is None else (head, text[parts.end() :], text[: parts.end()].count("\n") + 1)

    def _parsed(self, name: str, text: str, first_line: int) -> TomlText | None:
        try:
            return TomlText(name, tomllib.loads(text), key_lines(text), first_line)
        except tomllib.TOMLDecodeError as error:
            place = re.search(r"at line (\d+)", str(error))
            line = int(place[1]) if place else text.count("\n") + 1
            what = str(error).split(" (at ")[0]
            self.fault(name, line + first_line - 1, f"This is not valid TOML: {what}.", "Correct the line.")
            return None

    def need(self, toml: TomlText, path: Sequence[str | int], kind: str, key: str) -> None:
        """Note a fault unless ``key`` was declared as a ``kind`` by this or an earlier section."""
        known = self.known.get(kind, set())
        if key not in known:
            near = difflib.get_close_matches(key, known, 1)
            hint = f"Did you mean “{near[0]}”?" if near else f"Declare the {kind} or correct the key."
            self.fault(toml.file, toml.line_of(path), f"There is no {kind} “{key}”.", hint)

    def declare(self, toml: TomlText, path: Sequence[str | int], kind: str, key: str) -> None:
        """Note that ``key`` is a ``kind`` from here on; declaring it twice is a fault."""
        known = self.known.setdefault(kind, set())
        if key in known:
            self.fault(
                toml.file, toml.line_of(path), f"The {kind} “{key}” is declared twice.", "Rename one of them."
            )
        known.add(key)


M = TypeVar("M", bound=BaseModel)

_REMEDIES = {
    "missing": "Add it.",
    "extra_forbidden": "Remove it or correct its name.",
    "string_type": "Write it between quotation marks.",
    "literal_error": "Use one of these.",
    "enum": "Use one of these.",
}


def checked(folder: Folder, toml: TomlText, model: type[M]) -> M | None:
    """Return the table as ``model``, or None after noting every fault in it with its line."""
    try:
        return model.model_validate(toml.data)
    except ValidationError as error:
        for fault in error.errors():
            path = fault["loc"]
            name = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
            message = fault["msg"].removeprefix("Value error, ")
            what = {
                "missing": f"“{name}” is missing.",
                "extra_forbidden": f"“{name}” is not a key of this table.",
            }.get(fault["type"], f"“{name}”: {message[0].lower()}{message[1:]}.".replace("..", "."))
            folder.fault(
                toml.file, toml.line_of(path), what, _REMEDIES.get(fault["type"], "Correct the value.")
            )
        return None


@dataclass(frozen=True, slots=True)
class Section:
    """What one room keeps in a folder."""

    name: str
    read: Callable[[Folder], Any]
    """Check everything and return it parsed; faults go to the folder. Must not write."""
    write: Callable[[Viewer, Any, Any], Kept]
    """(viewer, programme, parsed) → what was kept; the first section is handed no programme and keeps it."""


SECTIONS: list[Section] = []


def register_section(section: Section) -> None:
    """Add a room's section; rooms register in the order of their imports, leftmost first."""
    if all(section.name != other.name for other in SECTIONS):
        SECTIONS.append(section)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading a folder did: the programme, and the sections in which something changed."""

    programme: Any
    changed: tuple[str, ...]


def load_folder(path: Path, progress: Callable[[str], None] = lambda section: None) -> Loaded:
    """Load a programme folder: check all of it, then write all of it, or change nothing.

    Raises:
        FaultyFolder: with every fault found, each with file, line and remedy.
    """
    folder = Folder(path)
    if not path.is_dir():
        raise FaultyFolder(
            [Fault(str(path), 0, "There is no such folder.", "Give the path of a programme folder.")]
        )
    parsed = []
    for section in SECTIONS:
        progress(section.name)
        parsed.append(section.read(folder))
    if folder.faults:
        raise FaultyFolder(sorted(folder.faults, key=lambda fault: (fault.file, fault.line)))
    programme, changed = None, []
    with transaction.atomic():
        for section, content in zip(SECTIONS, parsed, strict=True):
            progress(section.name)
            kept = section.write(SYSTEM, programme, content)
            programme = programme or kept.row
            changed += [section.name] if kept.changed else []
    return Loaded(programme, tuple(changed))

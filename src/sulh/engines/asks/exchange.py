"""Asks as JSON objects and as CSV, without loss either way.

A CSV cell that holds several values has one a line. A cell that a spreadsheet would take for a formula is written
behind an apostrophe, which reading takes away again.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sulh.engines.asks.model import Found

COLUMNS = ("file", "kind", "text", "span", "verb", "addressees", "themes", "context", "rule")
LISTS = frozenset({"addressees", "themes"})
SPANS = frozenset({"span", "context"})

_FORMULA = re.compile(
    r"'*[=+\-@\t\r\n＝＋－＠]"
)  # the wide signs begin formulas as well where letters are wide


def as_object(found: Found, file: str = "") -> dict[str, Any]:
    """Return a found ask as a JSON object; ``span`` and ``context`` are ``[start, end]`` or null."""
    return {
        "file": file,
        "kind": str(found.kind),
        "text": found.text,
        "span": [found.span.start, found.span.end],
        "verb": found.verb,
        "addressees": list(found.addressees),
        "themes": list(found.themes),
        "context": [found.context.start, found.context.end] if found.context else None,
        "rule": found.rule,
    }


def write_csv(objects: Iterable[Mapping[str, Any]], columns: Sequence[str] = COLUMNS) -> str:
    """Write objects as CSV with a header line."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([guarded(_cell(one.get(name))) for name in columns] for one in objects)
    return text.getvalue()


def read_objects(data: bytes, needs: Sequence[str] = ("id", "date", "text")) -> list[dict[str, Any]]:
    """Read a JSON list, JSON Lines or CSV with a header; ``needs`` names what each object holds, the last at least.

    Raises:
        ValueError: saying what is wrong, where, and how to mend it.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"byte {error.start} is not UTF-8; save the file as UTF-8.") from error
    start = text.lstrip()[:1]
    if not start:
        raise ValueError(f"the file is empty; give one object a line, with {_told(needs)}.")
    if start == "[":
        try:
            objects = json.loads(text)
        except json.JSONDecodeError as error:
            raise ValueError(f"line {error.lineno} is not JSON: {error.msg}.") from error
        return _all_objects(objects, needs)
    return _read_lines(text, needs) if start == "{" else _read_csv(text, needs[-1])


def _read_lines(text: str, needs: Sequence[str]) -> list[dict[str, Any]]:
    objects = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            objects.append(json.loads(line))
        except json.JSONDecodeError as error:
            raise ValueError(f"line {number} is not JSON: {error.msg}. Write one object a line.") from error
    return _all_objects(objects, needs)


def _read_csv(text: str, column: str) -> list[dict[str, Any]]:
    try:
        rows = list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error as error:
        raise ValueError(f"this is neither JSON nor CSV: {error}.") from error
    head = rows[0]
    if column not in head:
        raise ValueError(f"line 1 names no column “{column}”; the first line must name the columns.")
    return [
        {name: _value(name, plain(cell)) for name, cell in zip(head, row, strict=False)}
        for row in rows[1:]
        if row
    ]


def _all_objects(objects: Any, needs: Sequence[str]) -> list[dict[str, Any]]:
    for number, one in enumerate(objects, 1):
        if not isinstance(one, dict):
            raise ValueError(f"item {number} is not an object; each is one, with {_told(needs)}.")
        try:
            json.dumps(one, ensure_ascii=False).encode()
        except UnicodeEncodeError as error:
            raise ValueError(
                f"item {number} holds half a letter (a lone surrogate such as \\ud800); write its text anew."
            ) from error
    return list(objects)


def _told(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"


def guarded(cell: str) -> str:
    """Return the cell so that no spreadsheet takes it for a formula."""
    return "'" + cell if _FORMULA.match(cell) else cell


def plain(cell: str) -> str:
    """Take away what :func:`guarded` added."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "\n".join(str(one) for one in value)
    return str(value)


def _value(name: str, cell: str) -> Any:
    if name in LISTS:
        return cell.split("\n") if cell else []
    if name in SPANS:
        return [int(part) for part in cell.split("\n")] if re.fullmatch(r"\d+\n\d+", cell) else None
    return cell

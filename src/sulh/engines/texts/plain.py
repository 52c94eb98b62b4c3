"""Plain, pasted and markdown text into blocks: wrapped lines joined, marks taken off."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from sulh.engines.texts import shapes
from sulh.engines.texts.blocks import Block, Role, clean
from sulh.engines.texts.labels import find_label

_NEWLINE = re.compile("\r\n|[\r\n\x0b\x85\u2028\u2029]")
_LONGEST_WRAPPED = 130  # nobody wraps by hand beyond this; longer lines are whole paragraphs
_NARROWEST_WRAPPED = 32
_HYPHENATED = re.compile(r"(?P<left>[^\W\d_]+)[-‐]$")
# fmt: off
_KEEPS_HYPHEN = frozenset({
    "cross", "non", "anti", "co", "counter", "self", "long", "short", "well", "high", "low", "semi",
    "ex", "sub", "mid", "half", "inter", "multi", "trans", "people", "to", "civil", "track", "border",
    "all", "so", "pre", "post", "pro", "two", "three", "vis", "de",
})
# fmt: on


@dataclass(frozen=True, slots=True)
class Line:
    """A cleaned line. gap: a blank line stood before it. hard: nothing may be joined to its end."""

    text: str
    gap: bool = False
    hard: bool = False
    indent: int = 0
    role: Role = Role.BODY
    level: int | None = None
    page: int | None = None


def to_lines(text: str) -> list[Line]:
    """The lines of plain text; page breaks (form feeds) count as blank lines."""
    lines: list[Line] = []
    gap = True
    for page in text.split("\f"):
        for raw in _NEWLINE.split(page):
            body = clean(raw)
            if not body:
                gap = True
                continue
            expanded = raw.expandtabs(4)
            lines.append(Line(body, gap, indent=len(expanded) - len(expanded.lstrip())))
            gap = False
        gap = True
    return lines


def join_lines(lines: Sequence[Line]) -> list[Block]:
    """Blocks from lines: what was wrapped is joined again, hyphens at line ends are mended.

    A line continues the one before where the first word of it would not have fitted on that line (the
    test of a greedy wrap), or where it begins with a small letter in mid-sentence. Page numbers and footers
    that stand in the middle of a paragraph move behind it.
    """
    width = _wrap_width(lines)
    vocabulary = _Vocabulary(lines)
    blocks: list[Block] = []
    parts: list[str] = []
    first: Line | None = None
    last: Line | None = None
    footers: list[Block] = []

    def close() -> None:
        if first is not None:
            text = clean(_merge(parts, vocabulary))
            blocks.append(Block(text, first.role, first.level, indent=first.indent, page=first.page))
        blocks.extend(footers)
        footers.clear()

    for line in lines:
        if line.role is Role.FOOTER or (line.role is Role.BODY and _lone_page_number(line)):
            footers.append(Block(line.text, Role.FOOTER, page=line.page))
            continue
        if first is not None and last is not None and _continues(last, line, width, bool(footers)):
            parts.append(line.text)
        else:
            close()
            first, parts = line, [line.text]
        last = line
    close()
    return _join_bare_labels(blocks)


def _lone_page_number(line: Line) -> bool:
    return shapes.is_page_number(line.text) and line.gap and not find_label(line.text)


def _wrap_width(lines: Sequence[Line]) -> int:
    """The width at which a text was wrapped by hand, or 0 where each line is a paragraph of its own."""
    lengths = [len(line.text) + line.indent for line in lines if line.role is Role.BODY]
    if not lengths:
        return 0
    beyond = sum(length for length in lengths if length > _LONGEST_WRAPPED)
    if beyond * 5 > sum(lengths):
        return 0
    width = max((length for length in lengths if length <= _LONGEST_WRAPPED), default=0)
    if width < _NARROWEST_WRAPPED:
        return 0
    candidates = mid_sentence = 0
    for before, line in pairwise(lines):
        if line.gap or before.hard or line.role is not Role.BODY or find_label(line.text):
            continue
        candidates += 1
        opens_small = shapes.starts_lower(line.text) or shapes.is_uncased(line.text)
        if opens_small and not shapes.is_terminated(before.text) and not shapes.ends_with_colon(before.text):
            mid_sentence += 1
    return width if mid_sentence * 3 >= candidates and mid_sentence else 0


def _continues(before: Line, line: Line, width: int, over_page: bool) -> bool:
    if before.hard or line.role is not Role.BODY or before.role is not Role.BODY:
        return False
    ended = shapes.is_terminated(before.text)
    colon = shapes.ends_with_colon(before.text)
    small = shapes.starts_lower(line.text)
    label = find_label(line.text)
    word = line.text.split(" ", 1)[0]
    full = bool(width) and len(before.text) + before.indent + 1 + len(word) > width - max(4, width // 12)
    if label is not None and not (label.weak and full and not ended and not line.gap):
        return False
    if line.gap:
        # A blank line parts paragraphs, unless the sentence plainly runs on (a page break, double spacing).
        return small and not ended and not colon and (over_page or full)
    if small:
        return not before.text.endswith((";", "؛")) and not colon and (not ended or full)
    if colon or not (full or (width and shapes.hangs(before.text))):
        return False
    return not before.text.endswith((";", "؛"))


class _Vocabulary:
    """Which words a text writes with a hyphen and which without, to mend words cut at a line's end."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = lines
        self._words: frozenset[str] | None = None

    def knows(self, word: str) -> bool:
        if self._words is None:
            found: set[str] = set()
            for line in self._lines:
                found.update(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*(?![\w-])", line.text.lower()))
            self._words = frozenset(found)
        return word.lower() in self._words


def _merge(parts: Sequence[str], vocabulary: _Vocabulary) -> str:
    merged = [parts[0]]
    for part in parts[1:]:
        before = merged[-1]
        cut = _HYPHENATED.search(before[-40:])
        if cut and part[:1].isalpha():
            left = cut["left"]
            right = re.match(r"[^\W\d_]+", part)
            assert right is not None
            if _keeps_hyphen(left, right.group(), vocabulary):
                merged.append(part)
            else:
                merged[-1] = before[:-1]
                merged.append(part)
        elif re.search(r"[^\W\d_][–—/-]$", before[-2:]) and not before.endswith(" -"):
            merged.append(part)
        else:
            merged.append(" " + part)
    return "".join(merged)


def _keeps_hyphen(left: str, right: str, vocabulary: _Vocabulary) -> bool:
    if vocabulary.knows(f"{left}-{right}"):
        return True
    if vocabulary.knows(left + right):
        return False
    if right[:1].isupper() or left.lower() in _KEEPS_HYPHEN:
        return True
    return vocabulary.knows(left) and vocabulary.knows(right) and len(left) > 2 and len(right) > 3


def _join_bare_labels(blocks: Sequence[Block]) -> list[Block]:
    """A label alone on its line belongs to the line below it."""
    joined: list[Block] = []
    for block in blocks:
        above = joined[-1] if joined else None
        if above is not None and above.role is Role.BODY and block.role is Role.BODY and above.label is None:
            label = find_label(above.text)
            if label is not None and label.length >= len(above.text) and find_label(block.text) is None:
                joined[-1] = replace(above, text=f"{above.text} {block.text}")
                continue
        joined.append(block)
    return joined


def join_soft_lines(lines: Sequence[str]) -> list[str]:
    """The lines of one paragraph with soft breaks: kept apart where they list or end, else joined."""
    joined: list[str] = []
    gap = True
    for raw in lines:
        body = clean(raw)
        if not body:
            gap = True
            continue
        if not gap and joined and find_label(body) is None and _runs_on(joined[-1], body):
            joined[-1] = f"{joined[-1]} {body}"
        else:
            joined.append(body)
        gap = False
    return joined


def _runs_on(before: str, line: str) -> bool:
    if (shapes.is_terminated(before) and not before.endswith((",", "،"))) or shapes.ends_with_colon(before):
        return False
    return shapes.starts_lower(line) or shapes.hangs(before)

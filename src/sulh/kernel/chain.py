"""The chain of an audit log: its canonical bytes, its heads, and how an export is checked.

Pure: ``hashlib`` and text, no Django, no database, no clock. Whoever holds an export can check it with this module
alone, on another machine.

An entry is hashed over the chain it belongs to, its number, its five fields and the hash of the entry before it. So
a change to one entry changes every later hash. Nothing here is secret, and whoever holds the whole log can compute
all of it afresh: that shows only to somebody who holds an earlier *head* (:class:`Head`), which is why the two sides
exchange heads by a way that does not lead through the server.
"""

from __future__ import annotations

import base64
import datetime
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

FORMAT, VERSION = "sulh audit", 1

ROTATION = "people.rotate_audit"
"""The action that drops the entries past their retention. Its entry names the checkpoint as its subject."""

LONGEST_LINE = 2_000
"""Characters; no line of an export is as long as this."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it is chained. ``at`` is UTC to the second: ``2026-11-25T21:46:54Z``."""

    number: int
    at: str
    action: str
    who: str
    subject: str
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Where a chain goes on after a rotation: the last entry that was dropped."""

    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.number} {self.hash}"

    @property
    def audit_subject(self) -> str:
        """What the entry of a rotation names."""
        return str(self)


def genesis(chain: str) -> str:
    """Return the hash that stands before the first entry of a chain."""
    return _digest(["sulh audit chain", VERSION, chain])


def hash_of(chain: str, entry: Entry, previous: str) -> str:
    """Return the hash of an entry (64 hexadecimal digits) that follows the hash ``previous``."""
    content = [FORMAT, VERSION, chain, entry.number, entry.at, entry.action, entry.who, entry.subject]
    return _digest([*content, previous])


def _digest(content: list[Any]) -> str:
    return hashlib.sha256(_canonical(content)).hexdigest()


def _canonical(content: Any) -> bytes:
    """JSON in one way only: no spaces, nothing but ASCII, keys in the order given."""
    return json.dumps(content, ensure_ascii=True, separators=(",", ":")).encode("ascii")


# Exports: a head line, then one line an entry


@dataclass(frozen=True, slots=True)
class Span:
    """Which part of a chain an export holds: entries ``first`` to ``last`` and the hashes at its two ends."""

    chain: str
    first: int
    previous: str
    last: int
    head: str


def write(span: Span, entries: Iterable[Entry]) -> Iterator[bytes]:
    """Yield the lines of an export."""
    head = {"format": FORMAT, "version": VERSION, **{name: getattr(span, name) for name in _SPAN}}
    yield _canonical(head) + b"\n"
    for entry in entries:
        yield _line(entry)


_SPAN = ("chain", "first", "previous", "last", "head")
_ENTRY = ("number", "at", "action", "who", "subject", "hash")


def _line(entry: Entry) -> bytes:
    return _canonical({name: getattr(entry, name) for name in _ENTRY}) + b"\n"


@dataclass(frozen=True, slots=True)
class Broken:
    """The first thing that is wrong: in which line of the export, at which entry (0: none), what, and so what."""

    line: int
    number: int
    what: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking an export found."""

    span: Span | None
    checked: int
    """Entries whose hash was computed and agreed."""
    since: str = ""
    until: str = ""
    broken: Broken | None = None
    heads: tuple[HeadVerdict, ...] = ()
    unknown: tuple[str, ...] = field(default=())
    """What cannot be concluded from this check, in plain sentences."""

    @property
    def holds(self) -> bool:
        return self.broken is None and all(one.agrees is not False for one in self.heads)


class _Wrong(Exception):
    """Stops the check at the first thing that is wrong."""

    def __init__(self, number: int, what: str) -> None:
        self.number, self.what = number, what
        super().__init__(what)


def verify(lines: Iterable[bytes], heads: Sequence[Head] = ()) -> Verdict:
    """Check an export, line by line, and against heads known from elsewhere.

    Every byte is checked: a line that is not written exactly as :func:`write` writes it is wrong.
    """
    number, checked = 1, 0
    span: Span | None = None
    hashes: dict[int, str] = {}
    wanted = {head.count for head in heads}
    since = until = ""
    try:
        rows = iter(lines)
        span = _read_span(next(rows, b""))
        previous, rotation = span.previous, Checkpoint(0, genesis(span.chain))
        hashes[span.first - 1] = previous
        for row in rows:
            number += 1
            entry = _read_entry(row, span, span.first + checked, previous)
            checked += 1
            previous, until = entry.hash, entry.at
            since = since or entry.at
            if entry.number in wanted:
                hashes[entry.number] = entry.hash
            if entry.action == ROTATION:
                rotation = _read_checkpoint(entry)
        last = span.first + checked - 1
        if last != span.last:
            raise _Wrong(
                last + 1,
                f"The export says that it ends with entry {span.last}, but entry {last} is its last: "
                "its end was cut off.",
            )
        if previous != span.head:
            raise _Wrong(last, "The hash of the last entry is not the one that the first line states.")
        number = 1
        if rotation != Checkpoint(span.first - 1, span.previous):
            raise _Wrong(
                span.first,
                f"The export begins with entry {span.first}, but the log itself says that entries were dropped "
                f"up to {rotation.number}: its beginning was cut off or exchanged.",
            )
    except _Wrong as wrong:
        return Verdict(span, checked, since, until, Broken(number, wrong.number, wrong.what), (), ())
    judged = tuple(_judged(head, span, hashes) for head in heads)
    return Verdict(span, checked, since, until, None, judged, _unknown(span, judged))


def _read_span(row: bytes) -> Span:
    told = _object(row, 0)
    if told.get("format") != FORMAT:
        raise _Wrong(0, "This is not an export of an audit log: its first line does not say so.")
    if told.get("version") != VERSION:
        raise _Wrong(0, f"This export is of version {told.get('version')}; this program knows {VERSION}.")
    try:
        span = Span(*(told[name] for name in _SPAN))
    except KeyError as error:
        raise _Wrong(0, f"The first line lacks {error}.") from error
    numbers = type(span.first) is int and type(span.last) is int and 1 <= span.first <= span.last + 1
    texts = all(isinstance(one, str) for one in (span.chain, span.previous, span.head))
    if not (numbers and texts) or next(write(span, ())) != row:
        raise _Wrong(0, "The first line is not written as Sulh writes it: it was changed.")
    if span.first == 1 and span.previous != genesis(span.chain):
        raise _Wrong(0, "The hash before the first entry does not belong to this chain.")
    return span


def _read_entry(row: bytes, span: Span, number: int, previous: str) -> Entry:
    told = _object(row, number)
    try:
        entry = Entry(*(told[name] for name in _ENTRY))
    except KeyError as error:
        raise _Wrong(number, f"The entry lacks {error}.") from error
    if type(entry.number) is not int or _line(entry) != row:
        raise _Wrong(number, "The entry is not written as Sulh writes it: it was changed.")
    if entry.number != number:
        raise _Wrong(
            number,
            f"Entry {number} should stand here, but entry {entry.number} does: "
            "entries were removed, added or put in another order.",
        )
    if entry.hash != hash_of(span.chain, entry, previous):
        raise _Wrong(number, "The hash does not agree: this entry, or the one before it, was changed.")
    return entry


def _object(row: bytes, number: int) -> dict[str, Any]:
    try:
        told = json.loads(row) if len(row) <= LONGEST_LINE else None
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise _Wrong(number, "This line cannot be read as a line of an audit export.")
    return told


def _read_checkpoint(entry: Entry) -> Checkpoint:
    found = re.fullmatch(r"([1-9][0-9]{0,14}) ([0-9a-f]{64})", entry.subject)
    if found is None:
        raise _Wrong(entry.number, "The entry tells of a rotation but names no checkpoint.")
    return Checkpoint(int(found[1]), found[2])


def _unknown(span: Span, judged: Sequence[HeadVerdict]) -> tuple[str, ...]:
    told = []
    known = max((one.head.count for one in judged if one.agrees), default=0)
    if span.last == 0:
        told.append("The log is empty.")
    elif not known:
        told.append(
            "No head from elsewhere was compared. Whoever can write to the server could have written the whole log "
            "afresh, and that would not show here. Compare a head that the other side kept."
        )
    elif known < span.last:
        told.append(
            f"Entries {known + 1} to {span.last} are later than the last head compared: "
            "whether they were written afresh does not show."
        )
    told.append("Whether further entries followed the last one does not show without a later head.")
    if span.first > 1:
        told.append(
            f"Entries 1 to {span.first - 1} were dropped at the end of their retention; nothing is said of them."
        )
    told.append(
        "A log shows what went through Sulh. What an administrator did past it, in the database, it does not show."
    )
    return tuple(told)


# Heads


@dataclass(frozen=True, slots=True)
class Head:
    """The state of a log on a day: how many entries it has had, and (the first 160 bits of) the last one's hash."""

    count: int
    day: str
    mark: str
    """32 letters and figures of base 32."""

    @classmethod
    def of(cls, count: int, day: str, hash: str) -> Head:
        return cls(count, day, mark_of(hash))

    @property
    def code(self) -> str:
        """The head as people pass it on: number, day, eight groups of four, and a group against slips of the pen."""
        groups = "-".join(re.findall("....", self.mark))
        return f"SULH-HEAD {self.count} {self.day} {groups} {self._check}"

    @property
    def _check(self) -> str:
        return _base32(hashlib.sha256(f"sulh head {self.count} {self.day} {self.mark}".encode()).digest())[:4]

    @classmethod
    def parse(cls, text: str) -> Head:
        """Read a code; letters may be small and spaces and hyphens may be lost.

        Raises:
            ValueError: in one sentence, where it is not a code or a slip of the pen is in it.
        """
        plain = re.sub(r"[\s\u2010-\u2015-]+", "", text).upper()
        found = re.fullmatch(
            r"SULHHEAD([0-9]{1,15})([0-9]{4})([0-9]{2})([0-9]{2})([A-Z2-7]{32})([A-Z2-7]{4})", plain
        )
        if found is None:
            raise ValueError(
                "This is not the code of a head: SULH-HEAD, a number, a day and nine groups of four."
            )
        head = cls(int(found[1]), "-".join(found.group(2, 3, 4)), found[5])
        try:
            datetime.date.fromisoformat(head.day)
        except ValueError as error:
            raise ValueError(f"There is a slip in this code: {head.day} is no day.") from error
        if head._check != found[6]:
            raise ValueError("There is a slip in this code: its last group does not agree. Compare it again.")
        return head


def mark_of(hash: str) -> str:
    """Return the mark of a hash: its first 160 bits in base 32."""
    return _base32(bytes.fromhex(hash)[:20])


def _base32(data: bytes) -> str:
    return base64.b32encode(data).decode("ascii").rstrip("=")


@dataclass(frozen=True, slots=True)
class HeadVerdict:
    """What comparing a head found: it agrees, it does not, or (None) the log holds nothing to compare it with."""

    head: Head
    agrees: bool | None
    what: str


def judge(head: Head, first: int, last: int, hash_at: str) -> HeadVerdict:
    """Compare a head with a log that holds entries ``first`` to ``last``; ``hash_at`` is the hash at its number.

    The hash before the first entry counts as held: after a rotation it is the checkpoint.
    """
    if head.count > last:
        what = (
            f"The log once had {head.count} entries and this one ends with {last}: "
            "either it is older than the head, or its end was cut off."
        )
        return HeadVerdict(head, False, what)
    if head.count < first - 1:
        return HeadVerdict(head, None, f"Entry {head.count} was dropped at the end of its retention.")
    if mark_of(hash_at) == head.mark:
        return HeadVerdict(head, True, f"Entries up to {head.count} are those of the day of this head.")
    what = (
        f"Entry {head.count} is not the one that this head was taken from: the log was rewritten, "
        "or the head is of another programme."
    )
    return HeadVerdict(head, False, what)


def _judged(head: Head, span: Span, hashes: dict[int, str]) -> HeadVerdict:
    return judge(head, span.first, span.last, hashes.get(head.count, ""))

"""An export of the audit log: every change to it is found, without the server."""

from __future__ import annotations

import dataclasses
import io
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sulh.kernel import chain
from sulh.kernel.chain import ROTATION, Checkpoint, Entry, Head, Span, verify

ROOT = Path(__file__).resolve().parents[2]
ID = "8d0f6d2e-0c0e-4c5b-9a53-0a5c7c1d7e11"


def chained(entries: list[Entry], previous: str = "") -> list[Entry]:
    """The entries as a server would write them: each with the hash that follows from the one before."""
    previous, made = previous or chain.genesis(ID), []
    for entry in entries:
        previous = chain.hash_of(ID, entry, previous)
        made.append(dataclasses.replace(entry, hash=previous))
    return made


def exported(entries: list[Entry], previous: str = "") -> list[bytes]:
    first = entries[0].number if entries else 1
    before = previous or chain.genesis(ID)
    span = Span(ID, first, before, first + len(entries) - 1, entries[-1].hash if entries else before)
    return list(chain.write(span, entries))


def rotated(entries: list[Entry], number: int) -> list[Entry]:
    """What a log holds after a rotation that dropped the entries up to this number."""
    last = entries[number - 1]
    told = Entry(
        len(entries) + 1, "2026-03-01T00:00:00Z", ROTATION, "system", str(Checkpoint(number, last.hash))
    )
    return [*entries[number:], *chained([told], entries[-1].hash)]


words = st.text(st.characters(codec="utf-8"), max_size=12)


@st.composite
def logs(draw: st.DrawFn, least: int = 1) -> list[Entry]:
    told = draw(st.lists(st.tuples(words, words, words), min_size=least, max_size=8))
    entries = [
        Entry(number, f"2026-02-{number:02d}T08:00:00Z", f"carry.{action}", who, subject)
        for number, (action, who, subject) in enumerate(told, 1)
    ]
    return chained(entries)


@st.composite
def exports(draw: st.DrawFn, least: int = 1) -> list[bytes]:
    """An export, of a whole log or of one that was rotated."""
    entries = draw(logs(least))
    if draw(st.booleans()) and len(entries) > 1:
        number = draw(st.integers(1, len(entries) - 1))
        return exported(rotated(entries, number), entries[number - 1].hash)
    return exported(entries)


@given(exports())
def test_what_was_not_touched_holds(lines: list[bytes]) -> None:
    verdict = verify(lines)
    assert verdict.holds
    assert verdict.checked == len(lines) - 1


def test_an_empty_log_holds() -> None:
    assert verify(exported([])).holds


@given(exports(), st.data())
def test_any_changed_byte_is_found(lines: list[bytes], data: st.DataObject) -> None:
    text = b"".join(lines)
    place = data.draw(st.integers(0, len(text) - 1))
    byte = data.draw(st.integers(0, 255))
    assume(byte != text[place])
    changed = text[:place] + bytes([byte]) + text[place + 1 :]
    assert not verify(io.BytesIO(changed)).holds


@given(exports(), st.data())
def test_any_inserted_or_removed_bytes_are_found(lines: list[bytes], data: st.DataObject) -> None:
    text = b"".join(lines)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    changed = text[:start] + data.draw(st.binary(max_size=6)) + text[end:]
    assume(changed != text)
    assert not verify(io.BytesIO(changed)).holds


@given(exports(least=2), st.data())
def test_a_removed_line_is_found(lines: list[bytes], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(lines) - 1))
    assert not verify(lines[:place] + lines[place + 1 :]).holds


@given(exports(least=2), st.randoms())
def test_another_order_is_found(lines: list[bytes], random: object) -> None:
    shuffled = list(lines)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assume(shuffled != lines)
    assert not verify(shuffled).holds


@given(exports(), st.data())
def test_an_inserted_line_is_found(lines: list[bytes], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(lines)))
    line = data.draw(st.sampled_from([*lines, b"\n", b"{}\n"]))
    assert not verify([*lines[:place], line, *lines[place:]]).holds


@given(logs(least=3), st.data())
def test_the_first_entry_that_was_changed_is_named(entries: list[Entry], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(entries) - 1))
    entries[place] = dataclasses.replace(entries[place], who=entries[place].who + "x")
    broken = verify(exported(entries)).broken
    assert broken is not None
    assert (broken.number, broken.line) == (place + 1, place + 2)


@given(logs(least=2), st.data())
def test_a_beginning_cut_off_with_a_matching_head_line_is_found(
    entries: list[Entry], data: st.DataObject
) -> None:
    """A forger may write a new first line; but a rotation leaves its entry, and this leaves none."""
    number = data.draw(st.integers(1, len(entries) - 1))
    broken = verify(exported(entries[number:], entries[number - 1].hash)).broken
    assert broken is not None
    assert broken.number == number + 1


@given(logs(least=2), st.data())
def test_an_end_cut_off_with_a_matching_head_line_shows_by_a_later_head_only(
    entries: list[Entry], data: st.DataObject
) -> None:
    number = data.draw(st.integers(1, len(entries) - 1))
    shorter = exported(entries[:number])
    earlier = Head.of(number, "2026-02-10", entries[number - 1].hash)
    later = Head.of(len(entries), "2026-02-20", entries[-1].hash)
    assert verify(shorter).holds
    assert verify(shorter, [earlier]).holds
    assert not verify(shorter, [earlier, later]).holds


@given(logs(), st.data())
def test_a_log_written_afresh_shows_by_a_head_that_was_kept(
    entries: list[Entry], data: st.DataObject
) -> None:
    """A forger with the whole log computes every hash anew: the chain holds, the head that was kept does not."""
    place = data.draw(st.integers(0, len(entries) - 1))
    forged = [dataclasses.replace(entry) for entry in entries]
    forged[place] = dataclasses.replace(forged[place], action="carry.something_else")
    assume(forged[place].action != entries[place].action)
    lines = exported(chained(forged))
    kept = data.draw(st.integers(place, len(entries) - 1))
    head = Head.of(kept + 1, "2026-02-20", entries[kept].hash)
    assert verify(lines).holds
    assert not verify(lines, [head]).holds
    before = [Head.of(n + 1, "2026-02-20", entries[n].hash) for n in range(place)]
    assert verify(lines, before).holds, "what was not rewritten still agrees"


@given(logs(least=2), st.data())
def test_after_a_rotation_a_head_is_compared_from_the_checkpoint_on(
    entries: list[Entry], data: st.DataObject
) -> None:
    number = data.draw(st.integers(1, len(entries) - 1))
    lines = exported(rotated(entries, number), entries[number - 1].hash)
    heads = [Head.of(n, "2026-02-20", entries[n - 1].hash) for n in range(1, len(entries) + 1)]
    verdict = verify(lines, heads)
    assert verdict.holds
    assert [one.agrees for one in verdict.heads] == [None] * (number - 1) + [True] * (len(heads) - number + 1)


def test_what_cannot_be_concluded_is_said() -> None:
    entries = chained([Entry(n, "2026-02-01T08:00:00Z", "carry.x", "", "") for n in (1, 2, 3)])
    alone = " ".join(verify(exported(entries)).unknown)
    assert "No head from elsewhere was compared" in alone
    compared = verify(exported(entries), [Head.of(2, "2026-02-02", entries[1].hash)])
    assert "Entries 3 to 3 are later" in " ".join(compared.unknown)
    gone = verify(exported(rotated(entries, 2), entries[1].hash))
    assert "Entries 1 to 2 were dropped" in " ".join(gone.unknown)


@settings(derandomize=True)  # the last group holds 20 bits: by chance alone one slip in a million passes
@given(st.integers(0, 10**12), st.dates().map(str), st.binary(min_size=32, max_size=32), st.data())
def test_a_code_survives_being_written_down_and_a_slip_of_the_pen_is_found(
    count: int, day: str, digest: bytes, data: st.DataObject
) -> None:
    head = Head.of(count, day, digest.hex())
    assert Head.parse(head.code) == head
    assert Head.parse(head.code.lower().replace("-", " ").replace(" ", "\n ")) == head
    place = data.draw(st.integers(10, len(head.code) - 1))
    letter = data.draw(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"))
    slip = head.code[:place] + letter + head.code[place + 1 :]
    assume(slip != head.code and head.code[place] not in " -")
    with pytest.raises(ValueError, match="code"):
        Head.parse(slip)


@given(st.one_of(st.text(), st.binary().map(lambda data: data.decode("latin-1"))))
def test_no_text_crashes_the_reading_of_a_code(text: str) -> None:
    with pytest.raises(ValueError, match="code"):
        Head.parse(text)


@given(st.lists(st.binary(max_size=300), max_size=4))
def test_no_bytes_crash_the_check(lines: list[bytes]) -> None:
    assert not verify(lines).holds


@pytest.mark.parametrize(
    "line",
    [
        b'{"format":"sulh audit","version":1}\n',
        b'{"format":"sulh audit","version":2}\n',
        b'{"format":"sulh audit","version":1,"chain":1,"first":true,"previous":"","last":1,"head":""}\n',
        b"[" * 1500 + b"\n",
        b'{"format":"sulh audit","version":1,"chain":"x","first":1e400,"previous":"","last":1,"head":""}\n',
    ],
)
def test_a_strange_first_line_is_told_in_a_sentence(line: bytes) -> None:
    broken = verify([line]).broken
    assert broken is not None
    assert (broken.line, broken.number) == (1, 0)


def test_it_needs_neither_django_nor_a_database() -> None:
    code = "import sys, sulh.kernel.chain; assert not {'django', 'sqlite3'} & {n.split('.')[0] for n in sys.modules}"
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": str(ROOT / "src")})

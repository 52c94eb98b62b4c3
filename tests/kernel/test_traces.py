"""A word on the disk is found in every form in which software writes text, and only where it is."""

from __future__ import annotations

import base64
import gzip
import json
import sqlite3
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sulh.kernel.traces import SHORTEST, search

WORDS = ["Walrusville-4711", "والروس‌آباد کهنه", "Vålrosköping gård"]

WRITTEN = {
    "UTF-8": lambda word: word.encode(),
    "little UTF-16": lambda word: word.encode("utf-16-le"),
    "big UTF-16": lambda word: word.encode("utf-16-be"),
    "JSON": lambda word: json.dumps({"text": word}).encode(),
    "JSON in capitals": lambda word: json.dumps(word).upper().replace("\\U", "\\u").encode(),
    "zlib": lambda word: zlib.compress(f"some text, then {word}, and more".encode()),
    "zlib with JSON": lambda word: zlib.compress(json.dumps([word]).encode(), 9),
    "gzip": lambda word: gzip.compress(word.encode()),
}


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("how", sorted(set(WRITTEN) - {"JSON in capitals"}))
def test_a_word_is_found_however_it_is_written(tmp_path: Path, how: str, word: str) -> None:
    path = tmp_path / "deep" / "inside" / "file.bin"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"\x00\xff before " + WRITTEN[how](word) + b" after \xff")
    found = [trace for trace in search([tmp_path], ["another word", word]) if trace.whole]
    assert found
    assert {(trace.word, trace.path) for trace in found} == {(1, path)}


def test_escapes_in_capital_letters_are_found(tmp_path: Path) -> None:
    word = "والروسآباد"
    (tmp_path / "file").write_bytes(WRITTEN["JSON in capitals"](word))
    assert search([tmp_path], [word])


@pytest.mark.parametrize("suffix", [".docx", ".zip"])
def test_a_word_in_a_packed_document_is_found(tmp_path: Path, suffix: str) -> None:
    with zipfile.ZipFile(tmp_path / f"one{suffix}", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", f"<w:t>{WORDS[0]}</w:t>" * 20)
    assert search([tmp_path], [WORDS[0]])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.binary(max_size=40), st.binary(max_size=40), st.sampled_from(WORDS), st.booleans())
def test_a_word_in_base_64_is_found_wherever_it_begins(
    tmp_path: Path, before: bytes, after: bytes, word: str, for_addresses: bool
) -> None:
    encode = base64.urlsafe_b64encode if for_addresses else base64.b64encode
    (tmp_path / "file").write_bytes(encode(before + word.encode() + after))
    assert search([tmp_path], [word])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.binary(max_size=3000), st.binary(max_size=3000))
def test_other_bytes_give_no_trace_and_no_crash(tmp_path: Path, data: bytes, stream: bytes) -> None:
    (tmp_path / "file").write_bytes(
        data + zlib.compress(stream)[: len(stream) // 2 + 3] + b"PK\x03\x04" + data
    )
    assert search([tmp_path], [WORDS[0]]) == []


@pytest.mark.parametrize("length", range(3900, 4120, 5))
def test_a_word_that_sqlite_splits_over_two_pages_is_found(tmp_path: Path, length: int) -> None:
    path = tmp_path / "some.sqlite3"
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE kept (text TEXT)")
    database.execute("INSERT INTO kept VALUES (?)", ("x" * length + WORDS[0] + "x" * 6000,))
    database.commit()
    database.close()
    assert search([path], [WORDS[0]])


def test_what_stands_in_the_write_ahead_log_alone_is_found(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "some.sqlite3")
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("CREATE TABLE kept (text TEXT)")
    database.execute("INSERT INTO kept VALUES (?)", (WORDS[0],))
    database.commit()
    assert {trace.path.name for trace in search([tmp_path], [WORDS[0]])} == {"some.sqlite3-wal"}
    database.close()


@pytest.mark.parametrize(("secure", "found"), [("OFF", True), ("ON", False)])
def test_a_deleted_row_leaves_its_trace_unless_it_is_overwritten(
    tmp_path: Path, secure: str, found: bool
) -> None:
    """This is why an installation runs with ``secure_delete``."""
    path = tmp_path / "some.sqlite3"
    database = sqlite3.connect(path)
    database.execute(f"PRAGMA secure_delete={secure}")
    database.execute("CREATE TABLE kept (text TEXT)")
    database.executemany("INSERT INTO kept VALUES (?)", [(f"{WORDS[0]} {n}",) for n in range(300)])
    database.commit()
    database.execute("DELETE FROM kept")
    database.commit()
    database.close()
    assert bool(search([path], [WORDS[0]])) is found


def test_a_trace_does_not_repeat_the_word(tmp_path: Path) -> None:
    (tmp_path / "file").write_text(WORDS[0])
    assert WORDS[0] not in repr(search([tmp_path], [WORDS[0]]))


def test_a_word_too_short_to_mean_anything_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=str(SHORTEST)):
        search([tmp_path], ["x" * (SHORTEST - 1)])


def test_a_place_that_is_not_there_is_not_passed_over(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        search([tmp_path / "nowhere"], [WORDS[0]])

"""Foreign files are read by a confined process: what it may not do, and what becomes of files made to harm."""

from __future__ import annotations

import json
import os
import signal
import sys

import pytest

from sulh.engines import texts
from sulh.kernel import confined, parsing
from tests.kernel import broken_files

SOUND = broken_files.sound()
BOMBS = {what: (name, data) for what, name, data in broken_files.bombs()}


@pytest.mark.parametrize("name", SOUND)
def test_a_file_reads_as_it_would_here(name):
    try:
        here = texts.read(SOUND[name], name)
    except texts.Unreadable as error:
        with pytest.raises(texts.Unreadable) as refusal:
            parsing.read(SOUND[name], name)
        assert (refusal.value.code, str(refusal.value)) == (error.code, str(error))
    else:
        assert parsing.read(SOUND[name], name) == here


@pytest.mark.parametrize(
    "encoding", ["utf-16", "windows-1256", "iso-8859-6", "gb18030", "shift_jis", "koi8-r"]
)
def test_a_page_in_an_encoding_of_its_own_reads_too(encoding):
    """Nothing can be loaded once a file is read; so all encodings are loaded before."""
    text = {"windows-1256": "سلام", "iso-8859-6": "سلام", "gb18030": "和平", "shift_jis": "平和"}.get(
        encoding, "Pax"
    )
    page = f'<html><head><meta charset="{encoding}"></head><p>{text} be with both sides.</p>'.encode(encoding)
    assert parsing.read(page, "a.html") == texts.read(page, "a.html")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems hold less; the page on security says what")
def test_a_reading_process_can_open_nothing():
    prevented = parsing.what_is_prevented()
    held = {"connections", "files", "memory", "environment"} | ({"processes"} if os.getuid() else set())
    assert {what for what, is_prevented in prevented.items() if is_prevented} >= held


def test_the_waiting_process_knows_nothing_of_the_server():
    parsing.start()
    process = parsing._waiting
    assert process is not None
    if sys.platform == "linux":
        parsing.what_is_prevented()  # by now it has started
        with open(f"/proc/{process.pid}/environ", "rb") as file:
            assert not file.read().strip(b"\0")
        assert len(os.listdir(f"/proc/{process.pid}/fd")) == 3


def test_a_reader_that_was_killed_is_started_again():
    parsing.start()
    assert parsing._waiting is not None
    os.kill(parsing._waiting.pid, signal.SIGKILL)
    assert parsing.read(SOUND["a.txt"], "a.txt").text.startswith("Joint Declaration")


@pytest.mark.parametrize("what", BOMBS)
def test_a_bomb_is_refused_or_read_and_the_next_file_is_read(what):
    name, data = BOMBS[what]
    try:
        document = parsing.read(data, name)
    except texts.Unreadable as error:
        assert error.message.endswith(".")
        assert error.remedy.endswith(".")
        assert error.code != "unavailable"
    else:
        assert "root:" not in document.text
    assert parsing.read(SOUND["a.txt"], "a.txt").passages


@pytest.mark.parametrize("seed", range(60))
def test_an_altered_file_is_refused_or_read(seed):
    name, data = broken_files.altered(seed)
    try:
        document = parsing.read(data, name)
    except texts.Unreadable as error:
        assert error.code not in ("unavailable", "too-costly")
    else:
        assert document.passages


def test_what_costs_too_much_memory_is_given_up(in_child):
    assert in_child(lambda: bytes(bytearray(confined.MEMORY))) == {"failed": "costly"}


def test_what_costs_too_much_time_is_given_up(in_child, monkeypatch):
    monkeypatch.setattr(confined, "WALL_SECONDS", 0.2)
    assert in_child(signal.pause) == {"failed": "costly"}


def test_what_costs_too_much_of_the_processor_is_given_up(in_child, monkeypatch):
    monkeypatch.setattr(confined, "CPU_SECONDS", 1)

    def endless():
        while True:
            pass

    assert in_child(endless) == {"failed": "costly"}


def test_an_endless_answer_is_given_up(in_child, monkeypatch):
    monkeypatch.setattr(confined, "ANSWER", 1000)
    assert in_child(lambda: b"a" * 100_000) == {"failed": "costly"}


def test_a_crash_is_told(in_child):
    assert in_child(lambda: os.kill(os.getpid(), signal.SIGSEGV)) == {"failed": "crashed"}
    assert in_child(lambda: 1 / 0) == {"failed": "crashed"}


@pytest.fixture
def in_child():
    """Do something in a confined child of a process of its own, as the waiting process would."""

    def run(work):
        source, target = os.pipe()
        if (process := os.fork()) == 0:
            os.close(source)
            confined.write_frame(target, confined._in_child(work))
            os._exit(0)
        os.close(target)
        answer = confined.read_frame(source)
        os.close(source)
        os.waitpid(process, 0)
        assert answer is not None
        return json.loads(answer)

    return run


DOCUMENT = {
    "text": "Words.",
    "passages": [
        {
            "kind": "title",
            "span": {"start": 0, "end": 6},
            "label": "",
            "depth": 0,
            "parent": None,
            "page": None,
        }
    ],
    "name": "a",
    "pages": None,
    "direction": "ltr",
    "language": "en",
}
PASSAGE = DOCUMENT["passages"][0]


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"failed": "crashed"},
        {"document": None},
        {"document": {}},
        {"document": DOCUMENT | {"text": 1}},
        {"document": DOCUMENT | {"direction": "up"}},
        {"document": DOCUMENT | {"passages": [PASSAGE | {"span": {"start": 0, "end": 7}}]}},
        {"document": DOCUMENT | {"passages": [PASSAGE | {"span": {"start": -1, "end": 2}}]}},
        {"document": DOCUMENT | {"passages": [PASSAGE | {"kind": "secret"}]}},
        {"document": DOCUMENT | {"passages": [PASSAGE | {"parent": 0}]}},
    ],
)
def test_an_answer_that_is_no_document_is_a_damaged_file(answer, monkeypatch):
    """A reader that was taken over by a file still cannot hand the server anything but a document."""
    monkeypatch.setattr(parsing, "_ask", lambda head, data: answer)
    with pytest.raises(texts.Unreadable) as refusal:
        parsing.read(b"Words.", "a.txt")
    assert refusal.value.code == "damaged"

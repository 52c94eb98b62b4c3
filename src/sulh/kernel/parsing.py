"""Reading foreign files outside the web process.

A file that somebody uploads may be made to harm the program that reads it. So the web process never looks into one:
it hands the bytes to a waiting process (:mod:`sulh.kernel.confined`), which forks a child for this one file. What the
child sends back is plain data, checked before it is used.

What holds, on Linux and macOS: the child has an empty environment, no database connection, and one open descriptor,
the pipe for its answer; as it may not have a second one, it can open no file and no connection (a hard limit of the
kernel, ``RLIMIT_NOFILE``). It has 20 s of processor time, 40 s of time, and writes no file and no core dump. On Linux
also 600 MB of memory; macOS does not enforce that limit. Where the server does not run as root, it can start no
process either. :func:`what_is_prevented` tries all that and tells.

What does not hold: the child runs as the same user as the server. Somebody who takes over the child through a fault
in the C libraries that read XML and HTML could send signals to the server's processes and, as far as the system lets
processes of one user do so, look into them; as root, raise the limits again. There is no filter of system calls. Files
are read one after the other, so one that is made to cost much keeps the others waiting until its time is up.

Pasted text, which no format parser touches, is read in the web process, and the command line reads its user's own
files in its own process, as any program of that user does.
"""

from __future__ import annotations

import atexit
import dataclasses
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import sulh
from sulh.engines import texts
from sulh.kernel import confined

_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from sulh.kernel import confined; confined.serve()"
_GRACE = 15
_lock = threading.Lock()
_waiting: subprocess.Popen[bytes] | None = None
_owner = 0


def read(data: bytes, name: str, limits: texts.Limits | None = None) -> texts.Document:
    """Read a file as :func:`sulh.engines.texts.read` does, in a confined process.

    Raises:
        texts.Unreadable: as there; also with the code ``too-costly`` where reading took too much time or memory,
            ``damaged`` where the reader crashed on it, and ``unavailable`` where no reader could be started.
    """
    limits = limits or texts.Limits()
    if len(data) > limits.bytes:
        return texts.read(data, name, limits)  # refuses by the size alone
    head = {"name": name, "limits": dataclasses.asdict(limits)}
    answer = _ask(head, data)
    if "refused" in answer:
        told = answer["refused"]
        raise texts.Unreadable(str(told["code"]), str(told["message"]), str(told["remedy"]))
    if "document" in answer:
        try:
            return _document(answer["document"])
        except (KeyError, TypeError, ValueError):
            raise _damaged() from None
    raise _too_costly() if answer.get("failed") == "costly" else _damaged()


def start() -> None:
    """Let the reader start now, so that it is ready when the first file comes. Returns at once."""
    with _lock:
        _reader()


def what_is_prevented() -> dict[str, bool]:
    """Return what a reading process tried on this machine and was prevented from, by name."""
    return dict(_ask({"probe": True}, b"")["prevented"])


def _ask(head: dict[str, Any], data: bytes) -> dict[str, Any]:
    """Put one request to the waiting reader; where it is gone or stuck, to a new one."""
    with _lock:
        for _attempt in range(2):
            try:
                reader = _reader()
                assert reader.stdin is not None
                assert reader.stdout is not None
                confined.write_frame(reader.stdin.fileno(), json.dumps(head).encode())
                confined.write_frame(reader.stdin.fileno(), data)
                deadline = time.monotonic() + confined.WALL_SECONDS + _GRACE
                answer = confined.read_frame(reader.stdout.fileno(), deadline, confined.ANSWER)
            except TimeoutError:
                _stop()
                raise _too_costly() from None
            except (OSError, ValueError):
                answer = None
            if answer is not None:
                try:
                    told = json.loads(answer)
                except ValueError:
                    return {"failed": "crashed"}
                return told if isinstance(told, dict) else {"failed": "crashed"}
            _stop()
    raise texts.Unreadable(
        "unavailable", "The file could not be read just now.", "Try again, or paste its text."
    )


def _reader() -> subprocess.Popen[bytes]:
    global _waiting, _owner
    if _waiting is None or _waiting.poll() is not None or _owner != os.getpid():
        if _owner == os.getpid():
            _stop()
        paths = [str(Path(sulh.__file__).parents[1]), *(path for path in sys.path if path)]
        _waiting = subprocess.Popen(  # noqa: S603 (our own program, with nothing from outside)
            [sys.executable, "-I", "-S", "-c", _START, json.dumps(paths)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/",
            bufsize=0,
            start_new_session=True,
        )
        _owner = os.getpid()
    return _waiting


def _stop() -> None:
    global _waiting
    if _waiting is not None and _owner == os.getpid():
        for pipe in (_waiting.stdin, _waiting.stdout):
            if pipe is not None:
                pipe.close()
        _waiting.kill()
        _waiting.wait()
    _waiting = None


atexit.register(_stop)


def _document(told: dict[str, Any]) -> texts.Document:
    """The document from its plain data.

    Raises:
        ValueError, KeyError, TypeError: where it is none.
    """
    text, end, passages = _word(told["text"]), 0, []
    for place, one in enumerate(told["passages"]):
        span = texts.Span(_number(one["span"]["start"]), _number(one["span"]["end"]))
        parent = None if one["parent"] is None else _number(one["parent"])
        page = None if one["page"] is None else _number(one["page"])
        if not end <= span.start <= span.end <= len(text) or (parent is not None and parent >= place):
            raise ValueError("a passage lies outside the text")
        end = span.end
        kind = texts.PassageKind(one["kind"])
        passages.append(texts.Passage(kind, span, _word(one["label"]), _number(one["depth"]), parent, page))
    direction = told["direction"]
    if direction not in ("ltr", "rtl"):
        raise ValueError("no direction")
    pages = None if told["pages"] is None else _number(told["pages"])
    return texts.Document(
        text, tuple(passages), _word(told["name"]), pages, direction, _word(told["language"])
    )


def _word(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError("no number")
    return value


def _damaged() -> texts.Unreadable:
    return texts.Unreadable(
        "damaged",
        "The file is damaged: the reader failed on it.",
        "Open it in its own program and save it anew, or paste its text.",
    )


def _too_costly() -> texts.Unreadable:
    return texts.Unreadable(
        "too-costly",
        "Reading the file took too much time or memory, and was given up.",
        "Save it anew from its own program, split it, or paste its text.",
    )

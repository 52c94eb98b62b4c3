"""Steps of a pipeline, each in a thread of its own: a backup of any size passes through a few hundred kilobytes.

Encryption is age (https://age-encryption.org/v1) through pyrage; nothing here is cryptography of our own.
"""

from __future__ import annotations

import io
import os
import threading
from collections.abc import Callable, Sequence
from typing import Any, BinaryIO

import pyrage

AGE = b"age-encryption.org/v1\n"
Locks = Sequence[Sequence[str]]
"""Recipients in groups: a file opens with one key of *every* group. One group is a file that any of its keys opens."""


class Unusable(Exception):
    """A backup cannot be made, opened or restored: says what, and how to mend it. Nothing was changed."""


class _Piped(io.RawIOBase):
    """What ``produce(writer)`` writes, to be read as it comes; where it failed, reading to the end fails too."""

    def __init__(self, produce: Callable[[BinaryIO], None]) -> None:
        reading, writing = os.pipe()
        self._reading = reading
        self.failed: BaseException | None = None

        def run() -> None:
            try:
                with os.fdopen(writing, "wb") as writer:
                    produce(writer)
            except BaseException as error:
                self.failed = error

        self._thread = threading.Thread(target=run, daemon=True)
        self._thread.start()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = os.read(self._reading, len(buffer))
        if not data:
            self._thread.join()
            if self.failed:
                raise self.failed
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            os.close(self._reading)  # a producer that still writes meets a broken pipe and ends
            self._thread.join()
        super().close()


def piped(produce: Callable[[BinaryIO], None]) -> io.BufferedReader:
    """Return a reader of what ``produce(writer)`` writes meanwhile. Close it, or its thread waits for ever."""
    return io.BufferedReader(_Piped(produce), 1 << 16)


def recipient(text: str) -> pyrage.x25519.Recipient:
    """Return an age recipient. Raises ``Unusable`` where the text is none."""
    try:
        return pyrage.x25519.Recipient.from_str(text.strip())
    except pyrage.RecipientError as error:
        raise Unusable(f"“{text[:80]}” is not an age recipient: one begins with age1.") from error


def lock(plain: BinaryIO, locks: Sequence[Sequence[Any]], writer: BinaryIO) -> None:
    """Write ``plain`` encrypted to one group of recipients within the other; with no group, as it is."""
    if not locks:
        while chunk := plain.read(1 << 16):
            writer.write(chunk)
        return
    inner, *outer = locks
    if not outer:
        pyrage.encrypt_io(plain, writer, list(inner))
        return
    with piped(lambda out: pyrage.encrypt_io(plain, out, list(inner))) as once:
        lock(once, outer, writer)


def failure_of(reader: io.BufferedReader) -> BaseException | None:
    """Return why the producer behind ``piped`` failed, if it did: pyrage keeps only the words of it."""
    return reader.raw.failed if isinstance(reader.raw, _Piped) else None


def unlocked(locked: io.BufferedReader, identities: Sequence[Any]) -> io.BufferedReader:
    """Return a reader of the plain content, however many layers of age lie round it.

    What a layer cannot open fails while it is read, as ``pyrage.DecryptError``.
    """
    layer = locked
    while layer.peek(len(AGE)).startswith(AGE):
        layer = _opened(layer, identities)
    return layer


def _opened(layer: io.BufferedReader, identities: Sequence[Any]) -> io.BufferedReader:
    def produce(out: BinaryIO) -> None:
        with layer:
            pyrage.decrypt_io(layer, out, list(identities))

    return piped(produce)

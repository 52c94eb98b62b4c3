"""Bytes of a text file into characters, or a refusal where the encoding cannot be told."""

from __future__ import annotations

from sulh.engines.texts.document import Unreadable


def decode(data: bytes) -> str:
    """The characters of a text file: UTF-8, UTF-16 or UTF-32 with a mark."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(
            "encoding",
            "The characters of this file cannot be told.",
            'Open it in your editor, choose "Save as" with the encoding UTF-8, and try again.',
        ) from None

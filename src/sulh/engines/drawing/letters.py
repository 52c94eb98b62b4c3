"""How much room words take, estimated without a font, and how to make them fit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# Control characters, lone surrogates and the two non-characters that XML 1.0 forbids; and the marks that embed
# or isolate a direction, which could leak out of a label: every label is isolated as a whole by the sheet.
_FORBIDDEN = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
_SLIM = frozenset("iIjlftr.,:;'’|!()[] -·/")
_BROAD = frozenset("mwMW@%&…—")
_ELLIPSIS = "…"


def clean(text: str) -> str:
    """The text on one line, without characters that XML forbids or that turn the direction of what follows."""
    return " ".join(_FORBIDDEN.sub("", text).split())


def width(text: str, size: float) -> float:
    """The width of ``text`` at font size ``size``, in the unit of ``size``; rather too much than too little."""
    return size * sum(_advance(character) for character in text)


def shorten(text: str, room: float, size: float) -> str:
    """``text`` where it fits into ``room``, else as much of its beginning as fits, with an ellipsis.

    A letter is never parted from the marks that stand on it. Where not even the ellipsis fits: nothing.
    """
    if width(text, size) <= room:
        return text
    left = room - width(_ELLIPSIS, size)
    if left < 0:
        return ""
    kept = ""
    for cluster in _clusters(text):
        left -= width(cluster, size)
        if left < 0:
            break
        kept += cluster
    return kept.rstrip() + _ELLIPSIS


def wrap(text: str, room: float, size: float, lines: int) -> tuple[str, ...]:
    """``text`` broken at blanks into at most ``lines`` lines that fit into ``room``; the last is shortened."""
    done: list[str] = []
    words = text.split()
    while words and len(done) < lines - 1 and width(words[0], size) <= room:
        taken = 1
        while taken < len(words) and width(" ".join(words[: taken + 1]), size) <= room:
            taken += 1
        done.append(" ".join(words[:taken]))
        words = words[taken:]
    return (*done, shorten(" ".join(words), room, size)) if words else tuple(done)


def _clusters(text: str) -> Iterator[str]:
    """Letters together with the marks and joiners that follow them."""
    cluster = ""
    for character in text:
        if cluster and unicodedata.category(character) not in ("Mn", "Mc", "Me", "Cf"):
            yield cluster
            cluster = ""
        cluster += character
    if cluster:
        yield cluster


def _advance(character: str) -> float:
    """The width of one character as a share of the font size: generous averages over common faces."""
    category = unicodedata.category(character)
    if category in ("Mn", "Me", "Cf"):
        return 0.0
    if category == "Mc":
        return 0.4
    if unicodedata.east_asian_width(character) in "WF":
        return 1.3
    if character in _SLIM:
        return 0.33
    if character in _BROAD:
        return 0.95
    if category == "Lu":
        return 0.7
    return 0.5 if "\u0600" <= character <= "\u08ff" else 0.58

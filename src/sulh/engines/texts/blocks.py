"""What every reader hands to the splitter: blocks of text in reading order, each one line."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto

# Word's symbol fonts draw bullets with private-use characters; nothing else can be meant by them here.
_PRIVATE_BULLETS = re.compile("[\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf0be\uf02d\uf0a8\uf071]")
_INVISIBLE = re.compile(
    "[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffc\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]"
)
# Letters in the shape they take in print ("ﬁ", joined Arabic forms) are written as the letters they are.
_PRINT_FORMS = re.compile("[\ufb00-\ufb06\ufb50-\ufdcf\ufdf0-\ufdf9\ufe70-\ufefc]+")
_SPACES = re.compile(r"\s+")


class Role(Enum):
    """What the format itself says about a block."""

    BODY = auto()
    TITLE = auto()
    HEADING = auto()
    FOOTER = auto()


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a text.

    label: None where it must be found in the text, otherwise the label that the format's own numbering
    gives ("" for none). level: heading level from 1, or list level from 0. indent: columns, for bullets.
    """

    text: str
    role: Role = Role.BODY
    level: int | None = None
    label: str | None = None
    indent: int = 0
    page: int | None = None


def clean(text: str) -> str:
    """One canonical line: NFC, single spaces, no invisible or control characters."""
    text = _INVISIBLE.sub("", _PRIVATE_BULLETS.sub("•", text))
    if not text.isascii():
        text = _PRINT_FORMS.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()

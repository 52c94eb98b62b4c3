"""What the lint says of a place in a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Finding:
    """A place that may tell who spoke or who was there.

    ``start`` and ``end`` are offsets into the text, of which ``text`` is the part between them. ``rule`` is
    the stable key of the rule (one of ``WHY``), ``why`` one plain sentence, ``neutral`` a wording that would
    pass in its place ("" where none can be given: leave the place out). ``blocks`` says whether the text may
    not leave before this is mended or overridden.
    """

    start: int
    end: int
    text: str
    rule: str
    why: str
    neutral: str
    blocks: bool


WHY: Final = {
    "name": "This is the name of somebody on the roster.",
    "initials": "These are the initials of somebody on the roster.",
    "titled-name": "A title with a name points to one person.",
    "named-speaker": "A person is named as the one who spoke.",
    "title": "An office or rank, held by few, points to one person.",
    "only-one": "Being the only one, the first or the youngest points to one person.",
    "one-person": "This tells of one single person in the room.",
    "speech": "This tells that one single person said it.",
    "side-speech": "This tells which side said it.",
    "combination": "Side or sex together with another attribute leaves fewer than five people.",
    "moment-place": "A moment or a private place tied to a person or a saying points to one person.",
    "quotation": "The words of one speaker stand between quotation marks.",
    "email": "This is somebody's e-mail address.",
    "phone": "This is somebody's telephone number.",
    "document-number": "This looks like the number of a passport or identity card.",
    "handle": "This is somebody's name on a social network.",
}
"""Every rule, with the sentence that tells why it warns."""

NEUTRAL: Final = {
    "people": {
        "en": "participants", "ur": "شرکا", "ps": "ګډونوالو", "fa": "اشتراک‌کنندگان", "hi": "प्रतिभागियों",
        "roman": "shuraka",
    },
    "said": {
        "en": "it was said", "ur": "کہا گیا", "ps": "وویل شول", "fa": "گفته شد", "hi": "कहा गया",
        "roman": "kaha gaya",
    },
    "view": {
        "en": "according to participants", "ur": "شرکا کے مطابق", "ps": "د ګډونوالو په اند",
        "fa": "به باور اشتراک‌کنندگان",
        "hi": "प्रतिभागियों के अनुसार", "roman": "shuraka ke mutabiq",
    },
}  # fmt: skip
"""Wordings that name nobody, by language."""

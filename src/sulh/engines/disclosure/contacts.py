"""Ways to reach somebody: e-mail addresses, telephone and document numbers, names on social networks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from .hits import ANY, Hit
from .words import word_set

_EMAIL: Final = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}(?:@|\s?\[at\]\s?|\s?\(at\)\s?)\w[\w-]{0,62}(?:\.\w[\w-]{0,62}){1,4}"
)
_OFFICES: Final = word_set(
    "secretariat info office contact press media admin registration support helpdesk conference dialogue hello mail "
    "visa visas"
)
"""Addresses of an office rather than of a person."""
_CNIC: Final = re.compile(
    r"(?<![\d-])\d{5}-\d{7}-\d(?![\d-])|(?<![\d-])\d{4}[ -]\d{4}-\d{5}(?![\d-])"
    r"|(?<![\d -])\d{4} \d{4} \d{4}(?![\d -])|(?<!\d)\d{13}(?!\d)"
)
_PASSPORT: Final = re.compile(r"(?<![A-Za-z0-9])[A-Z]{1,2}[ -]?\d{7}(?!\d)")
_PHONE: Final = re.compile(
    r"(?<![\w.,/-])(?:\+|[0۰०٠]{2})\d{1,3}(?:[ .()/-]{0,2}\d{2,5}){2,5}(?![\w])"
    r"|(?<![\w.,/-])\(?[0۰०٠]\d{2,4}\)?(?:[ .-]?\d{2,8}){1,3}(?![\w/])"
    r"|(?<![\w.,/-])[6-9६-९]\d{4}[ -]?\d{5}(?![\w/-])"
)
_HANDLE: Final = re.compile(
    r"(?<![\w.@/])@[A-Za-z_]\w{2,30}(?![\w.]*@)"
    r"|(?:https?://)?(?:www\.)?(?:t\.me|wa\.me|twitter\.com|x\.com|facebook\.com|instagram\.com|linkedin\.com/in)/[\w.+-]{2,60}"
)


def contacts(text: str) -> Iterator[Hit]:
    """Find addresses and numbers of people, also in Arabic-Indic, Persian and Devanagari digits."""
    for found in _EMAIL.finditer(text):
        if re.split(r"[@\[(]", found.group())[0].strip().lower() in _OFFICES:
            continue
        yield Hit(found.start(), found.end(), "email", "", ANY)
    for found in _CNIC.finditer(text):
        yield Hit(found.start(), found.end(), "document-number", "", ANY)
    for found in _PASSPORT.finditer(text):
        yield Hit(found.start(), found.end(), "document-number", "", ANY)
    for found in _PHONE.finditer(text):
        if 9 <= sum(c.isdigit() for c in found.group()) <= 15:
            yield Hit(found.start(), found.end(), "phone", "", ANY)
    for found in _HANDLE.finditer(text):
        yield Hit(found.start(), found.end(), "handle", "", ANY)

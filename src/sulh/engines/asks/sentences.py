"""Sentences of a passage, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator

_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)|(?<=[a-z]{3})\.(?=[A-Z][a-z])|\n\s*\n")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[\"“])(?:mr|mrs|ms|dr|prof|amb|gen|lt|maj|brig|col|capt|adm|sen|hon|rtd|retd|ret|st|no|nos|vs|viz|"
    r"e\.g|i\.e|etc|cf|al|approx|govt|dept|art|para|sr|jr|u\.s|u\.n|u\.k|u\.s\.a|a\.k\.a|"
    r"jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec|[A-Za-z])\.$",
    re.IGNORECASE,
)


LONGEST = 1500  # characters; no real sentence is longer, and the rules look several times at each word


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of every sentence of ``text[start:end]``, trimmed of white space.

    What runs on beyond ``LONGEST`` characters is cut at a semicolon, a comma or a space.
    """
    for low, high in _whole(text, start, end):
        while high - low > LONGEST:
            cut = max(text.rfind(mark, low + LONGEST // 2, low + LONGEST) for mark in ("; ", ", ", " "))
            cut = cut + 1 if cut > 0 else low + LONGEST
            yield from _trimmed(text, low, cut)
            low = cut
        yield from _trimmed(text, low, high)


def _whole(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for match in _END.finditer(text, start, end):
        if match.group().startswith(".") and not _ends_here(text, begin, match, end):
            continue
        yield from _trimmed(text, begin, match.end())
        begin = match.end()
    yield from _trimmed(text, begin, end)


def _ends_here(text: str, begin: int, match: re.Match[str], end: int) -> bool:
    after = text[match.end() : min(match.end() + 40, end)].lstrip()
    if not after:
        return True
    if after[0].islower() or after[0] in ",;:":
        return False
    before = text[max(begin, match.start() - 12) : match.start() + 1]
    if re.search(r"\b(?!US|UN|EU|UK)[A-Z]{2}\.$", before) and re.match(r"[A-Z][a-z]", after):
        return False
    return not _ABBREVIATION.search(before) or bool(re.search(r"\betc\.$", before, re.IGNORECASE))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end

"""PDF files with text into blocks: running heads and page numbers set apart, wrapped lines joined."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sulh.engines.texts import shapes
from sulh.engines.texts.archive import damaged, encrypted
from sulh.engines.texts.blocks import Block, Role
from sulh.engines.texts.document import Limits, Unreadable
from sulh.engines.texts.plain import Line, join_lines, to_lines

_EDGE = 3  # lines at the top and at the bottom of a page among which running heads are looked for
_LARGEST_PAGE = 8_000_000  # bytes of drawing instructions; a page of text has some ten thousand
_FEW_LETTERS = 25
_DIGITS = re.compile(r"\d+")


def blocks(data: bytes, limits: Limits) -> tuple[list[Block], int]:
    """The blocks of a PDF and its number of pages.

    Raises Unreadable where it is encrypted, damaged, too long, a scan, or without readable letters.
    """
    with _quiet():
        try:
            pages, pictures = _page_texts(data, limits)
        except Unreadable:
            raise
        except Exception:  # the parser meets broken files with exceptions of every kind
            raise damaged() from None
    _refuse_scans(pages, pictures)
    _refuse_nameless_letters("".join(pages))
    lines = [
        replace(line, page=number, gap=line.gap and place > 0, indent=0)
        for number, page in enumerate(pages, 1)
        for place, line in enumerate(to_lines(page))
    ]
    return join_lines(_mark_footers(lines, len(pages))), len(pages)


def _page_texts(data: bytes, limits: Limits) -> tuple[list[str], list[bool]]:
    """The text of each page, and whether each page shows a picture."""
    from pypdf import PasswordType, PdfReader

    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted:
        try:
            opened = reader.decrypt("") != PasswordType.NOT_DECRYPTED
        except Exception:  # an unknown cipher is a lock as well
            opened = False
        if not opened:
            raise encrypted()
    count = len(reader.pages)
    if count > limits.pages:
        raise Unreadable(
            "too-long", f"The PDF has {count} pages; at most {limits.pages} are read.",
            "Split it, or export the pages that matter into a file of their own.",
        )  # fmt: skip
    if count == 0:
        raise damaged()
    texts: list[str] = []
    pictures: list[bool] = []
    total = 0
    for page in reader.pages:
        contents = page.get_contents()
        if contents is not None and len(contents.get_data()) > _LARGEST_PAGE:
            raise Unreadable(
                "zip-bomb", f"Page {len(texts) + 1} of the PDF is made of too many drawing instructions.",
                "Print it to a new PDF, or paste its text.",
            )  # fmt: skip
        text = page.extract_text() or ""
        total += len(text)
        if total > 2 * limits.characters:
            raise Unreadable(
                "too-long", f"The text is longer than {limits.characters:,} characters.",
                "Split it and import the parts one by one.",
            )  # fmt: skip
        texts.append(text)
        pictures.append(not text.strip() and _shows_picture(page))
    return texts, pictures


def _shows_picture(page: Any) -> bool:
    try:
        objects = page["/Resources"]["/XObject"].get_object()
        return any(objects[name].get_object().get("/Subtype") in ("/Image", "/Form") for name in objects)
    except Exception:  # no resources, or broken ones: nothing to show
        return False


def _refuse_scans(pages: Sequence[str], pictures: Sequence[bool]) -> None:
    bare = sum(sum(c.isalnum() for c in page[:2000]) < _FEW_LETTERS for page in pages)
    nothing = not any(c.isalnum() for page in pages for c in page)
    if (nothing and any(pictures)) or (sum(pictures) * 2 > len(pages) and bare * 2 > len(pages)):
        raise Unreadable(
            "scanned", "The PDF is a scan: it shows pictures of pages and holds no text.",
            "Run it through text recognition (OCR) first, or paste the text.",
        )  # fmt: skip
    if nothing:
        raise Unreadable(
            "empty", "There is no text in the PDF.",
            "Check that this is the right file; if its letters are shapes, use text recognition (OCR).",
        )  # fmt: skip


def _refuse_nameless_letters(text: str) -> None:
    """Some PDFs draw letters without saying which they are; copying from them gives rubbish as well."""
    sample = text[:200_000]
    nameless = sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" for c in sample) + 6 * len(
        re.findall(r"\(cid:\d+\)|/g\d{1,5}\b|/uni[0-9A-F]{4}", sample)
    )
    if nameless * 10 > len(sample):
        raise Unreadable(
            "encoding", "The PDF does not say which letters it shows.",
            "Export it again from the original document, use text recognition (OCR), or paste the text.",
        )  # fmt: skip


def _mark_footers(lines: Sequence[Line], pages: int) -> list[Line]:
    """Lines that come back at the edges of pages, and page numbers there, are no part of the text."""
    by_page: dict[int, list[int]] = {}
    for place, line in enumerate(lines):
        by_page.setdefault(line.page or 0, []).append(place)
    edges: dict[int, bool] = {}  # place -> whether it is the outermost line
    for places in by_page.values():
        reach = min(_EDGE, max(1, len(places) // 3))
        for distance in range(min(reach, len(places))):
            edges.setdefault(places[distance], distance == 0)
            edges.setdefault(places[-1 - distance], distance == 0)
    shapes_of = {place: _DIGITS.sub("#", lines[place].text.lower()) for place in edges}
    seen = Counter(shapes_of.values())
    enough = max(2, (2 * pages + 4) // 5)
    marked = list(lines)
    for place in edges:
        line = lines[place]
        repeated = pages > 1 and seen[shapes_of[place]] >= enough and len(line.text) <= 160
        number = shapes.is_page_number(line.text) and edges[place] and len(by_page[line.page or 0]) > 1
        if (repeated and not _is_item(line)) or number:
            marked[place] = replace(line, role=Role.FOOTER)
    return marked


def _is_item(line: Line) -> bool:
    """A numbered point may look like the one at the edge of another page once digits are set aside."""
    return bool(re.match(r"^\(?\d{1,3}[.)]\s+\S", line.text)) and len(shapes.words(line.text)) > 6


@contextmanager
def _quiet() -> Iterator[None]:
    """The parser logs every oddity of a broken file; the refusal says what the user needs."""
    logger = logging.getLogger("pypdf")
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(before)

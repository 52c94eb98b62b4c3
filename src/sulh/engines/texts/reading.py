"""The two ways in: a file's bytes, or a pasted text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sulh.engines.texts import (
    decoding,
    language,
    markdown,
    opendocument,
    plain,
    portable,
    splitter,
    web,
    word,
)
from sulh.engines.texts.archive import Archive, damaged, encrypted
from sulh.engines.texts.blocks import Block
from sulh.engines.texts.document import Document, Limits, Unreadable

_MARKDOWN = (".md", ".markdown")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (
    b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*", b"BM", b"RIFF",
    b"\x00\x00\x01\x00",
)  # fmt: skip
_PACKED = (b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")
_KNOWN = "Save it as .docx, .odt, .pdf, .html, .md or .txt, or paste the text."


def read(data: bytes, name: str, limits: Limits = Limits()) -> Document:  # noqa: B008 (frozen)
    """Read a file: .docx, .odt, .pdf with text, .html, .md or .txt.

    What the file is, its content decides; the name only tells markdown from plain text and helps to name
    what is wrong. Raises Unreadable, and nothing else, whatever the bytes.
    """
    if len(data) > limits.bytes:
        raise Unreadable(
            "too-large", f"The file is larger than {limits.bytes / 1_000_000:g} MB.",
            "Remove its pictures or split it, then try again.",
        )  # fmt: skip
    if not data.strip():
        raise _empty()
    try:
        return _read(data, name, limits)
    except RecursionError:  # nested beyond anything that a person has written
        raise damaged() from None


def parse(text: str, name: str = "pasted text") -> Document:
    """Read plain, pasted or markdown text. Raises Unreadable where it is empty or too long."""
    return _from_text(text, name, Limits(), None)


def build(blocks: Sequence[Block], name: str, pages: int | None, limits: Limits) -> Document:
    """A document from its blocks. Raises Unreadable where nothing is left or too much."""
    text, passages = splitter.split(blocks)
    _check_length(len(text), limits)
    if not any(character.isalnum() for character in text):
        raise _empty()
    code, direction = language.guess(text)
    return Document(text, passages, name, pages, direction, code)


def _read(data: bytes, name: str, limits: Limits) -> Document:
    if b"%PDF-" in data[:1024]:
        blocks, pages = portable.blocks(data, limits)
        return build(blocks, name, pages, limits)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return build(_packed_blocks(data, limits), name, None, limits)
    _refuse_foreign(data)
    _refuse_misnamed(data, name)
    head = decoding.decode(data, web.declared_encoding(data))
    if web.looks_like(head, name):
        return build(web.blocks(head), name, None, limits)
    text = decoding.decode(data)
    return _from_text(text, name, limits, True if name.lower().endswith(_MARKDOWN) else None)


def _from_text(text: str, name: str, limits: Limits, is_markdown: bool | None) -> Document:
    _check_length(len(text), limits)
    if is_markdown is None:
        is_markdown = markdown.looks_like(text)
    lines = markdown.to_markdown_lines(text) if is_markdown else plain.to_lines(text)
    return build(plain.join_lines(lines), name, None, limits)


def _packed_blocks(data: bytes, limits: Limits) -> list[Block]:
    archive = Archive(data, limits)
    names = archive.names
    if "word/document.xml" in names or any(name.startswith("word/") for name in names):
        return word.blocks(archive)
    if "content.xml" in names:
        kind = archive.bytes("mimetype")[:80] if "mimetype" in names else b""
        if b"spreadsheet" in kind or b"presentation" in kind or b"graphics" in kind:
            raise _unknown("a table, a slide show or a drawing")
        return opendocument.blocks(archive)
    if any(name.startswith("xl/") for name in names):
        raise _unknown("a spreadsheet")
    if any(name.startswith("ppt/") for name in names):
        raise _unknown("a slide show")
    if "mimetype" in names and b"epub" in archive.bytes("mimetype")[:80]:
        raise _unknown("an electronic book")
    if not names:
        raise _empty()
    raise Unreadable(
        "unknown-format",
        "The file is a packed folder.",
        "Unpack it and import the documents in it one by one.",
    )


def _refuse_foreign(data: bytes) -> None:
    """Say what a file is that is not read, and how to turn it into one that is."""
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise encrypted()
        if "WordDocument".encode("utf-16-le") in data:
            raise Unreadable(
                "unknown-format", "The file is in Word's format from before 2007 (.doc).",
                "Open it in Word or LibreOffice and save it as .docx.",
            )  # fmt: skip
        raise _unknown("an old Office file")
    if data.lstrip()[:5] == b"{\\rtf":
        raise _unknown("in Rich Text Format (.rtf)")
    if data.startswith(_PICTURES) and decoding.is_binary(data):
        raise Unreadable(
            "unknown-format",
            "The file is a picture.",
            "Run it through text recognition (OCR), or paste the text.",
        )
    if data.startswith(_PACKED):
        raise Unreadable(
            "unknown-format",
            "The file is a packed folder.",
            "Unpack it and import the documents in it one by one.",
        )
    if re.match(rb"\s*<\?xml[^>]{0,200}\?>\s*<(?:office:document|w:wordDocument|pkg:package)\b", data[:1000]):
        raise _unknown("an office document in one piece of XML")


def _refuse_misnamed(data: bytes, name: str) -> None:
    if not decoding.is_binary(data):
        return
    if name.lower().endswith((".docx", ".odt", ".pdf")):
        raise damaged()
    if name.lower().endswith((".txt", ".md", ".markdown", ".html", ".htm")):
        raise Unreadable(
            "encoding", "The file holds bytes that no text has.",
            'Open it in the program it was written with and save it as text with the encoding UTF-8.',
        )  # fmt: skip
    raise _unknown("of a kind that is not read here")


def _check_length(characters: int, limits: Limits) -> None:
    if characters > limits.characters:
        raise Unreadable(
            "too-long", f"The text is longer than {limits.characters:,} characters.",
            "Split it and import the parts one by one.",
        )  # fmt: skip


def _unknown(what: str) -> Unreadable:
    return Unreadable("unknown-format", f"The file is {what}.", _KNOWN)


def _empty() -> Unreadable:
    return Unreadable(
        "empty", "There is no text in it.", "Check that this is the right file, or paste the text."
    )

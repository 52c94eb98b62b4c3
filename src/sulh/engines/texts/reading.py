"""The two ways in: a file's bytes, or a pasted text."""

from __future__ import annotations

from collections.abc import Sequence

from sulh.engines.texts import decoding, language, markdown, plain, splitter
from sulh.engines.texts.blocks import Block
from sulh.engines.texts.document import Document, Limits, Unreadable

_MARKDOWN = (".md", ".markdown")


def read(data: bytes, name: str, limits: Limits = Limits()) -> Document:  # noqa: B008 (frozen)
    """Read a file: .docx, .odt, .pdf, .html, .md or .txt.

    What the file is, its content decides; the name only tells markdown from plain text.
    Raises Unreadable, and nothing else, whatever the bytes.
    """
    if len(data) > limits.bytes:
        raise Unreadable(
            "too-large",
            f"The file is larger than {limits.bytes // 1_000_000} MB.",
            "Remove its pictures or split it, then try again.",
        )
    text = decoding.decode(data)
    if name.lower().endswith(_MARKDOWN):
        return _from_text(text, name, limits, True)
    return parse(text, name) if limits == Limits() else _from_text(text, name, limits, None)


def parse(text: str, name: str = "pasted text") -> Document:
    """Read plain, pasted or markdown text. Raises Unreadable where it is empty or too long."""
    return _from_text(text, name, Limits(), None)


def _from_text(text: str, name: str, limits: Limits, is_markdown: bool | None) -> Document:
    _check_length(len(text), limits)
    if is_markdown is None:
        is_markdown = markdown.looks_like(text)
    lines = markdown.to_markdown_lines(text) if is_markdown else plain.to_lines(text)
    return build(plain.join_lines(lines), name, None, limits)


def build(blocks: Sequence[Block], name: str, pages: int | None, limits: Limits) -> Document:
    """A document from its blocks. Raises Unreadable where nothing is left or too much."""
    text, passages = splitter.split(blocks)
    _check_length(len(text), limits)
    if not any(character.isalnum() for character in text):
        raise Unreadable("empty", "There is no text in it.", "Check that this is the right file, or paste the text.")
    code, direction = language.guess(text)
    return Document(text, passages, name, pages, direction, code)


def _check_length(characters: int, limits: Limits) -> None:
    if characters > limits.characters:
        raise Unreadable(
            "too-long",
            f"The text is longer than {limits.characters:,} characters.",
            "Split it and import the parts one by one.",
        )

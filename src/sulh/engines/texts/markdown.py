"""Markdown marks: told from plain text, taken off, and kept as what they mean."""

from __future__ import annotations

import re
from dataclasses import replace

from sulh.engines.texts.blocks import Role
from sulh.engines.texts.plain import Line, to_lines

_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_RULE = re.compile(r"^(?:[-*_]\s?){3,}$|^=+$")
_UNDERLINE = re.compile(r"^(=+|-{2,})$")
_TABLE_RULE = re.compile(r"^\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?$")
_STRONG = re.compile(r"(\*\*|__)(?=[^\s*_])([^*_\n]{1,2000}?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*_])([*_])(?=[^\s*_])([^*_\n]{1,2000}?)(?<=[^\s*_])\1(?![\w*_])")
_CODE = re.compile(r"`{1,2}([^`\n]{1,500})`{1,2}")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,500})\]\((?:[^()\s]{0,500})(?:\s+\"[^\"\n]{0,200}\")?\)")
_REFERENCE = re.compile(r"^\[[^\]\n]{1,80}\]:\s+\S+.*$")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!>|-])")
_SIGNS = (
    re.compile(r"^#{1,6} \S", re.MULTILINE),
    re.compile(r"\*\*\S[^*\n]{0,300}\*\*"),
    re.compile(r"\]\(https?://"),
    re.compile(r"^> \S", re.MULTILINE),
    re.compile(r"^(?:===+|\|\s*:?-{3,})", re.MULTILINE),
)


def looks_like(text: str) -> bool:
    """Whether a text is clearly markdown: headings, bold words, links, quotations or tables."""
    return any(sign.search(text) for sign in _SIGNS)


def to_markdown_lines(text: str) -> list[Line]:
    """The lines of markdown text with the marks taken off; headings keep their level."""
    text = _comments_removed(_front_matter_removed(text))
    lines: list[Line] = []
    gap = False
    for line in to_lines(text):
        body = re.sub(r"^(?:>\s?)+", "", line.text)
        underline = _UNDERLINE.match(body)
        if underline and not line.gap and lines and lines[-1].role is Role.BODY:
            level = 1 if body[0] == "=" else 2
            lines[-1] = replace(lines[-1], role=Role.HEADING, level=level)
            continue
        if not body or _RULE.match(body) or _TABLE_RULE.match(body) or body.startswith("```"):
            gap = True
            continue
        if _REFERENCE.match(body):
            continue
        heading = _HEADING.match(body)
        opens = line.gap or gap
        gap = False
        if heading:
            content = strip_marks(heading[2])
            if content:
                lines.append(replace(line, text=content, gap=opens, role=Role.HEADING, level=len(heading[1])))
        elif body.startswith("|"):
            for cell in body.strip("|").split("|"):
                content = strip_marks(cell)
                if content:
                    lines.append(replace(line, text=content, gap=True, hard=True))
        else:
            content = strip_marks(body)
            if content:
                lines.append(replace(line, text=content, gap=opens))
    return lines


def strip_marks(text: str) -> str:
    """A line without emphasis, code, link and escape marks."""
    text = _LINK.sub(r"\1", text)
    for _ in range(2):  # bold within italics and the other way round
        text = _STRONG.sub(r"\2", text)
        text = _EMPHASIS.sub(r"\2", text)
    return _ESCAPE.sub(r"\1", _CODE.sub(r"\1", text)).strip()


def _comments_removed(text: str) -> str:
    kept: list[str] = []
    at = 0
    while (opening := text.find("<!--", at)) >= 0 and (closing := text.find("-->", opening)) >= 0:
        kept.append(text[at:opening])
        at = closing + 3
    return "".join([*kept, text[at:]])


def _front_matter_removed(text: str) -> str:
    match = re.match(
        r"\ufeff?---\r?\n(?:[A-Za-z_][\w-]*:.*\r?\n|[ \t].*\r?\n|- .*\r?\n){1,200}---\r?\n", text
    )
    return text[match.end() :] if match else text

"""Web pages (.html) into blocks: the main content, with the numbers that a browser prints."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from sulh.engines.texts.archive import damaged
from sulh.engines.texts.blocks import Block, Role
from sulh.engines.texts.labels import find_label
from sulh.engines.texts.numbering import BULLET, spell
from sulh.engines.texts.plain import join_soft_lines

# fmt: off
_DROPPED = frozenset({
    "script", "style", "nav", "footer", "aside", "form", "noscript", "template", "svg", "math",
    "button", "select", "option", "iframe", "object", "head", "title", "audio", "video", "canvas",
    "map", "dialog", "menu", "input", "textarea", "rt", "rp", "link", "meta", "embed",
})
# fmt: on
# fmt: off
_BLOCKS = frozenset({
    "p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "tr", "table",
    "tbody", "thead", "tfoot", "caption", "dl", "dt", "dd", "blockquote", "pre", "section", "article",
    "main", "header", "address", "center", "figure", "figcaption", "hr", "body", "html", "fieldset",
    "details", "summary",
})
# fmt: on
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
# fmt: off
_BESIDE = frozenset({
    "sidebar", "menu", "navbar", "breadcrumb", "breadcrumbs", "share", "sharing", "social-share",
    "sharedaddy", "related", "related-posts", "comments", "comment-respond", "cookie", "cookies",
    "cookie-banner", "widget", "widget-area", "site-header", "site-footer", "skip-link",
    "screen-reader-text", "post-navigation", "newsletter", "advertisement",
})
# fmt: on
_TYPES = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_CSS_TYPES = {
    "lower-alpha": "lowerLetter", "lower-latin": "lowerLetter", "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter", "lower-roman": "lowerRoman", "upper-roman": "upperRoman",
    "decimal": "decimal",
    "disc": "bullet", "circle": "bullet", "square": "bullet", "none": "none",
}  # fmt: skip
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.IGNORECASE)
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta\b[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_OPENING = re.compile(r"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_PROLOGUE = re.compile(r"\s+|<\?xml[^>]{0,200}\?>|<!--(?:[^-]|-(?!->)){0,4000}-->")
_ANY_TAG = re.compile(r"<(?:p|div|h[1-6]|ul|ol|table|body|span|br|article)\b[^<>]{0,500}>", re.IGNORECASE)
_DEEPEST_INDENT = 10
_TAG = re.compile(r"<(/?)([a-z][a-z0-9:-]{0,20})", re.IGNORECASE)
# fmt: off
_NEVER_NESTED = frozenset({
    "p", "li", "td", "th", "tr", "dt", "dd", "option", "thead", "tbody", "tfoot", "colgroup", "html",
    "head", "body", "br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed",
    "source", "track", "wbr", "param",
})
# fmt: on
_DEEPEST = 2_000

Node = Any  # selectolax's nodes carry few types


@dataclass(slots=True)
class _List:
    format: str
    next: int
    step: int


@dataclass(slots=True)
class _Writer:
    """Gathers inline text until a block ends."""

    blocks: list[Block] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)
    heading: int | None = None
    label: str | None = None
    kept: int = 0  # depth of <pre>

    def flush(self) -> None:
        text, self.parts = "".join(self.parts), []
        if not text.strip():
            return
        lines = text.split("\n")
        if self.heading is not None:
            lines = [" ".join(lines)]
        for line in join_soft_lines(lines):
            label, self.label = self.label, None
            if label is not None and find_label(line) is not None:
                label = None  # numbered by hand inside a list: the page hides the automatic number
            role = Role.BODY if self.heading is None else Role.HEADING
            indent = 4 * min(max(0, len(self.lists) - 1), _DEEPEST_INDENT)
            self.blocks.append(Block(line, role, self.heading, label, indent))


def looks_like(text: str, name: str) -> bool:
    """Whether a text is an HTML page: by its opening, or by its name and a tag."""
    head = text[:8_000].lstrip("\ufeff")
    at = 0
    while skipped := _PROLOGUE.match(head, at):
        at = skipped.end()
    if _OPENING.match(head, at):
        return True
    return name.lower().endswith((".html", ".htm", ".xhtml")) and bool(_ANY_TAG.search(text[:200_000]))


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a page declares in its head, in small letters."""
    match = _CHARSET.search(data[:4096])
    return match[1].decode("ascii", "ignore").lower() if match else None


def blocks(text: str) -> list[Block]:
    """The blocks of an HTML page: the main content if it is marked, without menus, forms and hidden parts."""
    from selectolax.lexbor import LexborHTMLParser

    _refuse_bottomless(text)
    page = LexborHTMLParser(text.replace("\x00", ""))
    root = _main_content(page)
    writer = _Writer()
    if root is not None:
        _walk(root, writer)
        writer.flush()
    return writer.blocks


def _refuse_bottomless(text: str) -> None:
    """The parser's time grows with the square of the nesting; no page that was written nests so deep."""
    depth = 0
    for match in _TAG.finditer(text):
        if match[2].lower() not in _NEVER_NESTED:
            depth = max(0, depth - 1) if match[1] else depth + 1
            if depth > _DEEPEST:
                raise damaged()


def _main_content(page: Any) -> Node | None:
    for selector in ("main", '[role="main"]', "article"):
        found = page.css(selector)
        if len(found) == 1 and len(found[0].text(strip=True)) >= 200:
            return found[0]
    return page.body


def _walk(root: Node, writer: _Writer) -> None:
    """Depth first without recursion: pages may nest deeper than Python's stack."""
    node: Node | None = root
    while node is not None:
        down = None
        if node.is_text_node:
            _text(node, writer)
        elif node.is_element_node and not _is_dropped(node, root):
            _enter(node, writer)
            down = node.first_child
            if down is None:
                _leave(node, writer)
        if down is not None:
            node = down
            continue
        while node is not None and node.mem_id != root.mem_id and node.next is None:
            node = node.parent
            if node is not None:
                _leave(node, writer)
        if node is None or node.mem_id == root.mem_id:
            return
        node = node.next


def _text(node: Node, writer: _Writer) -> None:
    content = node.text_content or ""
    if not writer.kept:
        content = re.sub(r"\s+", " ", content)
    writer.parts.append(content)


def _is_dropped(node: Node, root: Node) -> bool:
    tag = node.tag
    if tag in _DROPPED:
        return True
    if tag in ("body", "html", "main"):
        return False
    attributes = node.attributes
    if not attributes:
        return tag == "header" and _is_page_header(node, root)
    if "hidden" in attributes or _HIDDEN_STYLE.search((attributes.get("style") or "")[:2000]):
        return True
    if (attributes.get("role") or "") in (
        "navigation",
        "banner",
        "contentinfo",
        "complementary",
        "search",
        "dialog",
    ):
        return True
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"[:1000].lower().split()
    if any(name in _BESIDE for name in names):
        return True
    return tag == "header" and _is_page_header(node, root)


def _is_page_header(node: Node, root: Node) -> bool:
    """The header of the whole page is its masthead; the header of an article holds its title."""
    return (
        root.tag == "body"
        and node.parent is not None
        and node.parent.tag in ("body", "div")
        and not _within_article(node)
    )


def _within_article(node: Node) -> bool:
    above = node.parent
    for _ in range(40):
        if above is None:
            return False
        if above.tag in ("article", "main", "section"):
            return True
        above = above.parent
    return False


def _enter(node: Node, writer: _Writer) -> None:
    tag = node.tag
    if tag == "br":
        writer.parts.append("\n")
        return
    if tag not in _BLOCKS:
        return
    writer.flush()
    if tag in _HEADINGS:
        writer.heading = _HEADINGS[tag]
    elif tag in ("ol", "ul"):
        writer.lists.append(_open_list(node))
    elif tag == "li":
        writer.label = _next_label(node, writer)
    elif tag == "pre":
        writer.kept += 1


def _leave(node: Node, writer: _Writer) -> None:
    tag = node.tag
    if tag not in _BLOCKS:
        return
    writer.flush()
    if tag in _HEADINGS:
        writer.heading = None
    elif tag in ("ol", "ul"):
        if writer.lists:
            writer.lists.pop()
    elif tag == "li":
        writer.label = None
    elif tag == "pre":
        writer.kept -= 1


def _open_list(node: Node) -> _List:
    attributes = node.attributes
    style = _LIST_STYLE.search((attributes.get("style") or "")[:2000])
    format_ = "bullet" if node.tag == "ul" else _TYPES.get(attributes.get("type") or "1", "decimal")
    if style:
        format_ = _CSS_TYPES.get(style[1].lower(), format_)
    backwards = node.tag == "ol" and "reversed" in attributes
    count = sum(1 for each in node.iter() if each.tag == "li") if backwards else 1
    return _List(format_, _int(attributes.get("start"), count), -1 if backwards else 1)


def _next_label(node: Node, writer: _Writer) -> str | None:
    if not writer.lists:
        return BULLET
    own = writer.lists[-1]
    value = _int(node.attributes.get("value"), own.next)
    own.next = value + own.step
    if own.format == "bullet":
        return BULLET
    if own.format == "none":
        return None
    return f"{spell(value, own.format)}."


def _int(text: str | None, default: int) -> int:
    try:
        return max(-1_000_000, min(int(text or ""), 1_000_000))
    except ValueError:
        return default

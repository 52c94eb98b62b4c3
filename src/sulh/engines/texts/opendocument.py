"""OpenDocument texts (.odt) into blocks, with the list numbers that the office program prints.

Read straight from the XML (OpenDocument 1.3): deletions under tracked changes live in a list of their own and
are left out with it, as are comments, tables of contents, headers and footers; notes come last.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sulh.engines.texts.archive import Archive, Element, attribute, child, damaged, encrypted, local
from sulh.engines.texts.blocks import Block, Role, clean
from sulh.engines.texts.numbering import Counter, Level, bullet
from sulh.engines.texts.plain import join_soft_lines

# fmt: off
_LEFT_OUT = frozenset({
    "tracked-changes", "annotation", "annotation-end", "table-of-content", "illustration-index",
    "table-index", "alphabetical-index", "bibliography", "user-index", "object-index", "forms",
    "sequence-decls", "variable-decls", "user-field-decls", "ruby-text", "hidden-text",
    "hidden-paragraph", "script",
})
# fmt: on
_FORMATS = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "": "none",
}
_DEEPEST = 10
_MOST_SPACES = 80


@dataclass(slots=True)
class _Context:
    lists: dict[str, dict[int, Level]]
    parents: dict[str, tuple[str, str]]  # paragraph style -> (parent, list style)
    outline: dict[int, Level]
    counters: dict[str, Counter] = field(default_factory=dict)
    by_id: dict[str, Counter] = field(default_factory=dict)
    notes: list[Element] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    outline_counter: Counter = field(default_factory=Counter)


def blocks(archive: Archive) -> list[Block]:
    """The blocks of an .odt file. Raises Unreadable where it is encrypted or damaged."""
    manifest = archive.xml_or_none("META-INF/manifest.xml")
    if manifest is not None and any(local(each) == "encryption-data" for each in manifest.iter()):
        raise encrypted()
    content = archive.xml("content.xml")
    text = child(content, "body", "text")
    if text is None:
        raise damaged()
    context = _Context({}, {}, {})
    for root in (archive.xml_or_none("styles.xml"), content):
        for element in root if root is not None else ():
            if local(element) in ("styles", "automatic-styles"):
                _learn_styles(element, context)
    found = list(_container(text, context))
    for note in context.notes:
        found.extend(Block(block.text, Role.FOOTER) for block in _container(note, context))
    return found


def _learn_styles(element: Element, context: _Context) -> None:
    for style in element:
        name = attribute(style, "name")
        if local(style) == "list-style":
            context.lists[name] = _levels(style)
        elif local(style) == "outline-style":
            context.outline = _levels(style)
        elif local(style) == "style":
            context.parents[name] = (
                attribute(style, "parent-style-name"),
                attribute(style, "list-style-name"),
            )


def _levels(style: Element) -> dict[int, Level]:
    levels: dict[int, Level] = {}
    for each in style:
        depth = _int(attribute(each, "level"), 1) - 1
        if local(each) == "list-level-style-bullet":
            levels[depth] = Level("bullet", bullet(attribute(each, "bullet-char")))
        elif local(each) in ("list-level-style-number", "outline-level-style"):
            format_ = _FORMATS.get(attribute(each, "num-format"), "decimal")
            shown = max(1, min(_int(attribute(each, "display-levels"), 1), depth + 1))
            numbers = ".".join(f"%{place + 1}" for place in range(depth + 1 - shown, depth + 1))
            pattern = f"{attribute(each, 'num-prefix')}{numbers}{attribute(each, 'num-suffix')}"
            levels[depth] = Level(format_, pattern, _int(attribute(each, "start-value"), 1))
    return levels


def _int(text: str, default: int) -> int:
    try:
        return max(0, min(int(text), 1_000_000))
    except ValueError:
        return default


def _container(element: Element, context: _Context) -> Iterator[Block]:
    for each in element:
        name = local(each)
        if name in _LEFT_OUT or attribute(each, "display") == "none":
            continue
        if name in ("p", "h"):
            yield from _paragraph(each, context, None, 0)
        elif name == "list":
            yield from _list(each, context, 0, "", None)
        else:  # sections, tables, rows, cells, frames, text boxes
            yield from _container(each, context)


def _list(
    element: Element, context: _Context, depth: int, inherited: str, counter: Counter | None
) -> Iterator[Block]:
    if depth > _DEEPEST:
        return
    style = attribute(element, "style-name") or inherited
    if counter is None:
        counter = _counter(element, context, style)
    levels = context.lists.get(style, {})
    for item in element:
        if local(item) not in ("list-item", "list-header"):
            continue
        start = attribute(item, "start-value")
        if start:
            counter.values[depth] = _int(start, 1) - 1
        fresh = local(item) == "list-item"  # only the first paragraph of an item is numbered
        for each in item:
            if local(each) == "list":
                if fresh:
                    counter.values.setdefault(depth, 0)
                yield from _list(each, context, depth + 1, style, counter)
            elif local(each) in ("p", "h"):
                label = ""
                if fresh:
                    own = levels or context.lists.get(_list_style_of(each, context), {})
                    label = counter.step(depth, own)
                    fresh = False
                yield from _paragraph(each, context, label or None, depth)
            else:
                yield from _container(each, context)


def _counter(element: Element, context: _Context, style: str) -> Counter:
    before = context.by_id.get(attribute(element, "continue-list"))
    if before is None and attribute(element, "continue-numbering") == "true":
        before = context.counters.get(style)
    counter = before or Counter()
    context.counters[style] = counter
    identity = attribute(element, "id")
    if identity:
        context.by_id[identity] = counter
    return counter


def _ancestry(element: Element, context: _Context) -> Iterator[tuple[str, str]]:
    name = attribute(element, "style-name")
    for _ in range(_DEEPEST):
        parent, list_style = context.parents.get(name, ("", ""))
        yield name, list_style
        if not parent:
            return
        name = parent


def _list_style_of(element: Element, context: _Context) -> str:
    return next((own for _, own in _ancestry(element, context) if own), "")


def _paragraph(element: Element, context: _Context, label: str | None, depth: int) -> Iterator[Block]:
    parts: list[str] = []
    first_box = len(context.boxes)
    _collect(element, parts, context)
    boxes = context.boxes[first_box:]
    del context.boxes[first_box:]
    text = "".join(parts)
    if text.strip():
        role, level = Role.BODY, None
        if local(element) == "h":
            role, level = Role.HEADING, max(1, _int(attribute(element, "outline-level"), 1))
            if label is None and attribute(element, "is-list-header") != "true":
                label = context.outline_counter.step(level - 1, context.outline) if context.outline else None
        elif any(name in ("Title", "Subtitle") for name, _ in _ancestry(element, context)):
            role = Role.TITLE
        lines = text.split("\n")
        if role is not Role.BODY:
            lines = [" ".join(lines)]
        for place, line in enumerate(join_soft_lines(lines)):
            yield Block(clean(line), role, level, (label or None) if place == 0 else None, indent=4 * depth)
    for box in boxes:
        yield from _container(box, context)


def _collect(element: Element, parts: list[str], context: _Context) -> None:
    parts.append(_collapsed(element.text))
    for each in element:
        name = local(each)
        if name == "note":
            body = child(each, "note-body")
            if body is not None:
                context.notes.append(body)
        elif name == "text-box":
            context.boxes.append(each)
        elif name == "s":
            parts.append(" " * min(_int(attribute(each, "c"), 1), _MOST_SPACES))
        elif name == "tab":
            parts.append("\t")
        elif name == "line-break":
            parts.append("\n")
        elif name and name not in _LEFT_OUT:
            _collect(each, parts, context)
        parts.append(_collapsed(each.tail))


def _collapsed(text: str | None) -> str:
    """White space in the XML itself is one space."""
    return text.replace("\n", " ").replace("\r", " ") if text else ""

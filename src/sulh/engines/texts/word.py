"""Word documents (.docx) into blocks, in the order of the document, with the numbers that Word prints.

Read straight from the XML (ECMA-376): what was deleted under tracked changes, hidden text, tables of
contents, comments, headers and footers are left out; insertions, links and text boxes are kept; notes come
last.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sulh.engines.texts.archive import Archive, Element, attribute, child, damaged, local
from sulh.engines.texts.blocks import Block, Role, clean
from sulh.engines.texts.numbering import Counter, Level, bullet
from sulh.engines.texts.plain import join_soft_lines

# fmt: off
_LEFT_OUT = frozenset({
    "del", "moveFrom", "delText", "instrText", "Fallback", "pPr", "rPr", "sectPr", "annotationRef",
    "commentReference", "footnoteReference", "endnoteReference", "footnoteRef", "endnoteRef", "rt",
})
# fmt: on
# fmt: off
_WRAPPERS = frozenset({
    "ins", "moveTo", "sdt", "sdtContent", "customXml", "smartTag", "body", "AlternateContent", "Choice",
    "docPartBody",
})
# fmt: on
_HEADING_NAMES = ("heading ", "überschrift ", "titre ", "título ")
_DEEPEST_STYLE = 12


@dataclass(frozen=True, slots=True)
class _Style:
    name: str = ""
    based_on: str = ""
    outline: int | None = None
    num: str | None = None
    level: int | None = None


@dataclass(slots=True)
class _Num:
    abstract: str
    levels: dict[int, Level]
    restarts: dict[int, int]  # level -> start, where this list begins anew
    used: bool = False


@dataclass(slots=True)
class _Context:
    styles: dict[str, _Style]
    default_style: str
    nums: dict[str, _Num]
    counters: dict[str, Counter] = field(default_factory=dict)
    boxes: list[Element] = field(default_factory=list)
    carried: list[str] = field(default_factory=list)  # a paragraph whose end mark was deleted runs on


def blocks(archive: Archive) -> list[Block]:
    """The blocks of a .docx file. Raises Unreadable where it is damaged."""
    main = _main_part(archive)
    folder = main.rpartition("/")[0]
    prefix = folder + "/" if folder else ""
    body = child(archive.xml(main), "body")
    if body is None:
        raise damaged()
    styles, default = _styles(archive.xml_or_none(prefix + "styles.xml"))
    context = _Context(styles, default, _numbering(archive.xml_or_none(prefix + "numbering.xml"), styles))
    found = list(_container(body, context))
    for part in ("footnotes.xml", "endnotes.xml"):
        found.extend(_notes(archive.xml_or_none(prefix + part), context))
    return found


def _main_part(archive: Archive) -> str:
    relations = archive.xml_or_none("_rels/.rels")
    for relation in relations if relations is not None else ():
        if attribute(relation, "Type").endswith("/officeDocument"):
            target = attribute(relation, "Target").lstrip("/")
            if target in archive.names:
                return target
    if "word/document.xml" in archive.names:
        return "word/document.xml"
    raise damaged()


# --- styles and numbering -------------------------------------------------------------------------------


def _styles(root: Element | None) -> tuple[dict[str, _Style], str]:
    styles: dict[str, _Style] = {}
    default = ""
    for element in root if root is not None else ():
        if local(element) != "style" or attribute(element, "type") not in ("paragraph", ""):
            continue
        identity = attribute(element, "styleId")
        properties = child(element, "pPr")
        styles[identity] = _Style(
            attribute(child(element, "name"), "val").lower(),
            attribute(child(element, "basedOn"), "val"),
            _int(attribute(child(properties, "outlineLvl"), "val")),
            attribute(child(properties, "numPr", "numId"), "val") or None,
            _int(attribute(child(properties, "numPr", "ilvl"), "val")),
        )
        if attribute(element, "default") in ("1", "true"):
            default = identity
    return styles, default


def _chain(styles: dict[str, _Style], identity: str) -> Iterator[_Style]:
    for _ in range(_DEEPEST_STYLE):
        style = styles.get(identity)
        if style is None:
            return
        yield style
        identity = style.based_on


def _numbering(root: Element | None, styles: dict[str, _Style]) -> dict[str, _Num]:
    abstracts: dict[str, dict[int, Level]] = {}
    links: dict[str, str] = {}  # an abstract list may stand for a list style elsewhere
    style_lists: dict[str, str] = {}
    elements = list(root) if root is not None else []
    for element in elements:
        if local(element) == "abstractNum":
            identity = attribute(element, "abstractNumId")
            abstracts[identity] = {
                depth: level for each in element if local(each) == "lvl" for depth, level in [_level(each)]
            }
            if link := attribute(child(element, "numStyleLink"), "val"):
                links[identity] = link
            if own := attribute(child(element, "styleLink"), "val"):
                style_lists[own] = identity
    nums: dict[str, _Num] = {}
    for element in elements:
        if local(element) != "num":
            continue
        abstract = attribute(child(element, "abstractNumId"), "val")
        abstract = style_lists.get(links.get(abstract, ""), abstract)
        levels = dict(abstracts.get(abstract, {}))
        restarts: dict[int, int] = {}
        for override in element:
            if local(override) != "lvlOverride":
                continue
            depth = _int(attribute(override, "ilvl")) or 0
            own_level = child(override, "lvl")
            if own_level is not None:
                levels[depth] = _level(own_level)[1]
            start = _int(attribute(child(override, "startOverride"), "val"))
            if start is not None:
                restarts[depth] = start
        nums[attribute(element, "numId")] = _Num(abstract, levels, restarts)
    return nums


def _level(element: Element) -> tuple[int, Level]:
    format_ = attribute(child(element, "numFmt"), "val", "decimal")
    pattern = attribute(child(element, "lvlText"), "val")
    start = _int(attribute(child(element, "start"), "val"))
    legal = child(element, "isLgl")
    return _int(attribute(element, "ilvl")) or 0, Level(
        format_,
        bullet(pattern) if format_ == "bullet" else pattern,
        1 if start is None else start,
        _int(attribute(child(element, "lvlRestart"), "val")),
        legal is not None and attribute(legal, "val", "1") not in ("0", "false"),
    )


def _int(text: str) -> int | None:
    try:
        return max(-1, min(int(text), 1_000_000))
    except ValueError:
        return None


# --- paragraphs -----------------------------------------------------------------------------------------


def _container(element: Element, context: _Context) -> Iterator[Block]:
    """The blocks in a body, cell, note or text box."""
    for each in element:
        name = local(each)
        if name == "p":
            yield from _paragraph(each, context)
        elif name == "tbl":
            for cell in _cells(each):
                yield from _container(cell, context)
        elif name == "sdt" and _is_contents(each):
            continue
        elif name in _WRAPPERS:
            yield from _container(each, context)


def _cells(table: Element) -> Iterator[Element]:
    for row in table:
        if local(row) in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _cells(row)
        elif local(row) == "tr" and child(row, "trPr", "del") is None:
            for cell in row:
                if local(cell) == "tc":
                    yield cell
                elif local(cell) in ("sdt", "sdtContent", "customXml"):
                    yield from _cells_in_row(cell)


def _cells_in_row(element: Element) -> Iterator[Element]:
    for each in element:
        if local(each) == "tc":
            yield each
        elif local(each) in ("sdtContent", "sdt", "customXml"):
            yield from _cells_in_row(each)


def _is_contents(element: Element) -> bool:
    gallery = attribute(child(element, "sdtPr", "docPartObj", "docPartGallery"), "val")
    return gallery.lower() == "table of contents"


def _paragraph(element: Element, context: _Context) -> Iterator[Block]:
    properties = child(element, "pPr")
    identity = attribute(child(properties, "pStyle"), "val") or context.default_style
    chain = list(_chain(context.styles, identity))
    first_box = len(context.boxes)
    parts = context.carried
    context.carried = []
    _collect(element, parts, context)
    if child(properties, "rPr", "del") is not None:
        context.carried = parts
        return
    text = "".join(parts)
    boxes = context.boxes[first_box:]
    del context.boxes[first_box:]
    if text.strip() and not any(style.name.startswith("toc ") for style in chain):
        label, depth = _label(properties, chain, context)
        role, level = _role(properties, chain)
        lines = text.split("\n")
        if role is not Role.BODY:
            lines = [" ".join(lines)]
        for place, line in enumerate(join_soft_lines(lines)):
            own = label if place == 0 or label is None else None
            yield Block(clean(line), role, level, own, indent=4 * depth)
    for box in boxes:
        yield from _container(box, context)


def _role(properties: Element | None, chain: list[_Style]) -> tuple[Role, int | None]:
    outline = _int(attribute(child(properties, "outlineLvl"), "val"))
    for style in chain:
        if style.name in ("title", "subtitle"):
            return Role.TITLE, None
        if style.name.startswith(_HEADING_NAMES):
            number = _int(style.name.rpartition(" ")[2])
            return Role.HEADING, number or 1
        if outline is None:
            outline = style.outline
    if outline is not None and 0 <= outline < 9:
        return Role.HEADING, outline + 1
    return Role.BODY, None


def _label(properties: Element | None, chain: list[_Style], context: _Context) -> tuple[str | None, int]:
    """The printed number of a paragraph and its level; None where Word numbers nothing."""
    numbering = child(properties, "numPr")
    num = attribute(child(numbering, "numId"), "val") or None
    depth = _int(attribute(child(numbering, "ilvl"), "val"))
    for style in chain:
        num = num if num is not None else style.num
        depth = depth if depth is not None else style.level
    depth = max(0, min(depth or 0, 8))
    own = context.nums.get(num or "0")
    if own is None:
        return None, 0
    counter = context.counters.setdefault(own.abstract, Counter())
    if not own.used:
        own.used = True
        for level, start in own.restarts.items():
            counter.values[level] = start - 1
    # the built-in styles "List Bullet 2" and so on indent without using the list's own levels
    named = next((_int(style.name[-1]) or 1 for style in chain if style.name.startswith("list ")), 1)
    return counter.step(depth, own.levels) or None, max(depth, named - 1)


def _collect(element: Element, parts: list[str], context: _Context) -> None:
    """The text of a paragraph's runs, soft breaks as newlines; text boxes are set aside."""
    for each in element:
        name = local(each)
        if name == "t":
            parts.append(each.text or "")
        elif name in _LEFT_OUT:
            continue
        elif name == "txbxContent":
            context.boxes.append(each)
        elif name in ("tab", "ptab"):
            parts.append("\t")
        elif name in ("br", "cr"):
            parts.append("\n")
        elif name == "noBreakHyphen":
            parts.append("-")
        elif name == "r" and _is_hidden(each):
            continue
        else:
            _collect(each, parts, context)


def _is_hidden(run: Element) -> bool:
    vanish = child(run, "rPr", "vanish")
    return vanish is not None and attribute(vanish, "val", "1") not in ("0", "false")


def _notes(root: Element | None, context: _Context) -> Iterator[Block]:
    for note in root if root is not None else ():
        if attribute(note, "type") in ("", "normal"):
            for block in _container(note, context):
                yield Block(block.text, Role.FOOTER)

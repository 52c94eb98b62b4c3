"""Blocks into passages: which part of a declaration each is, and what it stands under."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sulh.engines.texts import shapes
from sulh.engines.texts.blocks import Block, Role
from sulh.engines.texts.document import Passage, PassageKind, Span
from sulh.engines.texts.labels import Label, Reading, find_label, plain_digits, roman

_INLINE = re.compile(
    r"(?:(?<=[:;,.])|(?<=[:;,] and)|(?<=[:;,] or))\s+"
    r"(?P<label>\((?P<in>[a-z]|[ivx]{2,5}|\d{1,2})\)|(?P<half>[a-z]|[ivx]{2,5}|\d{1,2})\)|(?P<dot>\d{1,2})\.(?=\s+[A-Z]))\s+(?=\S)"
)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a block that becomes one passage. start and end are places in the document's text."""

    text: str
    start: int
    end: int
    label: Label | None
    block: Block
    printed: str = ""
    lead: int = 0  # how far the content stands behind the label


@dataclass(slots=True)
class _Frame:
    """One open list: how it is numbered, how far it has come, and the passage that was its last item."""

    reading: Reading
    indent: int
    fixed: bool
    index: int


@dataclass(slots=True)
class _State:
    passages: list[Passage] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    headings: list[tuple[int, int]] = field(default_factory=list)
    frames: list[_Frame] = field(default_factory=list)
    chapeau: int | None = None
    bare_list: bool = False  # the list under the chapeau (or last clause) has no labels
    announcer: int | None = None
    suspended: tuple[list[_Frame], int | None] | None = None

    def add(self, kind: PassageKind, piece: _Piece, depth: int = 0, parent: int | None = None) -> int:
        span = Span(piece.start, piece.end)
        self.passages.append(Passage(kind, span, piece.printed, depth, parent, piece.block.page))
        self.texts.append(piece.text)
        return len(self.passages) - 1

    @property
    def heading(self) -> int | None:
        return self.headings[-1][1] if self.headings else None

    def close_lists(self) -> None:
        self.frames, self.chapeau, self.announcer = [], None, None
        self.bare_list, self.suspended = False, None


def split(blocks: Sequence[Block]) -> tuple[str, tuple[Passage, ...]]:
    """The canonical text of the blocks (one line each) and the passages in it."""
    text, pieces = _lay_out(blocks)
    kinds = _outer_parts(pieces)
    state = _State()
    first_structure = next((i for i, piece in enumerate(pieces) if _is_structure(piece, kinds[i])), None)
    for i, piece in enumerate(pieces):
        kind = kinds[i]
        if kind in (PassageKind.FOOTER, PassageKind.SIGNATURE, PassageKind.PARTICIPANTS):
            if kind is not PassageKind.FOOTER:
                state.close_lists()
            state.add(kind, piece)
        elif kind is PassageKind.TITLE:
            state.add(kind, piece)
        else:
            _place(
                state, pieces, kinds, i, before_structure=first_structure is not None and i < first_structure
            )
    return text, tuple(state.passages)


# --- laying out the text --------------------------------------------------------------------------------


def _lay_out(blocks: Sequence[Block]) -> tuple[str, list[_Piece]]:
    lines: list[str] = []
    pieces: list[_Piece] = []
    at = 0
    for block in blocks:
        if not block.text and not block.label:
            continue
        label = None
        if block.label:
            line = f"{block.label} {block.text}".rstrip()
            printed, content = block.label, len(block.label) + 1
            label = find_label(line) or Label(block.label, content, (Reading("other", 0),))
            label = replace(label, weak=False)
        else:
            line, printed, content = block.text, "", 0
            if block.label is None and block.role in (Role.BODY, Role.HEADING):
                label = find_label(line)
                if label is not None and label.length < len(line):
                    printed, content = line[: len(label.text)], label.length
                else:
                    label = None
        lines.append(line)
        if content < len(line):
            pieces.extend(_inline_items(line, at, content, label, printed, block))
        at += len(line) + 1
    return "\n".join(lines), pieces


def _inline_items(
    line: str, at: int, content: int, label: Label | None, printed: str, block: Block
) -> list[_Piece]:
    """The pieces of one line: a sentence may carry a whole list, "that: (a) …; (b) …; and (c) …"."""
    whole = [_Piece(line[content:], at + content, at + len(line), label, block, printed, content)]
    if block.role is not Role.BODY:
        return whole
    cuts = _inline_run(line, content)
    if len(cuts) < 2:
        return whole
    pieces: list[_Piece] = []
    start, own, own_printed = content, label, printed
    for cut in [*cuts, None]:
        end = len(line) if cut is None else cut.start("label")
        body = line[start:end].rstrip()
        if body:
            lead = content if start == content else 0
            pieces.append(_Piece(body, at + start, at + start + len(body), own, block, own_printed, lead))
        if cut is not None:
            start = cut.end()
            own, own_printed = find_label(line[cut.start("label") : cut.end() + 12]), cut["label"]
    return pieces


def _inline_run(line: str, content: int) -> list[re.Match[str]]:
    run: list[re.Match[str]] = []
    expected = 1
    shape = ""
    for match in _INLINE.finditer(line, content):
        shape_here = "in" if match["in"] else "half" if match["half"] else "dot"
        body = match[shape_here]
        values = {int(body)} if body.isdigit() else {ord(body[0]) - 96} if len(body) == 1 else set()
        values |= {roman(body) or 0}
        if expected in values and (not run or shape_here == shape):
            run.append(match)
            shape = shape_here
            expected += 1
    return run


# --- title, participants, signatures, footers -----------------------------------------------------------


def _outer_parts(pieces: Sequence[_Piece]) -> list[PassageKind | None]:
    kinds: list[PassageKind | None] = [None] * len(pieces)
    for i, piece in enumerate(pieces):
        if piece.block.role is Role.FOOTER:
            kinds[i] = PassageKind.FOOTER
    _mark_titles(pieces, kinds)
    _mark_participants(pieces, kinds)
    _mark_signatures(pieces, kinds)
    return kinds


def _mark_titles(pieces: Sequence[_Piece], kinds: list[PassageKind | None]) -> None:
    """The first line is the title if it only names; capitals and a line of place and date go with it."""
    candidates = [i for i, kind in enumerate(kinds) if kind is None]
    marked = [i for i in candidates if pieces[i].block.role is Role.TITLE]
    if not marked and len(candidates) > 1:
        first, second = pieces[candidates[0]], pieces[candidates[1]]
        if _is_title(first, second) and not _is_one_theme_of_several(first, pieces):
            marked = [candidates[0]]
            if _goes_with_title(first, second, pieces[candidates[2]] if len(candidates) > 2 else None):
                marked.append(candidates[1])
    for i in marked:
        kinds[i] = PassageKind.TITLE
    if marked and marked[-1] + 1 < len(pieces):
        below = marked[-1] + 1
        if kinds[below] is None and pieces[below].label is None and _is_place_and_date(pieces[below].text):
            kinds[below] = PassageKind.TITLE


def _is_title(piece: _Piece, following: _Piece) -> bool:
    text = piece.text
    if piece.label is not None or len(text) > 220 or len(shapes.words(text)) > 32:
        return False
    if piece.block.role is Role.HEADING:
        return True
    if shapes.is_terminated(text) or shapes.ends_with_colon(text) or shapes.opens_participants(text):
        return False
    if shapes.is_capitals(text) or shapes.is_title_case(text):
        return True
    return shapes.names_only(text) and not shapes.starts_lower(text) and len(following.text) >= 25


def _is_one_theme_of_several(piece: _Piece, pieces: Sequence[_Piece]) -> bool:
    """A heading with others of its rank is a theme, not the title."""
    return piece.block.role is Role.HEADING and any(
        other is not piece and other.block.role is Role.HEADING and other.block.level == piece.block.level
        for other in pieces
    )


def _goes_with_title(title: _Piece, below: _Piece, after: _Piece | None) -> bool:
    """A second line in capitals, unless a list follows it and makes it the first theme."""
    return (
        below.label is None
        and below.block.role is Role.BODY
        and shapes.is_capitals(title.text)
        and shapes.is_capitals(below.text)
        and not shapes.ends_with_colon(below.text)
        and (after is None or after.label is None)
    )


_DATE = re.compile(r"\b(?:19|20)\d\d\b")


def _is_place_and_date(text: str) -> bool:
    return bool(_DATE.search(plain_digits(text))) and len(text) <= 90 and not shapes.is_terminated(text)


def _mark_participants(pieces: Sequence[_Piece], kinds: list[PassageKind | None]) -> None:
    inside = False
    for i, piece in enumerate(pieces):
        if kinds[i] is not None:
            continue
        text = piece.text
        opens = shapes.opens_participants(text) and not shapes.is_terminated(text)
        if opens and _next_is_person(pieces, i):
            kinds[i], inside = PassageKind.PARTICIPANTS, True
        elif inside and _stays_among_persons(pieces, i):
            kinds[i] = PassageKind.PARTICIPANTS
        else:
            inside = False
            if shapes.names_persons(text):
                kinds[i] = PassageKind.PARTICIPANTS
    _mark_runs_of_persons(pieces, kinds)


def _next_is_person(pieces: Sequence[_Piece], i: int) -> bool:
    ahead = [piece for piece in pieces[i + 1 : i + 4] if piece.block.role is not Role.FOOTER][:2]
    return bool(ahead) and all(
        shapes.is_person(piece.text) or shapes.opens_participants(piece.text) for piece in ahead
    )


def _stays_among_persons(pieces: Sequence[_Piece], i: int) -> bool:
    piece = pieces[i]
    if piece.block.role in (Role.HEADING, Role.TITLE):
        return False
    if not shapes.is_person(piece.text):
        # an affiliation on a line of its own, between persons
        return (
            len(shapes.words(piece.text)) <= 12
            and not shapes.is_terminated(piece.text)
            and not shapes.ends_with_colon(piece.text)
            and i + 1 < len(pieces)
            and shapes.has_honorific(pieces[i + 1].text)
        )
    return piece.label is not None or shapes.has_honorific(piece.text) or not shapes.is_capitals(piece.text)


def _mark_runs_of_persons(pieces: Sequence[_Piece], kinds: list[PassageKind | None]) -> None:
    """Three titled persons in a row are a list of persons even where no heading says so."""
    run: list[int] = []
    for i in range(len(pieces) + 1):
        if i < len(pieces) and kinds[i] is PassageKind.FOOTER:
            continue
        if (
            i < len(pieces)
            and kinds[i] is None
            and shapes.has_honorific(pieces[i].text)
            and shapes.is_person(pieces[i].text)
        ):
            run.append(i)
            continue
        if len(run) >= 3:
            for j in run:
                kinds[j] = PassageKind.PARTICIPANTS
        run = []


def _mark_signatures(pieces: Sequence[_Piece], kinds: list[PassageKind | None]) -> None:
    """From "Signed …" in the last part on: short lines to the end, or until a theme is taken up again."""
    begin = max(1, len(pieces) // 2)
    inside = False
    for i in range(begin, len(pieces)):
        piece = pieces[i]
        if kinds[i] is PassageKind.FOOTER:
            continue
        if kinds[i] is None and shapes.opens_signature(piece.text) and not _asks_something(piece):
            kinds[i], inside = PassageKind.SIGNATURE, True
        elif inside and kinds[i] is None and _is_signatory(piece):
            kinds[i] = PassageKind.SIGNATURE
        elif kinds[i] is None:
            inside = False


def _asks_something(piece: _Piece) -> bool:
    return piece.label is not None and len(shapes.words(piece.text)) > 8


def _is_signatory(piece: _Piece) -> bool:
    if piece.block.role in (Role.HEADING, Role.TITLE):
        return False
    return len(shapes.words(piece.text)) <= 14 and (
        shapes.is_person(piece.text) or shapes.names_only(piece.text)
    ) and (piece.label is None or shapes.is_person(piece.text))  # fmt: skip


# --- headings, chapeaux, clauses, items, paragraphs -----------------------------------------------------


def _is_structure(piece: _Piece, kind: PassageKind | None) -> bool:
    return kind is None and (
        (piece.label is not None and not piece.label.weak)
        or piece.block.role is Role.HEADING
        or shapes.ends_with_colon(piece.text)
    )


def _place(
    state: _State,
    pieces: Sequence[_Piece],
    kinds: Sequence[PassageKind | None],
    i: int,
    before_structure: bool,
) -> None:
    piece = pieces[i]
    after = _following(pieces, kinds, i)
    if piece.block.role is Role.HEADING:
        _place_heading(state, piece, piece.block.level or 1)
        return
    label = piece.label
    if label is not None and label.weak and not _has_neighbour(state, label, after):
        piece, label = _unlabelled(piece), None
    if label is not None:
        if _is_numbered_heading(state, piece, label, after):
            _place_heading(state, piece, 1)
        else:
            _place_labelled(state, piece, label)
        return
    if _is_plain_heading(state, piece, after):
        _place_heading(state, piece, 1 if shapes.is_capitals(piece.text) else 2)
        return
    _place_unlabelled(state, piece, after, before_structure)


def _following(pieces: Sequence[_Piece], kinds: Sequence[PassageKind | None], i: int) -> _Piece | None:
    for j in range(i + 1, min(i + 12, len(pieces))):
        if kinds[j] is None:
            return pieces[j]
        if kinds[j] is not PassageKind.FOOTER:
            return None
    return None


def _unlabelled(piece: _Piece) -> _Piece:
    """The piece with what looked like a label taken back into its text."""
    line = piece.block.text
    return replace(piece, text=line[: piece.lead] + piece.text, start=piece.start - piece.lead, label=None,
                   printed="", lead=0)  # fmt: skip


def _has_neighbour(state: _State, label: Label, after: _Piece | None) -> bool:
    """A letter with a full stop is a label if it begins a list, goes on from one, or the next one does."""
    for reading in label.readings:
        frames = state.frames or (state.suspended[0] if state.suspended else [])
        if any(f.reading.style == reading.style and f.reading.value + 1 == reading.value for f in frames):
            return True
        if reading.value == 1:
            return True
        if after is not None and after.label is not None:
            for other in after.label.readings:
                if other.style == reading.style and other.value == reading.value + 1:
                    return True
    return False


def _is_numbered_heading(state: _State, piece: _Piece, label: Label, after: _Piece | None) -> bool:
    """A short numbered name of a theme, with text or a list of its own below it."""
    if label.bullet or after is None or after.block.role is Role.HEADING:
        return False
    text = piece.text
    if shapes.is_terminated(text) or not shapes.names_only(text) or len(shapes.words(text)) > 9:
        return False
    if state.chapeau is not None and not shapes.is_capitals(text):
        return False
    style = label.readings[0].style
    if after.label is None:
        if any(f.reading.style == r.style and f.index == len(state.passages) - 1
               for f in state.frames for r in label.readings):  # fmt: skip
            return False
        if shapes.names_only(after.text) and not shapes.is_terminated(after.text):
            return False
        return shapes.is_title_case(text) or shapes.is_uncased(text) or "upper" in style or "word" in style
    same = any(a.style == b.style for a in label.readings for b in after.label.readings)
    return not same and ("upper" in style or "word" in style or shapes.is_capitals(text))


def _is_plain_heading(state: _State, piece: _Piece, after: _Piece | None) -> bool:
    text = piece.text
    if after is None or shapes.is_terminated(text) or not shapes.names_only(text):
        return False
    if shapes.starts_lower(text) or len(shapes.words(text)) > 12:
        return False
    if shapes.is_capitals(text):
        return True
    if shapes.ends_with_colon(text):
        return len(shapes.words(text)) <= 9 and not shapes.opens_with_subject(text)
    if after.block.role is Role.HEADING:
        return False
    if after.label is not None:
        return not any(f.reading.style == r.style and f.reading.value + 1 == r.value and f.reading.value
                       for f in state.frames for r in after.label.readings)  # fmt: skip
    if state.announcer is not None or state.bare_list:
        return False
    length = len(shapes.words(after.text[:400]))
    sentence = length >= 5 and shapes.is_terminated(after.text)
    substantial = length > 12 or sentence or shapes.ends_with_colon(after.text)
    return substantial and len(shapes.words(text)) <= 9


def _place_heading(state: _State, piece: _Piece, level: int) -> None:
    state.close_lists()
    while state.headings and state.headings[-1][0] >= level:
        state.headings.pop()
    index = state.add(PassageKind.HEADING, piece, len(state.headings), state.heading)
    state.headings.append((level, index))


def _place_labelled(state: _State, piece: _Piece, label: Label) -> None:
    if state.suspended is not None:
        frames, chapeau = state.suspended
        if not state.frames and _continues_any(frames, label):
            state.frames, state.chapeau = frames, chapeau
        state.suspended = None
    fixed = piece.block.label is not None
    level, reading = _find_level(state, piece, label, fixed)
    del state.frames[level:]
    if state.frames:
        parent: int | None = state.frames[-1].index
        depth = state.passages[state.frames[-1].index].depth + 1
    elif state.chapeau is not None:
        parent, depth = state.chapeau, state.passages[state.chapeau].depth + 1
    else:
        parent, depth = state.heading, 0
    kind = PassageKind.ITEM if label.bullet or state.frames else PassageKind.CLAUSE
    index = state.add(kind, piece, depth, parent)
    state.frames.append(_Frame(reading, piece.block.indent, fixed, index))
    state.bare_list = False
    state.announcer = index if shapes.ends_with_colon(piece.text) else None


def _continues_any(frames: Sequence[_Frame], label: Label) -> bool:
    return any(
        frame.reading.style == reading.style and (label.bullet or frame.reading.value + 1 == reading.value)
        for frame in frames
        for reading in label.readings
    )


def _find_level(state: _State, piece: _Piece, label: Label, fixed: bool) -> tuple[int, Reading]:
    """How many open lists stay open above this label, and how the label is to be read."""
    frames = state.frames
    indent = piece.block.indent

    def fits(frame: _Frame, reading: Reading) -> bool:
        if frame.reading.style != reading.style:
            return False
        if frame.fixed and fixed:
            return frame.indent == indent
        if label.bullet:
            return abs(frame.indent - indent) <= 1
        return frame.reading.components == reading.components

    if label.readings[0].components > 1:
        return _find_multi_level(frames, label.readings[0])
    for level in range(len(frames) - 1, -1, -1):  # it goes on from an open list
        for reading in label.readings:
            if fits(frames[level], reading) and (
                label.bullet or frames[level].reading.value + 1 == reading.value
            ):
                return level, reading
    opening = [reading for reading in label.readings if reading.value == 1]
    if frames and opening and state.announcer == frames[-1].index:  # restarts under "…:"
        return len(frames), opening[0]
    for level in range(len(frames) - 1, -1, -1):  # same look, out of step: still a sibling
        for reading in label.readings:
            if fits(frames[level], reading):
                return level, reading
    reading = opening[-1] if opening else label.readings[0]
    if fixed:
        while frames and frames[-1].fixed and frames[-1].indent > indent:
            frames.pop()
    elif label.bullet:
        while frames and frames[-1].reading.style.startswith("bullet") and frames[-1].indent > indent + 1:
            frames.pop()
    return len(frames), reading


def _find_multi_level(frames: Sequence[_Frame], reading: Reading) -> tuple[int, Reading]:
    for level, frame in enumerate(frames):
        if frame.reading.style == reading.style and frame.reading.components >= reading.components:
            return level, reading
    return len(frames), reading


def _place_unlabelled(state: _State, piece: _Piece, after: _Piece | None, before_structure: bool) -> None:
    text = piece.text
    colon = shapes.ends_with_colon(text)
    if state.announcer is not None and not colon and _is_bare_item(state, text):
        above = state.passages[state.announcer]
        state.add(PassageKind.ITEM, piece, above.depth + 1, state.announcer)
        state.bare_list = True
        return
    opens_list = (
        after is not None
        and after.label is not None
        and any(reading.value <= 1 for reading in after.label.readings)
    )
    chapeau = colon or (opens_list and (not shapes.is_terminated(text) or shapes.announces(text)))
    suspended = (state.frames, state.chapeau) if state.frames else state.suspended
    if before_structure and not chapeau:
        kind = PassageKind.PREAMBLE
    else:
        kind = PassageKind.PARAGRAPH
    state.frames, state.chapeau, state.bare_list, state.announcer = [], None, False, None
    index = state.add(kind, piece, 0, state.heading)
    if chapeau:
        state.chapeau = index
        state.announcer = index if colon else None
    state.suspended = None if chapeau else suspended


def _is_bare_item(state: _State, text: str) -> bool:
    if not shapes.is_list_like(text):
        return False
    if state.bare_list and shapes.continues_list(state.texts[-1]):
        return True
    return len(shapes.words(text[:800])) <= 60

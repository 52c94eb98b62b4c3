"""What a programme folder says of documents and transfer acts: ``texts/*.md`` and ``transfers.toml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pydantic import Field, field_validator

from sulh.engines import texts
from sulh.kernel.access import Viewer
from sulh.kernel.actions import Kept
from sulh.kernel.folders import Folder, Section, Strict, checked
from sulh.rooms.carry import actions
from sulh.rooms.carry.addressees import CODES
from sulh.rooms.carry.enums import (
    AskKind,
    Direction,
    DocumentKind,
    Evidence,
    RecipientCategory,
    RecipientLevel,
    Relation,
    ResponseKind,
    Strategy,
)
from sulh.rooms.programme.folder import Dated, Key
from sulh.rooms.programme.models import Programme

TRANSFERS = "transfers.toml"


class AskTable(Strict):
    text: str = Field(min_length=1)
    to: list[str] = []
    themes: list[str] = []
    verb: str = Field("", max_length=40)
    lineage: Key | None = None
    lineage_title: str = ""
    relation: Relation = Relation.REPEATS


class TextHead(Dated):
    key: Key
    round: str = ""
    title: str = Field(min_length=1, max_length=300)
    kind: DocumentKind = DocumentKind.JOINT_DECLARATION
    date: str = ""
    public: bool = False
    own_words: bool = False
    sources: list[str] = []
    asks: list[AskTable] = []
    welcomes: list[AskTable] = []


class ResponseTable(Dated):
    kind: ResponseKind
    evidence: Evidence
    date: str


class TransferTable(Dated):
    key: Key
    round: str = ""
    lineages: list[Key] = Field(min_length=1)
    side: str
    direction: Direction
    strategy: Strategy
    recipient_category: RecipientCategory
    recipient_level: RecipientLevel
    date: str = Field(min_length=4)
    responses: list[ResponseTable] = []
    sources: list[str] = []

    @field_validator("lineages")
    @classmethod
    def are_distinct(cls, value: list[str]) -> list[str]:
        if len(set(value)) != len(value):
            raise ValueError("a lineage is named twice")
        return value


class TransfersFile(Strict):
    transfers: list[TransferTable] = []


@dataclass(frozen=True, slots=True)
class Content:
    """The parsed documents, each with what to keep of it, and the transfer acts."""

    documents: list[tuple[TextHead, texts.Document, list[dict[str, Any]]]]
    transfers: list[TransferTable]


def read(folder: Folder) -> Content:
    """Read and check the documents and transfer acts; both may be absent."""
    documents = []
    for path in sorted((folder.path / "texts").glob("*.md")):
        if (one := _read_text(folder, f"texts/{path.name}")) is not None:
            documents.append(one)
    return Content(documents, _read_transfers(folder))


def _read_text(folder: Folder, name: str) -> tuple[TextHead, texts.Document, list[dict[str, Any]]] | None:
    parts = folder.front_matter(name)
    if parts is None:
        return None
    toml, body, body_line = parts
    head = checked(folder, toml, TextHead)
    if head is None:
        return None
    folder.declare(toml, ("key",), "document", head.key)
    if head.round:
        folder.need(toml, ("round",), "round", head.round)
    try:
        document = texts.without_people(texts.parse(body, head.title))
    except texts.Unreadable as error:
        folder.fault(name, body_line, error.message, error.remedy)
        return None
    found = [
        *_found(folder, toml, document, "asks", head.asks, AskKind.ASK),
        *_found(folder, toml, document, "welcomes", head.welcomes, AskKind.WELCOME),
    ]
    return head, document, found


def _found(
    folder: Folder, toml: Any, document: texts.Document, plural: str, tables: list[AskTable], kind: AskKind
) -> list[dict[str, Any]]:
    """Return the marked asks as rows, in the order of the text; each must stand in the body exactly once."""
    sides = folder.known.get("side", set())
    rows = []
    for number, table in enumerate(tables):
        at = (plural, number)
        words = " ".join(table.text.split())
        times = document.text.count(words)
        if times != 1:
            what = "does not stand in the body" if times == 0 else f"stands in the body {times} times"
            remedy = "Copy it from the body letter by letter, long enough to be found once."
            folder.fault(toml.file, toml.line_of((*at, "text")), f"This text {what}.", remedy)
            continue
        for theme in table.themes:
            folder.need(toml, (*at, "themes"), "theme", theme)
        for code in table.to:
            known = code in CODES or re.sub(r"^government:", "", code) in sides
            if not known:
                remedy = f"Use one of {', '.join(CODES)} or government:<side>."
                folder.fault(toml.file, toml.line_of((*at, "to")), f"“{code}” is no addressee.", remedy)
        if table.lineage:
            folder.known.setdefault("lineage", set()).add(table.lineage)
        start = document.text.index(words)
        rows.append(
            {
                "kind": kind,
                "start": start,
                "end": start + len(words),
                "text": words,
                "verb": table.verb,
                "addressees": table.to,
                "themes": table.themes,
                "rule": "marked in the folder",
                "lineage": table.lineage,
                "lineage_title": table.lineage_title,
                "relation": table.relation,
            }
        )
    return rows


def _read_transfers(folder: Folder) -> list[TransferTable]:
    toml = folder.toml(TRANSFERS)
    content = checked(folder, toml, TransfersFile) if toml else None
    if toml is None or content is None:
        return []
    for number, table in enumerate(content.transfers):
        at = ("transfers", number)
        folder.declare(toml, (*at, "key"), "transfer", table.key)
        folder.need(toml, (*at, "side"), "side", table.side)
        if table.round:
            folder.need(toml, (*at, "round"), "round", table.round)
        for lineage in table.lineages:
            folder.need(toml, (*at, "lineages"), "lineage", lineage)
    return content.transfers


def write(viewer: Viewer, programme: Programme, content: Content) -> Kept:
    """Keep the documents in the order of time, so that the first ask of a lineage is its oldest; then transfers."""
    changed = False
    rounds = {one.key: one for one in programme.rounds.all()}

    def when(one: tuple[TextHead, texts.Document, list[dict[str, Any]]]) -> tuple[bool, str, str]:
        head = one[0]
        date = head.date or (rounds[head.round].when if head.round else "")
        return (not date, date, head.key)

    for head, document, rows in sorted(content.documents, key=when):
        told = {
            "round": rounds.get(head.round),
            "title": head.title,
            "kind": head.kind,
            "date": head.date,
            "is_public": head.public,
            "own_words": head.own_words,
            "sources": head.sources,
            "asks": sorted(rows, key=lambda row: row["start"]),
        }
        changed |= actions.keep_document(viewer, programme, head.key, document, told).changed
    for table in content.transfers:
        changed |= actions.keep_transfer(
            viewer, programme, table.key, table.model_dump(exclude={"key"})
        ).changed
    return Kept(programme, changed)


SECTION = Section("texts and transfers", read, write)

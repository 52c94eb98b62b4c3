"""What a programme folder says of the programme itself: ``programme.toml``."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, field_validator

from sulh.engines.asks import default_themes
from sulh.engines.calendars import PartialDate
from sulh.kernel.access import Viewer
from sulh.kernel.actions import Kept
from sulh.kernel.folders import FORMAT, Folder, Section, Strict, TomlText, checked
from sulh.rooms.programme import actions
from sulh.rooms.programme.models import Programme

FILE = "programme.toml"
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]


class Dated(Strict):
    """A table with partial dates: a value that is no date is a fault of that line."""

    @field_validator("starts", "ends", "date", "from_", "to", check_fields=False)
    @classmethod
    def is_partial_date(cls, value: str) -> str:
        if value:
            PartialDate.parse(value)
        return value


class About(Strict):
    slug: Key
    name: str = Field(min_length=1, max_length=200)
    summary: str = ""
    sources: list[str] = []


class SideTable(Strict):
    key: Key
    name: str = Field(min_length=1, max_length=120)
    forms: list[str] = []
    organisation: str = ""


class PartnerTable(Strict):
    name: str
    side: str = ""
    role: str = ""


class PhaseTable(Dated):
    key: Key
    name: str
    starts: str = Field("", alias="from")
    ends: str = Field("", alias="to")
    partners: list[PartnerTable] = []
    notes: str = ""
    sources: list[str] = []


class GroupTable(Strict):
    key: Key
    name: str
    kind: Literal["working group", "joint committee", "dialogue"] = "dialogue"
    dialogue: str = ""


class ThemeTable(Strict):
    key: Key
    name: str
    words: list[str] = []


class ProgrammeFile(Strict):
    format: Literal[1]
    programme: About
    sides: Annotated[list[SideTable], Field(min_length=2, max_length=2)]
    phases: list[PhaseTable] = []
    groups: list[GroupTable] = []
    themes: list[ThemeTable] = []


def read(folder: Folder) -> ProgrammeFile | None:
    """Read and check ``programme.toml``, and declare its sides, phases, groups and themes."""
    toml = folder.toml(FILE)
    if toml is None:
        if not folder.faults:
            folder.fault(FILE, 1, "The file is missing.", f"Write one that begins with format = {FORMAT}.")
        return None
    content = checked(folder, toml, ProgrammeFile)
    if content is None:
        return None
    for plural, kind in (("sides", "side"), ("phases", "phase"), ("groups", "group"), ("themes", "theme")):
        for number, table in enumerate(getattr(content, plural)):
            folder.declare(toml, (plural, number, "key"), kind, table.key)
    _check_sides(folder, toml, content)
    if not content.themes:
        content.themes = [ThemeTable(key=t.key, name=t.name, words=list(t.words)) for t in default_themes()]
        folder.known["theme"] = {theme.key for theme in content.themes}
    for number, phase in enumerate(content.phases):
        for other, partner in enumerate(phase.partners):
            if partner.side:
                folder.need(toml, ("phases", number, "partners", other), "side", partner.side)
    return content


def _check_sides(folder: Folder, toml: TomlText, content: ProgrammeFile) -> None:
    """A programme keeps its two sides: a folder with others is another programme, or has a slip in a key."""
    known = Programme.objects.filter(slug=content.programme.slug).first()
    if known is None:
        return
    kept = {side.key for side in known.sides.all()}
    if kept != {side.key for side in content.sides}:
        folder.fault(
            FILE,
            toml.line_of(("programme", "slug")),
            f"A programme “{known.slug}” is here already, between {' and '.join(sorted(kept))}.",
            "Give this one another slug, or its sides the keys they had.",
        )


def write(viewer: Viewer, _: Programme | None, content: ProgrammeFile) -> Kept:
    """Keep what the file says."""
    return actions.keep_programme(viewer, content.programme, content)


SECTION = Section("programme", read, write)

"""What a programme folder says of rounds: ``rounds.toml``."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sulh.kernel.access import Viewer
from sulh.kernel.actions import Kept
from sulh.kernel.folders import Folder, Section, Strict, checked
from sulh.rooms.convene import actions
from sulh.rooms.programme.folder import Dated, Key
from sulh.rooms.programme.models import Programme

FILE = "rounds.toml"


class When(Dated):
    place: str = Field("", max_length=120)
    from_: str = Field("", alias="from")
    to: str = ""
    size: dict[str, int] = {}


class Held(When):
    approximate: bool = False


class RoundTable(Strict):
    key: Key
    number: int | None = Field(None, ge=0)
    name: str = Field(min_length=1, max_length=200)
    phase: str = ""
    groups: list[str] = []
    track: Literal["", "1", "1.5", "2", "3"] = ""
    planned: When = Field(default_factory=lambda: When.model_validate({}))
    actual: Held = Field(default_factory=lambda: Held.model_validate({}))
    notes: str = ""
    sources: list[str] = []


class RoundsFile(Strict):
    rounds: list[RoundTable] = []


def read(folder: Folder) -> RoundsFile:
    """Read and check ``rounds.toml``, which may be absent, and declare its rounds."""
    toml = folder.toml(FILE)
    content = checked(folder, toml, RoundsFile) if toml else None
    if toml is None or content is None:
        return RoundsFile()
    for number, table in enumerate(content.rounds):
        at = ("rounds", number)
        folder.declare(toml, (*at, "key"), "round", table.key)
        if table.phase:
            folder.need(toml, (*at, "phase"), "phase", table.phase)
        for group in table.groups:
            folder.need(toml, (*at, "groups"), "group", group)
        for part in ("planned", "actual"):
            for side in getattr(table, part).size:
                folder.need(toml, (*at, part), "side", side)
    return content


def write(viewer: Viewer, programme: Programme, content: RoundsFile) -> Kept:
    """Keep the rounds."""
    changed = False
    for table in content.rounds:
        values = {
            "number": table.number,
            "name": table.name,
            "phase": table.phase,
            "track": table.track,
            "planned_place": table.planned.place,
            "planned_from": table.planned.from_,
            "planned_to": table.planned.to,
            "planned_sizes": table.planned.size,
            "actual_place": table.actual.place,
            "actual_from": table.actual.from_,
            "actual_to": table.actual.to,
            "actual_approximate": table.actual.approximate,
            "actual_sizes": table.actual.size,
            "notes": table.notes,
            "sources": table.sources,
        }
        changed |= actions.keep_round(viewer, programme, table.key, values, table.groups).changed
    return Kept(programme, changed)


SECTION = Section("rounds", read, write)

"""What a programme folder says of sessions: ``sessions.toml``. Points without speakers, never a person's name."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator

from sulh.engines.disclosure.levels import LINT_BLOCKS_FROM, Level, allowed
from sulh.kernel.access import Viewer
from sulh.kernel.actions import Kept, Refused
from sulh.kernel.folders import Fault, FaultyFolder, Folder, Section, Strict, TomlText, checked
from sulh.rooms.programme.folder import Dated, Key
from sulh.rooms.programme.models import Programme
from sulh.rooms.record import actions
from sulh.rooms.record.enums import MinutesKind, PointKind, SessionState

FILE = "sessions.toml"


class PointTable(Strict):
    kind: str = PointKind.CONVERGENCE.value
    text: str = Field(min_length=1, max_length=actions.POINT_LENGTH)
    theme: str = ""

    @field_validator("kind")
    @classmethod
    def is_kind(cls, value: str) -> str:
        if value not in PointKind.values:
            raise ValueError(f"“{value}” is no kind of point; the kinds are {', '.join(PointKind.values)}")
        return value


class MinutesTable(Strict):
    kind: str = MinutesKind.RAPPORTEURS_REPORT.value
    phase: Literal["draft", "with both sides"] = "draft"

    @field_validator("kind")
    @classmethod
    def is_kind(cls, value: str) -> str:
        if value not in MinutesKind.values:
            raise ValueError(
                f"“{value}” is no kind of minutes; the kinds are {', '.join(MinutesKind.values)}"
            )
        return value


class SessionTable(Dated):
    key: Key
    title: str = Field(min_length=1, max_length=200)
    level: int = Field(ge=Level.ON_THE_RECORD, le=Level.EXISTENCE_SECRET)
    track: Literal["1", "1.5", "2"] = "2"
    date: str = ""
    place: str = Field("", max_length=120)
    round: str = ""
    group: str = ""
    side: str = ""
    closed: bool = False
    points: list[PointTable] = []
    minutes: MinutesTable | None = None


class SessionsFile(Strict):
    sessions: list[SessionTable] = []


def read(folder: Folder) -> list[tuple[int, SessionTable]]:
    """Read and check ``sessions.toml``, which may be absent; each session with the line it stands on."""
    toml = folder.toml(FILE)
    content = checked(folder, toml, SessionsFile) if toml else None
    if toml is None or content is None:
        return []
    for number, table in enumerate(content.sessions):
        at = ("sessions", number)
        folder.declare(toml, (*at, "key"), "session", table.key)
        for kind in ("round", "group", "side"):
            if wanted := getattr(table, kind):
                folder.need(toml, (*at, kind), kind, wanted)
        for other, point in enumerate(table.points):
            if point.theme:
                folder.need(toml, (*at, "points", other, "theme"), "theme", point.theme)
        _check_telling(folder, toml, number, table)
        if table.side and table.minutes and table.minutes.phase != "draft":
            folder.fault(
                FILE,
                toml.line_of((*at, "minutes", "phase")),
                "This is one side’s own session, so its minutes cannot be with both.",
                "Leave the phase out, or the side.",
            )
    return [(toml.line_of(("sessions", number)), table) for number, table in enumerate(content.sessions)]


def _check_telling(folder: Folder, toml: TomlText, number: int, table: SessionTable) -> None:
    """A title or point that points to a person is a fault of its line, from the level on at which that is held back."""
    if table.level < LINT_BLOCKS_FROM or not allowed(table.level).may_record:
        return
    from sulh.engines.disclosure import lint

    texts: list[tuple[tuple[str | int, ...], str]] = [(("title",), table.title)]
    texts += [(("points", other, "text"), point.text) for other, point in enumerate(table.points)]
    for path, text in texts:
        for finding in lint(text, level=table.level):
            if finding.blocks:
                folder.fault(
                    FILE,
                    toml.line_of(("sessions", number, *path)),
                    f"“{finding.text}” points to a person, which level {table.level} holds back.",
                    f"Say it without, or set another level. {finding.neutral}".strip(),
                )


def write(viewer: Viewer, programme: Programme, content: list[tuple[int, SessionTable]]) -> Kept:
    """Keep the sessions that are not there yet.

    Raises:
        FaultyFolder: only now, with the sides' names and the register at hand, a title shows to point to a person.
    """
    changed = False
    for line, table in content:
        values = table.model_dump(exclude={"key", "closed", "points", "minutes"})
        values["state"] = SessionState.CLOSED if table.closed else SessionState.OPEN
        points = [point.model_dump() for point in table.points]
        minutes = table.minutes.model_dump() if table.minutes else None
        try:
            kept = actions.keep_session(viewer, programme, table.key, values, points, minutes)
        except Refused as error:
            fault = Fault(FILE, line, f"The session “{table.key}” cannot be kept.", str(error))
            raise FaultyFolder([fault]) from error
        changed |= kept.changed
    return Kept(programme, changed)


SECTION = Section("sessions", read, write)

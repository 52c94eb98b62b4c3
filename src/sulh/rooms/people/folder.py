"""What a programme folder says of seats: ``seats.toml``. Roles and sides only, never a person's name."""

from __future__ import annotations

from pydantic import field_validator

from sulh.kernel.access import Viewer
from sulh.kernel.actions import Kept
from sulh.kernel.folders import Folder, Section, Strict, checked
from sulh.rooms.people import actions
from sulh.rooms.people.enums import Role
from sulh.rooms.programme.folder import Key
from sulh.rooms.programme.models import Programme

FILE = "seats.toml"


class SeatTable(Strict):
    key: Key
    role: str
    side: str = ""
    groups: list[Key] = []

    @field_validator("role")
    @classmethod
    def is_role(cls, value: str) -> str:
        if value not in Role.values:
            raise ValueError(f"“{value}” is no role; the roles are {', '.join(Role.values)}")
        return value


class SeatsFile(Strict):
    demonstration: bool = False
    """Whether all this folder holds is public, so that its accounts may be opened by links alone."""
    seats: list[SeatTable] = []


def read(folder: Folder) -> SeatsFile:
    """Read and check ``seats.toml``, which may be absent."""
    toml = folder.toml(FILE)
    content = checked(folder, toml, SeatsFile) if toml else None
    if toml is None or content is None:
        return SeatsFile()
    for number, seat in enumerate(content.seats):
        folder.declare(toml, ("seats", number, "key"), "seat", seat.key)
        if seat.side:
            folder.need(toml, ("seats", number, "side"), "side", seat.side)
        for group in seat.groups:
            folder.need(toml, ("seats", number, "groups"), "group", group)
    return content


def write(viewer: Viewer, programme: Programme, content: SeatsFile) -> Kept:
    """Keep the seats, and make an account for each that has none."""
    kept = [
        actions.keep_seat(
            viewer,
            programme,
            f"{programme.slug}/{seat.key}",
            seat.role,
            seat.side,
            is_demo=content.demonstration,
            groups=seat.groups,
        )
        for seat in content.seats
    ]
    return Kept(programme, any(one.changed for one in kept))


SECTION = Section("seats", read, write)

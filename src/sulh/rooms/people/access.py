"""Who may give seats, keep the register of a side, guard its vault, and see an opening."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import rules

from sulh.kernel.access import Hidden, Viewer, is_system
from sulh.kernel.vault.models import Opening, SealedRecord
from sulh.rooms.people.models import Person
from sulh.rooms.people.seats import side_of
from sulh.rooms.programme.access import DESK, LEADS
from sulh.rooms.programme.models import Programme


def _of_one_side(*roles: str) -> Callable[..., bool]:
    """A predicate: the viewer holds one of these roles with one of the sides, and none with the other."""

    @rules.predicate(name="of_one_side:" + ",".join(roles))
    def check(viewer: Viewer, programme: Any) -> bool:
        return side_of(viewer, programme, *roles) is not None

    return check


def grant() -> None:
    """State which roles hold this room's permissions."""
    rules.set_rule("people.seat", is_system)
    rules.set_rule("people.hold_keys", _of_one_side(*DESK))
    rules.set_rule("people.keep_register", _of_one_side(*DESK))
    rules.set_rule("people.guard_vault", _of_one_side(*LEADS))
    rules.set_rule("people.unseal", _of_one_side(*LEADS))
    rules.set_rule("people.lapse", is_system)


def access_person(viewer: Viewer, programme: Programme, code: str) -> Person:
    """Return a person of the viewer's own side, or raise ``Hidden``."""
    side = side_of(viewer, programme, *DESK)
    found = (
        programme.people.select_related("side").filter(code=code, side__key=side).first() if side else None
    )
    if found is None:
        raise Hidden
    return found


def access_sealed_record(viewer: Viewer, programme: Programme, code: str) -> SealedRecord:
    """Return a sealed record of the programme for a lead of one of its sides, or raise ``Hidden``."""
    side = side_of(viewer, programme, *LEADS)
    found = SealedRecord.objects.filter(programme=programme.id, code=code).first() if side else None
    if found is None:
        raise Hidden
    return found


def access_opening(viewer: Viewer, programme: Programme, opening_id: UUID) -> Opening:
    """Return an opening of a sealed record for a lead of one of its sides, or raise ``Hidden``."""
    side = side_of(viewer, programme, *LEADS)
    rows = Opening.objects.select_related("record").filter(record__programme=programme.id, id=opening_id)
    found = rows.first() if side else None
    if found is None:
        raise Hidden
    return found

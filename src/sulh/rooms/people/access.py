"""Who may give and take seats, turn a key, look after accounts, keep the register, and see an opening."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import rules

from sulh.kernel.access import LEADS, Hidden, Viewer, has_role, is_system, leads_a_side, may
from sulh.kernel.vault.models import Opening, SealedRecord
from sulh.rooms.people.models import Person, Seat
from sulh.rooms.people.seats import side_of
from sulh.rooms.programme.access import DESK
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
    rules.set_rule("people.edit_seats", leads_a_side)
    rules.set_rule("people.turn_keys", leads_a_side)
    rules.set_rule("people.end_seat", leads_a_side | is_system)
    rules.set_rule("people.read_audit", has_role("security lead"))
    rules.set_rule("people.exchange_heads", has_role(*LEADS, "security lead"))
    rules.set_rule("people.rotate_audit", is_system)
    rules.set_rule("people.hold_keys", _of_one_side(*DESK))
    rules.set_rule("people.keep_register", _of_one_side(*DESK))
    rules.set_rule("people.guard_vault", _of_one_side(*LEADS))
    rules.set_rule("people.unseal", _of_one_side(*LEADS))
    rules.set_rule("people.lapse", is_system)
    # The actions themselves ask for more: a lead of every seat of that account, on its side.
    for permission in ("people.invite", "people.travel", "people.end_sessions"):
        rules.set_rule(permission, leads_a_side)


def need_lead(viewer: Viewer, programme: Programme) -> str:
    """Return the side that the viewer leads, or raise ``Hidden``: these pages are for leads alone."""
    side = viewer.leads_in(programme.id)
    if not side:
        raise Hidden
    return side


def need_audit_reader(viewer: Viewer, programme: Programme) -> None:
    """Raise ``Hidden`` unless the viewer may read the audit log: the security lead, of either side or neutral."""
    if not may(viewer, "people.read_audit", programme):
        raise Hidden


def need_head_keeper(viewer: Viewer, programme: Programme) -> None:
    """Raise ``Hidden`` unless the viewer may take and record heads of the audit log: leads and the security lead."""
    if not may(viewer, "people.exchange_heads", programme):
        raise Hidden


def access_seat(viewer: Viewer, programme: Programme, seat_id: int) -> Seat:
    """Return a seat that a lead of either side may know of: every seat of the programme, by role and side."""
    need_lead(viewer, programme)
    found = programme.seats.select_related("account", "side").filter(id=seat_id).first()
    if found is None:
        raise Hidden
    return found


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

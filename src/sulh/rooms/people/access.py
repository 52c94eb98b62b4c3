"""Who may give and take seats, who turns a key, and who looks after accounts."""

import rules

from sulh.kernel.access import LEADS, Hidden, Viewer, has_role, is_system, leads_a_side, may
from sulh.rooms.people.models import Seat
from sulh.rooms.programme.models import Programme


def grant() -> None:
    """State which roles hold this room's permissions."""
    rules.set_rule("people.seat", is_system)
    rules.set_rule("people.edit_seats", leads_a_side)
    rules.set_rule("people.turn_keys", leads_a_side)
    rules.set_rule("people.end_seat", leads_a_side | is_system)
    rules.set_rule("people.read_audit", has_role("security lead"))
    rules.set_rule("people.exchange_heads", has_role(*LEADS, "security lead"))
    rules.set_rule("people.rotate_audit", is_system)
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

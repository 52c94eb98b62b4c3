"""What about seats takes both keys: who leads a side, who reads the audit log, who is neutral."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sulh.kernel.access import SYSTEM, Viewer
from sulh.kernel.two_keys import Kind, Terms
from sulh.rooms.people import actions
from sulh.rooms.people.enums import Role
from sulh.rooms.people.models import Seat
from sulh.rooms.programme.models import Programme


def _standing(programme: Programme, side: str) -> str:
    return programme.sides.get(key=side).name if side else _("neutral")


def _seat(programme: Programme, terms: Terms) -> Seat | None:
    return programme.seats.filter(pk=terms["seat"]).select_related("side", "account").first()


def _new_content(programme: Programme, subject: str, terms: Terms) -> bytes:
    return f"{terms['handle']}\n{terms['role']}\n{terms['side']}".encode()


def _describe_new(programme: Programme, subject: str, terms: Terms) -> str:
    role = Role(terms["role"]).label
    return _("%(handle)s takes the seat: %(role)s, %(side)s.") % {
        "handle": terms["handle"],
        "role": role,
        "side": _standing(programme, terms["side"]),
    }


def _add(viewer: Viewer, programme: Programme, subject: str, terms: Terms) -> Any:
    return actions.keep_seat(SYSTEM, programme, terms["handle"], terms["role"], terms["side"])


def _old_content(programme: Programme, subject: str, terms: Terms) -> bytes:
    seat = _seat(programme, terms)
    return f"{seat.account_id}\n{seat.role}\n{seat.side_id}".encode() if seat else b"gone"


def _describe_old(programme: Programme, subject: str, terms: Terms) -> str:
    seat = _seat(programme, terms)
    if seat is None:
        return _("The seat is gone already.")
    return _("%(handle)s leaves the seat: %(role)s, %(side)s.") % {
        "handle": seat.account.handle,
        "role": seat.get_role_display(),
        "side": seat.side.name if seat.side else _("neutral"),
    }


def _end(viewer: Viewer, programme: Programme, subject: str, terms: Terms) -> Any:
    seat = _seat(programme, terms)
    return actions.end_seat(SYSTEM, programme, seat) if seat else None


ADD_SEAT = Kind("people.add_seat", gettext_lazy("A seat is given"), _new_content, _add, _describe_new)
END_SEAT = Kind("people.end_seat", gettext_lazy("A seat is taken away"), _old_content, _end, _describe_old)

"""Who is asking, and what they may see or do.

Every read for a person goes through an ``access_*`` function of the room, every write through an action with one
permission. What a viewer may not see is answered exactly as what does not exist: with :class:`Hidden`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import rules
from django.http import Http404


class Hidden(Http404):
    """The thing does not exist, or this viewer may not know that it does: the two look the same."""

    def __init__(self) -> None:
        super().__init__("Not found")


class NotPermitted(Exception):
    """The viewer may see the thing but not do this to it."""

    def __init__(self, permission: str) -> None:
        self.permission = permission
        super().__init__(f"not permitted: {permission}")


LEADS = ("convener", "counterpart lead")
"""The roles that lead a side, where they stand with one: who holds one of them holds a key of that side."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One role in one programme, with one side (its key) or neutral (empty).

    ``groups`` are the keys of the working groups whose compartments it opens; none named: all of them.
    """

    programme_id: UUID
    role: str
    side: str = ""
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who looks or acts: an account with its seats, or the installation itself (loading, jobs)."""

    account_id: UUID | None = None
    handle: str = ""
    seats: tuple[Seat, ...] = ()
    is_system: bool = False

    def seats_in(self, programme_id: UUID) -> tuple[Seat, ...]:
        return tuple(seat for seat in self.seats if seat.programme_id == programme_id)

    def roles_in(self, programme_id: UUID) -> set[str]:
        return {seat.role for seat in self.seats_in(programme_id)}

    def sides_in(self, programme_id: UUID) -> set[str]:
        """The keys of the sides with which the viewer stands: at most one (``people`` sees to it)."""
        return {seat.side for seat in self.seats_in(programme_id) if seat.side}

    def leads_in(self, programme_id: UUID) -> str:
        """The key of the side that the viewer leads, or nothing."""
        return next((s.side for s in self.seats_in(programme_id) if s.side and s.role in LEADS), "")

    def programme_ids(self) -> set[UUID]:
        return {seat.programme_id for seat in self.seats}


NOBODY = Viewer()
SYSTEM = Viewer(handle="system", is_system=True)


def has_role(*roles: str) -> Callable[..., bool]:
    """A predicate: the viewer sits in the programme with one of these roles (with none named: with any)."""

    @rules.predicate(name="has_role:" + ",".join(roles))
    def check(viewer: Viewer, programme: Any) -> bool:
        held = viewer.roles_in(programme.id)
        return viewer.is_system or bool(held & set(roles) if roles else held)

    return check


@rules.predicate
def leads_a_side(viewer: Viewer, programme: Any) -> bool:
    """The viewer leads one of the two sides."""
    return bool(viewer.leads_in(programme.id))


@rules.predicate
def is_system(viewer: Viewer, programme: Any) -> bool:
    return viewer.is_system


def may(viewer: Viewer, permission: str, programme: Any) -> bool:
    """Whether the viewer holds this permission in this programme. An unknown permission is held by nobody."""
    return rules.rule_exists(permission) and rules.test_rule(permission, viewer, programme)

"""Reading seats."""

from __future__ import annotations

from sulh.kernel.access import NOBODY, Seat, Viewer
from sulh.kernel.models import Account
from sulh.rooms.people import models


def viewer_of(account: object) -> Viewer:
    """Return the viewer that this account is, with its seats; nobody where there is no open account."""
    if not isinstance(account, Account) or not account.is_active:
        return NOBODY
    seats = models.Seat.objects.filter(account=account).select_related("side").prefetch_related("groups")
    return Viewer(account.id, account.handle, tuple(_seat(row) for row in seats))


def _seat(row: models.Seat) -> Seat:
    groups = tuple(group.key for group in row.groups.all())
    return Seat(row.programme_id, row.role, row.side.key if row.side else "", groups)

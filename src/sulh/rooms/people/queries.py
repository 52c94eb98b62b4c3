"""Reading seats."""

from __future__ import annotations

from sulh.kernel.access import NOBODY, Seat, Viewer
from sulh.kernel.models import Account
from sulh.rooms.people import models


def viewer_of(account: object) -> Viewer:
    """Return the viewer that this account is, with its seats; nobody where there is no open account."""
    if not isinstance(account, Account) or not account.is_active:
        return NOBODY
    seats = models.Seat.objects.filter(account=account).values_list("programme_id", "role", "side__key")
    return Viewer(account.id, account.handle, tuple(Seat(p, role, side or "") for p, role, side in seats))

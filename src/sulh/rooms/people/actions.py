"""What can be done about seats. The rest of the room's actions stand beside, one file a noun."""

from __future__ import annotations

from sulh.kernel.access import Viewer
from sulh.kernel.actions import Kept, action
from sulh.kernel.keep import keep
from sulh.kernel.models import Account
from sulh.rooms.people.models import Seat
from sulh.rooms.programme.models import Programme


@action("people.seat")
def keep_seat(
    viewer: Viewer, programme: Programme, handle: str, role: str, side: str = "", is_demo: bool = False
) -> Kept:
    """Give the account of this handle (made where there is none) a role in the programme."""
    account = Account.objects.filter(handle=handle).first()
    if account is None:
        account = Account(handle=handle, is_demo=is_demo)
        account.set_unusable_password()
        account.save()
    with_side = programme.sides.get(key=side) if side else None
    row, changed = keep(Seat, {"programme": programme, "account": account, "role": role}, {"side": with_side})
    return Kept(row, changed)

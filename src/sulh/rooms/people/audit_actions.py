"""What can be done about the audit log: take it away as a file, record a head, drop what is past its retention."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from sulh.kernel import audit
from sulh.kernel.access import SYSTEM, Viewer
from sulh.kernel.actions import Kept, Refused, action
from sulh.kernel.chain import Checkpoint, Head
from sulh.kernel.keep import keep
from sulh.kernel.models import AuditEntry
from sulh.rooms.people.models import ExchangedHead
from sulh.rooms.programme.models import Programme


@action("people.read_audit")
def export_audit(viewer: Viewer, programme: Programme) -> bytes:
    """Return the whole log of the programme as JSON lines; that it was taken is entered after its last line."""
    return b"".join(audit.export(programme.slug))


@action("people.exchange_heads")
def record_head(viewer: Viewer, programme: Programme, code: str, side: str) -> Kept:
    """Keep the head that the side of this key took, as it was received.

    Raises:
        Refused: there is a slip in the code, or no such side.
    """
    given_by = programme.sides.filter(key=side).first()
    if given_by is None:
        raise Refused(_("Choose the side that took this head."))
    try:
        head = Head.parse(code)
    except ValueError as error:
        raise Refused(
            _(
                "This code cannot be read: it begins with SULH-HEAD, and its last group tells a slip. Compare it again."
            )
        ) from error
    day = datetime.date.fromisoformat(head.day)
    row, changed = keep(
        ExchangedHead,
        {"programme": programme, "side": given_by, "count": head.count, "day": day, "mark": head.mark},
        {},
    )
    return Kept(row, changed)


@action("people.rotate_audit")
def rotate_audit(viewer: Viewer, programme: Programme) -> Kept:
    """Drop the entries past their retention; the entry of this action signs off where the chain goes on from."""
    cutoff = timezone.now() - datetime.timedelta(days=settings.AUDIT_DAYS)
    checkpoint = audit.drop_before(programme.slug, cutoff)
    return Kept(checkpoint or Checkpoint(0, ""), checkpoint is not None)


def rotate_all() -> dict[str, int]:
    """Rotate the log of every programme, then erase the keys that no entry needs; return how many went, by slug."""
    dropped = {}
    for programme in Programme.objects.all():
        before = AuditEntry.objects.filter(chain__programme=programme.slug).count()
        if rotate_audit(SYSTEM, programme).changed:
            left = AuditEntry.objects.filter(chain__programme=programme.slug).count()
            dropped[programme.slug] = before - left + 1
    oldest = AuditEntry.objects.order_by("at").values_list("at", flat=True).first()
    audit.forget_keys(oldest.date() if oldest else None)
    return dropped

"""Reading the audit log of a programme, and the heads that the sides exchanged."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet

from sulh.kernel import audit
from sulh.kernel.chain import Head
from sulh.kernel.models import AuditChain, AuditEntry
from sulh.rooms.people.models import ExchangedHead
from sulh.rooms.programme.models import Programme


def entries_of(
    programme: Programme, action: str = "", day: datetime.date | None = None
) -> QuerySet[AuditEntry]:
    """The entries of a programme, the latest first; of one action, of one day (UTC), where these are given."""
    found = AuditEntry.objects.filter(chain__programme=programme.slug).order_by("-number")
    if action:
        found = found.filter(action=action)
    return found.filter(at__date=day) if day else found


def actions_in(programme: Programme) -> list[str]:
    """The names of the actions that occur in the log of a programme."""
    found = AuditEntry.objects.filter(chain__programme=programme.slug).order_by("action")
    return list(found.values_list("action", flat=True).distinct())


def dropped_from(programme: Programme) -> int:
    """How many entries were dropped at the end of their retention."""
    return AuditChain.objects.filter(programme=programme.slug).values_list("dropped", flat=True).first() or 0


@dataclass(frozen=True, slots=True)
class Compared:
    """A recorded head beside the log as it stands: it agrees, it does not, or (None) its entry was dropped."""

    row: ExchangedHead
    head: Head
    agrees: bool | None
    is_beyond: bool
    """The head counts more entries than the log has."""


def heads_of(programme: Programme) -> list[Compared]:
    """The heads recorded in a programme, the latest first, each compared with the log."""
    rows = list(programme.exchanged_heads.select_related("side"))
    heads = [Head(row.count, row.day.isoformat(), row.mark) for row in rows]
    chain = AuditChain.objects.filter(programme=programme.slug).first()
    count = chain.count if chain else 0
    return [
        Compared(row, head, verdict.agrees, head.count > count)
        for row, head, verdict in zip(rows, heads, audit.compare(programme.slug, heads), strict=True)
    ]

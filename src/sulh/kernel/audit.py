"""The audit log: one chain a programme, written in the transaction of what it tells of.

An entry says what was done, when (to the second) and who did it under a pseudonym; never the content. The pure part,
canonical bytes and checking, is :mod:`sulh.kernel.chain`.

A pseudonym is an HMAC of account and chain under a random key of its period, which is as long as the retention. The
same account has another pseudonym in every programme and in every period; the key of a period is erased when no entry
of it is left, so that an old export can no longer be joined to an account. Until then, whoever reads the key files
and the accounts can tell who is who.

Writers of one chain queue: on SQLite at the start of their transaction (``IMMEDIATE``), on PostgreSQL at the row of
the chain, which they lock. The database refuses a second entry of the same number, and by triggers
(:mod:`sulh.kernel.triggers`) every change and removal but that of entries before the checkpoint. An administrator can
drop a trigger: what shows a log that was rewritten is a head that was kept elsewhere.
"""

from __future__ import annotations

import base64
import datetime
import functools
import hmac
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from sulh.kernel import chain as chaining
from sulh.kernel import key_files
from sulh.kernel.chain import Checkpoint, Entry, Head, Span

if TYPE_CHECKING:
    from sulh.kernel.access import Viewer
    from sulh.kernel.models import AuditChain, AuditEntry

DENIED = "denied "
"""What stands before the name of an action that somebody was not permitted."""

DENIED_A_DAY = 20
"""How many denied attempts of one account are entered in a programme in a day; the rest would only flood the log."""

SYSTEM_NAME = "system"
"""The pseudonym of the installation itself: loading, jobs, commands."""


def record(programme: str, action: str, viewer: Viewer, subject: str = "") -> AuditEntry:
    """Enter an action in the chain of the programme of this slug. Must be called inside a transaction."""
    from sulh.kernel.models import AuditEntry

    chain, at = locked_chain(programme), timezone.now().replace(microsecond=0)
    entry = Entry(chain.count + 1, as_text(at), action, pseudonym(viewer, chain, at), subject)
    hash = chaining.hash_of(str(chain.id), entry, chain.head)
    row = AuditEntry.objects.create(
        chain=chain, number=entry.number, at=at, action=action, who=entry.who, subject=subject, hash=hash
    )
    with connection.cursor() as cursor:
        cursor.execute(_MOVE_HEAD, [entry.number, hash, programme])
    return row


def record_denied(programme: str, action: str, viewer: Viewer) -> None:
    """Enter an attempt at what the viewer is not permitted, up to a number a day."""
    from sulh.kernel.models import AuditEntry

    with transaction.atomic():
        chain, now = locked_chain(programme), timezone.now()
        today = AuditEntry.objects.filter(
            chain=chain,
            who=pseudonym(viewer, chain, now),
            action__startswith=DENIED,
            at__gte=now - datetime.timedelta(days=1),
        )
        if today.count() < DENIED_A_DAY:
            record(programme, DENIED + action, viewer)


def locked_chain(programme: str) -> AuditChain:
    """Return the chain of a programme, begun where there is none, held until the transaction ends."""
    return _held(programme) or _begun(programme)


# Every action runs these two statements. Written out they cost a tenth of what the ORM takes to put them together.
_FIND = 'SELECT id, programme, "count", head, dropped, checkpoint FROM kernel_auditchain WHERE programme = %s'
_MOVE_HEAD = 'UPDATE kernel_auditchain SET "count" = %s, head = %s WHERE programme = %s'


def _held(programme: str) -> AuditChain | None:
    from sulh.kernel.models import AuditChain

    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(_FIND + lock, [programme])
        row = cursor.fetchone()
    if row is None:
        return None
    names = ["id", "programme", "count", "head", "dropped", "checkpoint"]
    return AuditChain.from_db(connection.alias, names, [UUID(str(row[0])), *row[1:]])


def _begun(programme: str) -> AuditChain:
    from sulh.kernel.models import AuditChain

    AuditChain.objects.bulk_create([AuditChain.begun(programme)], ignore_conflicts=True)
    return _held(programme) or AuditChain.objects.get(programme=programme)


def as_text(at: datetime.datetime) -> str:
    """Return a time as it is hashed: UTC, to the second."""
    return at.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


# Who


def pseudonym(viewer: Viewer, chain: AuditChain, at: datetime.datetime) -> str:
    """Return by which name the log knows the viewer in this chain and period: 16 letters and figures, 80 bits."""
    if viewer.account_id is None:
        return SYSTEM_NAME if viewer.is_system else ""
    return pseudonym_of(str(viewer.account_id), str(chain.id), at)


def pseudonym_of(account: str, chain: str, at: datetime.datetime) -> str:
    """The pseudonym of an account, both ids given as text."""
    key = _key(settings.HOME / KEYS, period_of(at.date()).isoformat())
    digest = hmac.digest(key, f"sulh audit who 1\n{chain}\n{account}".encode(), "sha256")
    return base64.b32encode(digest[:10]).decode("ascii").lower()


KEYS = "audit-keys"
"""The folder, in the home of the installation, with the key of each period; a file is named by its first day."""


def period_of(day: datetime.date) -> datetime.date:
    """Return the first day of the period that ``day`` belongs to."""
    length = settings.AUDIT_DAYS
    return datetime.date.fromordinal(max(1, day.toordinal() // length * length))


@functools.lru_cache(maxsize=8)
def _key(folder: Path, period: str) -> bytes:
    """Return the key of a period, made by whoever needs it first; readable by the owner of the installation only."""
    return bytes.fromhex(key_files.kept(folder / period, lambda: secrets.token_hex(32).encode()).decode())


def forget_keys(oldest: datetime.date | None) -> list[str]:
    """Erase the keys of the periods that ended before the oldest entry that is left; return their names."""
    folder = settings.HOME / KEYS
    kept = period_of(min(oldest or timezone.localdate(), timezone.localdate())).isoformat()
    names = sorted(path.name for path in folder.glob("*-*-*") if path.name < kept) if folder.exists() else []
    for name in names:
        (folder / name).unlink(missing_ok=True)
    _key.cache_clear()
    return names


# Retention


def drop_before(programme: str, cutoff: datetime.datetime) -> Checkpoint | None:
    """Drop the entries that come before the first one at or after ``cutoff``; return the checkpoint that replaces them.

    Returns None, and changes nothing, where there are none. Must be called inside a transaction.
    """
    from sulh.kernel.models import AuditEntry

    chain = locked_chain(programme)
    entries = AuditEntry.objects.filter(chain=chain)
    kept = entries.filter(at__gte=cutoff).order_by("number").first()
    last = entries.filter(number__lt=kept.number if kept else chain.count + 1).order_by("-number").first()
    if last is None:
        return None
    chain.dropped, chain.checkpoint = last.number, last.hash
    chain.save(update_fields=["dropped", "checkpoint"])
    entries.filter(number__lte=last.number).delete()
    return Checkpoint(last.number, last.hash)


# Reading


def entry_of(row: AuditEntry) -> Entry:
    """Return a kept entry as it is chained."""
    return Entry(row.number, as_text(row.at), row.action, row.who, row.subject, row.hash)


def export(programme: str) -> Iterator[bytes]:
    """Yield the lines of the whole log of a programme, as it stands in this transaction."""
    from sulh.kernel.models import AuditEntry

    chain = locked_chain(programme)
    span = Span(str(chain.id), chain.dropped + 1, chain.checkpoint, chain.count, chain.head)
    rows = AuditEntry.objects.filter(chain=chain).order_by("number")
    yield from chaining.write(span, map(entry_of, rows.iterator()))


def head(programme: str, day: datetime.date) -> Head | None:
    """Return the head of a programme's log as of now, or None where nothing was entered yet."""
    from sulh.kernel.models import AuditChain

    chain = AuditChain.objects.filter(programme=programme).first()
    return Head.of(chain.count, day.isoformat(), chain.head) if chain else None


def compare(programme: str, heads: list[Head]) -> list[chaining.HeadVerdict]:
    """Compare heads that were kept elsewhere with the log as it stands, each entry at its word.

    It does not compute the chain afresh: that is what checking an export does.
    """
    from sulh.kernel.models import AuditChain, AuditEntry

    chain = AuditChain.objects.filter(programme=programme).first() or AuditChain.begun(programme)
    numbers = {head.count for head in heads}
    hashes = dict(AuditEntry.objects.filter(chain=chain, number__in=numbers).values_list("number", "hash"))
    hashes[chain.dropped] = chain.checkpoint
    return [
        chaining.judge(head, chain.dropped + 1, chain.count, hashes.get(head.count, "")) for head in heads
    ]

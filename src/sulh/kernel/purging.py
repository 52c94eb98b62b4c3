"""Purging: every room removes its own part of a round, tells before what goes and what stays, and keeps a report.

The room of the rounds may not import those that come after it; so they register as purgers, and what comes last in the
loop goes first. A purge runs in the transaction of one action: either all of it is gone or nothing is. When that is
committed, what the database itself still holds of it is wiped (:func:`wipe`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sulh.kernel import backups
from sulh.kernel.access import Viewer
from sulh.kernel.backups import schedule
from sulh.kernel.models import PurgeReport


@dataclass(frozen=True, slots=True)
class Words:
    """How a line of a report is shown: ``what`` (with ``%(count)d`` where it counts) and ``why`` it stays."""

    what: Any
    why: Any = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a report: a code for its words, whether that goes, how many, until which day (ISO) it stays.

    A report keeps codes and numbers and no content; so it can be read in either language, and nothing leaks from it.
    """

    code: str
    goes: bool
    count: int | None = None
    until: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a room holds of a round: the lines of the report, and a hash of exactly what would go."""

    lines: tuple[Line, ...]
    mark: str


@dataclass(frozen=True, slots=True)
class Purger:
    """A room that holds something of a round: ``find(programme, round)`` changes nothing, ``purge(…)`` removes it."""

    name: str
    words: Mapping[str, Words]
    find: Callable[[Any, Any], Found]
    purge: Callable[[Viewer, Any, Any], None]


PURGERS: dict[str, Purger] = {}


def register_purger(purger: Purger) -> None:
    """Add a purger, once."""
    PURGERS[purger.name] = purger
    WORDS.update(purger.words)


def mark_of(*told: Any) -> str:
    """Return the SHA-256 (hex) by which exactly this content is meant."""
    return hashlib.sha256(
        json.dumps(told, ensure_ascii=True, sort_keys=True, default=str).encode()
    ).hexdigest()


def counted(code: str, count: int, *, goes: bool) -> tuple[Line, ...]:
    """A line that counts, or none where there is nothing to count."""
    return (Line(code, goes, count),) if count else ()


def find(programme: Any, round: Any) -> Found:
    """Return what every room holds of a round, and what no purge reaches."""
    found = [(purger.name, purger.find(programme, round)) for purger in _in_order()]
    lines = [line for _name, one in found for line in one.lines]
    mark = mark_of([(name, one.mark) for name, one in found])
    return Found((*lines, *out_of_reach()), mark)


def purge(viewer: Viewer, programme: Any, round: Any) -> PurgeReport:
    """Remove a round from every room, in the transaction of the caller; return the report that is kept."""
    subject, lines = round.pk, find(programme, round).lines
    for purger in _in_order():
        purger.purge(viewer, programme, round)
    return keep_report(programme.id, subject, "round", lines)


def _in_order() -> list[Purger]:
    return list(reversed(PURGERS.values()))


# What stays wherever something is purged

WORDS: dict[str, Words] = {
    "kernel.audit": Words(
        _("entries of the audit log"), _("They say when something was done, and hold no content and no name.")
    ),
    "kernel.backups_until": Words(
        _("backups made before"),
        _(
            "Each holds it until it is dropped. With the settings of this installation the last one is dropped on "
            "the day that is told, if backups are taken as they are set. Remove them by hand to be rid of it earlier."
        ),
    ),
    "kernel.backups_for_good": Words(
        _("backups made before"),
        _("They hold it, and this installation drops none by itself. Somebody has to remove them by hand."),
    ),
    "kernel.backups_none": Words(
        _("backups"), _("None was made here. One that was made otherwise holds it as long as it is kept.")
    ),
    "kernel.aside": Words(
        _("an installation that was kept aside when a backup was restored"),
        _("It holds it until whoever runs the server removes the folder."),
    ),
    "kernel.server": Words(
        _("the log of the PostgreSQL server, and its own backups"),
        _("Sulh has its tables written anew; what the server keeps besides is looked after by who runs it."),
    ),
    "kernel.copies": Words(
        _("what was downloaded, printed, copied or told"),
        _(
            "It is out of reach. So is a folder that the programme was loaded from: loading it again brings it back."
        ),
    ),
}


def out_of_reach() -> tuple[Line, ...]:
    """The lines on what no purge of anything reaches, with the day until which backups hold it."""
    aside = len(list(settings.HOME.glob("before-restore-*")))
    server = () if connection.vendor == "sqlite" else (Line("kernel.server", False),)
    return (
        Line("kernel.audit", False),
        _backups_line(),
        *counted("kernel.aside", aside, goes=False),
        *server,
        Line("kernel.copies", False),
    )


def _backups_line() -> Line:
    """Until when the backups that were made so far hold what is purged now.

    The newest of them goes when as many as are kept have been made after it.
    """
    try:
        kept, every = schedule.keep(), schedule.every()
    except backups.Unusable:
        kept, every = 0, schedule.EVERY["day"]
    if schedule.folder() is not None and kept:
        return Line("kernel.backups_until", False, None, (timezone.now() + kept * every).date().isoformat())
    made = backups.state().last_good is not None or schedule.folder() is not None
    return Line("kernel.backups_for_good" if made else "kernel.backups_none", False)


# The report that is kept


def keep_report(
    programme_id: UUID, subject: UUID, what: str, lines: Iterable[Line], side: str = ""
) -> PurgeReport:
    """Keep the report on a purge, and have the database wiped once the purge is committed.

    ``side`` keeps the report to that side. It bears the identifier of what was purged, which now names nothing.
    """
    report = PurgeReport.objects.create(
        id=subject,
        programme=programme_id,
        side=side,
        what=what,
        on=timezone.localdate(),
        lines=[asdict(line) for line in lines],
    )
    transaction.on_commit(lambda: wipe_after([report]), robust=True)
    return report


def reports_for(viewer: Viewer, programme: Any) -> Any:
    """The reports that this viewer may read: leads read the joint ones and those of their side."""
    side = viewer.leads_in(programme.id)
    rows = PurgeReport.objects.filter(programme=programme.id)
    return rows.filter(side__in=["", side]) if side else rows.none()


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of a report in words."""

    what: str
    why: str
    until: str


def shown(lines: Iterable[Line]) -> dict[str, list[Shown]]:
    """Return the lines in words of the language of the page: those that go (``goes``), those that stay (``stays``)."""
    told: dict[str, list[Shown]] = {"goes": [], "stays": []}
    for line in lines:
        words = WORDS.get(line.code, Words(line.code))
        what = words.what if line.count is None else words.what % {"count": line.count}
        told["goes" if line.goes else "stays"].append(Shown(str(what), str(words.why), line.until))
    return told


def lines_of(report: PurgeReport) -> list[Line]:
    """Return the lines of a kept report."""
    return [Line(**line) for line in report.lines]


# What the database itself still holds


def wipe_after(reports: Iterable[PurgeReport]) -> bool:
    """Wipe what the database still holds of these purges; return whether it could. If not, it is tried again."""
    if not wipe():
        return False
    PurgeReport.objects.filter(id__in=[one.id for one in reports]).update(wiped_at=timezone.now())
    return True


def wipe_again() -> bool:
    """Wipe after those purges after which it could not be done at once, because somebody was reading or writing."""
    waiting = list(PurgeReport.objects.filter(wiped_at=None))
    return not waiting or wipe_after(waiting)


def wipe() -> bool:
    """Have the database overwrite or drop what was deleted; return whether it did.

    SQLite overwrites deleted rows itself (``secure_delete``); what is left is the write-ahead log, which is written
    into the file and cut to nothing. PostgreSQL writes each table anew, and the samples that its planner keeps.
    """
    if connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return not cursor.fetchone()[0]
        with suppress(
            DatabaseError
        ):  # only a superuser may; the planner's old samples are then overwritten in time
            # By hand, since ANALYZE leaves the samples of a table that has become empty as they are.
            cursor.execute(
                "DELETE FROM pg_catalog.pg_statistic USING pg_catalog.pg_class "
                "WHERE pg_class.oid = starelid AND relname = ANY(%s)",
                [_tables()],
            )
        cursor.execute("SET lock_timeout = '5s'")
        try:
            for table in _tables():
                cursor.execute(f"VACUUM (FULL, ANALYZE) {connection.ops.quote_name(table)}")
        except DatabaseError:
            return False
        finally:
            cursor.execute("RESET lock_timeout")
        with suppress(DatabaseError):
            cursor.execute("VACUUM (FULL) pg_catalog.pg_statistic")
    return True


def _tables() -> list[str]:
    """The tables that hold, or point to, what somebody wrote; the audit log holds nothing of it."""
    rooms = {*PURGERS, "kernel", "sessions"}
    return sorted(
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in rooms
        and model._meta.managed
        and not model._meta.label.startswith("kernel.Audit")
    )

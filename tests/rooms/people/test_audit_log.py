"""The audit log: one entry an action, chained by programme, refused to whoever would change it."""

from __future__ import annotations

import datetime
import os
import stat

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from sulh.kernel import audit, chain, triggers
from sulh.kernel.access import SYSTEM, NotPermitted, Viewer
from sulh.kernel.actions import Refused
from sulh.kernel.ids import new_id
from sulh.kernel.models import AuditChain, AuditEntry
from sulh.rooms.people.actions import keep_seat
from sulh.rooms.programme.actions import edit_theme

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path):
    """Keys of periods of their own: tests that erase keys must not reach those of tests beside them."""
    settings.HOME = tmp_path


def record(programme: str, *actions: str, viewer: Viewer = SYSTEM) -> None:
    for action in actions:
        with transaction.atomic():
            audit.record(programme, action, viewer)


def exported(programme: str) -> list[bytes]:
    with transaction.atomic():
        return list(audit.export(programme))


def aged(programme: str, *days: int) -> None:
    """A log whose entries are so many days old. Its chain is whole, as if it had been written then."""
    with pytest.MonkeyPatch.context() as patch:
        now = timezone.now()
        for number in days:
            patch.setattr(timezone, "now", lambda back=number: now - datetime.timedelta(days=back))
            record(programme, "carry.accept_ask")


# One chain a programme


def test_every_action_of_a_programme_is_in_its_chain_and_the_export_holds(programme):
    edit_theme(SYSTEM, programme, "water", "Water", ["river"])
    verdict = chain.verify(exported(programme.slug))
    assert verdict.holds
    assert verdict.checked == AuditEntry.objects.filter(chain__programme=programme.slug).count()
    assert AuditEntry.objects.first().action == "programme.edit_theme"


def test_programmes_do_not_learn_of_each_other():
    record("north", "a.b_c", "a.b_c")
    before = exported("north")
    record("south", *["a.b_c"] * 5)
    assert exported("north") == before
    assert b"south" not in b"".join(before)
    assert b"north" not in b"".join(before), (
        "an export that is lost does not even tell of which programme it is"
    )
    assert [row.number for row in AuditEntry.objects.filter(chain__programme="south").reverse()] == [
        1,
        2,
        3,
        4,
        5,
    ]


def test_what_is_undone_leaves_no_entry(programme):
    before = exported(programme.slug)
    with transaction.atomic():
        edit_theme(SYSTEM, programme, "water", "Water", ["river"])
        transaction.set_rollback(True)
    with pytest.raises(Refused):
        edit_theme(SYSTEM, programme, "water", "", [])
    assert exported(programme.slug) == before


def test_no_account_and_no_word_of_the_content_is_in_an_entry(programme, account_for, viewer_for):
    viewer = viewer_for("convener", "varenia")
    edit_theme(viewer, programme, "water", "Walrusville", ["walrusword"])
    log = b"".join(exported(programme.slug)).lower()
    account = account_for("convener", "varenia")
    for word in ("walrus", str(viewer.account_id), viewer.account_id.hex, account.handle):
        assert word.encode() not in log


# Who


def test_a_pseudonym_is_the_same_within_a_programme_and_a_period_only(settings):
    somebody, now = str(new_id()), datetime.datetime(2026, 11, 25, 12, tzinfo=datetime.UTC)
    north, south = str(new_id()), str(new_id())
    name = audit.pseudonym_of(somebody, north, now)
    assert len(name) == 16
    assert audit.pseudonym_of(somebody, north, now) == name
    assert audit.pseudonym_of(str(new_id()), north, now) != name
    assert audit.pseudonym_of(somebody, south, now) != name
    assert audit.pseudonym_of(somebody, north, now + datetime.timedelta(days=settings.AUDIT_DAYS)) != name


def test_the_key_of_a_period_is_for_its_owner_only(settings):
    audit.pseudonym_of("x", "y", timezone.now())
    folder = settings.HOME / audit.KEYS
    (path,) = folder.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert len(bytes.fromhex(path.read_text())) == 32


def test_the_keys_of_past_periods_are_erased_and_cannot_be_made_again():
    long_ago = datetime.datetime(2001, 1, 1, tzinfo=datetime.UTC)
    name = audit.pseudonym_of("x", "y", long_ago)
    kept = audit.pseudonym_of("x", "y", timezone.now())
    assert audit.forget_keys(None) == [audit.period_of(long_ago.date()).isoformat()]
    assert audit.pseudonym_of("x", "y", timezone.now()) == kept
    assert audit.pseudonym_of("x", "y", long_ago) != name


# What was not permitted


def test_an_attempt_that_is_not_permitted_is_entered_and_changes_nothing(programme, viewer_for):
    viewer = viewer_for("communications", "varenia")
    with pytest.raises(NotPermitted):
        keep_seat(viewer, programme, "friend", "convener")
    entry = AuditEntry.objects.first()
    assert (entry.action, entry.subject) == ("denied people.keep_seat", "")
    assert entry.who == audit.pseudonym(viewer, entry.chain, entry.at)


def test_denied_attempts_do_not_flood_the_log(programme, viewer_for):
    first, second = viewer_for("communications", "varenia"), viewer_for("communications", "oskland")
    for viewer in (first, second):
        for _number in range(audit.DENIED_A_DAY + 5):
            with pytest.raises(NotPermitted):
                keep_seat(viewer, programme, "friend", "convener")
    assert AuditEntry.objects.filter(action="denied people.keep_seat").count() == 2 * audit.DENIED_A_DAY
    assert chain.verify(exported(programme.slug)).holds


# The database refuses


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE kernel_auditentry SET who = 'x'",
        "DELETE FROM kernel_auditentry",
        "DELETE FROM kernel_auditentry WHERE number = 2",
        "UPDATE kernel_auditchain SET count = count - 1",
        "UPDATE kernel_auditchain SET programme = 'x'",
        "DELETE FROM kernel_auditchain",
        "INSERT INTO kernel_auditentry (chain_id, number, at, action, who, subject, hash) "
        "SELECT chain_id, number, at, action, who, subject, hash FROM kernel_auditentry",
    ],
)
def test_the_database_refuses_to_change_the_log(statement):
    record("north", "a.b_c", "a.b_c", "a.b_c")
    before = exported("north")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert exported("north") == before


@pytest.mark.postgres  # SQLite has no TRUNCATE
def test_a_table_cannot_be_truncated():
    record("north", "a.b_c")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("kernel_auditentry", "kernel_auditchain CASCADE"):
            with pytest.raises(IntegrityError), transaction.atomic():
                cursor.execute(f"TRUNCATE {table}")


def test_every_trigger_stands_after_the_last_migration():
    """SQLite forgets the triggers of a table that a migration makes anew: such a migration must make them again."""
    assert triggers.standing(connection) == triggers.expected(connection)


def test_a_log_rewritten_without_the_triggers_is_found_by_the_check():
    record("north", "a.b_c", "a.b_c", "a.b_c")
    triggers.drop(connection)
    AuditEntry.objects.filter(number=2).update(action="a.innocent")
    triggers.create(connection)
    broken = chain.verify(exported("north")).broken
    assert broken is not None
    assert broken.number == 2


# Retention


def test_only_what_is_past_its_retention_is_dropped_and_the_chain_goes_on():
    aged("north", 200, 190, 100, 1)
    with transaction.atomic():
        checkpoint = audit.drop_before("north", timezone.now() - datetime.timedelta(days=180))
        audit.record("north", chain.ROTATION, SYSTEM, str(checkpoint))
    verdict = chain.verify(exported("north"))
    assert verdict.holds
    assert (verdict.span.first, verdict.span.last, checkpoint.number) == (3, 5, 2)


def test_an_entry_within_the_retention_keeps_all_that_come_after_it():
    """A clock that was set back must not tear a hole into the chain."""
    aged("north", 200, 10, 190)
    with transaction.atomic():
        assert audit.drop_before("north", timezone.now() - datetime.timedelta(days=180)).number == 1
    assert AuditEntry.objects.count() == 2


def test_nothing_to_drop_changes_nothing():
    aged("north", 10)
    before = exported("north")
    with transaction.atomic():
        assert audit.drop_before("north", timezone.now() - datetime.timedelta(days=180)) is None
        assert audit.drop_before("south", timezone.now()) is None
    assert exported("north") == before


def test_a_checkpoint_never_moves_back():
    aged("north", 200, 1)
    with transaction.atomic():
        audit.drop_before("north", timezone.now() - datetime.timedelta(days=180))
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditChain.objects.update(dropped=0)


# What was there before


@pytest.mark.django_db(transaction=True)
def test_the_entries_of_before_are_chained_in_their_order():
    """A log of the time before the chain: two programmes, mixed; accounts become pseudonyms."""
    executor = MigrationExecutor(connection)
    executor.migrate([("kernel", "0002_two_keys")])
    try:
        old = executor.loader.project_state([("kernel", "0002_two_keys")]).apps.get_model(
            "kernel", "AuditEntry"
        )
        somebody = new_id()
        for number in range(6):
            old.objects.create(
                action=f"carry.step_{number}",
                programme="north" if number % 3 else "south",
                account=somebody if number % 2 else None,
                subject=str(number),
            )
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
    assert triggers.standing(connection) == triggers.expected(connection)
    assert [
        row.subject for row in AuditEntry.objects.filter(chain__programme="north").order_by("number")
    ] == [
        "1",
        "2",
        "4",
        "5",
    ]
    for programme in ("north", "south"):
        lines = exported(programme)
        assert chain.verify(lines).holds
        assert str(somebody) not in b"".join(lines).decode()
        assert {row.who for row in AuditEntry.objects.filter(chain__programme=programme)} > {
            audit.SYSTEM_NAME
        }


def test_a_retention_that_is_no_number_of_days_is_refused_in_a_sentence():
    from django.core.exceptions import ImproperlyConfigured

    from sulh.kernel.settings import _whole_number

    assert _whole_number("SULH_AUDIT_DAYS", "30", 7, 3650) == 30
    for text in ("", "0", "6", "-30", "3651", "a month", "1.5"):
        with pytest.raises(ImproperlyConfigured, match="SULH_AUDIT_DAYS"):
            _whole_number("SULH_AUDIT_DAYS", text, 7, 3650)


def test_two_processes_that_need_a_key_at_once_get_the_same(tmp_path):
    """The key that is there first is the key: a second draft never replaces it."""
    first = audit._key(tmp_path / "keys", "2026-01-01")
    audit._key.cache_clear()
    assert audit._key(tmp_path / "keys", "2026-01-01") == first
    assert os.listdir(tmp_path / "keys") == ["2026-01-01"]

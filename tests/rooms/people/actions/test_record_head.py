"""``people.record_head``: the head that the other side took, compared with the log."""

import datetime

import pytest
from django.db import connection
from django.utils import timezone

from sulh.kernel import audit, chain, triggers
from sulh.kernel.access import SYSTEM, NotPermitted
from sulh.kernel.actions import Refused
from sulh.kernel.chain import Head
from sulh.kernel.models import AuditEntry
from sulh.rooms.people.audit_actions import record_head
from sulh.rooms.people.audit_queries import heads_of
from sulh.rooms.people.models import ExchangedHead
from sulh.rooms.programme.actions import edit_theme

TODAY = datetime.date(2026, 11, 25)


@pytest.mark.parametrize("role", ["convener", "counterpart lead", "security lead"])
def test_a_head_of_the_log_agrees_however_it_is_written_down(programme, viewer_for, role):
    code = audit.head(programme.slug, TODAY).code
    kept = record_head(
        viewer_for(role, "varenia"), programme, f"  {code.lower().replace('-', ' ')}", "oskland"
    )
    assert kept.changed
    (one,) = heads_of(programme)
    assert (one.agrees, one.row.side.key, one.head.code) == (True, "oskland", code)


def test_it_goes_on_agreeing_while_the_log_grows(programme, lead_a):
    record_head(lead_a, programme, audit.head(programme.slug, TODAY).code, "oskland")
    edit_theme(SYSTEM, programme, "water", "Water", ["river"])
    record_head(lead_a, programme, audit.head(programme.slug, TODAY).code, "oskland")
    assert [one.agrees for one in heads_of(programme)] == [True, True]


def test_a_log_written_afresh_shows(programme, lead_a):
    """The forger drops the triggers and computes every hash anew, as an administrator can."""
    record_head(lead_a, programme, audit.head(programme.slug, TODAY).code, "oskland")
    (before,) = heads_of(programme)
    triggers.drop(connection)
    previous = None
    for row in AuditEntry.objects.filter(chain__programme=programme.slug).order_by("number"):
        previous = previous or chain.genesis(str(row.chain_id))
        row.action = "programme.edit_theme" if row.number == 2 else row.action
        row.hash = previous = chain.hash_of(str(row.chain_id), audit.entry_of(row), previous)
        row.save()
    row.chain.head = previous
    row.chain.save()
    assert chain.verify(audit.export(programme.slug)).holds, "the chain alone does not tell"
    (after,) = heads_of(programme)
    assert (before.agrees, after.agrees, after.is_beyond) == (True, False, False)


def test_a_head_that_counts_more_than_the_log_has_shows(programme, lead_a):
    record_head(lead_a, programme, Head.of(10_000, "2026-11-25", "ab" * 32).code, "oskland")
    (one,) = heads_of(programme)
    assert (one.agrees, one.is_beyond) == (False, True)


def test_a_head_of_another_programme_does_not_agree(programme, other_programme, lead_a):
    record_head(lead_a, programme, audit.head(other_programme.slug, TODAY).code, "oskland")
    assert heads_of(programme)[0].agrees is False
    assert heads_of(other_programme) == []


def test_the_same_once_more_changes_nothing(programme, lead_a):
    code = audit.head(programme.slug, TODAY).code
    record_head(lead_a, programme, code, "oskland")
    assert not record_head(lead_a, programme, code, "oskland").changed
    assert record_head(lead_a, programme, code, "varenia").changed
    assert ExchangedHead.objects.count() == 2


def test_a_slip_is_refused_and_kept_nowhere(programme, lead_a):
    code = audit.head(programme.slug, timezone.localdate()).code
    other = "A" if code[-1] != "A" else "B"
    for wrong in (code[:-1] + other, code[:-1], "", "SULH-HEAD", "x" * 300):
        with pytest.raises(Refused):
            record_head(lead_a, programme, wrong, "oskland")
    with pytest.raises(Refused):
        record_head(lead_a, programme, code, "no-such-side")
    assert not ExchangedHead.objects.exists()


@pytest.mark.parametrize("role", ["programme officer", "rapporteur", "liaison", "facilitator"])
def test_others_record_none(programme, viewer_for, role):
    with pytest.raises(NotPermitted):
        record_head(viewer_for(role, "varenia"), programme, audit.head(programme.slug, TODAY).code, "oskland")

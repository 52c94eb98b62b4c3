"""``people.rotate_audit``: entries past their retention go; the log still holds and says from where."""

import datetime

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from sulh.kernel import audit, chain
from sulh.kernel.access import SYSTEM, NotPermitted
from sulh.kernel.models import AuditEntry
from sulh.rooms.people.audit_actions import record_head, rotate_all, rotate_audit
from sulh.rooms.people.audit_queries import dropped_from, heads_of


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path):
    """Keys of periods of their own: tests that erase keys must not reach those of tests beside them."""
    settings.HOME = tmp_path


@pytest.fixture
def later(monkeypatch):
    """``later(days)``: from here on it is so many days later."""
    now = timezone.now()

    def move(days):
        monkeypatch.setattr(timezone, "now", lambda: now + datetime.timedelta(days=days))

    return move


def verdict(programme):
    with transaction.atomic():
        return chain.verify(audit.export(programme.slug))


def test_what_is_past_its_retention_goes_and_the_log_still_holds(programme, later):
    before = AuditEntry.objects.filter(chain__programme=programme.slug).count()
    later(settings.AUDIT_DAYS + 1)
    assert rotate_audit(SYSTEM, programme).changed
    assert verdict(programme).holds
    assert verdict(programme).span.first == before + 1
    entry = AuditEntry.objects.get(chain__programme=programme.slug)
    assert (entry.action, entry.subject.split()[0]) == (chain.ROTATION, str(before))
    assert dropped_from(programme) == before


def test_it_may_be_done_again_and_again(programme, later):
    for turn in range(1, 4):
        later((settings.AUDIT_DAYS + 1) * turn)
        assert rotate_audit(SYSTEM, programme).changed
        assert verdict(programme).holds


def test_nothing_past_its_retention_changes_nothing(programme):
    before = AuditEntry.objects.count()
    assert not rotate_audit(SYSTEM, programme).changed
    assert AuditEntry.objects.count() == before


def test_a_head_at_the_checkpoint_still_agrees_and_an_older_one_cannot_be_compared(programme, lead_a, later):
    record_head(lead_a, programme, audit.head(programme.slug, datetime.date(2026, 1, 1)).code, "oskland")
    record_head(lead_a, programme, audit.head(programme.slug, datetime.date(2026, 1, 2)).code, "oskland")
    last = audit.head(programme.slug, datetime.date(2026, 1, 3)).code
    later(settings.AUDIT_DAYS + 1)
    rotate_audit(SYSTEM, programme)
    record_head(lead_a, programme, last, "oskland")
    assert [one.agrees for one in heads_of(programme)] == [True, None, None]


def test_all_programmes_are_rotated_and_the_keys_of_the_past_erased(programme, other_programme, later):
    counts = {
        p.slug: AuditEntry.objects.filter(chain__programme=p.slug).count()
        for p in (programme, other_programme)
    }
    later(settings.AUDIT_DAYS * 2 + 2)
    assert rotate_all() == counts
    kept = sorted(path.name for path in (settings.HOME / audit.KEYS).glob("*-*-*"))
    assert all(name >= audit.period_of(timezone.now().date()).isoformat() for name in kept)
    assert rotate_all() == {}


@pytest.mark.parametrize("role", ["security lead", "convener"])
def test_nobody_shortens_the_log_by_hand(programme, viewer_for, role):
    with pytest.raises(NotPermitted):
        rotate_audit(viewer_for(role, "varenia"), programme)

"""``people.lapse_openings``: what is over leaves no copy."""

import datetime

import pytest
from django.utils import timezone

from sulh.kernel.access import SYSTEM, NotPermitted
from sulh.kernel.models import AuditEntry
from sulh.kernel.vault.models import Opening
from sulh.rooms.people.sealed_actions import lapse_openings


def test_what_is_over_ends_and_its_copies_are_wiped(programme, both, opening):
    over, running = opening("ready"), opening("handed on")
    Opening.objects.filter(id=over.id).update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
    assert lapse_openings(SYSTEM, programme).changed
    kept = Opening.objects.get(id=over.id)
    assert (kept.state, bytes(kept.for_requester)) == ("lapsed", b"")
    assert Opening.objects.get(id=running.id).state == "handed on"
    logged = AuditEntry.objects.count()
    assert not lapse_openings(SYSTEM, programme).changed
    assert AuditEntry.objects.count() == logged


def test_it_is_a_job_of_the_house(programme, both, viewer_for):
    with pytest.raises(NotPermitted):
        lapse_openings(viewer_for("convener", "varenia"), programme)

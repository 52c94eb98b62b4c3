"""``people.request_opening``: who wants to see a sealed record, why, until when."""

import pytest

from sulh.kernel.access import NotPermitted
from sulh.kernel.actions import Refused
from sulh.kernel.vault.models import Opening
from sulh.rooms.people.sealed_actions import request_opening


def test_a_lead_asks_and_nothing_opens_by_that(programme, opening):
    row = Opening.objects.get(id=opening().id)
    assert (row.state, row.approvals, bytes(row.handed_on)) == ("requested", {}, b"")
    assert row.digest == row.record.digest


def test_only_leads_with_keys_ask_and_with_a_reason(
    programme, other_programme, both, opening, viewer_for, lead_of
):
    record = opening().record
    with pytest.raises(NotPermitted):
        request_opening(viewer_for("programme officer", "varenia"), programme, record, "safety", "why", 24)
    with pytest.raises(Refused, match="Make your own keys"):
        request_opening(viewer_for("counterpart lead", "varenia"), programme, record, "safety", "why", 24)
    for purpose, reason, hours in [("gossip", "why", 24), ("safety", " ", 24), ("safety", "why", 1000)]:
        with pytest.raises(Refused):
            request_opening(both["varenia"].lead.viewer, programme, record, purpose, reason, hours)
    stranger = lead_of("varenia", of=other_programme)
    with pytest.raises(NotPermitted):
        request_opening(stranger.viewer, other_programme, record, "safety", "why", 24)

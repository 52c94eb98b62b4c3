"""``convene.propose_purge``: a lead proposes; the key of the other side does it, on exactly what goes."""

from uuid import uuid4

import pytest

from sulh.kernel import purging
from sulh.kernel.access import SYSTEM, NotPermitted
from sulh.kernel.actions import Refused
from sulh.kernel.models import Account, PurgeReport
from sulh.rooms.convene.actions import propose_purge
from sulh.rooms.convene.models import Round
from sulh.rooms.people import actions as people
from sulh.rooms.people.queries import viewer_of
from sulh.rooms.record import actions as record


def codes(lines, goes):
    return {line.code: line.count for line in lines if line.goes == goes}


def test_one_key_removes_nothing(programme, full, leads):
    propose_purge(leads["varenia"], programme, full.round)
    assert Round.objects.filter(pk=full.round.pk).exists()
    assert not PurgeReport.objects.exists()


def test_both_keys_remove_it_and_keep_a_report(programme, full, leads, turn_both):
    proposal = propose_purge(leads["varenia"], programme, full.round)
    turn_both(proposal)
    assert not Round.objects.filter(key="third").exists()
    report = PurgeReport.objects.get()
    assert (report.id, report.what, report.side) == (full.round.pk, "round", "")


def test_the_report_tells_before_what_goes_and_what_stays(programme, full):
    lines = purging.find(programme, full.round).lines
    goes, stays = codes(lines, True), codes(lines, False)
    assert goes["record.sessions"] == goes["record.points"] == 1
    assert goes["carry.documents"] == 2
    assert goes["carry.lineages"] == 1
    assert stays["carry.lineages_stay"] == 1
    assert "kernel.copies" in stays


def test_a_sides_own_sessions_are_neither_counted_nor_part_of_what_is_agreed(programme, full):
    before = purging.find(programme, full.round)
    record.begin_session(SYSTEM, programme, "One more", 4, round=full.round, side="oskland")
    assert purging.find(programme, full.round) == before


@pytest.mark.parametrize("change", ["a point", "a document"])
def test_no_key_counts_for_what_has_changed_since(change, programme, full, leads, ask):
    proposal = propose_purge(leads["varenia"], programme, full.round)
    if change == "a point":
        record.keep_point(SYSTEM, programme, full.session, uuid4(), 0, "The ford should stay shut.")
    else:
        ask("Both governments should dredge the river.", round="third")
    with pytest.raises(Refused):
        people.turn_key(leads["oskland"], programme, proposal.id, proposal.content_hash)
    assert Round.objects.filter(key="third").exists()


@pytest.mark.parametrize("who", [("programme officer", "varenia"), ("rapporteur", None), ("convener", None)])
def test_only_leads_of_a_side_propose_it(who, programme, full, viewer_for):
    with pytest.raises(NotPermitted):
        propose_purge(viewer_for(*who), programme, full.round)


def test_a_lead_whose_seat_opens_some_groups_only_does_not_learn_of_the_others_by_it(programme, full, leads):
    people.keep_seat(SYSTEM, programme, "limited", "counterpart lead", "oskland", groups=["civil"])
    limited = viewer_of(Account.objects.get(handle="limited"))
    with pytest.raises(NotPermitted):
        propose_purge(limited, programme, full.round)
    proposal = propose_purge(leads["varenia"], programme, full.round)
    with pytest.raises(Exception, match="Not found"):
        people.turn_key(limited, programme, proposal.id, proposal.content_hash)

"""``convene.purge_round``: what only the round held is gone from every room; what is another's stays."""

import pytest

from sulh.kernel.access import SYSTEM, Hidden, NotPermitted
from sulh.kernel.models import AuditEntry, Proposal, PurgeReport
from sulh.rooms.carry import actions as carry
from sulh.rooms.carry.models import Ask, Document, Lineage, Response, TransferAct
from sulh.rooms.convene.actions import purge_round
from sulh.rooms.record import actions as record
from sulh.rooms.record.models import Minutes, Point, Session


def test_only_both_keys_do_it(programme, full, leads):
    for lead in leads.values():
        with pytest.raises(NotPermitted):
            purge_round(lead, programme, full.round)


def test_joint_sessions_go_and_a_sides_own_stay_without_the_round(programme, full):
    purge_round(SYSTEM, programme, full.round)
    assert list(Session.objects.values_list("id", "round")) == [(full.own.id, None)]
    assert not Point.objects.exists()
    assert not Minutes.objects.exists()


def test_documents_go_with_their_history_and_the_lineages_that_no_other_text_asks(programme, full):
    purge_round(SYSTEM, programme, full.round)
    assert list(Document.objects.values_list("round__key", flat=True)) == ["first"]
    assert list(Lineage.objects.values_list("title", flat=True)) == ["Bridge"]
    gone = [full.only_here.id, full.elsewhere_too.id]
    assert not Ask.history.filter(id__in=gone).exists()
    assert not Lineage.history.filter(id=full.only_here.lineage_id).exists()


def test_a_lineage_is_not_kept_by_the_rounds_own_texts(programme, full, ask):
    ask("Governments should ease visas for all.", lineage="visas", round="third")
    purge_round(SYSTEM, programme, full.round)
    assert not Lineage.objects.filter(key="visas").exists()


def test_acts_go_where_all_that_they_carried_goes(programme, full, carried):
    carried(full.only_here, date="2018-01", response=("acknowledged", "2018-02"))
    mixed = carried(full.only_here, full.elsewhere_too, date="2018-03")
    other = carried(full.elsewhere_too, date="2018-04")
    TransferAct.objects.filter(id=other.id).update(round=full.round)
    purge_round(SYSTEM, programme, full.round)
    acts = {act.id: act for act in TransferAct.objects.all()}
    assert set(acts) == {mixed.id, other.id}
    assert [one.key for one in acts[mixed.id].lineages.all()] == ["bridge"]
    assert acts[other.id].round is None
    assert not Response.objects.exists()
    past = TransferAct.history.all()
    assert set(past.values_list("id", flat=True)) == {mixed.id, other.id}
    assert set(past.values_list("round_id", flat=True)) == {None}


def test_proposals_about_what_goes_go_with_their_reasons(programme, full, leads):
    points = [str(full.session.points.get().id)]
    record.propose_handover(leads["varenia"], programme, full.session, points, "A title that tells")
    document = carry.tighten_document(leads["varenia"], programme, full.only_here.document, 3)
    carry.propose_document_level(leads["varenia"], programme, document, 2)
    assert Proposal.objects.count() == 2
    purge_round(SYSTEM, programme, full.round)
    assert not Proposal.objects.exists()


def test_the_other_programme_keeps_what_is_its_own(programme, other_programme, full, ask):
    theirs = ask(
        "Both governments should ease the visas.", lineage="visas", of=other_programme, round="first"
    )
    purge_round(SYSTEM, programme, full.round)
    theirs.refresh_from_db()
    assert theirs.lineage.title == theirs.text


def test_the_report_and_the_log_hold_numbers_and_no_words(programme, full):
    purge_round(SYSTEM, programme, full.round)
    kept = str(PurgeReport.objects.values().get())
    for word in ("Third round", "Fords", "visas", "Lund"):
        assert word not in kept
    assert AuditEntry.objects.first().subject == str(full.round.pk)


def test_a_round_that_is_gone_is_not_purged_again(programme, full):
    round = full.round
    purge_round(SYSTEM, programme, programme.rounds.get(key="third"))
    with pytest.raises(Hidden):
        purge_round(SYSTEM, programme, round)
    assert PurgeReport.objects.count() == 1


def test_half_a_purge_does_not_exist(programme, full, monkeypatch):
    from sulh.kernel import purging

    def fails(*told):
        raise OSError("the disk is full")

    broken = purging.Purger("convene", {}, purging.PURGERS["convene"].find, fails)
    monkeypatch.setitem(purging.PURGERS, "convene", broken)
    with pytest.raises(OSError, match="full"):
        purge_round(SYSTEM, programme, full.round)
    assert Session.objects.count() == 2
    assert Document.objects.count() == 3
    assert not PurgeReport.objects.exists()

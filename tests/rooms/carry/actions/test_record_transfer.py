"""``carry.record_transfer``: what was handed to one side's system, to what kind of office, when. No names."""

import pytest

from sulh.kernel.access import SYSTEM, NotPermitted
from sulh.kernel.actions import Refused
from sulh.kernel.models import AuditEntry
from sulh.rooms.carry.actions import record_transfer
from sulh.rooms.carry.models import TransferAct

HOW = {
    "side": "varenia",
    "direction": "up",
    "strategy": "briefing",
    "recipient_category": "foreign ministry",
    "recipient_level": "middle",
    "date": "2016-05",
}


def test_one_act_carries_several_asks(programme, ask):
    lineages = [ask("Ease visas.").lineage, ask("Open a hotline.").lineage]
    act = record_transfer(SYSTEM, programme, lineages, round=programme.rounds.get(key="second"), **HOW)
    assert set(act.lineages.all()) == set(lineages)
    assert (act.side.key, act.date, act.round.key) == ("varenia", "2016-05", "second")
    assert AuditEntry.objects.filter(action="carry.record_transfer", subject=str(act.id)).count() == 1


@pytest.mark.parametrize("role", ["convener", "counterpart lead", "programme officer", "liaison"])
def test_those_who_carry_may_record_it(programme, ask, viewer_for, role):
    assert record_transfer(viewer_for(role), programme, [ask("Ease visas.").lineage], **HOW).pk


@pytest.mark.parametrize("role", ["rapporteur", "evaluation", "head of delegation", "communications"])
def test_others_may_not(programme, ask, viewer_for, role):
    with pytest.raises(NotPermitted):
        record_transfer(viewer_for(role), programme, [ask("Ease visas.").lineage], **HOW)


def test_a_seat_elsewhere_does_not_help(programme, other_programme, ask, viewer_for):
    with pytest.raises(NotPermitted):
        record_transfer(
            viewer_for("convener", of=other_programme), programme, [ask("Ease visas.").lineage], **HOW
        )


@pytest.mark.parametrize(
    "wrong",
    [
        {"side": "nowhere"},
        {"date": ""},
        {"date": "spring"},
        {"direction": "sideways"},
        {"strategy": "magic"},
        {"recipient_category": "the minister"},
        {"recipient_level": "high"},
    ],
)
def test_what_is_not_on_the_lists_is_refused_and_nothing_is_kept(programme, ask, wrong):
    with pytest.raises(Refused):
        record_transfer(SYSTEM, programme, [ask("Ease visas.").lineage], **(HOW | wrong))
    assert not TransferAct.objects.exists()
    assert not AuditEntry.objects.filter(action="carry.record_transfer").exists()


def test_something_must_have_been_carried(programme):
    with pytest.raises(Refused, match="at least one ask"):
        record_transfer(SYSTEM, programme, [], **HOW)


def test_an_act_has_no_field_for_a_name():
    fields = {field.name for field in TransferAct._meta.get_fields()}
    assert not fields & {"name", "recipient", "recipient_name", "notes", "person"}

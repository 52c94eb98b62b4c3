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


def test_what_was_carried_before_any_of_it_was_asked_is_refused_with_both_dates(programme, ask):
    lineages = [ask("Ease visas.", round="second").lineage, ask("Open a hotline.", round="third").lineage]
    with pytest.raises(Refused, match=r"carried Feb 2016, first asked Mar 2016"):
        record_transfer(SYSTEM, programme, lineages, **(HOW | {"date": "2016-02"}))
    assert not TransferAct.objects.exists()


@pytest.mark.parametrize("date", ["2016-03", "2016", "2016-Q1", "2018"])
def test_a_date_that_may_be_as_late_as_one_of_the_asks_is_taken(programme, ask, date):
    lineages = [ask("Ease visas.", round="second").lineage, ask("Open a hotline.", round="third").lineage]
    assert record_transfer(SYSTEM, programme, lineages, **(HOW | {"date": date})).pk


def test_an_ask_of_which_no_date_is_known_stands_in_the_way_of_no_date(programme, ask):
    lineages = [ask("Ease visas.").lineage, ask("Open a hotline.", round=None).lineage]
    assert record_transfer(SYSTEM, programme, lineages, **(HOW | {"date": "2001"})).pk


def test_the_same_act_pressed_twice_is_recorded_once(programme, ask):
    lineages = [ask("Ease visas.").lineage, ask("Open a hotline.").lineage]
    record_transfer(SYSTEM, programme, lineages, **HOW)
    with pytest.raises(Refused, match="not recorded twice"):
        record_transfer(SYSTEM, programme, lineages[::-1], **HOW)
    for other in ({"side": "oskland"}, {"date": "2016-06"}, {"recipient_level": "top"}):
        assert record_transfer(SYSTEM, programme, lineages, **(HOW | other)).pk
    assert record_transfer(SYSTEM, programme, lineages[:1], **HOW).pk
    assert TransferAct.objects.count() == 5


def test_the_same_act_may_be_recorded_again_later(programme, ask, carried):
    mine = ask("Ease visas.")
    carried(mine, date="2016-05")
    assert record_transfer(SYSTEM, programme, [mine.lineage], **HOW).pk


def test_an_act_has_no_field_for_a_name():
    fields = {field.name for field in TransferAct._meta.get_fields()}
    assert not fields & {"name", "recipient", "recipient_name", "notes", "person"}

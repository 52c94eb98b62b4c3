"""``record.remove_session``: none of its words stay."""

import pytest

from sulh.kernel.access import SYSTEM, Hidden, NotPermitted
from sulh.kernel.actions import Refused
from sulh.kernel.models import Proposal
from sulh.rooms.record import actions
from sulh.rooms.record.models import Change, Minutes, Point, Session
from tests.rooms.record.conftest import TELLING


@pytest.mark.parametrize("side", ["varenia", "oskland"])
def test_what_is_due_is_removed_by_a_lead_of_either_side(programme, session, point, minutes, leads, side):
    made = session(5, date="2016-03-01", begun="2016-03-01")
    actions.propose_override(SYSTEM, programme, point(made, TELLING), "It is in the newspapers.")
    minutes(made)
    removed = actions.remove_session(leads[side], programme, made)
    assert (removed.points, removed.minutes, removed.proposals) == (1, 1, 1)
    for kind in (Session, Point, Minutes, Change, Proposal):
        assert not kind.objects.exists()


@pytest.mark.parametrize("told", [{"level": 5}, {"level": 1, "date": "1999"}, {"level": 5, "date": "1999"}])
def test_what_is_not_due_is_not_removed_by_one_side(programme, session, leads, told):
    made = session(**told)
    for lead in leads.values():
        with pytest.raises(Refused):
            actions.remove_session(lead, programme, made)
    assert Session.objects.filter(pk=made.pk).exists()


def test_a_side_cannot_tighten_a_record_until_it_is_due_and_so_destroy_it(programme, session, leads):
    made = session(1, date="2016-03-01", begun="2016-03-01")
    actions.tighten_level(leads["varenia"], programme, made, 7)
    with pytest.raises(Refused):
        actions.remove_session(leads["varenia"], programme, made)


def test_a_sides_own_session_is_its_own_to_remove(programme, session, leads):
    made = session(4, side="varenia")
    with pytest.raises(Hidden):
        actions.remove_session(leads["oskland"], programme, made)
    actions.remove_session(leads["varenia"], programme, made)
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    ("role", "side"), [("rapporteur", "varenia"), ("facilitator", None), ("convener", None)]
)
def test_only_leads_of_a_side_remove(programme, session, viewer_for, role, side):
    with pytest.raises(NotPermitted):
        actions.remove_session(viewer_for(role, side), programme, session(5, date="2016"))

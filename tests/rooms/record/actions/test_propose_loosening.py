"""``record.propose_loosening``: a level is loosened by both keys only."""

import pytest

from sulh.kernel.access import Hidden
from sulh.kernel.actions import Refused
from sulh.rooms.record import actions


def test_a_lead_who_proposes_turns_their_own_key_and_the_level_stays(programme, session, leads):
    made = session(5)
    proposal = actions.propose_loosening(leads["varenia"], programme, made, 4)
    assert {turn.side for turn in proposal.turns.all()} == {"varenia"}
    made.refresh_from_db()
    assert made.level == 5


def test_a_rapporteur_proposes_without_a_key(programme, session, viewer_for):
    proposal = actions.propose_loosening(viewer_for("rapporteur", "varenia"), programme, session(5), 4)
    assert not proposal.turns.exists()


@pytest.mark.parametrize("level", [5, 6, 0])
def test_what_is_not_looser_is_refused(programme, session, leads, level):
    with pytest.raises(Refused):
        actions.propose_loosening(leads["varenia"], programme, session(5), level)


def test_a_sides_own_session_is_not_put_to_the_other(programme, session, leads):
    with pytest.raises(Refused):
        actions.propose_loosening(leads["varenia"], programme, session(5, side="varenia"), 4)


def test_who_is_not_inside_does_not_find_it(programme, session, in_groups):
    with pytest.raises(Hidden):
        actions.propose_loosening(
            in_groups("counterpart lead", "oskland", "civil"), programme, session(5, group="security"), 4
        )

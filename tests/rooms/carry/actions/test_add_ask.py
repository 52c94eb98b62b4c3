"""Adding proposes a passage that was not found."""

import pytest

from sulh.kernel.access import SYSTEM, NotPermitted
from sulh.kernel.actions import Refused
from sulh.rooms.carry import actions
from sulh.rooms.carry.enums import AskState


def test_the_passage_is_proposed_and_marked_as_made_by_hand(programme, reviewed):
    start = reviewed.text.index("two days")
    ask = actions.add_ask(SYSTEM, programme, reviewed, start, start + 8, "welcome")
    ask.refresh_from_db()
    assert (ask.text, ask.kind, ask.state, ask.rule) == ("two days", "welcome", AskState.PROPOSED, "by hand")


def test_it_opens_a_finished_review_again(programme, reviewed):
    for ask in reviewed.asks.all():
        actions.drop_ask(SYSTEM, programme, ask)
    actions.finish_review(SYSTEM, programme, reviewed)
    actions.add_ask(SYSTEM, programme, reviewed, 0, 5)
    reviewed.refresh_from_db()
    assert reviewed.reviewed_at is None


@pytest.mark.parametrize(("start", "end"), [(3, 3), (7, 2), (-2, 4), (0, 10**7)])
def test_a_span_outside_the_text_is_refused(programme, reviewed, start, end):
    with pytest.raises(Refused):
        actions.add_ask(SYSTEM, programme, reviewed, start, end)


def test_it_needs_the_permission(programme, reviewed, viewer_for):
    with pytest.raises(NotPermitted):
        actions.add_ask(viewer_for("liaison", "oskland"), programme, reviewed, 0, 5)

"""``people.refuse_opening``: one side's no ends it."""

import pytest

from sulh.kernel.access import NotPermitted
from sulh.kernel.actions import Refused
from sulh.rooms.people.sealed_actions import hand_on_opening, refuse_opening
from tests.rooms.people.conftest import approved


def test_one_no_is_enough_even_after_both_approved(programme, both, opening):
    for state in ("requested", "approved"):
        row = refuse_opening(both["oskland"].lead.viewer, programme, opening(state))
        assert row.state == "refused"
        with pytest.raises(Refused):
            approved(programme, both["varenia"], row)


def test_not_any_more_once_an_envelope_is_open_and_not_by_others(programme, both, opening, viewer_for):
    row = opening("handed on")
    with pytest.raises(Refused, match="not due"):
        refuse_opening(both["oskland"].lead.viewer, programme, row)
    with pytest.raises(NotPermitted):
        refuse_opening(viewer_for("rapporteur", "varenia"), programme, opening())
    refused = refuse_opening(both["oskland"].lead.viewer, programme, opening("approved"))
    outer = both[refused.record.outer]
    with pytest.raises(Refused):
        hand_on_opening(outer.lead.viewer, programme, refused, outer.key)

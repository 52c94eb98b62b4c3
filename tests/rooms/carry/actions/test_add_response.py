"""``carry.add_response``: what came back is a new dated entry; earlier ones stay."""

import pytest

from sulh.kernel.access import SYSTEM, NotPermitted
from sulh.kernel.actions import Refused
from sulh.rooms.carry.actions import add_response


def test_a_later_response_leaves_the_earlier_one(programme, ask, carried):
    act = carried(ask("Ease visas."), response=("acknowledged", "2016-06"))
    add_response(SYSTEM, programme, act, kind="adopted in part", evidence="public", date="2017")
    assert [(one.kind, one.date) for one in act.responses.all()] == [
        ("acknowledged", "2016-06"),
        ("adopted in part", "2017"),
    ]


@pytest.mark.parametrize(
    "wrong", [{"kind": "enthusiasm"}, {"evidence": "gossip"}, {"date": ""}, {"date": "2016-13"}, {"kind": ""}]
)
def test_what_is_not_on_the_lists_is_refused(programme, ask, carried, wrong):
    act = carried(ask("Ease visas."))
    with pytest.raises(Refused):
        add_response(
            SYSTEM, programme, act, **({"kind": "adopted", "evidence": "public", "date": "2017"} | wrong)
        )
    assert not act.responses.exists()


def test_a_response_older_than_its_act_is_refused_with_both_dates(programme, ask, carried):
    act = carried(ask("Ease visas."), date="2016-05")
    with pytest.raises(Refused, match=r"dated Apr 2016, before what it answers was carried: May 2016"):
        add_response(SYSTEM, programme, act, kind="adopted", evidence="public", date="2016-04")
    for date in ("2016", "2016-05-01", "2016-Q2"):
        add_response(SYSTEM, programme, act, kind="adopted", evidence="public", date=date)
    assert act.responses.count() == 3


def test_a_rapporteur_does_not_add_one(programme, ask, carried, viewer_for):
    act = carried(ask("Ease visas."))
    with pytest.raises(NotPermitted):
        add_response(viewer_for("rapporteur"), programme, act, kind="adopted", evidence="public", date="2017")

"""``carry.keep_transfer``: a transfer act of a programme folder, kept once."""

import pytest

from sulh.kernel.access import SYSTEM, NotPermitted
from sulh.kernel.actions import Refused
from sulh.rooms.carry.actions import add_response, keep_transfer

TOLD = {
    "round": "second",
    "lineages": ["visas", "hotline"],
    "side": "oskland",
    "direction": "up",
    "strategy": "briefing",
    "recipient_category": "parliament",
    "recipient_level": "top",
    "date": "2016-04-02",
    "responses": [{"kind": "promised to forward", "evidence": "public", "date": "2016-04-02"}],
    "sources": ["https://example.org/briefing"],
}


@pytest.fixture
def asked(ask):
    return [ask("Ease visas.", lineage="visas"), ask("Open a hotline.", lineage="hotline")]


def test_it_is_kept_as_told(programme, asked):
    kept = keep_transfer(SYSTEM, programme, "briefing-2016", TOLD)
    act = programme.transfers.get(key="briefing-2016")
    assert kept.changed
    assert {lineage.key for lineage in act.lineages.all()} == {"visas", "hotline"}
    assert (act.side.key, act.round.key, act.sources) == ("oskland", "second", TOLD["sources"])
    assert act.responses.get().kind == "promised to forward"


def test_loading_it_again_changes_nothing_and_keeps_what_was_added_since(programme, asked):
    act = keep_transfer(SYSTEM, programme, "briefing-2016", TOLD).row
    add_response(SYSTEM, programme, act, kind="adopted", evidence="public", date="2017")
    assert not keep_transfer(SYSTEM, programme, "briefing-2016", TOLD).changed
    assert programme.transfers.count() == 1
    assert act.responses.count() == 2


def test_what_is_told_is_left_as_it_was(programme, asked):
    before = {name: list(value) if isinstance(value, list) else value for name, value in TOLD.items()}
    keep_transfer(SYSTEM, programme, "briefing-2016", TOLD)
    assert before == TOLD


def test_an_act_that_carries_nothing_known_is_refused(programme):
    with pytest.raises(Refused):
        keep_transfer(SYSTEM, programme, "briefing-2016", TOLD)
    assert not programme.transfers.exists()


def test_only_loading_does_this(programme, asked, viewer_for):
    with pytest.raises(NotPermitted):
        keep_transfer(viewer_for("convener"), programme, "briefing-2016", TOLD)

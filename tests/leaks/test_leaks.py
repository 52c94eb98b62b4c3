"""Generated texts, pushed through the real application by real requests and read back by all who can read anything."""

from __future__ import annotations

from itertools import islice

import pytest

from benchmarks.rosters import make_roster, texts
from tests.leaks.pushing import Judgement, dialogue, few_places, judge, outputs, push


@pytest.fixture
def judged(db) -> Judgement:
    """Sixty texts over one roster, pushed through, and every output judged."""
    roster = make_roster(7, 0)
    found = dialogue(roster, everybody=False)
    push(found, list(islice(texts(roster, 7), 60)), few_places(roster))
    return judge(found, outputs(found, many=4))


@pytest.mark.torture
def test_what_comes_out_names_nobody_and_reaches_nobody_else(judged):
    assert judged.outputs > 500
    assert judged.leaks == []
    assert judged.names == []
    assert judged.below == []
    # It is no empty house that gives nothing away.
    assert sum(judged.left[level] for level in (1, 2, 3)) > 5
    assert sum(judged.left[level] for level in (4, 5)) > 5
    assert judged.left[7] == 0

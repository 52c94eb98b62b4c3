"""Leads of both sides, and a round in which something was said, written and carried."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest

from sulh.kernel.access import SYSTEM, Viewer
from sulh.kernel.models import Proposal
from sulh.rooms.carry.models import Ask
from sulh.rooms.convene.models import Round
from sulh.rooms.people import actions as people
from sulh.rooms.programme.models import Programme
from sulh.rooms.record import actions as record
from sulh.rooms.record.models import Session

Make = Callable[..., Any]


@dataclass(frozen=True)
class Full:
    """A round with a joint session and one of Varenia's own, an ask that only it asks and one that others ask too."""

    round: Round
    session: Session
    own: Session
    only_here: Ask
    elsewhere_too: Ask


@pytest.fixture
def leads(viewer_for: Make) -> dict[str, Viewer]:
    """The lead of each side."""
    return {
        "varenia": viewer_for("convener", "varenia"),
        "oskland": viewer_for("counterpart lead", "oskland"),
    }


@pytest.fixture
def turn_both(programme: Programme, leads: dict[str, Viewer]) -> Make:
    """``turn_both(proposal)``: each side's lead turns their key on it, where it is not turned already."""

    def turn(proposal: Proposal) -> None:
        for side, lead in leads.items():
            if not proposal.turns.filter(side=side).exists():
                people.turn_key(lead, programme, proposal.id, proposal.content_hash)

    return turn


@pytest.fixture
def full(programme: Programme, ask: Make) -> Full:
    round = programme.rounds.get(key="third")
    session = record.begin_session(SYSTEM, programme, "Fords", 4, round=round)
    record.keep_point(SYSTEM, programme, session, uuid4(), 0, "The ford should open.")
    own = record.begin_session(SYSTEM, programme, "Our own", 4, round=round, side="varenia")
    ask("Both governments should open the bridge.", lineage="bridge", lineage_title="Bridge", round="first")
    both = ask("Both governments should open the old bridge.", lineage="bridge", round="third")
    only = ask("Both governments should ease visas.", lineage="visas", round="third")
    return Full(round, session, own, only, both)

"""A session at any level, points in it, and both keys for whatever takes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from sulh.kernel.access import SYSTEM, Viewer
from sulh.kernel.models import Account, Proposal
from sulh.rooms.people import actions as people
from sulh.rooms.people.queries import viewer_of
from sulh.rooms.programme.models import Programme
from sulh.rooms.record import actions
from sulh.rooms.record.models import Minutes, Point, Session

Make = Callable[..., Any]

TELLING = "The former foreign secretary said that the bridge could open."
"""A sentence that points to one person; it is made up, and so is everybody in it."""


@pytest.fixture
def session(programme: Programme) -> Make:
    """``session(level=4, side="", group="", begun="2016-01-01", …)``: an open session, begun here today or then."""

    def make(level: int = 4, *, title: str = "The bridge", begun: str = "", **told: Any) -> Session:
        made = actions.begin_session(SYSTEM, programme, title, level, **told)
        if begun:
            Session.objects.filter(pk=made.pk).update(begun_on=begun)
            made.refresh_from_db()
        return made

    return make


@pytest.fixture
def point(programme: Programme) -> Make:
    """``point(session, "…", kind="convergence")``: a point written down in it."""

    def make(session: Session, text: str, kind: str = "convergence", **told: Any) -> Point:
        return actions.keep_point(SYSTEM, programme, session, uuid4(), 0, text, kind, **told).row.point

    return make


@pytest.fixture
def minutes(programme: Programme) -> Make:
    """``minutes(session, "…")``: a draft with this text."""

    def make(session: Session, text: str = "The participants agreed on a bridge.") -> Minutes:
        made = actions.begin_minutes(SYSTEM, programme, session, "agreed minutes")
        return actions.keep_minutes(SYSTEM, programme, made, text, made.version).row

    return make


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
def with_both(programme: Programme, minutes: Make, leads: dict[str, Viewer]) -> Make:
    """``with_both(session, text, read=True)``: minutes that are with both sides, read by both unless told otherwise."""

    def make(
        session: Session, text: str = "The participants agreed on a bridge.", read: bool = True
    ) -> Minutes:
        made = actions.send_minutes(SYSTEM, programme, minutes(session, text))
        for lead in leads.values() if read else ():
            made = actions.read_minutes(lead, programme, made, made.fingerprint)
        return made

    return make


@pytest.fixture
def in_groups(programme: Programme, account_for: Make) -> Make:
    """``in_groups("rapporteur", "varenia", "security")``: somebody whose seat opens these groups only."""

    def make(role: str, side: str | None, *groups: str) -> Viewer:
        handle = f"tests/{role}-{side}-{'-'.join(groups)}".replace(" ", "-")
        people.keep_seat(SYSTEM, programme, handle, role, side or "", groups=groups)
        return viewer_of(Account.objects.get(handle=handle))

    return make

"""Which sessions a viewer is inside of: one seat at a time."""

from __future__ import annotations

import pytest

from sulh.kernel.access import LEADS, Seat, Viewer
from sulh.rooms.people.enums import Role
from sulh.rooms.record import queries
from sulh.rooms.record.compartments import WRITERS, sessions_for

SIDES = ("varenia", "oskland", "")
GROUPS = ((), ("security",), ("civil",))


@pytest.fixture
def every_session(session):
    """One session of every level, side and group."""
    return [
        session(level, side=side, group=group, title=f"{level} {side} {group}")
        for level in range(1, 8)
        for side in SIDES
        for group in ("", "security")
    ]


def test_a_seat_opens_what_its_side_its_groups_and_its_role_open(programme, every_session):
    for role in Role.values:
        for side in SIDES:
            for groups in GROUPS:
                viewer = Viewer(seats=(Seat(programme.id, role, side, groups),))
                seen = set(sessions_for(viewer, programme))
                for one in every_session:
                    of_its_side = one.side is None or one.side.key == side
                    of_its_group = one.group is None or not groups or one.group.key in groups
                    in_the_circle = one.level < 6 or role in WRITERS
                    assert (one in seen) == (of_its_side and of_its_group and in_the_circle), (
                        viewer,
                        one.title,
                    )


def test_two_seats_never_add_up(programme, session):
    """A rapporteur of one group who also reads for another does not see a secret session of the other."""
    secret = session(6, group="security")
    seats = (Seat(programme.id, "rapporteur", "", ("civil",)), Seat(programme.id, "communications", ""))
    assert secret not in sessions_for(Viewer(seats=seats), programme)


def test_without_a_seat_there_is_nothing(programme, other_programme, session, viewer_for):
    session(1)
    assert not sessions_for(Viewer(), programme).exists()
    assert not sessions_for(viewer_for("convener", "varenia", of=other_programme), programme).exists()


def test_the_parking_lot_gathers_what_the_viewer_is_inside_of(programme, session, point, viewer_for):
    joint, theirs = session(4, date="2016"), session(4, side="oskland", date="2017")
    point(joint, "The ferry.", "parking lot")
    point(theirs, "The tariff.", "parking lot")
    point(joint, "The bridge.")
    seen = {
        role: [
            one.text for parked in queries.parking_lot(viewer_for(*role), programme) for one in parked.parked
        ]
        for role in [("liaison", "oskland"), ("liaison", "varenia"), ("facilitator",)]
    }
    assert seen == {
        ("liaison", "oskland"): ["The tariff.", "The ferry."],
        ("liaison", "varenia"): ["The ferry."],
        ("facilitator",): ["The ferry."],
    }


def test_who_leads_a_side_is_of_every_circle() -> None:
    assert set(LEADS) < set(WRITERS)

"""``carry.save_view``: a filter of the ledger under a name, for the whole programme."""

import pytest

from sulh.kernel.access import NOBODY, NotPermitted
from sulh.kernel.actions import Refused
from sulh.rooms.carry.actions import save_view


@pytest.mark.parametrize("role", ["convener", "evaluation", "head of delegation"])
def test_every_seat_may_save_one(programme, viewer_for, role):
    save_view(viewer_for(role), programme, " Visas, not carried ", "theme=visas-consular")
    assert [(one.name, one.query) for one in programme.saved_views.all()] == [
        ("Visas, not carried", "theme=visas-consular")
    ]


def test_the_same_name_again_replaces_it(programme, viewer_for):
    viewer = viewer_for("convener")
    save_view(viewer, programme, "Visas", "text=visa")
    save_view(viewer, programme, "Visas", "theme=visas-consular")
    assert programme.saved_views.get().query == "theme=visas-consular"


def test_it_needs_a_name(programme, viewer_for):
    with pytest.raises(Refused, match="name"):
        save_view(viewer_for("convener"), programme, "  ", "text=visa")
    assert not programme.saved_views.exists()


def test_who_has_no_seat_saves_nothing(programme):
    with pytest.raises(NotPermitted):
        save_view(NOBODY, programme, "Visas", "text=visa")

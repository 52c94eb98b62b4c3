"""``carry.forget_view``: remove a saved view."""

import pytest

from sulh.kernel.access import NotPermitted
from sulh.kernel.models import AuditEntry
from sulh.rooms.carry.actions import forget_view, save_view


def test_it_is_gone_and_the_others_stay(programme, viewer_for):
    viewer = viewer_for("convener")
    view = save_view(viewer, programme, "Visas", "text=visa")
    save_view(viewer, programme, "Trade", "text=trade")
    forget_view(viewer, programme, view)
    assert [one.name for one in programme.saved_views.all()] == ["Trade"]
    assert AuditEntry.objects.filter(action="carry.forget_view").count() == 1


def test_a_seat_elsewhere_does_not_help(programme, other_programme, viewer_for):
    view = save_view(viewer_for("convener"), programme, "Visas", "text=visa")
    with pytest.raises(NotPermitted):
        forget_view(viewer_for("convener", of=other_programme), programme, view)
    assert programme.saved_views.exists()

"""Saved views of the ledger."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sulh.kernel.access import Viewer
from sulh.kernel.actions import Refused, action
from sulh.rooms.carry.models import SavedView
from sulh.rooms.programme.models import Programme


@action("carry.save_view")
def save_view(viewer: Viewer, programme: Programme, name: str, query: str) -> SavedView:
    """Keep a filter of the ledger under a name; an earlier one of that name is replaced."""
    name = name.strip()[:80]
    if not name:
        raise Refused(_("Give the view a name."))
    view, _made = SavedView.objects.update_or_create(
        programme=programme, name=name, defaults={"query": query[:500]}
    )
    return view


@action("carry.save_view")
def forget_view(viewer: Viewer, programme: Programme, view: SavedView) -> None:
    """Remove a saved view."""
    view.delete()

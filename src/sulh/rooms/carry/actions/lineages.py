"""What can be done to a lineage."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sulh.kernel.access import Viewer
from sulh.kernel.actions import Refused, action
from sulh.rooms.carry.actions.checks import TITLE_LENGTH, refuse_telling_title
from sulh.rooms.carry.enums import AskState
from sulh.rooms.carry.models import Lineage
from sulh.rooms.programme.models import Programme


@action("carry.review")
def rename_lineage(viewer: Viewer, programme: Programme, lineage: Lineage, title: str) -> Lineage:
    """Give a lineage the words by which people speak of it."""
    if not title.strip():
        raise Refused(_("A lineage needs a title."))
    asked = lineage.asks.filter(document__programme=programme, state=AskState.ACCEPTED)
    levels = list(asked.values_list("document__level", flat=True))
    if not levels:
        raise Refused(_("This programme does not ask this; only a programme that asks it gives it a title."))
    refuse_telling_title(programme, title, max(levels))
    lineage.title = title.strip()[:TITLE_LENGTH]
    lineage.save()
    return lineage

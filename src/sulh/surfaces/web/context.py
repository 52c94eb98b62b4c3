"""What every template may use."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_bidi, pgettext
from django.utils.translation import gettext as _

from sulh.kernel.access import Viewer, may
from sulh.kernel.sides import in_turn
from sulh.rooms.people.seats import side_of
from sulh.rooms.programme.access import DESK
from sulh.rooms.programme.models import Programme


def house(request: HttpRequest) -> dict[str, Any]:
    """The programme of this page (set by its view on the request), its sides in today's order, the languages."""
    # A page of many parts asks for each of them.
    kept: dict[str, Any] | None = getattr(request, "_house", None)
    if kept is not None and kept["programme"] is getattr(request, "programme", None):
        return kept
    programme = getattr(request, "programme", None)
    viewer = getattr(request, "viewer", None)
    today = timezone.localdate()
    request._house = told = {  # type: ignore[attr-defined]
        "programme": programme,
        "sides": in_turn(tuple(programme.sides.all()), today) if programme else (),
        "today": today,
        "viewer": viewer,
        "people_pages": people_pages(viewer, programme) if viewer and programme else [],
        "languages": settings.LANGUAGES,
        "direction": "rtl" if get_language_bidi() else "ltr",
    }
    return told


def people_pages(viewer: Viewer, programme: Programme) -> list[tuple[str, str]]:
    """Return address and name of the pages on seats, keys and people that this viewer may open; most see none."""
    leads = bool(viewer.leads_in(programme.id))
    desk = side_of(viewer, programme, *DESK) is not None
    pages = [
        (leads, "keys", _("Keys")),
        (leads, "seats", _("Seats")),
        (desk, "people", _("Register")),
        (desk, "vault", _("Vault")),
        (desk and leads, "sealed-records", pgettext("navigation", "Sealed")),
        (may(viewer, "people.read_audit", programme), "audit", _("Audit log")),
        (
            may(viewer, "people.exchange_heads", programme),
            "audit-heads",
            pgettext("of the audit log", "Heads"),
        ),
    ]
    return [(reverse(name, args=[programme.slug]), label) for shown, name, label in pages if shown]

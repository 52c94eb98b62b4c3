"""What every template may use."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language_bidi

from sulh.kernel.sides import in_turn


def house(request: HttpRequest) -> dict[str, Any]:
    """The programme of this page (set by its view on the request), its sides in today's order, the languages."""
    kept: dict[str, Any] | None = getattr(
        request, "_house", None
    )  # a page of many parts asks for each of them
    if kept is not None and kept["programme"] is getattr(request, "programme", None):
        return kept
    programme = getattr(request, "programme", None)
    today = timezone.localdate()
    request._house = told = {  # type: ignore[attr-defined]
        "programme": programme,
        "sides": in_turn(tuple(programme.sides.all()), today) if programme else (),
        "today": today,
        "viewer": getattr(request, "viewer", None),
        "languages": settings.LANGUAGES,
        "direction": "rtl" if get_language_bidi() else "ltr",
    }
    return told

"""The rapporteur's page, and the addresses that it saves to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sulh.engines.disclosure.levels import allowed
from sulh.kernel.access import NotPermitted
from sulh.kernel.actions import Refused
from sulh.kernel.ids import new_id
from sulh.rooms.programme.pages import ProgrammeRequest, programme_page
from sulh.rooms.programme.queries import theme_names
from sulh.rooms.record import actions, levels, linting, queries, retention
from sulh.rooms.record.access import access_point, access_session
from sulh.rooms.record.enums import PointKind, SessionState
from sulh.rooms.record.models import Point, Session, fingerprint
from sulh.rooms.record.views.sessions import may_write


@require_safe
@programme_page
def page(request: ProgrammeRequest, session_id: UUID) -> HttpResponse:
    """The page on which points are typed, by keyboard alone."""
    found = _session_to_write(request, session_id)
    if not allowed(found.level).may_record or found.state == SessionState.CLOSED:
        return redirect("session", slug=request.programme.slug, session_id=found.id)
    return _page(request, found)


def _page(
    request: ProgrammeRequest, found: Session, *, typed: dict[str, Any] | None = None, refused: str = ""
) -> HttpResponse:
    boxes = [_box(found, point) for point in queries.points_of(found)]
    kinds = list(PointKind)
    last = boxes[-1]["kind"] if boxes else PointKind.CONVERGENCE
    fresh = {"key": str(new_id()), "version": 0, "kind": last, "theme": "", "text": "", **(typed or {})}
    context = {
        "session": found,
        "words": levels.in_words(found.level),
        "due": retention.due_on(found),
        "keeps": found.level < levels.KEPT_ON_THE_DEVICE_BELOW,
        "boxes": boxes,
        "fresh": fresh,
        "kinds": [(number, kind) for number, kind in enumerate(kinds, start=1)],
        "themes": theme_names(request.programme),
        "length": actions.POINT_LENGTH,
        "refused": refused,
    }
    return render(request, "record/write.html", context, status=422 if refused else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@programme_page
def points(request: ProgrammeRequest, session_id: UUID) -> HttpResponse:
    """Give the points as they stand, or keep one. A browser without scripts is led back to the page."""
    found = _session_to_write(request, session_id)
    if request.method != "POST":
        return JsonResponse(
            {
                "level": found.level,
                "open": found.state == SessionState.OPEN and allowed(found.level).may_record,
                "points": [_box(found, point) for point in queries.points_of(found)],
                "token": get_token(request),
            }
        )
    told = {name: request.POST.get(name, "") for name in ("key", "version", "text", "kind", "theme")}
    wants_data = "application/json" in request.headers.get("Accept", "")
    try:
        key, version = _key(told["key"]), _number(told["version"])
        kept = actions.keep_point(
            request.viewer, request.programme, found, key, version, told["text"], told["kind"], told["theme"]
        ).row
    except Refused as refusal:
        if wants_data:
            return JsonResponse({"refused": str(refusal)}, status=422)
        return _page(request, found, typed=told, refused=str(refusal))
    saved: actions.SavedPoint = kept
    if wants_data:
        return JsonResponse(
            {
                "level": saved.session.level,
                "point": _box(saved.session, saved.point),
                "other": _box(saved.session, saved.other) if saved.other else None,
            }
        )
    if saved.other:
        messages.warning(request, _("Somebody else had changed this point. Both wordings are kept."))
    return redirect(reverse("write-session", args=[request.programme.slug, found.id]) + "#new")


@require_POST
@programme_page
def lint(request: ProgrammeRequest, session_id: UUID) -> HttpResponse:
    """Say what in a text may point to a person. Nothing of it is stored."""
    found = _session_to_write(request, session_id)
    told = linting.findings(found, request.POST.get("text", "")[: actions.MINUTES_LENGTH])
    return render(request, "record/_findings.html", {"findings": told})


@require_POST
@programme_page
def override(request: ProgrammeRequest, session_id: UUID, point_id: UUID) -> HttpResponse:
    """Propose that a point may stand although the lint holds it back."""
    found = access_session(request.viewer, request.programme, session_id)
    point = access_point(found, point_id)
    actions.propose_override(request.viewer, request.programme, point, request.POST.get("reason", ""))
    messages.success(
        request, _("Proposed. The text may stand when a lead of each side has turned their key.")
    )
    return redirect("session", slug=request.programme.slug, session_id=found.id)


def _session_to_write(request: ProgrammeRequest, session_id: UUID) -> Session:
    found = access_session(request.viewer, request.programme, session_id)
    if not may_write(request, found):
        raise NotPermitted("record.write")
    return found


def _box(session: Session, point: Point) -> dict[str, Any]:
    """A point as the page shows it, with what the lint says of it."""
    overridden = bool(point.text) and point.overridden == fingerprint(point.text)
    found = () if overridden else linting.findings(session, point.text)
    return {
        "key": str(point.client_key),
        "version": point.version,
        "kind": point.kind,
        "theme": point.theme.key if point.theme else "",
        "text": point.text,
        "neutral": point.is_neutral,
        "other": point.other_wording_of_id is not None,
        "notes": [
            {"text": one.text, "why": _(one.why), "neutral": one.neutral, "blocks": one.blocks}
            for one in found
        ],
    }


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Refused(_("This point has no key. Load the page again.")) from error


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0

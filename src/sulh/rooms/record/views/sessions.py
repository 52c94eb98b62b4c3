"""The pages of sessions: the list, one session, a new one, its level, its removal, the parking lot."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sulh.engines.disclosure.levels import LINT_BLOCKS_FROM, Level, allowed
from sulh.kernel import two_keys
from sulh.kernel.access import NotPermitted, may
from sulh.kernel.actions import Refused
from sulh.rooms.convene.models import Round
from sulh.rooms.convene.queries import rounds_of
from sulh.rooms.programme.pages import ProgrammeRequest, programme_page
from sulh.rooms.record import actions, keys, leaving, levels, queries, retention
from sulh.rooms.record.access import access_session
from sulh.rooms.record.compartments import WRITERS, sessions_for
from sulh.rooms.record.enums import MinutesKind, PointKind, Track
from sulh.rooms.record.models import Session

TOLD = ("title", "date", "place", "track", "round", "group", "side", "level")


@require_safe
@programme_page
def sessions(request: ProgrammeRequest) -> HttpResponse:
    """The sessions that the viewer is inside of."""
    found = queries.sessions_of(request.viewer, request.programme)
    today = timezone.localdate()
    rows = [
        {"session": one, "due": retention.due_on(one), "is_due": retention.is_due(one, today)}
        for one in found
    ]
    return render(request, "record/sessions.html", {"rows": rows})


@require_safe
@programme_page
def parking_lot(request: ProgrammeRequest) -> HttpResponse:
    """What the sessions left for later."""
    parked = queries.parking_lot(request.viewer, request.programme)
    return render(request, "record/parking_lot.html", {"parked": parked})


@require_safe
@programme_page
def session(request: ProgrammeRequest, session_id: UUID) -> HttpResponse:
    """One session: its level and what it allows, its points by kind, its minutes."""
    return show(request, access_session(request.viewer, request.programme, session_id))


def show(request: ProgrammeRequest, found: Session, *, refused: str = "", status: int = 200) -> HttpResponse:
    """Show a session, with what was refused."""
    today = timezone.localdate()
    records = allowed(found.level).may_record
    joint = found.side_id is None
    context: dict[str, Any] = {
        "session": found,
        "words": levels.in_words(found.level),
        "records": records,
        "may_write": may_write(request, found),
        "by_kind": queries.points_by_kind(found),
        "minutes": list(found.minutes.prefetch_related("read_by")) if records else [],
        "minutes_kinds": MinutesKind.choices,
        "changes": list(found.changes.all()),
        "due": retention.due_on(found),
        "is_due": retention.is_due(found, today),
        "tighter": [levels.in_words(one) for one in Level if one > found.level],
        "looser": [levels.in_words(one) for one in Level if one < found.level] if joint else [],
        "convergence": PointKind.CONVERGENCE,
        "may_hand_over": joint and records and not queries.is_secret(found),
        "needs_keys": leaving.needs_keys(found),
        "waiting_for_keys": [
            kind.title
            for kind in keys.KINDS
            if two_keys.open_proposal(request.programme.id, kind.name, str(found.pk))
        ],
        "refused": refused,
    }
    return render(request, "record/session.html", context, status=status)


def may_write(request: ProgrammeRequest, found: Session) -> bool:
    """Whether the viewer writes in this session: through a seat of a writing role that is inside of it."""
    inside = sessions_for(request.viewer, request.programme, WRITERS).filter(pk=found.pk)
    return may(request.viewer, "record.write", request.programme) and inside.exists()


@require_http_methods(["GET", "HEAD", "POST"])
@programme_page
def begin(request: ProgrammeRequest) -> HttpResponse:
    """Begin a session."""
    if not may(request.viewer, "record.write", request.programme):
        raise NotPermitted("record.write")
    if request.method != "POST":
        usual = {"track": Track.TWO, "level": int(Level.CHATHAM_HOUSE), "round": request.GET.get("round", "")}
        return _form(request, usual)
    told = _told(request)
    try:
        made = actions.begin_session(
            request.viewer,
            request.programme,
            told["title"],
            _number(told["level"]),
            track=told["track"],
            date=told["date"],
            place=told["place"],
            round=_round(request, told["round"]),
            group=told["group"],
            side=told["side"],
        )
    except Refused as refusal:
        return _form(request, told, refused=str(refusal), status=422)
    if allowed(made.level).may_record:
        return redirect("write-session", slug=request.programme.slug, session_id=made.id)
    return redirect("session", slug=request.programme.slug, session_id=made.id)


@require_http_methods(["GET", "HEAD", "POST"])
@programme_page
def correct(request: ProgrammeRequest, session_id: UUID) -> HttpResponse:
    """Correct what is told about a session."""
    found = access_session(request.viewer, request.programme, session_id)
    if not may_write(request, found):
        raise NotPermitted("record.write")
    if not allowed(found.level).may_record:
        return _back(request, found)
    if request.method != "POST":
        known = {"title": found.title, "date": found.date, "place": found.place, "track": found.track}
        return _form(request, known | {"round": found.round.key if found.round else ""}, session=found)
    told = _told(request)
    try:
        actions.correct_session(
            request.viewer,
            request.programme,
            found,
            title=told["title"],
            date=told["date"],
            place=told["place"],
            track=told["track"],
            round=_round(request, told["round"]),
        )
    except Refused as refusal:
        return _form(request, told, session=found, refused=str(refusal), status=422)
    messages.success(request, _("Corrected."))
    return _back(request, found)


@require_POST
@programme_page
def state(request: ProgrammeRequest, session_id: UUID) -> HttpResponse:
    """Close a session, or open it again."""
    found = access_session(request.viewer, request.programme, session_id)
    if request.POST.get("what") == "reopen":
        actions.reopen_session(request.viewer, request.programme, found)
        messages.success(request, _("The session is open again."))
    else:
        actions.close_session(request.viewer, request.programme, found)
        messages.success(request, _("The session is closed. Nothing more can be written down in it."))
    return _back(request, found)


@require_POST
@programme_page
def level(request: ProgrammeRequest, session_id: UUID) -> HttpResponse:
    """Tighten the level at once, or propose to loosen it."""
    found = access_session(request.viewer, request.programme, session_id)
    wanted = _number(request.POST.get("level", ""))
    try:
        if request.POST.get("what") == "loosen":
            actions.propose_loosening(request.viewer, request.programme, found, wanted)
            said = _("Proposed. The level is loosened when a lead of each side has turned their key.")
        else:
            actions.tighten_level(request.viewer, request.programme, found, wanted)
            said = _("The level is tighter now.")
    except Refused as refusal:
        return show(request, found, refused=str(refusal), status=422)
    messages.success(request, said)
    if not sessions_for(request.viewer, request.programme).filter(pk=found.pk).exists():
        return redirect("sessions", slug=request.programme.slug)
    return _back(request, found)


@require_http_methods(["GET", "HEAD", "POST"])
@programme_page
def remove(request: ProgrammeRequest, session_id: UUID) -> HttpResponse:
    """Say what goes with a session, then remove it, or propose to where it is not due."""
    found = access_session(request.viewer, request.programme, session_id)
    alone = retention.one_side_may_remove(found, timezone.localdate())
    if request.method != "POST":
        if not may(request.viewer, "record.remove", request.programme):
            raise NotPermitted("record.remove")
        told = {
            "session": found,
            "alone": alone,
            "points": found.points.count(),
            "minutes": found.minutes.count(),
            "due": retention.due_on(found),
        }
        return render(request, "record/remove.html", told)
    if alone:
        actions.remove_session(request.viewer, request.programme, found)
        messages.success(request, _("The session and all that was written in it are removed."))
        return redirect("sessions", slug=request.programme.slug)
    actions.propose_removal(request.viewer, request.programme, found)
    messages.success(request, _("Proposed. It is removed when a lead of each side has turned their key."))
    return _back(request, found)


@require_POST
@programme_page
def hand_over(request: ProgrammeRequest, session_id: UUID) -> HttpResponse:
    """Hand chosen points of convergence over, or propose to where that takes both keys."""
    found = access_session(request.viewer, request.programme, session_id)
    ids, title = request.POST.getlist("points"), request.POST.get("title", "")
    try:
        if leaving.needs_keys(found):
            actions.propose_handover(request.viewer, request.programme, found, ids, title)
            messages.success(
                request,
                _("Proposed. The points are handed over when a lead of each side has turned their key."),
            )
            return _back(request, found)
        done = actions.hand_over_points(request.viewer, request.programme, found, ids, title)
    except Refused as refusal:
        return show(request, found, refused=str(refusal), status=422)
    messages.success(request, _("Handed over."))
    return redirect(done.addresses[0]) if done.addresses and done.addresses[0] else _back(request, found)


def _form(
    request: ProgrammeRequest,
    told: dict[str, Any],
    *,
    session: Session | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    """The form of a session: a new one, or the corrections to one."""
    own = request.viewer.sides_in(request.programme.id)
    context = {
        "told": told,
        "session": session,
        "refused": refused,
        "levels": [levels.in_words(one) for one in Level],
        "chosen_level": str(told.get("level", "")),
        "tracks": Track.choices,
        "rounds": rounds_of(request.programme),
        "groups": request.programme.groups.all(),
        "own_sides": [side for side in request.programme.sides.all() if side.key in own],
        "lint_from": int(LINT_BLOCKS_FROM),
    }
    return render(request, "record/session_form.html", context, status=status)


def _told(request: ProgrammeRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "").strip() for name in TOLD}


def _round(request: ProgrammeRequest, key: str) -> Round | None:
    return request.programme.rounds.filter(key=key).first() if key else None


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else 0


def _back(request: ProgrammeRequest, found: Session) -> HttpResponse:
    return redirect("session", slug=request.programme.slug, session_id=found.pk)

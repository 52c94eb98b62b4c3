"""The page of minutes, and what is done with them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sulh.engines.disclosure.levels import allowed
from sulh.kernel import two_keys
from sulh.kernel.access import Hidden
from sulh.kernel.actions import Refused
from sulh.rooms.programme.pages import ProgrammeRequest, programme_page
from sulh.rooms.record import actions, leaving, levels, linting
from sulh.rooms.record.access import access_minutes, access_session
from sulh.rooms.record.enums import MinutesKind, Phase
from sulh.rooms.record.models import Minutes
from sulh.rooms.record.views.sessions import may_write


@require_POST
@programme_page
def begin(request: ProgrammeRequest, session_id: UUID) -> HttpResponse:
    """Begin minutes from the points of the session."""
    found = access_session(request.viewer, request.programme, session_id)
    made = actions.begin_minutes(request.viewer, request.programme, found, request.POST.get("kind", ""))
    return redirect("minutes", slug=request.programme.slug, session_id=found.id, minutes_id=made.id)


@require_http_methods(["GET", "HEAD", "POST"])
@programme_page
def page(request: ProgrammeRequest, session_id: UUID, minutes_id: UUID) -> HttpResponse:
    """Read minutes, or keep another wording of them."""
    minutes = _minutes(request, session_id, minutes_id)
    if request.method != "POST":
        return _show(request, minutes)
    text, version = request.POST.get("text", ""), request.POST.get("version", "")
    number = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
    try:
        kept = actions.keep_minutes(
            request.viewer, request.programme, minutes, text, number, request.POST.get("kind", "")
        )
    except Refused as refusal:
        return _show(request, minutes, typed=text, refused=str(refusal), status=422)
    messages.success(request, _("Kept as a draft.") if kept.changed else _("Nothing was changed."))
    return _back(request, minutes)


def _show(
    request: ProgrammeRequest, minutes: Minutes, *, typed: str = "", refused: str = "", status: int = 200
) -> HttpResponse:
    session = minutes.session
    side = request.viewer.leads_in(request.programme.id)
    read = {one.key for one in minutes.read_by.all()}
    context = {
        "session": session,
        "minutes": minutes,
        "words": levels.in_words(session.level),
        "may_write": may_write(request, session),
        "kinds": MinutesKind.choices,
        "text": typed or minutes.text,
        "typed": typed,
        "read": read,
        "may_read": side and side not in read and minutes.phase == Phase.WITH_BOTH_SIDES,
        "both_read": len(read) == 2,
        "findings": linting.findings(session, minutes.text),
        "held_back": leaving.is_held_back(session, minutes),
        "joint": session.side_id is None,
        "may_leave": minutes.phase == Phase.CLEARED or not allowed(session.level).needs_clearance,
        "waiting_for_keys": [
            two_keys.KINDS[kind].title
            for kind in ("record.clear_minutes", "record.override_finding")
            if two_keys.open_proposal(request.programme.id, kind, actions.subject_of(minutes))
        ],
        "refused": refused,
    }
    return render(request, "record/minutes.html", context, status=status)


@require_POST
@programme_page
def send(request: ProgrammeRequest, session_id: UUID, minutes_id: UUID) -> HttpResponse:
    """Put a draft before both sides."""
    minutes = _minutes(request, session_id, minutes_id)
    actions.send_minutes(request.viewer, request.programme, minutes)
    messages.success(request, _("The minutes are with both sides for reading."))
    return _back(request, minutes)


@require_POST
@programme_page
def read(request: ProgrammeRequest, session_id: UUID, minutes_id: UUID) -> HttpResponse:
    """Say that one's side has read them."""
    minutes = _minutes(request, session_id, minutes_id)
    actions.read_minutes(request.viewer, request.programme, minutes, request.POST.get("seen", ""))
    messages.success(request, _("Your side has read this text. That agrees to nothing yet."))
    return _back(request, minutes)


@require_POST
@programme_page
def clear(request: ProgrammeRequest, session_id: UUID, minutes_id: UUID) -> HttpResponse:
    """Propose to clear them."""
    minutes = _minutes(request, session_id, minutes_id)
    actions.propose_clearing(request.viewer, request.programme, minutes)
    messages.success(request, _("Proposed. They are cleared when a lead of each side has turned their key."))
    return _back(request, minutes)


@require_POST
@programme_page
def override(request: ProgrammeRequest, session_id: UUID, minutes_id: UUID) -> HttpResponse:
    """Propose that they may stand although the lint holds them back."""
    minutes = _minutes(request, session_id, minutes_id)
    actions.propose_override(request.viewer, request.programme, minutes, request.POST.get("reason", ""))
    messages.success(
        request, _("Proposed. The text may stand when a lead of each side has turned their key.")
    )
    return _back(request, minutes)


@require_safe
@programme_page
def take_out(request: ProgrammeRequest, session_id: UUID, minutes_id: UUID) -> HttpResponse:
    """The text as a file, where it may leave. The file's name tells nothing."""
    text = leaving.text_to_take_out(_minutes(request, session_id, minutes_id))
    response = HttpResponse(text + "\n", content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="minutes.txt"'
    return response


def _minutes(request: ProgrammeRequest, session_id: UUID, minutes_id: UUID) -> Minutes:
    """Minutes of a session the viewer is inside of; at a level without record there are none."""
    session = access_session(request.viewer, request.programme, session_id)
    if not allowed(session.level).may_record:
        raise Hidden
    return access_minutes(session, minutes_id)


def _back(request: ProgrammeRequest, minutes: Minutes) -> HttpResponse:
    return redirect(
        "minutes", slug=request.programme.slug, session_id=minutes.session_id, minutes_id=minutes.id
    )

"""The page of the audit log, its download, and the page of heads exchanged."""

from __future__ import annotations

import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sulh.kernel import audit
from sulh.kernel.actions import Refused
from sulh.rooms.people import audit_actions, audit_queries
from sulh.rooms.people.access import need_audit_reader, need_head_keeper
from sulh.rooms.programme.pages import ProgrammeRequest, programme_page

PAGE = 100


@require_safe
@programme_page
def log(request: ProgrammeRequest) -> HttpResponse:
    """The entries of the programme, of one action and of one day where these are chosen."""
    need_audit_reader(request.viewer, request.programme)
    action, day_text = request.GET.get("action", ""), request.GET.get("day", "").strip()
    day, refused = None, ""
    if day_text:
        try:
            day = datetime.date.fromisoformat(day_text)
        except ValueError:
            refused = _("Write the day as 2026-03-28.")
    rows = audit_queries.entries_of(request.programme, action, day)
    told = {
        "shown": Paginator(rows.none() if refused else rows, PAGE).get_page(request.GET.get("page")),
        "actions": audit_queries.actions_in(request.programme),
        "dropped": audit_queries.dropped_from(request.programme),
        "action": action,
        "day": day_text,
        "refused": refused,
    }
    return render(request, "people/audit.html", told, status=422 if refused else 200)


@require_POST
@programme_page
def export(request: ProgrammeRequest) -> HttpResponse:
    """The whole log as a file that “sulh audit verify” checks."""
    need_audit_reader(request.viewer, request.programme)
    data = audit_actions.export_audit(request.viewer, request.programme)
    response = HttpResponse(data, content_type="application/x-ndjson")
    name = f"audit-{request.programme.slug}-{timezone.localdate()}.jsonl"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@programme_page
def heads(request: ProgrammeRequest) -> HttpResponse:
    """The head to hand over, the heads received, and a form to record one."""
    need_head_keeper(request.viewer, request.programme)
    refused = ""
    if request.method == "POST":
        code, side = request.POST.get("code", ""), request.POST.get("side", "")
        try:
            kept = audit_actions.record_head(request.viewer, request.programme, code, side)
        except Refused as error:
            refused = str(error)
        else:
            messages.success(request, _("Recorded.") if kept.changed else _("This head is recorded already."))
            return redirect("audit-heads", slug=request.programme.slug)
    own = request.viewer.sides_in(request.programme.id)
    told = {
        "head": audit.head(request.programme.slug, timezone.localdate()),
        "heads": audit_queries.heads_of(request.programme),
        "own": next(iter(own), ""),
        "told": request.POST,
        "refused": refused,
    }
    return render(request, "people/heads.html", told, status=422 if refused else 200)

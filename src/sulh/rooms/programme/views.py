"""The home page of a programme, and its themes."""

from __future__ import annotations

import re
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sulh.kernel import purging
from sulh.kernel.access import Hidden
from sulh.kernel.actions import Refused
from sulh.kernel.panels import PANELS
from sulh.rooms.programme import actions
from sulh.rooms.programme.pages import ProgrammeRequest, programme_page


@require_safe
@programme_page
def home(request: ProgrammeRequest) -> HttpResponse:
    """The state of a programme on one page: each room shows its panel."""
    panels = [
        {"name": panel.name, "html": render_to_string(panel.template, panel.read(request), request)}
        for panel in PANELS
        if panel.shown(request)
    ]
    panels = [panel for panel in panels if panel["html"].strip()]  # some say nothing to this viewer
    return render(request, "programme/home.html", {"panels": panels})


@require_http_methods(["GET", "HEAD", "POST"])
@programme_page
def themes(request: ProgrammeRequest) -> HttpResponse:
    """The list of themes: rename one, change the words that point to it, add one."""
    programme = request.programme
    if request.method == "POST":
        name = request.POST.get("name", "")
        # A name in Urdu letters leaves nothing for a key, and an Urdu keyboard has a comma of its own.
        key = request.POST.get("key") or slugify(name)[:80] or f"theme-{programme.themes.count() + 1}"
        if "key" not in request.POST and programme.themes.filter(key=key).exists():
            raise Refused(_("There is a theme of this name already. Change its words in the list above."))
        words = re.split(r"[,،\n]", request.POST.get("words", ""))
        theme = actions.edit_theme(request.viewer, programme, key, name, words)
        messages.success(request, _("Kept: %(theme)s.") % {"theme": theme.name})
        return redirect("themes", slug=programme.slug)
    return render(request, "programme/themes.html", {"themes": programme.themes.all()})


@require_safe
@programme_page
def removed(request: ProgrammeRequest) -> HttpResponse:
    """The reports on what was removed for good, for leads: the joint ones and those of their own side."""
    if not request.viewer.leads_in(request.programme.id):
        raise Hidden
    rows = purging.reports_for(request.viewer, request.programme)
    return render(request, "programme/removed.html", {"reports": rows})


@require_safe
@programme_page
def report(request: ProgrammeRequest, report_id: UUID) -> HttpResponse:
    """One report, to be printed: what went, what stayed and why, counted. It holds no content."""
    found = purging.reports_for(request.viewer, request.programme).filter(id=report_id).first()
    if found is None:
        raise Hidden
    told = {"kept": found, "report": purging.shown(purging.lines_of(found))}
    return render(request, "programme/purge_report.html", told)

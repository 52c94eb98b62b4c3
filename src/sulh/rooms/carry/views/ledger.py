"""The ledger, its exports and saved views, and the page of a lineage."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sulh.kernel.access import SYSTEM, Hidden, may
from sulh.kernel.sides import in_turn
from sulh.rooms.carry import access, actions, drawings, queries
from sulh.rooms.carry import export as exporting
from sulh.rooms.carry.addressees import addressee_names
from sulh.rooms.carry.filters import DEFAULT_SORT, Choices, Filter, choices_of
from sulh.rooms.carry.lineage_page import entries_of
from sulh.rooms.carry.queries import LedgerRow
from sulh.rooms.carry.story import story
from sulh.rooms.programme.models import Programme
from sulh.rooms.programme.pages import ProgrammeRequest, programme_page
from sulh.rooms.programme.queries import theme_names

PAGE = 100
"""Rows on one page; ``page=all`` shows all of them, for print."""


@require_safe
@programme_page
def page(request: ProgrammeRequest) -> HttpResponse:
    """One row per lineage; filtered, sorted and paged by the address. With htmx, the table alone."""
    choices, chosen = _asked_for(request)
    everything = queries.ledger(request.viewer, request.programme)
    rows = chosen.applied(everything)
    number = request.GET.get("page")
    shown = Paginator(rows, (len(rows) or 1) if number == "all" else PAGE).get_page(number)
    context = {
        "filter": chosen,
        "choices": choices,
        "said": chosen.said(choices),
        "shown": shown,
        "count": len(rows),
        "total": len(everything),
        "query": chosen.query(),
        "formats": tuple(exporting.TYPES),
        "columns": _columns(request.programme, chosen),
        "views": list(request.programme.saved_views.all()),
    }
    alone = request.htmx and not request.htmx.history_restore_request
    response = render(request, "carry/_ledger.html" if alone else "carry/ledger.html", context)
    if alone:
        page_number = {"page": str(shown.number)} if shown.number > 1 else {}
        response.headers["HX-Push-Url"] = f"{request.path}?{chosen.query(**page_number)}".rstrip("?")
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
@programme_page
def export(request: ProgrammeRequest, format: str) -> HttpResponse:
    """Exactly the filtered rows, all pages of them, as a file."""
    if format not in exporting.TYPES:
        raise Http404
    _choices, chosen = _asked_for(request)
    actions.recheck_documents(SYSTEM, request.programme)
    rows = chosen.applied(queries.ledger(request.viewer, request.programme))
    response = HttpResponse(
        exporting.write(format, rows, request.programme), content_type=exporting.TYPES[format]
    )
    name = f"ledger-{request.programme.slug}-{timezone.localdate()}.{format}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _asked_for(request: ProgrammeRequest) -> tuple[Choices, Filter]:
    prefetch_related_objects([request.programme], "sides", "themes")
    choices = choices_of(request.programme)
    return choices, Filter.of(request.GET, choices)


def _columns(programme: Programme, chosen: Filter) -> list[dict[str, str]]:
    """The heads of the table: a label, the address that sorts by it, and how it is sorted now.

    A first click on a date or a count puts the latest or the largest first; a second one turns it round.
    """
    carried = [
        (f"side-{side.key}", _("Carried to %(side)s") % {"side": side.name}, "-")
        for side in in_turn(tuple(programme.sides.all()), timezone.localdate())
    ]
    columns = [
        ("what", _("What"), ""),
        ("first", _("First asked"), ""),
        ("times", _("Times asked"), "-"),
        ("groups", _("By"), ""),
        ("last", _("Last asked"), "-"),
        *carried,
        ("response", _("Best known response"), "-"),
        ("uptake", _("Possible uptake"), "-"),
        ("state", _("State"), ""),
    ]
    heads = []
    for name, label, first in columns:
        sorted_by_it = chosen.sort.removeprefix("-") == name
        backwards = chosen.sort.startswith("-")
        order = ("" if backwards else "-") if sorted_by_it else first
        sort = "" if f"{order}{name}" == DEFAULT_SORT else f"{order}{name}"
        now = ("descending" if backwards else "ascending") if sorted_by_it else ""
        heads.append({"name": name, "label": label, "query": chosen.query(sort=sort), "now": now})
    return heads


# Saved views


@require_POST
@programme_page
def save_view(request: ProgrammeRequest) -> HttpResponse:
    """Name the filter that the ledger shows just now."""
    choices = choices_of(request.programme)
    chosen = Filter.of(QueryDict(request.POST.get("query", "")), choices)
    view = actions.save_view(request.viewer, request.programme, request.POST.get("name", ""), chosen.query())
    messages.success(
        request, _("Kept as “%(name)s”. Everybody in the programme sees it.") % {"name": view.name}
    )
    return redirect(f"{reverse('ledger', args=[request.programme.slug])}?{view.query}")


@require_POST
@programme_page
def forget_view(request: ProgrammeRequest, view_id: int) -> HttpResponse:
    """Remove a saved view."""
    view = request.programme.saved_views.filter(id=view_id).first()
    if view is None:
        raise Hidden
    name = view.name
    actions.forget_view(request.viewer, request.programme, view)
    messages.success(request, _("“%(name)s” is forgotten.") % {"name": name})
    return redirect("ledger", slug=request.programme.slug)


# Lineages


@require_safe
@programme_page
def lineage(request: ProgrammeRequest, lineage_id: UUID) -> HttpResponse:
    """The story of one lineage: in a sentence, on a time line, and entry by entry."""
    prefetch_related_objects([request.programme], "sides", "themes")
    row = _row(request, lineage_id)
    return render(request, "carry/lineage.html", _about(request, row))


@require_POST
@programme_page
def rename(request: ProgrammeRequest, lineage_id: UUID) -> HttpResponse:
    """Give a lineage that the programme asks itself the words by which people speak of it."""
    row = _row(request, lineage_id)
    if not row.is_asked_by(request.programme):
        raise Hidden
    actions.rename_lineage(request.viewer, request.programme, row.lineage, request.POST.get("title", ""))
    messages.success(request, _("Renamed."))
    return redirect("lineage", slug=request.programme.slug, lineage_id=lineage_id)


def _row(request: ProgrammeRequest, lineage_id: UUID) -> LedgerRow:
    found = access.access_lineage(request.viewer, lineage_id)
    rows = queries.rows_of(request.viewer, request.programme, [found.id])
    if not rows:
        raise Hidden
    return rows[0]


def _about(request: ProgrammeRequest, row: LedgerRow) -> dict[str, Any]:
    programme, today = request.programme, timezone.localdate()
    own = row.is_asked_by(programme)
    return {
        "row": row,
        "story": story(row, programme, today),
        "entries": entries_of(row, programme),
        "line": drawings.time_line(row, programme, in_turn(tuple(programme.sides.all()), today), today),
        "themes": theme_names(programme),
        "addressees": addressee_names(programme),
        "may_rename": own and may(request.viewer, "carry.review", programme),
        "may_transfer": own and may(request.viewer, "carry.transfer", programme),
    }

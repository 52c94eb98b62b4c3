"""What was carried to whom, and what came back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sulh.kernel.access import NotPermitted, may
from sulh.kernel.actions import Refused
from sulh.rooms.carry import access, actions, queries
from sulh.rooms.carry.forms_transfer import ResponseForm, TransferForm
from sulh.rooms.carry.models import TransferAct
from sulh.rooms.convene.queries import rounds_of
from sulh.rooms.programme.pages import ProgrammeRequest, programme_page

PAGE = 50
"""Transfer acts on one page; ``page=all`` shows all of them, for print."""


@require_safe
@programme_page
def transfers(request: ProgrammeRequest) -> HttpResponse:
    """All transfer acts, the latest first, each with what came back."""
    acts = queries.transfers_of(request.programme)
    number = request.GET.get("page")
    shown = Paginator(acts, (len(acts) or 1) if number == "all" else PAGE).get_page(number)
    context = {"shown": shown, "count": len(acts), "titles": _titles(request, shown.object_list)}
    return render(request, "carry/transfers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@programme_page
def record(request: ProgrammeRequest) -> HttpResponse:
    """Record a transfer act, with the response where one is known already."""
    programme = request.programme
    if not may(request.viewer, "carry.transfer", programme):
        raise NotPermitted("carry.transfer")
    prefetch_related_objects([programme], "sides")
    rows = sorted(queries.ledger(request.viewer, programme), key=lambda row: row.what.casefold())
    told: dict[str, Any] = {
        "programme": programme,
        "rows": rows,
        "rounds": rounds_of(programme),
        "today": timezone.localdate(),
    }
    if request.method != "POST":
        asked = {"lineages": request.GET.getlist("lineage"), "round": request.GET.get("round", "")}
        return _record_page(request, TransferForm(initial=asked, **told), rows)
    form = TransferForm(request.POST, **told)
    if not form.is_valid():
        return _record_page(request, form, rows, status=422)
    try:
        act = _recorded(request, form.cleaned_data, rows)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _record_page(request, form, rows, status=422)
    messages.success(request, _("Recorded. Both organisations can see it."))
    lineages = form.cleaned_data["lineages"]
    if len(lineages) == 1:
        return redirect("lineage", slug=programme.slug, lineage_id=lineages[0])
    return redirect(f"{reverse('transfers', args=[programme.slug])}#act-{act.id}")


def _recorded(request: ProgrammeRequest, told: dict[str, Any], rows: list[queries.LedgerRow]) -> TransferAct:
    """Record the act and its response, both or neither."""
    programme = request.programme
    chosen = set(told["lineages"])
    with transaction.atomic():
        act = actions.record_transfer(
            request.viewer,
            programme,
            [row.lineage for row in rows if str(row.id) in chosen],
            side=told["side"],
            direction=told["direction"],
            strategy=told["strategy"],
            recipient_category=told["recipient_category"],
            recipient_level=told["recipient_level"],
            date=told["date"],
            round=programme.rounds.filter(key=told["round"]).first(),
        )
        if told["kind"]:
            actions.add_response(
                request.viewer,
                programme,
                act,
                kind=told["kind"],
                evidence=told["evidence"],
                date=told["response_date"],
            )
    return act


def _record_page(
    request: ProgrammeRequest, form: TransferForm, rows: list[queries.LedgerRow], status: int = 200
) -> HttpResponse:
    ticked = set(form["lineages"].value() or ())
    asks = sorted(((str(row.id) in ticked, row) for row in rows), key=lambda one: not one[0])
    return render(request, "carry/record_transfer.html", {"form": form, "asks": asks}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@programme_page
def response(request: ProgrammeRequest, act_id: UUID) -> HttpResponse:
    """Add what came back on a transfer act."""
    if not may(request.viewer, "carry.transfer", request.programme):
        raise NotPermitted("carry.transfer")
    act = access.access_transfer(request.programme, act_id)
    today = timezone.localdate()
    back = request.POST.get("next") or request.GET.get("next", "")
    if request.method == "POST":
        form = ResponseForm(request.POST, today=today)
        if form.is_valid() and _added(request, act, form):
            messages.success(request, _("Added. Earlier entries stay."))
            if url_has_allowed_host_and_scheme(back, {request.get_host()}):
                return redirect(back)
            return redirect("transfers", slug=request.programme.slug)
    else:
        form = ResponseForm(today=today)
    context = {"form": form, "act": act, "titles": _titles(request, [act]), "next": back}
    return render(request, "carry/add_response.html", context, status=422 if form.errors else 200)


def _added(request: ProgrammeRequest, act: TransferAct, form: ResponseForm) -> bool:
    """Add the response of a form; where it is refused, the form says so."""
    try:
        actions.add_response(request.viewer, request.programme, act, **form.cleaned_data)
    except Refused as refusal:
        form.add_error("date", str(refusal))
        return False
    return True


def _titles(request: ProgrammeRequest, acts: Any) -> dict[UUID, str]:
    lineages = {lineage.id: lineage for act in acts for lineage in act.lineages.all()}
    return queries.titles_of(request.viewer, request.programme, lineages.values())

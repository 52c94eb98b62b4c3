"""The pages of rounds."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sulh.kernel import purging, two_keys
from sulh.kernel.access import Hidden, may
from sulh.kernel.actions import Refused
from sulh.rooms.convene import actions, queries
from sulh.rooms.convene.access import access_round
from sulh.rooms.convene.purging import KIND
from sulh.rooms.programme.pages import ProgrammeRequest, programme_page


@require_safe
@programme_page
def rounds(request: ProgrammeRequest) -> HttpResponse:
    """All rounds, planned and as held."""
    return render(request, "convene/rounds.html", {"rounds": queries.rounds_of(request.programme)})


@require_safe
@programme_page
def round_page(request: ProgrammeRequest, key: str) -> HttpResponse:
    """One round: what was planned, what happened, its documents."""
    found = access_round(request.programme, key)
    return render(request, "convene/round.html", {"round": found})


@require_http_methods(["GET", "HEAD", "POST"])
@programme_page
def plan(request: ProgrammeRequest) -> HttpResponse:
    """Plan a round."""
    if request.method != "POST":
        return render(request, "convene/plan.html")
    told = {name: request.POST.get(name, "").strip() for name in ("name", "place", "starts", "ends")}
    groups = request.POST.getlist("groups")
    try:
        row = actions.plan_round(request.viewer, request.programme, **told, groups=groups)
    except Refused as refused:
        again = {"told": told, "groups": groups, "refused": str(refused)}
        return render(request, "convene/plan.html", again, status=422)
    messages.success(request, _("The round is planned. Import its declaration when it has one."))
    return redirect("round", slug=request.programme.slug, key=row.key)


@require_http_methods(["GET", "HEAD", "POST"])
@programme_page
def purge(request: ProgrammeRequest, key: str) -> HttpResponse:
    """What would go with a round and what would stay, and the proposal to remove it for good. For leads alone."""
    if not may(request.viewer, "convene.purge", request.programme):
        raise Hidden
    found = access_round(request.programme, key)
    if request.method == "POST":
        actions.propose_purge(request.viewer, request.programme, found)
        messages.success(
            request,
            _(
                "Your side’s key is turned. The round goes when the other side turns theirs on the same content."
            ),
        )
        return redirect("keys", slug=request.programme.slug)
    told = {
        "round": found,
        "report": purging.shown(purging.find(request.programme, found).lines),
        "proposal": two_keys.open_proposal(request.programme.id, KIND, str(found.pk)),
    }
    return render(request, "convene/purge.html", told)

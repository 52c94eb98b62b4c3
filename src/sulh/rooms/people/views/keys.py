"""The page of keys: what waits for a key, and what both keys have done."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sulh.kernel.access import Hidden
from sulh.rooms.people import actions, queries
from sulh.rooms.people.access import need_lead
from sulh.rooms.programme.pages import ProgrammeRequest, programme_page


@require_safe
@programme_page
def keys(request: ProgrammeRequest) -> HttpResponse:
    """Every proposal that this lead may know of, the open ones first."""
    side = need_lead(request.viewer, request.programme)
    told = {"mine": side, **queries.proposals_for(request.viewer, request.programme)}
    return render(request, "people/keys.html", told)


@require_POST
@programme_page
def answer(request: ProgrammeRequest, proposal_id: UUID) -> HttpResponse:
    """Turn a key, take it back, or withdraw what one's own side proposed."""
    need_lead(request.viewer, request.programme)
    what = request.POST.get("what", "")
    if what == "turn":
        signature = queries.signature_for(request.viewer, request.programme, request.session, proposal_id)
        done = actions.turn_key(
            request.viewer, request.programme, proposal_id, request.POST.get("content_hash", ""), signature
        )
        said = _("Both keys are turned: it is done.") if done.done_at else _("Your side's key is turned.")
    elif what == "take back":
        actions.take_back_key(request.viewer, request.programme, proposal_id)
        said = _("Your side's key is taken back.")
    elif what == "withdraw":
        actions.withdraw_proposal(request.viewer, request.programme, proposal_id)
        said = _("The proposal is withdrawn.")
    else:
        raise Hidden
    messages.success(request, said)
    return redirect("keys", slug=request.programme.slug)

"""Sealed records: seal one, ask to see one, and the steps by which both sides open it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from sulh.kernel.access import Hidden
from sulh.kernel.actions import Refused
from sulh.kernel.vault import ceremony, holding, signing
from sulh.kernel.vault.models import Opening, OpeningState
from sulh.kernel.vault.sides import fingerprint
from sulh.rooms.people import forms, register_queries, sealed_actions
from sulh.rooms.people.access import access_opening, access_sealed_record
from sulh.rooms.people.seats import LEADS, side_of
from sulh.rooms.people.views.common import kept_nowhere, need, needed_keys, needed_side_key, side_key, told
from sulh.rooms.programme.pages import ProgrammeRequest, programme_page


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@programme_page
@kept_nowhere
@sensitive_variables("given")
def sealed(request: ProgrammeRequest) -> HttpResponse:
    """The sealed records and their openings, for the leads of both sides; and sealing a text."""
    programme = request.programme
    if request.method == "POST":
        need(request, "people.unseal")
        key = needed_side_key(request, "people.unseal")
        given = told(forms.SealForm(request.POST))
        row = sealed_actions.seal_record(request.viewer, programme, key, given["text"])
        messages.success(
            request,
            _("Sealed as %(code)s. From now on only both sides together read it.") % {"code": row.code},
        )
        return redirect("sealed-records", slug=programme.slug)
    own = side_of(request.viewer, programme, *LEADS)
    openings = register_queries.openings_of(programme) if own else []
    handles = register_queries.handles(row.requester for row in openings)
    vaults = [(side, holding.vault_of(programme.id, side.key)) for side in programme.sides.all()]
    context = {
        "own": own,
        "records": register_queries.sealed_records(programme) if own else [],
        "openings": [_shown(request, row, own, handles) for row in openings if own],
        "vault_codes": [(side, fingerprint(row.recipient)) for side, row in vaults if row and own],
        "may_seal": all(row for _side, row in vaults),
        "is_open": side_key(request) is not None,
        "seal": forms.SealForm(),
        "ask": forms.AskForm(),
    }
    return render(request, "people/sealed.html", context)


@require_POST
@programme_page
def ask(request: ProgrammeRequest) -> HttpResponse:
    """Ask to see a sealed record once."""
    need(request, "people.unseal")
    record = access_sealed_record(request.viewer, request.programme, request.POST.get("record", ""))
    given = told(forms.AskForm(request.POST))
    sealed_actions.request_opening(
        request.viewer, request.programme, record, given["purpose"], given["reason"], int(given["hours"])
    )
    messages.success(request, _("Asked. The leads of both sides see the request."))
    return redirect("sealed-records", slug=request.programme.slug)


@require_POST
@programme_page
@kept_nowhere
@sensitive_variables()
def step(request: ProgrammeRequest) -> HttpResponse:
    """Take one step of an opening."""
    need(request, "people.unseal")
    viewer, programme = request.viewer, request.programme
    try:
        opening = access_opening(viewer, programme, UUID(request.POST.get("opening", "")))
    except ValueError:
        raise Hidden from None
    match request.POST.get("step"):
        case "approve":
            signature = signing.sign(needed_keys(request), ceremony.statement(opening))
            sealed_actions.approve_opening(viewer, programme, opening, signature)
            messages.success(request, _("Approved for your side."))
        case "refuse":
            sealed_actions.refuse_opening(viewer, programme, opening)
            messages.success(request, _("Not approved. The request is closed."))
        case "hand on":
            key = needed_side_key(request, "people.unseal")
            sealed_actions.hand_on_opening(viewer, programme, opening, key)
            messages.success(request, _("Your side's envelope is open. Now it is the other side's turn."))
        case "unwrap":
            key = needed_side_key(request, "people.unseal")
            sealed_actions.unwrap_opening(viewer, programme, opening, key)
            messages.success(request, _("Opened, and sealed to the one who asked."))
        case "show":
            shown = sealed_actions.show_opening(viewer, programme, opening, needed_keys(request))
            context = {"text": shown.text, "code": opening.record.code}
            return render(request, "people/shown.html", context)
        case _:
            raise Refused(_("There is no such step."))
    return redirect("sealed-records", slug=programme.slug)


def _shown(
    request: ProgrammeRequest, opening: Opening, own: str, handles: dict[UUID, str]
) -> dict[str, object]:
    """One opening as its page shows it: how far it is, who has not approved yet, and what this viewer can do."""
    record, states = opening.record, OpeningState
    over = opening.state not in ceremony.FINAL and timezone.now() >= opening.expires_at
    state = states.LAPSED if over else states(opening.state)
    sides = {side.key: side.name for side in request.programme.sides.all()}
    steps = []
    if state == states.REQUESTED and own not in opening.approvals:
        steps.append(("approve", _("Approve for your side")))
    if state in (states.REQUESTED, states.APPROVED):
        steps.append(("refuse", _("Do not approve")))
    if state == states.APPROVED and own == record.outer:
        steps.append(("hand on", _("Open your side's envelope and hand it on")))
    if state == states.HANDED_ON and own == record.inner:
        steps.append(("unwrap", _("Open it for the one who asked")))
    if state == states.READY and request.viewer.account_id == opening.requester:
        steps.append(("show", _("Show it, once")))
    return {
        "row": opening,
        "code": record.code,
        "state": state.label,
        "asked_by": handles.get(opening.requester, ""),
        "waiting": [name for key, name in sides.items() if key not in opening.approvals]
        if state == states.REQUESTED
        else [],
        "steps": steps,
    }

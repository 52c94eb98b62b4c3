"""The page of seats: who sits where, by role and side; giving and taking seats."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sulh.rooms.people import actions, queries
from sulh.rooms.people.access import access_seat, need_lead
from sulh.rooms.people.enums import Role, needs_both
from sulh.rooms.programme.pages import ProgrammeRequest, programme_page


@require_http_methods(["GET", "HEAD", "POST"])
@programme_page
def seats(request: ProgrammeRequest) -> HttpResponse:
    """All seats; a form to give one, or to propose one that takes both keys."""
    mine = need_lead(request.viewer, request.programme)
    if request.method == "POST":
        name, role, side = (request.POST.get(field, "").strip() for field in ("name", "role", "side"))
        if needs_both(role, side):
            actions.propose_seat(request.viewer, request.programme, name, role, side)
            messages.success(request, _("Proposed. It takes the other side's key as well."))
            return redirect("keys", slug=request.programme.slug)
        if side != mine:
            return _again(request, mine, _("The other side gives the seats on its side."))
        seat = actions.give_seat(request.viewer, request.programme, name, role)
        messages.success(request, _("The seat is given to %(handle)s.") % {"handle": seat.account.handle})
        return redirect("seats", slug=request.programme.slug)
    return _again(request, mine, "")


def _again(request: ProgrammeRequest, mine: str, refused: str) -> HttpResponse:
    told = {
        "mine": mine,
        "seats": queries.seats_of(request.programme),
        "roles": Role.choices,
        "told": request.POST,
        "refused": refused,
    }
    return render(request, "people/seats.html", told, status=422 if refused else 200)


@require_POST
@programme_page
def end(request: ProgrammeRequest, seat_id: int) -> HttpResponse:
    """Take a seat away, or propose to."""
    seat = access_seat(request.viewer, request.programme, seat_id)
    if seat.takes_both:
        actions.propose_end(request.viewer, request.programme, seat)
        messages.success(request, _("Proposed. It takes the other side's key as well."))
        return redirect("keys", slug=request.programme.slug)
    actions.end_seat(request.viewer, request.programme, seat)
    messages.success(request, _("The seat is taken away."))
    return redirect("seats", slug=request.programme.slug)

"""What a lead does for somebody's account: a link, travel, signing out. One page, one form for each."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sulh.kernel.actions import Refused
from sulh.rooms.people import actions
from sulh.rooms.people.access import access_seat
from sulh.rooms.people.invitations import looked_after
from sulh.rooms.programme.pages import ProgrammeRequest, programme_page


@require_http_methods(["GET", "HEAD", "POST"])
@programme_page
def account(request: ProgrammeRequest, seat_id: int) -> HttpResponse:
    """The page of one account; ``what`` of a POST says which of the four things is to be done."""
    viewer, programme = request.viewer, request.programme
    seat = access_seat(viewer, programme, seat_id)
    looked_after(viewer, seat)
    link = ""
    match request.POST.get("what") if request.method == "POST" else None:
        case "invite":
            made = actions.invite_account(viewer, programme, seat.account)
            link = request.build_absolute_uri(reverse("sign-in-by-link", args=[made.token]))
        case "travel":
            actions.begin_travel(viewer, programme, seat.account, _day(request.POST.get("until", "")))
            messages.success(request, _("The account travels and is signed out everywhere."))
        case "free":
            actions.end_travel(viewer, programme, seat.account)
            messages.success(request, _("The account no longer travels."))
        case "end-sessions":
            actions.end_sessions(viewer, programme, seat.account)
            messages.success(request, _("The account is signed out everywhere."))
        case None:
            pass
        case _unknown:
            raise Refused(_("There is no such thing to do. Go back to the page and choose again."))
    if request.method == "POST" and not link:
        return redirect("seat-account", slug=programme.slug, seat_id=seat_id)
    told = {"one": looked_after(viewer, seat), "link": link}
    response = render(request, "people/account.html", told)
    response.headers["Cache-Control"] = "no-store"
    return response


def _day(text: str) -> date:
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise Refused(_("This is not a day. Write it as 2027-03-28."))
    return day

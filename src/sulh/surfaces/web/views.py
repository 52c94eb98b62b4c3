"""Pages that belong to no room: the front door and sign-in."""

from __future__ import annotations

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sulh.kernel import signin
from sulh.kernel.models import Account
from sulh.rooms.people.queries import viewer_of
from sulh.rooms.programme.access import access_programmes


@require_safe
def front_door(request: HttpRequest) -> HttpResponse:
    """The viewer's programmes; straight into it where there is but one."""
    if not request.user.is_authenticated:
        return redirect("sign-in")
    programmes = access_programmes(viewer_of(request.user))
    if len(programmes) == 1:
        return redirect("programme-home", slug=programmes[0].slug)
    return render(request, "front_door.html", {"programmes": programmes})


@require_safe
def sign_in(request: HttpRequest) -> HttpResponse:
    """Tell how to get in. Accounts open by a link; nothing is typed here."""
    return render(request, "sign_in.html")


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask before a link is used, since mail programs open links by themselves; then sign in."""
    account = signin.account_of(token)
    if account is None:
        return render(request, "sign_in.html", {"link_failed": True}, status=404)
    if request.method != "POST":
        seats = account.seats.select_related("programme", "side")
        return render(request, "sign_in_by_link.html", {"seats": seats})
    Account.objects.filter(pk=account.pk).update(sign_in_count=account.sign_in_count + 1)
    login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("front-door")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("sign-in")


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """For whoever watches the server: it answers, nothing more."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")

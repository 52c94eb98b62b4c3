"""Pages that belong to no room: the front door and signing in. What lets whom in is decided in ``entering``."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sulh.kernel import factors as held
from sulh.kernel import signin
from sulh.rooms.programme.access import access_programmes
from sulh.surfaces.web import entering, factors
from sulh.surfaces.web.forms import CodeForm, SignInForm


@require_safe
def front_door(request: Any) -> HttpResponse:
    """The viewer's programmes; straight into it where there is but one."""
    if not request.user.is_authenticated:
        return redirect("sign-in")
    programmes = access_programmes(request.viewer)
    if len(programmes) == 1:
        return redirect("programme-home", slug=programmes[0].slug)
    return render(request, "front_door.html", {"programmes": programmes})


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Handle and passphrase, or a passkey. What does not open anything is answered in one way, whatever the reason."""
    to = request.POST.get("next") or request.GET.get("next", "")
    form = SignInForm(request.POST or None)
    if form.is_valid():
        account = entering.with_passphrase(
            request, form.cleaned_data["handle"], form.cleaned_data["passphrase"]
        )
        if account:
            return entering.first_proof(request, account, "passphrase", to)
        form.add_error(None, _not_opened())
    return render(request, "sign_in.html", {"form": form, "to": to}, status=422 if form.errors else 200)


def _not_opened() -> str:
    return _("This does not open anything. Check what you typed; after many attempts, wait ten minutes.")


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_passkey(request: HttpRequest) -> HttpResponse:
    """For the browser: what to ask of a passkey, and the answer of one."""
    if request.method != "POST":
        return JsonResponse(factors.passkey_to_ask_for(None))
    to = request.POST.get("next", "")
    try:
        account = factors.account_of_passkey(request, request.POST.get("credential", ""))
    except factors.NotAccepted:
        form = SignInForm()
        return render(request, "sign_in.html", {"form": form, "to": to, "said": _not_opened()}, status=422)
    return entering.passkey_proof(request, account, to)


@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """The second step: a code, a recovery code or a passkey."""
    account = entering.half_way(request)
    if account is None:
        return redirect("sign-in")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            factors.check_code(request, account, form.cleaned_data["code"])
        except factors.NotAccepted:
            form.add_error("code", _not_accepted())
        else:
            return entering.second_proof(request, account)
    return _second_factor_page(request, form)


def _not_accepted() -> str:
    return _("This code was not accepted. Wait for the next one; after many attempts, wait longer.")


def _second_factor_page(request: HttpRequest, form: CodeForm, said: str = "") -> HttpResponse:
    account = entering.half_way(request)
    told = {"form": form, "said": said, "has_passkey": account and held.has_passkey(account)}
    return render(request, "second_factor.html", told, status=422 if form.errors or said else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def second_factor_passkey(request: HttpRequest) -> HttpResponse:
    """For the browser: what to ask of a passkey of the account that is half signed in, and its answer."""
    account = entering.half_way(request)
    if account is None:
        return redirect("sign-in")
    if request.method != "POST":
        return JsonResponse(factors.passkey_to_ask_for(account))
    try:
        factors.account_of_passkey(request, request.POST.get("credential", ""), account)
    except factors.NotAccepted:
        return _second_factor_page(request, CodeForm(), _("This passkey was not accepted. Try again."))
    return entering.second_proof(request, account)


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask before a link is used, since mail programs open links by themselves; then go on."""
    account = entering.with_link(token)
    if account is not None and request.method != "POST":
        told = {
            "seats": account.seats.select_related("programme", "side"),
            "is_demo": account.is_demo,
            "is_new": not account.is_demo and not held.has_credential(account),
        }
        return render(request, "sign_in_by_link.html", told)
    if account is None or not signin.use_up(account):
        told = {"form": SignInForm(), "link_failed": True}
        return render(request, "sign_in.html", told, status=404)
    return entering.first_proof(request, account, "link")


@require_POST
def sign_out(request: Any) -> HttpResponse:
    """End the session of this browser."""
    if request.browser_session:
        request.browser_session.delete()
    logout(request)
    return redirect("sign-in")


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """For whoever watches the server: it answers, nothing more."""
    return HttpResponse("ok", content_type="text/plain")

"""The pages of one's own account: what it signs in with, where it is signed in, travel."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sulh.kernel import factors as held
from sulh.kernel import sessions, travel
from sulh.kernel.accounts import note
from sulh.rooms.people.standing import needs_second_factor
from sulh.surfaces.web import entering, factors
from sulh.surfaces.web.forms import CodeForm, PassphraseForm, TravelForm
from sulh.surfaces.web.gate import is_fresh

View = Callable[..., HttpResponse]


def _fresh(view: View) -> View:
    """Ask to sign in again where that was over ten minutes ago, so that an open browser alone changes no factor."""

    @login_required
    @functools.wraps(view)
    def page(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        new = not held.has_credential(request.user)  # brought by a link, cannot sign in any other way yet
        if not new and not is_fresh(request, settings.FRESH_SIGN_IN):
            messages.info(
                request, _("Sign in again first: this is asked before anything about signing in changes.")
            )
            to = request.path if request.method == "GET" else reverse("account")
            return redirect(f"{reverse('sign-in')}?{urlencode({'next': to})}")
        return view(request, *args, **kwargs)

    return page


@require_safe
@login_required
def account(request: Any) -> HttpResponse:
    """What the account signs in with."""
    told = {
        "factors": [
            {
                "id": one.pk,
                "type": one.type,
                "name": str(one) if one.type == "webauthn" else "",
                "since": one.created_at,
            }
            for one in held.factors_of(request.user).exclude(type="recovery_codes")
        ],
        "codes_left": factors.recovery_codes_left(request.user),
        "has_passphrase": request.user.has_usable_password(),
        "has_second_factor": held.has_second_factor(request.user),
        "needs_second_factor": needs_second_factor(request.user),
    }
    return render(request, "account/account.html", told)


@require_safe
@login_required
def begin(request: Any) -> HttpResponse:
    """The first page of a new account, or of one recovered by a link: a passphrase or a passkey."""
    if held.has_credential(request.user):
        return redirect("account")
    return render(request, "account/begin.html", {"form": PassphraseForm(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
@_fresh
def passphrase(request: Any) -> HttpResponse:
    """Set or change the passphrase; every other session of the account ends."""
    form = PassphraseForm(request.user, request.POST or None)
    if form.is_valid():
        with transaction.atomic():
            request.user.set_password(form.cleaned_data["passphrase"])
            request.user.save(update_fields=["password"])
            note(request.user, "set_passphrase")
        update_session_auth_hash(request, request.user)
        entering.renew(request)
        messages.success(request, _("Your passphrase is set. Every other browser was signed out."))
        return redirect("account")
    return render(request, "account/passphrase.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@login_required
def set_up_factor(request: Any) -> HttpResponse:
    """Choose a second factor; a lead comes no further without one."""
    if request.browser_session.second_factor:
        return redirect("account")
    return render(request, "account/set_up_factor.html", {"needed": needs_second_factor(request.user)})


def _factor_added(request: Any) -> HttpResponse:
    """After a factor was set up, this session counts as having passed it; codes for the day it is lost come next."""
    entering.renew(request, second_factor=True)
    if not factors.recovery_codes_left(request.user):
        return redirect("recovery-codes")
    return redirect("account")


@require_http_methods(["GET", "HEAD", "POST"])
@_fresh
def authenticator(request: Any) -> HttpResponse:
    """Set up an authenticator application."""
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            factors.set_up_authenticator(request, request.user, form.cleaned_data["code"])
        except factors.NotAccepted:
            form.add_error("code", _("This code was not accepted. Wait for the next one and type it again."))
        else:
            return _factor_added(request)
    secret = factors.offered_secret(request)
    told = {"form": form, "secret": secret, "picture": factors.picture_of(request.user, secret)}
    return render(request, "account/authenticator.html", told, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@_fresh
def add_passkey(request: Any) -> HttpResponse:
    """Add a passkey."""
    said = ""
    if request.method == "POST":
        try:
            factors.add_passkey(
                request.user, request.POST.get("credential", ""), request.POST.get("name", "")
            )
        except factors.NotAccepted:
            said = _("The passkey was not accepted. It must ask for a PIN, a finger or a face. Try again.")
        else:
            return _factor_added(request)
    return render(request, "account/add_passkey.html", {"said": said}, status=422 if said else 200)


@require_safe
@_fresh
def passkey_options(request: Any) -> HttpResponse:
    """For the browser: what a new passkey has to be."""
    return JsonResponse(factors.passkey_to_add(request.user))


@require_POST
@_fresh
def remove_factor(request: Any, factor_id: int) -> HttpResponse:
    """Remove a passkey or the authenticator application, unless it is the last one needed."""
    needed = needs_second_factor(request.user)
    if factors.remove(request.user, factor_id, must_keep_one=needed):
        entering.renew(request, second_factor=held.has_second_factor(request.user))
        messages.success(request, _("Removed. Every other browser was signed out."))
    else:
        messages.error(
            request, _("This one has to stay: without it you could not sign in. Set up another first.")
        )
    return redirect("account")


@require_http_methods(["GET", "HEAD", "POST"])
@_fresh
def recovery_codes(request: Any) -> HttpResponse:
    """Make recovery codes and show them once."""
    if not held.has_second_factor(request.user):
        return redirect("set-up-factor")
    codes = factors.fresh_recovery_codes(request.user) if request.method == "POST" else []
    left = factors.recovery_codes_left(request.user)
    response = render(request, "account/recovery_codes.html", {"codes": codes, "left": left})
    response.headers["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def browsers(request: Any) -> HttpResponse:
    """Where you are signed in; a POST signs out everywhere else."""
    if request.method == "POST":
        sessions.end(request.user, but=request.browser_session)
        note(request.user, "end_sessions")
        messages.success(request, _("Every other browser was signed out."))
        return redirect("browsers")
    told = {"sessions": request.user.browser_sessions.all(), "here": request.browser_session}
    return render(request, "account/sessions.html", told)


@require_POST
@login_required
def end_session(request: Any, session_id: UUID) -> HttpResponse:
    """Sign one browser out; what is not among one's own does nothing and is answered the same."""
    if sessions.end_one(request.user, session_id):
        note(request.user, "end_session")
    messages.success(request, _("That browser is signed out."))
    return redirect("browsers")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def travelling(request: Any) -> HttpResponse:
    """Begin or prolong travel; while it lasts, this is the only page of the account."""
    today = timezone.localdate()
    form = TravelForm(request.POST or None)
    if form.is_valid():
        try:
            with transaction.atomic():
                travel.begin(request.user, form.cleaned_data["until"], today, here=request.browser_session)
                note(request.user, "begin_travel")
        except travel.NotADate as error:
            form.add_error("until", str(error))
        else:
            return redirect("travel")
    told = {"form": form, "travels": travel.travels(request.user, today), "until": request.user.travels_until}
    return render(request, "account/travel.html", told, status=422 if form.errors else 200)

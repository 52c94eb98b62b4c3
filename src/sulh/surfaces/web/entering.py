"""The one way in.

======================  ========================================  ===================================================
what is given           account has a second factor               account has none
======================  ========================================  ===================================================
passphrase              asked for the second factor               in; a lead only as far as setting one up
link                    asked for the second factor               in, to choose a new passphrase or passkey at once;
                                                                  a lead who had one already: nothing
passkey                 in (it checks a PIN or finger itself)     cannot be
link of demonstration   cannot be                                 in
======================  ========================================  ===================================================

Half signed in (``ENTERING`` in the session) opens nothing but the page of the second factor, and lapses.
"""

from __future__ import annotations

import time
from typing import Any
from uuid import UUID

from django.contrib.auth import authenticate, login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from sulh.kernel import factors, sessions, signin
from sulh.kernel.accounts import note
from sulh.kernel.models import Account
from sulh.rooms.people.queries import seats_held
from sulh.rooms.people.standing import link_may_open, seat_keys
from sulh.surfaces.web import attempts

BACKEND = "django.contrib.auth.backends.ModelBackend"
ENTERING = "entering"
BROWSER_SESSION = "browser_session"
HALF_WAY = 600
"""Seconds within which the second factor follows the first."""


def browser_of(request: HttpRequest) -> str:
    """Return the family of the browser that asks."""
    return sessions.browser_family(request.headers.get("User-Agent", ""))


def with_passphrase(request: HttpRequest, handle: str, passphrase: str) -> Account | None:
    """Return the account that this passphrase opens, or None: unknown, wrong, closed or refused are all alike.

    A passphrase is hashed in every case, so that none of them is answered sooner than another.
    """
    attempt = attempts.Attempt(request, handle)
    account = authenticate(request, username=handle, password=passphrase)
    if attempt.is_refused or not isinstance(account, Account) or account.is_demo:
        return None
    attempt.was_right()
    return account


def with_link(token: str) -> Account | None:
    """Return the account that a link opens as a first proof, or None."""
    account = signin.account_of(token)
    return account if account and (account.is_demo or link_may_open(account)) else None


def first_proof(request: HttpRequest, account: Account, by: str, to: str = "") -> HttpResponse:
    """Go on after a passphrase or link (``by``) was right: to the second factor where there is one, else in."""
    if not account.is_demo and factors.has_second_factor(account):
        request.session.cycle_key()
        request.session[ENTERING] = {
            "account": str(account.pk),
            "by": by,
            "at": time.time(),
            "to": to,
            "hash": account.get_session_auth_hash(),
        }
        return redirect("second-factor")
    return _enter(request, account, by, to, second_factor=False)


def half_way(request: HttpRequest) -> Account | None:
    """Return the account that is half signed in here, or None."""
    told: dict[str, Any] = request.session.get(ENTERING) or {}
    if not told or time.time() - told["at"] > HALF_WAY:
        return None
    account = Account.objects.filter(pk=UUID(told["account"]), is_active=True).first()
    return account if account and account.get_session_auth_hash() == told["hash"] else None


def second_proof(request: HttpRequest, account: Account) -> HttpResponse:
    """Go in after the second factor of the account that is half signed in."""
    told = request.session[ENTERING]
    return _enter(request, account, told["by"], told["to"], second_factor=True)


def passkey_proof(request: HttpRequest, account: Account, to: str = "") -> HttpResponse:
    """Go in after a passkey alone: it is something one has, opened by something one knows or is."""
    return _enter(request, account, "passkey", to, second_factor=True)


def _enter(request: HttpRequest, account: Account, by: str, to: str, *, second_factor: bool) -> HttpResponse:
    before = request.browser_session  # type: ignore[attr-defined]
    request.session.pop(ENTERING, None)
    if by == "link" and not account.is_demo:
        # A link stands for a passphrase that was forgotten: the old one ends here, so that the owner would notice.
        account.set_unusable_password()
        account.save(update_fields=["password"])
        sessions.end(account)
    if not account.is_demo:
        note(account, "sign_in")
    request.second_factor_passed = second_factor  # type: ignore[attr-defined]
    login(request, account, backend=BACKEND)
    if before:
        before.delete()
    if url_has_allowed_host_and_scheme(to, {request.get_host()}, request.is_secure()):
        return redirect(to)
    return redirect("front-door")


def note_entry(sender: object, request: HttpRequest, user: Account, **told: object) -> None:
    """Keep a row for the browser in which somebody has just signed in, and name it in the browser's session."""
    row = sessions.begin(
        user,
        browser_of(request),
        seat_keys(seats_held(user)),
        timezone.now(),
        second_factor=getattr(request, "second_factor_passed", False),
    )
    request.session[BROWSER_SESSION] = str(row.pk)
    request.browser_session = row  # type: ignore[attr-defined]


def renew(request: HttpRequest, *, second_factor: bool | None = None) -> None:
    """After a change of factors: a new session key here, an end everywhere else, and earlier links lapse."""
    row = request.browser_session  # type: ignore[attr-defined]
    if second_factor is not None:
        row.second_factor = second_factor
        row.save(update_fields=["second_factor"])
    request.session.cycle_key()
    sessions.end(row.account, but=row)
    signin.lapse(row.account)

"""What a signed-in session must have before it opens anything, asked anew at every request.

1. It holds: see ``kernel.sessions``. Otherwise it is ended here.
2. The account travels: pages of programmes are unknown to it, and its own pages lead to the one that says so.
3. The account has something to sign in with; otherwise (a link brought it here) it chooses that first.
4. The account passed its second factor, where its seat needs one; otherwise it sets that up first.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sulh.kernel import factors, sessions, travel
from sulh.kernel.access import NOBODY
from sulh.kernel.models import Account, BrowserSession
from sulh.rooms.people.queries import seats_held
from sulh.rooms.people.standing import is_lead, seat_keys
from sulh.surfaces.web.entering import BROWSER_SESSION, browser_of

ALWAYS = {"sign-out", "set_language", "health"}
TO_SIGN_IN_AGAIN = {"sign-in", "sign-in-passkey", "second-factor", "second-factor-passkey", "sign-in-by-link"}
TO_BEGIN = {"begin", "set-passphrase", "add-passkey", "passkey-options"}
TO_SET_UP = {"set-up-factor", "authenticator", "add-passkey", "passkey-options", "recovery-codes"}
OWN_PAGES = {"front-door", "account", "browsers", "end-session", "remove-factor"} | TO_BEGIN | TO_SET_UP
NOT_IN_A_DEMONSTRATION = OWN_PAGES - {"front-door", "account"} | {"travel"}


class Gate:
    """The middleware that stands before every page."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.browser_session = None
        request.leads_to = ("", frozenset())
        if BROWSER_SESSION in request.session or request.user.is_authenticated:
            self._look(request)
        response: HttpResponse = self.get_response(request)
        return response

    def _look(self, request: Any) -> None:
        account, now = request.user, timezone.now()
        row = BrowserSession.objects.filter(pk=request.session.get(BROWSER_SESSION)).first()
        seats = seats_held(account) if isinstance(account, Account) else ()
        keys, lead = seat_keys(seats), is_lead(seats) and not account.is_demo
        if (
            row is None
            or row.account_id != account.pk
            or not sessions.holds(row, browser_of(request), keys, now, is_lead=lead)
        ):
            if row is not None:
                row.delete()
            logout(request)
            request.viewer = NOBODY
            messages.info(request, _("Your session here has ended. Sign in again."))
            return
        sessions.touch(row, keys, now)
        request.browser_session = row
        request.leads_to = self._unfinished(account, row, lead)
        if request.leads_to[0]:
            request.viewer = NOBODY

    @staticmethod
    def _unfinished(account: Account, row: BrowserSession, lead: bool) -> tuple[str, frozenset[str]]:
        """Return the page that an account has to be led to first, and the others it may see; none: ("", …)."""
        if account.is_demo:
            return "", frozenset()
        if travel.travels(account, timezone.localdate()):
            return "travel", frozenset()
        if not factors.has_credential(account):
            return "begin", frozenset(TO_BEGIN)
        if lead and not row.second_factor:
            return "set-up-factor", frozenset(TO_SET_UP | TO_SIGN_IN_AGAIN | {"set-passphrase"})
        return "", frozenset()

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        name = request.resolver_match.url_name
        target, allowed = request.leads_to
        if request.browser_session and request.user.is_demo and name in NOT_IN_A_DEMONSTRATION:
            return redirect("account")
        if not target or name in {target} | allowed | ALWAYS:
            return None
        if target == "travel" and name not in OWN_PAGES | TO_SIGN_IN_AGAIN:
            return None  # the viewer has no seat: every page of a programme answers as unknown
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Redirect": reverse(target)})
        return redirect(target)


def is_fresh(request: HttpRequest, within: Any) -> bool:
    """Whether somebody signed in here within this time."""
    row = request.browser_session  # type: ignore[attr-defined]
    return row is not None and timezone.now() - row.began_at < within

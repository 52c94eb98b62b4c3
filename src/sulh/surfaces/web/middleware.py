"""What stands round every request: headers, the viewer, and plain answers to refusals."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from sulh.kernel.access import NotPermitted
from sulh.kernel.actions import Refused
from sulh.rooms.people.queries import viewer_of
from sulh.surfaces.web.bodies import TOO_LARGE

Handler = Callable[[HttpRequest], HttpResponse]

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; "
    "manifest-src 'self'"
)


def security_headers(get_response: Handler) -> Handler:
    """Send the strict policies with every answer, and keep pages out of every cache.

    No browser may keep a page on its disk, where it would outlive the session; signing out clears what there is.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path.startswith("/static/") or response.status_code >= 400:
            response.headers["Cache-Control"] = "no-store"
        if _signs_out(request) and response.status_code == 302:
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response

    return middleware


def _signs_out(request: HttpRequest) -> bool:
    return request.method == "POST" and getattr(request.resolver_match, "url_name", "") == "sign-out"


def viewer(get_response: Handler) -> Handler:
    """Put the viewer on the request; seats are read when they are first asked for."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.viewer = SimpleLazyObject(  # type: ignore[attr-defined]
            lambda: viewer_of(request.user)
        )
        return get_response(request)

    return middleware


class Refusals:
    """Turn what an action refuses into a clear message on the page it came from."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if getattr(request, "scope", {}).get(TOO_LARGE):
            most = settings.LARGEST_BODY // 1_000_000
            said = _("This is more than %(n)d MB at once. Nothing was kept; send it in parts.") % {"n": most}
            return render(request, "refusal.html", {"said": said}, status=413)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotPermitted):
            said = _("Your role in this programme does not do this. Ask a convener or counterpart lead.")
        elif isinstance(exception, Refused):
            said = str(exception)
        else:
            return None
        status = 403 if isinstance(exception, NotPermitted) else 422
        if request.headers.get("HX-Request"):
            response = render(request, "refusal_fragment.html", {"said": said})
            response.headers["HX-Retarget"] = "#messages"
            response.headers["HX-Reswap"] = "innerHTML"
            return response
        back = request.headers.get("Referer", "")
        if request.method == "POST" and url_has_allowed_host_and_scheme(back, {request.get_host()}):
            messages.error(request, said)
            return HttpResponseRedirect(back)
        return render(request, "refusal.html", {"said": said}, status=status)


refusals = Refusals


def not_found(request: HttpRequest, exception: Http404 | None = None) -> HttpResponse:
    """One page for what does not exist and for what the viewer may not see."""
    return render(request, "404.html", status=404)

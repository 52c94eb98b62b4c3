"""What every page of a programme begins with: somebody signed in, and a programme they may see."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django_htmx.middleware import HtmxDetails

from sulh.kernel.access import Viewer
from sulh.rooms.programme.access import access_programme
from sulh.rooms.programme.models import Programme

View = Callable[..., HttpResponse]


class ProgrammeRequest(HttpRequest):
    """A request as the views of a programme see it."""

    viewer: Viewer
    programme: Programme
    htmx: HtmxDetails


def _signed_in(view: View) -> View:
    """Lead to sign-in; for a part of a page, lead the whole page there rather than draw sign-in inside it."""
    guarded = login_required(view)

    @functools.wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.headers.get("HX-Request") and not request.user.is_authenticated:
            return HttpResponse(status=204, headers={"HX-Redirect": reverse("sign-in")})
        return guarded(request, *args, **kwargs)

    return page


def programme_page(view: View) -> View:
    """Find the programme of the address for this viewer and put it on the request as ``request.programme``."""

    @_signed_in
    @functools.wraps(view)
    def page(request: ProgrammeRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
        request.programme = access_programme(request.viewer, slug)
        return view(request, *args, **kwargs)

    return page

"""What every page of a programme begins with: somebody signed in, and a programme they may see."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from sulh.rooms.programme.access import access_programme

View = Callable[..., HttpResponse]


def programme_page(view: View) -> View:
    """Find the programme of the address for this viewer and put it on the request as ``request.programme``."""

    @login_required
    @functools.wraps(view)
    def page(request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
        request.programme = access_programme(request.viewer, slug)
        return view(request, *args, **kwargs)

    return page

"""Counting attempts to sign in, with the counters of django-allauth. They are kept in memory only.

Nobody can shut somebody else out: what is refused is an address, or one handle from one address, and never a handle
as such. A handle that is tried too often, from wherever, is answered later. Only codes are counted by account, and only
somebody who has given its passphrase gets as far as a code; a passkey is never counted by account.
"""

from __future__ import annotations

import time
from typing import Any

from django.http import HttpRequest

from sulh.kernel.models import Account

LIMITS = {
    "address": "20/10m/ip",
    "handle-from-address": "5/5m/key",
    "handle": "10/10m/key",
    "code": "5/5m/key,30/d/key",
}
SLOW_DOWN = 1.0
"""Seconds by which a handle that is tried too often is answered later."""


def _consume(request: HttpRequest, action: str, key: str | None = None) -> Any:
    from allauth.core.internal import ratelimit

    return ratelimit.consume(request, app="sulh", action=action, config=LIMITS, key=key)


class Attempt:
    """One attempt with a passphrase: counted as failed until it is said to have been right."""

    def __init__(self, request: HttpRequest, handle: str) -> None:
        from allauth.core.internal import ratelimit

        near = f"{handle}|{ratelimit.get_ip(request)}"
        self._uses = [
            _consume(request, "address"),
            _consume(request, "handle-from-address", near),
        ]
        slow = _consume(request, "handle", handle)
        if slow is None:
            time.sleep(SLOW_DOWN)
        self.is_refused = None in self._uses
        self._uses.append(slow)

    def was_right(self) -> None:
        """Count it no more, so that an office behind one address does not shut itself out by signing in."""
        for use in filter(None, self._uses):
            use.rollback()


def address_may_try(request: HttpRequest) -> bool:
    """Whether this address may make another attempt; counts it."""
    return _consume(request, "address") is not None


def may_try_code(request: HttpRequest, account: Account) -> bool:
    """Whether another code may be tried for this account; counts it."""
    return _consume(request, "code", str(account.pk)) is not None


def code_was_right(request: HttpRequest, account: Account) -> None:
    """Forget the attempts at codes of this account."""
    from allauth.core.internal import ratelimit

    ratelimit.clear(request, app="sulh", action="code", config=LIMITS, key=str(account.pk))

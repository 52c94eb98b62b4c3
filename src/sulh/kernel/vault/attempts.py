"""How often a wrong passphrase or wrong shares may be tried: by rate, in memory, never locking an account for good."""

from __future__ import annotations

import threading
import time
from collections import deque
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sulh.kernel.actions import Refused

TRIES = 5
WITHIN = 15 * 60
"""Seconds."""

_FAILED: dict[UUID, deque[float]] = {}
_LOCK = threading.Lock()


def take(account_id: UUID, now: float | None = None) -> None:
    """Count a try before it is made, so that many at once do not slip through; ``forget`` it where it succeeds.

    Raises ``Refused`` where this account has made ``TRIES`` within ``WITHIN`` seconds.
    """
    at = time.monotonic() if now is None else now
    with _LOCK:
        failed = _recent(account_id, at)
        if len(failed) < TRIES:
            failed.append(at)
            return
        minutes = int((failed[0] + WITHIN - at) // 60) + 1
    wait = ngettext("Try again in %(count)d minute.", "Try again in %(count)d minutes.", minutes)
    raise Refused(_("Too many tries.") + " " + wait % {"count": minutes})


def forget(account_id: UUID) -> None:
    """Forget the tries of an account that has opened."""
    with _LOCK:
        _FAILED.pop(account_id, None)


def _recent(account_id: UUID, at: float) -> deque[float]:
    failed = _FAILED.setdefault(account_id, deque(maxlen=TRIES))
    while failed and failed[0] <= at - WITHIN:
        failed.popleft()
    return failed

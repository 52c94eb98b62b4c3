"""Opened keys, in the memory of this one process, by session; gone after some idle minutes, at sign-out, at a stop.

The house is served by one process (``sulh serve`` runs one worker). With several, a session would be unlocked in one of
them only. Keys stand in no session store, database, log or message.

What this does not promise: Python neither wipes nor pins memory. When a key is dropped its memory is given back, not
overwritten; it may stay readable for a while, and a machine without encrypted swap may have written it to disk.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.signals import user_logged_out
from django.contrib.sessions.backends.base import SessionBase

from sulh.kernel.vault.keyring import Keys

SWEEP = 20
"""Seconds between two looks for keys that lie idle."""


@dataclass(slots=True, repr=False)
class _Open:
    keys: Keys
    used: float


_OPEN: dict[str, _Open] = {}
_LOCK = threading.Lock()
_sweeper: threading.Thread | None = None


def hold(session: SessionBase, keys: Keys, now: float | None = None) -> None:
    """Keep opened keys for this session.

    Raises ``ValueError`` where the session has no key of its own yet: nobody is signed in.
    """
    if not session.session_key:
        raise ValueError("a session without a key holds nothing")
    with _LOCK:
        _OPEN[session.session_key] = _Open(keys, _time(now))
        _watch()


def keys_of(session: SessionBase, account_id: UUID | None, now: float | None = None) -> Keys | None:
    """Return the keys this account has opened in this session, or None; asking counts as use."""
    at = _time(now)
    sweep(at)
    with _LOCK:
        held = _OPEN.get(session.session_key or "")
        if held is None or held.keys.account_id != account_id:
            return None
        held.used = at
        return held.keys


def lock(session: SessionBase) -> None:
    """Drop what this session has opened."""
    with _LOCK:
        _OPEN.pop(session.session_key or "", None)


def lock_session(session_key: str) -> None:
    """Drop what the session of this key has opened: for a session that is revoked from another device."""
    with _LOCK:
        _OPEN.pop(session_key, None)


def lock_account(account_id: UUID) -> None:
    """Drop what this account has opened, in every session."""
    with _LOCK:
        for name in [name for name, held in _OPEN.items() if held.keys.account_id == account_id]:
            del _OPEN[name]


def lock_all() -> None:
    """Drop everything."""
    with _LOCK:
        _OPEN.clear()


def sweep(now: float | None = None) -> int:
    """Drop what lies idle, and what was last used in the future (the clock was set back); return what is left."""
    at, limit = _time(now), settings.SULH_VAULT_IDLE_MINUTES * 60
    with _LOCK:
        for name in [name for name, held in _OPEN.items() if not 0 <= at - held.used < limit]:
            del _OPEN[name]
        return len(_OPEN)


def _time(now: float | None) -> float:
    # The clock on the wall: the monotonic one stands still while a laptop sleeps with its lid shut.
    return time.time() if now is None else now


def _watch() -> None:
    """Look for idle keys even while nobody asks for a page; ends with the last key."""
    global _sweeper
    if _sweeper is None or not _sweeper.is_alive():
        _sweeper = threading.Thread(target=_keep_sweeping, name="vault-sweeper", daemon=True)
        _sweeper.start()


def _keep_sweeping() -> None:
    global _sweeper
    while True:
        time.sleep(SWEEP)
        sweep()
        with _LOCK:
            if not _OPEN:
                _sweeper = None
                return


def _at_sign_out(sender: Any, request: Any, **kwargs: Any) -> None:
    lock(request.session)


user_logged_out.connect(_at_sign_out, dispatch_uid="sulh.vault.lock")

"""Where an account is signed in: short sessions, each a row that can be listed and ended.

A browser's session names its :class:`BrowserSession`. It holds while the row is there, the browser is of the same
family, it is neither idle too long nor too old, and every seat that it was opened with is still the account's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from sulh.kernel.models import Account, BrowserSession
from sulh.kernel.vault import unlocked

_BROWSERS = (
    ("Edge", r"Edg(e|A|iOS)?/"),
    ("Opera", r"OPR/|Opera"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrome/|Chromium/|CriOS/"),
    ("Safari", r"Safari/"),
)
_SYSTEMS = (
    ("Android", r"Android"),
    ("iPhone or iPad", r"iPhone|iPad"),
    ("Windows", r"Windows"),
    ("Mac", r"Mac OS X|Macintosh"),
    ("Linux", r"Linux|X11|CrOS"),
)
_SEEN_EVERY = timedelta(minutes=1)


def browser_family(user_agent: str) -> str:
    """Return the family of a browser and its system as it calls itself: ``Firefox, Android``; no version."""
    found = [
        next((name for name, pattern in known if re.search(pattern, user_agent)), "")
        for known in (_BROWSERS, _SYSTEMS)
    ]
    return ", ".join(filter(None, found))


def begin(
    account: Account, browser: str, seats: Iterable[str], now: datetime, *, second_factor: bool
) -> BrowserSession:
    """Note that the account signed in with this browser, and forget its sessions that are over."""
    account.browser_sessions.filter(began_at__lt=now - settings.SESSION_LONGEST).delete()
    return account.browser_sessions.create(
        browser=browser, began_at=now, seen_at=now, second_factor=second_factor, seats=sorted(seats)
    )


def holds(session: BrowserSession, browser: str, seats: set[str], now: datetime, *, is_lead: bool) -> bool:
    """Whether a session still opens anything for this browser, with the seats its account has now."""
    idle = settings.SESSION_IDLE_LEADS if is_lead else settings.SESSION_IDLE
    return (
        session.browser == browser
        and now - session.began_at < settings.SESSION_LONGEST
        and now - session.seen_at < idle
        and set(session.seats) <= seats
    )


def touch(session: BrowserSession, seats: set[str], now: datetime) -> None:
    """Note that a session is in use: at most once a minute, since every write waits for the disk."""
    if now - session.seen_at >= _SEEN_EVERY or set(session.seats) != seats:
        session.seen_at, session.seats = now, sorted(seats)
        session.save(update_fields=["seen_at", "seats"])


def end(account: Account, *, but: BrowserSession | None = None) -> int:
    """End the sessions of an account, all or all but one; return how many."""
    unlocked.lock_account(account.pk)  # what an ended session had opened is closed too
    ended = account.browser_sessions.all()
    return (ended.exclude(pk=but.pk) if but else ended).delete()[0]


def end_one(account: Account, session_id: UUID) -> bool:
    """End one session of an account; return whether there was such a one."""
    unlocked.lock_account(account.pk)
    return account.browser_sessions.filter(pk=session_id).delete()[0] > 0

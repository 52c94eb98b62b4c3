"""Travel mode: until a date an account opens only what is public, whoever holds the device.

It can be begun and prolonged, never shortened, by the traveller; ending it before the date takes somebody else
(``people.end_travel``).
"""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _

from sulh.kernel import sessions
from sulh.kernel.models import Account, BrowserSession

LONGEST = timedelta(days=366)


class NotADate(ValueError):
    """The last day of travel cannot be this one; the message says why."""


def travels(account: Account, today: date) -> bool:
    """Whether the account travels today; the last day counts."""
    return account.travels_until is not None and today <= account.travels_until


def begin(account: Account, until: date, today: date, *, here: BrowserSession | None = None) -> None:
    """Let the account travel until (and with) this day and end its sessions, but for the one that asks.

    Raises :class:`NotADate` where the day is past, too far away, or would shorten the travel.
    """
    if until < today:
        raise NotADate(_("This day is over. Choose today or a later day."))
    if until - today > LONGEST:
        raise NotADate(_("Travel lasts a year at most. Choose an earlier day."))
    if travels(account, today) and account.travels_until and until < account.travels_until:
        raise NotADate(_("Travel can be prolonged, not shortened. A lead of your side can end it."))
    account.travels_until = until
    account.save(update_fields=["travels_until"])
    sessions.end(account, but=here)


def end(account: Account) -> None:
    """Let the account open again what its seats open; its sessions end, so that it signs in anew."""
    account.travels_until = None
    account.save(update_fields=["travels_until"])
    sessions.end(account)

"""What a running server does by itself, every hour.

It drops old audit entries, ends openings whose time is over, and wipes what the database still holds of a purge.
It tells how many things are due for removal and removes none of them: that is for people to decide.
"""

from __future__ import annotations

import logging
import threading

EVERY = 60 * 60
"""Seconds between two rounds."""

logger = logging.getLogger("sulh.housekeeping")


def keep_house() -> None:
    """Do it once; what fails is logged by its kind, never with content, and tried again the next hour."""
    from django.db import close_old_connections

    from sulh.kernel import purging
    from sulh.kernel.access import SYSTEM
    from sulh.rooms.people.audit_actions import rotate_all
    from sulh.rooms.people.sealed_actions import lapse_openings
    from sulh.rooms.programme.models import Programme

    try:
        rotate_all()
        for programme in Programme.objects.all():
            lapse_openings(SYSTEM, programme)
        purging.wipe_again()
        _tell_due()
    except Exception as error:
        logger.warning("Housekeeping failed (%s); it is tried again in an hour.", type(error).__name__)
    finally:
        close_old_connections()


_told = 0


def _tell_due() -> None:
    """Say in the log how many things are due for removal, whenever the number has changed; not what they are."""
    global _told
    from django.utils import timezone

    from sulh.kernel.access import SYSTEM
    from sulh.kernel.due import due
    from sulh.rooms.programme.models import Programme

    count = sum(len(due(SYSTEM, one, timezone.localdate())) for one in Programme.objects.all())
    if count != _told:
        logger.warning("%d things are due for removal; the home pages of their programmes list them.", count)
    _told = count


def begin(seconds: float = EVERY) -> threading.Event:
    """Keep house from now on in a thread; return the event that ends it."""
    ended = threading.Event()

    def run() -> None:
        while not ended.wait(seconds):
            keep_house()

    threading.Thread(target=run, name="housekeeping", daemon=True).start()
    return ended

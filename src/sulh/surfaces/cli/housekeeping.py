"""What a running server does by itself, every hour: drop old audit entries, end openings whose time is over."""

from __future__ import annotations

import logging
import threading

EVERY = 60 * 60
"""Seconds between two rounds."""

logger = logging.getLogger("sulh.housekeeping")


def keep_house() -> None:
    """Do it once; what fails is logged by its kind, never with content, and tried again the next hour."""
    from django.db import close_old_connections

    from sulh.kernel.access import SYSTEM
    from sulh.rooms.people.audit_actions import rotate_all
    from sulh.rooms.people.sealed_actions import lapse_openings
    from sulh.rooms.programme.models import Programme

    try:
        rotate_all()
        for programme in Programme.objects.all():
            lapse_openings(SYSTEM, programme)
    except Exception as error:
        logger.warning("Housekeeping failed (%s); it is tried again in an hour.", type(error).__name__)
    finally:
        close_old_connections()


def begin(seconds: float = EVERY) -> threading.Event:
    """Keep house from now on in a thread; return the event that ends it."""
    ended = threading.Event()

    def run() -> None:
        while not ended.wait(seconds):
            keep_house()

    threading.Thread(target=run, name="housekeeping", daemon=True).start()
    return ended

"""The seven confidentiality levels of a session, as practitioners use them, and what each one allows.

A level is a property of the session, set before it begins. One side may raise it; only both may lower it. The
Chatham House Rule is level 4: what was said may be used, who said it or was there may not be told (Chatham
House, 1927, refined 1992 and 2002).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final


class Level(IntEnum):
    """How confidential a session is; a higher number is tighter."""

    ON_THE_RECORD = 1
    WITH_CLEARANCE = 2
    BACKGROUND = 3
    CHATHAM_HOUSE = 4
    ATTENDANCE_SECRET = 5
    EXISTENCE_SECRET = 6
    NO_RECORD = 7


LINT_BLOCKS_FROM: Final = Level.CHATHAM_HOUSE
"""From this level on, a finding of the attribution lint stops a text until it is mended or both sides override."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a level allows.

    ``may_record``: points may be written down. ``needs_clearance``: nothing leaves before both sides have
    read it. ``may_name_side``: "a participant from side A" may be written. ``shows_attendance``: numbers by
    side may be told. ``shows_existence``: that the session took place may be told outside its circle.
    ``kept_days``: days for which the record is kept after the session, before it is due for removal; nothing
    means until somebody removes it.
    """

    may_record: bool
    needs_clearance: bool
    may_name_side: bool
    shows_attendance: bool
    shows_existence: bool
    kept_days: int | None


_ALLOWED: Final = {
    Level.ON_THE_RECORD: Allowed(True, False, True, True, True, None),
    Level.WITH_CLEARANCE: Allowed(True, True, True, True, True, None),
    Level.BACKGROUND: Allowed(True, True, True, True, True, 730),
    Level.CHATHAM_HOUSE: Allowed(True, True, False, True, True, 365),
    Level.ATTENDANCE_SECRET: Allowed(True, True, False, False, True, 180),
    Level.EXISTENCE_SECRET: Allowed(True, True, False, False, False, 90),
    Level.NO_RECORD: Allowed(False, True, False, False, False, 0),
}


def allowed(level: int) -> Allowed:
    """Return what a level allows.

    Raises:
        ValueError: where there is no such level.
    """
    return _ALLOWED[Level(level)]


def is_tighter(new: int, old: int) -> bool:
    """Whether a change from ``old`` to ``new`` only tightens, so that one side may make it alone."""
    return Level(new) > Level(old)

"""What can be done to sessions and their records."""

from sulh.rooms.record.actions.handing_over import (
    HandedOver,
    hand_over_points,
    propose_handover,
)
from sulh.rooms.record.actions.levels import (
    loosen_level,
    propose_loosening,
    tighten_level,
)
from sulh.rooms.record.actions.loading import keep_session
from sulh.rooms.record.actions.minutes import (
    MINUTES_LENGTH,
    begin_minutes,
    clear_minutes,
    keep_minutes,
    propose_clearing,
    read_minutes,
    refuse_unless_clearable,
    send_minutes,
)
from sulh.rooms.record.actions.overriding import (
    override_finding,
    propose_override,
    subject_of,
)
from sulh.rooms.record.actions.points import (
    POINT_LENGTH,
    SavedPoint,
    keep_point,
)
from sulh.rooms.record.actions.removing import (
    propose_removal,
    remove_session,
)
from sulh.rooms.record.actions.sessions import (
    begin_session,
    close_session,
    correct_session,
    reopen_session,
)

__all__ = [
    "MINUTES_LENGTH",
    "POINT_LENGTH",
    "HandedOver",
    "SavedPoint",
    "begin_minutes",
    "begin_session",
    "clear_minutes",
    "close_session",
    "correct_session",
    "hand_over_points",
    "keep_minutes",
    "keep_point",
    "keep_session",
    "loosen_level",
    "override_finding",
    "propose_clearing",
    "propose_handover",
    "propose_loosening",
    "propose_override",
    "propose_removal",
    "read_minutes",
    "refuse_unless_clearable",
    "remove_session",
    "reopen_session",
    "send_minutes",
    "subject_of",
    "tighten_level",
]

"""What a level means, in plain words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sulh.engines.disclosure.levels import LINT_BLOCKS_FROM, Level, allowed
from sulh.rooms.record.enums import LEVELS

NAMES = dict(LEVELS)

SECRET = tuple(level for level in Level if not allowed(level).shows_existence)
"""Levels of which nobody outside the session's circle may know that it took place."""

KEPT_ON_THE_DEVICE_BELOW = Level.ATTENDANCE_SECRET
"""From this level on, the rapporteur's page keeps nothing on the device, not even what is not saved yet."""


@dataclass(frozen=True, slots=True)
class InWords:
    """A level as it is shown: its number, its name, and one sentence for each thing that it decides."""

    level: int
    name: str
    sentences: tuple[str, ...]


def in_words(level: int) -> InWords:
    """Return a level in plain words.

    Raises:
        ValueError: where there is no such level.
    """
    rules = allowed(level)
    if not rules.may_record:
        nothing = (
            _("Nothing may be written down: no points, no minutes."),
            _("That it took place is told to nobody outside its circle."),
            _("Whatever was written before is due for removal at once."),
        )
        return InWords(level, str(NAMES[level]), nothing)
    sentences = [
        _("Points may be written down, never with who made them."),
        _("A text may say “a participant from” one side.")
        if rules.may_name_side
        else _("A text may not say from which side a point came."),
        _("Nothing leaves before both sides have turned their keys on exactly its text.")
        if rules.needs_clearance
        else _("Points and minutes may leave without clearance."),
    ]
    if level >= LINT_BLOCKS_FROM:
        sentences.append(_("A text that points to a person is held back until it is mended."))
    if not rules.shows_existence:
        sentences.append(_("Only leads, facilitators and rapporteurs may know that the session took place."))
    elif not rules.shows_attendance:
        sentences.append(_("Not even how many took part may be told."))
    if rules.kept_days is None:
        sentences.append(_("The record is kept until somebody removes it."))
    else:
        told = ngettext(
            "The record is kept for %(n)d day after the session.",
            "The record is kept for %(n)d days after the session.",
            rules.kept_days,
        )
        sentences.append(told % {"n": rules.kept_days})
    return InWords(level, str(NAMES[level]), tuple(sentences))

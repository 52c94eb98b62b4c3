"""The fixed lists of this room, in the words of those who sit in the room."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sulh.engines.disclosure.levels import Level


class Track(models.TextChoices):
    """The track is kept by the session: one round may mix unofficial sessions with calls on officials."""

    ONE = "1", _("Track 1")
    ONE_AND_A_HALF = "1.5", _("Track 1.5")
    TWO = "2", _("Track 2")


class SessionState(models.TextChoices):
    """Whether points may still be written down."""

    OPEN = "open", pgettext_lazy("session", "Open")
    CLOSED = "closed", pgettext_lazy("session", "Closed")


class PointKind(models.TextChoices):
    """What a point is. None of these says whose it was."""

    CONVERGENCE = "convergence", _("Convergence")
    DIVERGENCE = "divergence", _("Divergence")
    IDEA = "idea", _("Idea")
    PARKING_LOT = "parking lot", _("Parking lot")
    RED_LINE = "red line", _("Red line")
    NON_STARTER = "non-starter", _("Non-starter")
    DELIVERABLE = "deliverable", _("Deliverable")
    LOW_HANGING_FRUIT = "low-hanging fruit", _("Low-hanging fruit")


class MinutesKind(models.TextChoices):
    """The forms of a written record, from the rising to the falling commitment."""

    AGREED_MINUTES = "agreed minutes", _("Agreed minutes")
    CHAIRS_SUMMARY = "chair's summary", _("Chair’s summary")
    RAPPORTEURS_REPORT = "rapporteur's report", _("Rapporteur’s report")
    AIDE_MEMOIRE = "aide-mémoire", _("Aide-mémoire")
    NON_PAPER = "non-paper", _("Non-paper")


class Phase(models.TextChoices):
    """How far a written record has come."""

    DRAFT = "draft", pgettext_lazy("minutes", "Draft")
    WITH_BOTH_SIDES = "with both sides", pgettext_lazy("minutes", "With both sides")
    CLEARED = "cleared", pgettext_lazy("minutes", "Cleared by both sides")


class How(models.TextChoices):
    """By what a session came to its level."""

    BEGUN = "begun", _("set when the session was begun")
    TIGHTENED = "tightened", _("tightened")
    LOOSENED = "loosened", _("loosened by both sides’ keys")


LEVELS = [
    (int(Level.ON_THE_RECORD), _("On the record")),
    (int(Level.WITH_CLEARANCE), _("On the record with clearance")),
    (int(Level.BACKGROUND), _("Background")),
    (int(Level.CHATHAM_HOUSE), _("Chatham House Rule")),
    (int(Level.ATTENDANCE_SECRET), _("Chatham House Rule, attendance secret")),
    (int(Level.EXISTENCE_SECRET), _("The meeting itself is secret")),
    (int(Level.NO_RECORD), _("No record")),
]

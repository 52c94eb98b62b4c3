"""The fixed lists of this room: how a recommendation is carried, to whom, and what came back.

The vocabulary of transfer is that of Kelman, Fisher and Çuhadar; see docs/carry.md for its sources.
"""

from __future__ import annotations

from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sulh.engines.disclosure.levels import Level
from sulh.rooms.record.enums import LEVELS


class AskKind(models.TextChoices):
    ASK = "ask", _("Ask")
    WELCOME = "welcome", _("Welcome")


class AskState(models.TextChoices):
    """Where a found passage stands in its review."""

    PROPOSED = "proposed", _("Proposed")
    ACCEPTED = "accepted", _("Accepted")
    DROPPED = "dropped", _("Dropped")


class Relation(models.TextChoices):
    """How an ask stands to the earlier ones of its lineage."""

    FIRST = "first", _("first of its lineage")
    REPEATS = "repeats", _("repeats")
    UPDATES = "updates", _("updates")
    MERGES = "merges", _("merges")
    NARROWS = "narrows", _("narrows")


DOCUMENT_LEVELS = [
    (level, format_lazy("{level} · {name}", level=level, name=name))
    for level, name in LEVELS
    if level <= Level.ATTENDANCE_SECRET
]
"""How confidential a text may be, as the session it comes from. A text of a tighter level has no place in this room."""


class DocumentKind(models.TextChoices):
    JOINT_DECLARATION = "joint declaration", _("Joint declaration")
    JOINT_STATEMENT = "joint statement", _("Joint statement")
    RESOLUTION = "resolution", _("Resolution")
    AGREED_STATEMENT = "agreed statement", _("Agreed statement")
    APPEAL = "appeal", _("Appeal")
    PRESS_REPORT = "press report", _("Press report")
    PROGRAMME_REPORT = "programme report", _("Programme report")
    SESSION_POINTS = "points of a session", _("Points of a session")


class Direction(models.TextChoices):
    UP = "up", _("Up: to officials")
    DOWN = "down", _("Down: to the public")
    ACROSS = "across", _("Across: to other dialogues or sectors")
    INTO_OTHER_SIDE = "into the other side", _("Into the other side's system")


class Strategy(models.TextChoices):
    INFLUENTIAL_PEOPLE = "influential people", _("Through influential people")
    BRIEFING = "briefing", _("Briefing")
    REPORT = "report", _("Report or policy paper")
    INTO_OFFICE = "people moving into office", _("People moving into office")
    MEDIA = "media", pgettext_lazy("strategy", "Media")
    PARALLEL_SESSION = "parallel session", _("Parallel session with officials")
    ADVOCACY = "advocacy", _("Advocacy")


class RecipientCategory(models.TextChoices):
    """Who received it: a category of office, never a name."""

    HEAD_OF_GOVERNMENT = "head of government's office", _("Head of government's office")
    SECURITY_ADVISER = "national security adviser's office", _("National security adviser's office")
    FOREIGN_MINISTRY = "foreign ministry", _("Foreign ministry")
    INTERIOR_MINISTRY = "interior ministry", _("Interior ministry")
    COMMERCE_MINISTRY = "commerce ministry", _("Commerce ministry")
    DEFENCE = "defence establishment", _("Defence establishment")
    PARLIAMENT = "parliament", _("Parliament")
    PROVINCIAL_GOVERNMENT = "provincial government", _("Provincial government")
    EMBASSY = "embassy", _("Embassy")
    MEDIA = "media", pgettext_lazy("recipient", "Media")
    ACADEMIA = "academia", _("Universities and think tanks")
    BUSINESS = "business", _("Business")
    CIVIL_SOCIETY = "civil society", _("Civil society")
    OTHER_DIALOGUE = "another dialogue", _("Another dialogue")
    OTHER = "other", _("Other")


class RecipientLevel(models.TextChoices):
    """Lederach's pyramid."""

    TOP = "top", _("Top leadership")
    MIDDLE = "middle", _("Middle range")
    GRASSROOTS = "grassroots", _("Grassroots")


class ResponseKind(models.TextChoices):
    NONE = "none", _("No response")
    REJECTED = "rejected", _("Rejected")
    ACKNOWLEDGED = "acknowledged", _("Acknowledged")
    ASKED_FOR_MORE = "asked for more", _("Asked for more")
    PROMISED_TO_FORWARD = "promised to forward", _("Promised to forward")
    USED_LANGUAGE = "used language", _("Used the language")
    ADOPTED_IN_PART = "adopted in part", _("Adopted in part")
    ADOPTED = "adopted", _("Adopted")


RESPONSE_RANK = {kind: rank for rank, kind in enumerate(ResponseKind.values)}
"""The responses from the least to the furthest-reaching, as they are listed above."""


class Evidence(models.TextChoices):
    """How a response is known."""

    PUBLIC = "public", _("Public source")
    FIRST_HAND = "first-hand", _("First hand")
    SECOND_HAND = "second-hand", _("Second hand")
    INFERRED = "inferred", _("Inferred")


class LineageState(models.TextChoices):
    """Where a lineage stands: the furthest of these that holds."""

    NOT_CARRIED = "not carried", _("Not carried yet")
    CARRIED_TO_ONE = "carried to one side", _("Carried to one side only")
    CARRIED_TO_BOTH = "carried to both sides", _("Carried to both sides")
    ANSWERED = "answered", _("Answered")
    POSSIBLE_UPTAKE = "possible uptake", _("Possible uptake")

"""Sessions, the points written down in them, their minutes, and how their level changed.

No model here has a field for a person: not who spoke, not whose point it was, not who wrote it down, not who was there.
Nor is there a history of points and minutes: a name that was typed and taken out again must not live on in one.
"""

from __future__ import annotations

import hashlib

from django.db import models

from sulh.kernel.fields import PartialDateField
from sulh.kernel.ids import new_id
from sulh.rooms.convene.models import Round
from sulh.rooms.programme.models import Group, Programme, Side, Theme
from sulh.rooms.record.enums import LEVELS, How, MinutesKind, Phase, PointKind, SessionState, Track


def fingerprint(text: str) -> str:
    """Return the SHA-256 (hex) by which exactly this text is meant."""
    return hashlib.sha256(text.encode()).hexdigest()


class Session(models.Model):
    """One sitting, with the level that decides what may be written, shown, taken out and for how long.

    ``side`` makes it one side's own session, which the other side never sees; ``group`` keeps it in a working group.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="sessions")
    round = models.ForeignKey(Round, models.SET_NULL, null=True, blank=True, related_name="sessions")
    key = models.SlugField(max_length=80)
    title = models.CharField(max_length=200, blank=True)
    date = PartialDateField()
    place = models.CharField(max_length=120, blank=True)
    track = models.CharField(max_length=4, choices=Track, default=Track.TWO)
    level = models.PositiveSmallIntegerField(choices=LEVELS)
    group = models.ForeignKey(Group, models.CASCADE, null=True, blank=True, related_name="sessions")
    side = models.ForeignKey(Side, models.CASCADE, null=True, blank=True, related_name="sessions")
    state = models.CharField(max_length=10, choices=SessionState, default=SessionState.OPEN)
    begun_on = models.DateField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "key"], name="one_session_of_a_key")]

    def __str__(self) -> str:
        return str(self.id)


class Change(models.Model):
    """One change of a session's level."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="changes")
    level = models.PositiveSmallIntegerField(choices=LEVELS)
    how = models.CharField(max_length=10, choices=How)
    on = models.DateField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.how} {self.level}"


class Point(models.Model):
    """One thing that was said, without who said it.

    ``client_key`` is made where the point is typed, so that sending it twice keeps it once; ``version`` counts the
    wordings, so that two who write at once are noticed. ``other_wording_of`` marks what the later of the two had
    typed. ``is_neutral`` is false while the attribution lint holds the text back. ``overridden`` is the fingerprint
    of the one text for which both sides overrode the lint.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="points")
    client_key = models.UUIDField()
    kind = models.CharField(max_length=20, choices=PointKind, default=PointKind.CONVERGENCE)
    text = models.TextField(blank=True)
    theme = models.ForeignKey(Theme, models.SET_NULL, null=True, blank=True, related_name="+")
    position = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    other_wording_of = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    is_neutral = models.BooleanField(default=True)
    overridden = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["position", "client_key"]
        constraints = [
            models.UniqueConstraint(fields=["session", "client_key"], name="one_point_of_a_client_key")
        ]

    def __str__(self) -> str:
        return str(self.id)


class Minutes(models.Model):
    """A written record of a session: a draft, then with both sides for reading, then cleared by both keys."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="minutes")
    kind = models.CharField(max_length=30, choices=MinutesKind, default=MinutesKind.RAPPORTEURS_REPORT)
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    phase = models.CharField(max_length=20, choices=Phase, default=Phase.DRAFT)
    read_by = models.ManyToManyField(Side, blank=True, related_name="+")
    overridden = models.CharField(max_length=64, blank=True)
    begun_on = models.DateField(auto_now_add=True)

    class Meta:
        ordering = ["begun_on", "id"]
        verbose_name_plural = "minutes"

    def __str__(self) -> str:
        return str(self.id)

    @property
    def fingerprint(self) -> str:
        """What a reader has read, and what a key is turned on."""
        return fingerprint(self.text)

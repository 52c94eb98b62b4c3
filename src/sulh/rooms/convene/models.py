"""Rounds. What was planned and what happened stand side by side: plans seldom match."""

from __future__ import annotations

import datetime

from django.db import models

from sulh.engines.calendars import PartialDate
from sulh.kernel.fields import PartialDateField
from sulh.kernel.ids import new_id
from sulh.rooms.programme.models import Group, Phase, Programme


class Round(models.Model):
    """One meeting of one or several groups. Every field may be blank: unknown is not guessed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="rounds")
    key = models.SlugField(max_length=80)
    number = models.PositiveIntegerField(null=True, blank=True)
    name = models.CharField(max_length=200)
    phase = models.ForeignKey(Phase, models.SET_NULL, null=True, blank=True, related_name="rounds")
    groups = models.ManyToManyField(Group, related_name="rounds", blank=True)
    track = models.CharField(max_length=4, blank=True)
    planned_place = models.CharField(max_length=120, blank=True)
    planned_from = PartialDateField()
    planned_to = PartialDateField()
    planned_sizes = models.JSONField(default=dict, blank=True)
    actual_place = models.CharField(max_length=120, blank=True)
    actual_from = PartialDateField()
    actual_to = PartialDateField()
    actual_approximate = models.BooleanField(default=False)
    actual_sizes = models.JSONField(default=dict, blank=True)
    notes = models.TextField(blank=True)
    sources = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "key"], name="one_round_of_a_key")]

    def __str__(self) -> str:
        return self.name

    @property
    def when(self) -> str:
        """When it began, as far as it is known: as held, else as planned."""
        return self.actual_from or self.planned_from

    @property
    def until(self) -> str:
        return self.actual_to if self.actual_from else self.planned_to

    @property
    def place(self) -> str:
        return self.actual_place or self.planned_place

    @property
    def sort_key(self) -> tuple[bool, datetime.date, int]:
        """Order of time; rounds without a date come last, by number."""
        date = PartialDate.parse(self.when).earliest if self.when else datetime.date.max
        return (not self.when, date, self.number or 0)

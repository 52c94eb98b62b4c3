"""The programme and what it is made of."""

from __future__ import annotations

from django.db import models

from sulh.kernel.fields import PartialDateField
from sulh.kernel.ids import new_id


class Programme(models.Model):
    """A dialogue programme between two sides."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    sources = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Side(models.Model):
    """One of the two sides. The order in which they are kept is not an order of rank: see ``kernel.sides``."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="sides")
    key = models.SlugField(max_length=80)
    name = models.CharField(max_length=120)
    forms = models.JSONField(default=list, blank=True)
    organisation = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["programme", "key"], name="one_side_of_a_key")]

    def __str__(self) -> str:
        return self.name


class Phase(models.Model):
    """A phase of the programme: its partners may change from one to the next."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="phases")
    key = models.SlugField(max_length=80)
    name = models.CharField(max_length=200)
    starts = PartialDateField()
    ends = PartialDateField()
    partners = models.JSONField(default=list, blank=True)
    notes = models.TextField(blank=True)
    sources = models.JSONField(default=list, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["programme", "key"], name="one_phase_of_a_key")]

    def __str__(self) -> str:
        return self.name


class Group(models.Model):
    """A working group, a joint committee, or a whole dialogue, whose rounds make one record."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="groups")
    key = models.SlugField(max_length=80)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    dialogue = models.CharField(max_length=200)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["programme", "key"], name="one_group_of_a_key")]

    def __str__(self) -> str:
        return self.name


class Theme(models.Model):
    """A theme of asks, with the words that point to it. Its key never changes, so links to it are never lost."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="themes")
    key = models.SlugField(max_length=80)
    name = models.CharField(max_length=120)
    words = models.JSONField(default=list, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["programme", "key"], name="one_theme_of_a_key")]

    def __str__(self) -> str:
        return self.name

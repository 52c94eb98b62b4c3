"""Seats: which account has which role in which programme, and with which side it stands. Heads exchanged.

And the register: who the people of a side are, each under a pseudonymous code, the rest sealed to that side's vault.
"""

from __future__ import annotations

from django.db import models

from sulh.kernel.access import LEADS
from sulh.kernel.ids import new_id
from sulh.kernel.models import Account
from sulh.rooms.people.enums import Category, Role, needs_both
from sulh.rooms.programme.models import Group, Programme, Side


class Seat(models.Model):
    """An account's role in a programme. Without a side the account is neutral; without groups it sees all groups."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="seats")
    account = models.ForeignKey(Account, models.CASCADE, related_name="seats")
    role = models.CharField(max_length=40, choices=Role)
    side = models.ForeignKey(Side, models.CASCADE, null=True, blank=True, related_name="seats")
    groups = models.ManyToManyField(Group, blank=True, related_name="seats")

    class Meta:
        ordering = ["role", "id"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "account", "role"], name="one_seat_of_a_role")
        ]

    def __str__(self) -> str:
        return f"{self.role} in {self.programme_id}"

    @property
    def leads(self) -> bool:
        """Whether who sits here holds a key of the side."""
        return self.role in LEADS and self.side_id is not None

    @property
    def takes_both(self) -> bool:
        """Whether this seat is given and taken away by both sides only."""
        return needs_both(self.role, self.side.key if self.side else "")


class ExchangedHead(models.Model):
    """A head of the audit log that one side took, as the other received it by a way outside the server.

    It is kept as received, whether or not it agrees with the log: one that does not agree is the finding.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="exchanged_heads")
    side = models.ForeignKey(Side, models.CASCADE, related_name="heads")
    count = models.PositiveBigIntegerField()
    day = models.DateField()
    mark = models.CharField(max_length=32)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-count", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "side", "count", "day", "mark"], name="one_head_recorded_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.count} of {self.day}"


class Person(models.Model):
    """Somebody of one side. Outside the vault stand a code, a broad category and nothing that tells who it is.

    ``sealed_identity`` holds name, aliases, contacts and a note, sealed to the vault of ``side`` and bound to this row
    and ``version``. There is no history of it: who is forgotten is gone.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="people")
    code = models.CharField(max_length=12)
    side = models.ForeignKey(Side, models.CASCADE, related_name="people")
    category = models.CharField(max_length=20, choices=Category)
    sealed_identity = models.BinaryField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        # By code, which is drawn by lot: the order tells nothing of when somebody came.
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["programme", "code"], name="one_person_of_a_code")]

    def __str__(self) -> str:
        return self.code


class NameMark(models.Model):
    """A keyed hash of one form of a person's name, for the lint while the vault is locked (``kernel.vault.names``)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="marks")
    mark = models.CharField(max_length=64, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "mark"], name="a_mark_of_a_person_once")]

    def __str__(self) -> str:
        return f"mark of {self.person_id}"

"""Seats: which account has which role in which programme, and with which side it stands."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from sulh.kernel.models import Account
from sulh.rooms.programme.models import Programme, Side


class Role(models.TextChoices):
    """The roles of a programme, in the words of those who hold them."""

    CONVENER = "convener", _("Convener")
    PROGRAMME_OFFICER = "programme officer", _("Programme officer")
    COUNTERPART_LEAD = "counterpart lead", _("Counterpart lead")
    HEAD_OF_DELEGATION = "head of delegation", _("Head of delegation")
    FACILITATOR = "facilitator", _("Facilitator")
    RAPPORTEUR = "rapporteur", _("Rapporteur")
    LIAISON = "liaison", _("Liaison to officials")
    COMMUNICATIONS = "communications", _("Communications officer")
    EVALUATION = "evaluation", _("Evaluation officer")
    SECURITY_LEAD = "security lead", _("Security lead")


class Seat(models.Model):
    """An account's role in a programme. Without a side the account is neutral."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="seats")
    account = models.ForeignKey(Account, models.CASCADE, related_name="seats")
    role = models.CharField(max_length=40, choices=Role)
    side = models.ForeignKey(Side, models.CASCADE, null=True, blank=True, related_name="seats")

    class Meta:
        ordering = ["role", "id"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "account", "role"], name="one_seat_of_a_role")
        ]

    def __str__(self) -> str:
        return f"{self.role} in {self.programme_id}"

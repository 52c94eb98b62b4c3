"""The roles of a programme, and the little that the register says of a person outside the vault."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from sulh.kernel.access import LEADS


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


def needs_both(role: str, side: str) -> bool:
    """Whether this seat is given and taken away by both sides only.

    Leads hold a key; the security lead reads the audit log of both sides; a neutral seat stands with neither.
    """
    return not side or role in (*LEADS, Role.SECURITY_LEAD)


class Category(models.TextChoices):
    """As broad as parity between the sides needs, and no finer."""

    DELEGATE = "delegate", _("Delegate")
    RESOURCE_PERSON = "resource person", _("Resource person")
    STAFF = "staff", _("Staff")

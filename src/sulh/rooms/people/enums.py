"""The few things the register says of a person outside the vault."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.TextChoices):
    """As broad as parity between the sides needs, and no finer."""

    DELEGATE = "delegate", _("Delegate")
    RESOURCE_PERSON = "resource person", _("Resource person")
    STAFF = "staff", _("Staff")

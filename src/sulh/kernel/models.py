"""Accounts and the audit log."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from sulh.kernel.ids import new_id
from sulh.kernel.vault import models as vault_models  # noqa: F401 — so that Django finds them


class AccountManager(BaseUserManager["Account"]):
    """Accounts are found by their handle."""

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(handle=username)


class Account(AbstractBaseUser):
    """Somebody who can sign in. It holds a handle and no name: names belong in the vault."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    handle = models.CharField(max_length=80, unique=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    sign_in_count = models.PositiveIntegerField(default=0)

    objects: ClassVar[AccountManager] = AccountManager()
    USERNAME_FIELD = "handle"

    def __str__(self) -> str:
        return self.handle


class AuditEntry(models.Model):
    """One change of state: when, which action, in which programme, by which account. Never the content."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    action = models.CharField(max_length=80)
    programme = models.CharField(max_length=80, blank=True)
    account = models.UUIDField(null=True)
    subject = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"

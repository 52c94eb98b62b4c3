"""Accounts and the audit log."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from sulh.kernel.chain import genesis
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
    travels_until = models.DateField(null=True, blank=True)

    objects: ClassVar[AccountManager] = AccountManager()
    USERNAME_FIELD = "handle"

    def __str__(self) -> str:
        return self.handle


class BrowserSession(models.Model):
    """One browser in which an account is signed in. Coarse on purpose: no address, no version, no key.

    The signed-in session of the browser names this row by its id; without the row it opens nothing.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="browser_sessions")
    browser = models.CharField(max_length=40)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    second_factor = models.BooleanField(default=False)
    seats = models.JSONField(default=list)

    class Meta:
        ordering = ["-began_at"]

    def __str__(self) -> str:
        return f"{self.browser}, {self.began_at:%Y-%m-%d %H:00}"


class AuditChain(models.Model):
    """The head of one audit log. A programme has one; it is found by the programme's slug."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.CharField(max_length=80, unique=True)
    count = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64)
    dropped = models.PositiveBigIntegerField(default=0)
    checkpoint = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.count} entries of {self.programme}"

    @classmethod
    def begun(cls, programme: str) -> AuditChain:
        """Return a chain without an entry, not yet saved."""
        chain = cls(programme=programme)
        chain.head = chain.checkpoint = genesis(str(chain.id))
        return chain


class AuditEntry(models.Model):
    """One change of state: when, which action, by whom under a pseudonym, to what. Never the content.

    Entries are added and never changed (see :mod:`sulh.kernel.audit`). ``subject`` is an identifier.
    """

    chain = models.ForeignKey(AuditChain, models.PROTECT, related_name="entries")
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    action = models.CharField(max_length=80)
    who = models.CharField(max_length=16, blank=True)
    subject = models.CharField(max_length=80, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "number"], name="one_entry_of_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"


class Proposal(models.Model):
    """Something that takes both sides' keys: what it is about, and the hash of exactly what is agreed to.

    ``terms`` are the few values that say what is to be done; they stand readable in the database, so nothing
    confidential belongs into them beyond what the thing itself already holds.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=80, blank=True)
    terms = models.JSONField(default=dict)
    content_hash = models.CharField(max_length=64)
    proposed_by = models.UUIDField(null=True)
    proposed_side = models.SlugField(max_length=80, blank=True)
    proposed_at = models.DateTimeField()
    lapses_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-proposed_at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class KeyTurn(models.Model):
    """A side's key, turned by one of its leads on exactly one content. It can be taken back until both are turned."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="turns")
    side = models.SlugField(max_length=80)
    account = models.UUIDField()
    content_hash = models.CharField(max_length=64)
    signature = models.BinaryField(default=bytes, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "side"], name="one_key_a_side"),
            models.UniqueConstraint(fields=["proposal", "account"], name="one_key_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.side} on {self.proposal_id}"


class PurgeReport(models.Model):
    """That something was purged: when, what went and what stayed, by codes and numbers. No name, title or text.

    ``id`` is that of what is gone; it names nothing any more, but joins the report to the proposal and the log.
    ``side`` keeps the report to one side. ``wiped_at`` is empty until the database has wiped what it still held.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    programme = models.UUIDField(db_index=True)
    side = models.SlugField(max_length=80, blank=True)
    what = models.CharField(max_length=20)
    on = models.DateField()
    lines = models.JSONField(default=list)
    wiped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-on", "id"]

    def __str__(self) -> str:
        return f"{self.what} {self.id}"

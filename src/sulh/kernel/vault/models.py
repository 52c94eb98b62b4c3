"""What the vault keeps: public keys, wrapped keys, sealed records. Nothing here opens anything by itself."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sulh.kernel.ids import new_id


class Keyring(models.Model):
    """The keys of one account: public parts, and the private ones wrapped under its passphrase.

    A keyring whose passphrase is forgotten is retired: its private part is wiped, its public part stays, so that
    what was signed with it can still be checked.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="keyrings")
    recipient = models.CharField(max_length=80)
    verify_key = models.BinaryField()
    wrapped = models.BinaryField()
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "kernel"
        ordering = ["made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=models.Q(retired_at=None), name="one_keyring_in_use"
            )
        ]

    def __str__(self) -> str:
        return f"keyring {self.id}"


class SideVault(models.Model):
    """The vault of one side of a programme: its public recipient, and its key wrapped for recovery by shares."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.UUIDField()
    side = models.CharField(max_length=80)
    recipient = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    recovery = models.BinaryField()
    threshold = models.PositiveSmallIntegerField()
    share_labels = models.JSONField()
    shares_made_at = models.DateTimeField()
    rehearsed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "kernel"
        constraints = [models.UniqueConstraint(fields=["programme", "side"], name="one_vault_of_a_side")]

    def __str__(self) -> str:
        return f"vault {self.id}"


class Holder(models.Model):
    """A keyring that opens a side's vault: the side's key sealed to it, marked by whoever let it in."""

    vault = models.ForeignKey(SideVault, models.CASCADE, related_name="holders")
    keyring = models.ForeignKey(Keyring, models.CASCADE, related_name="held")
    sealed_key = models.BinaryField()
    mark = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "kernel"
        ordering = ["added_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["vault", "keyring"], condition=models.Q(ended_at=None), name="holds_a_vault_once"
            )
        ]

    def __str__(self) -> str:
        return f"holder {self.pk}"


class SealedRecord(models.Model):
    """A record for which both sides' keys are needed: an envelope to one side inside an envelope to the other."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.UUIDField()
    code = models.CharField(max_length=12)
    outer = models.CharField(max_length=80)
    inner = models.CharField(max_length=80)
    ciphertext = models.BinaryField()
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        app_label = "kernel"
        ordering = ["sealed_at"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="one_sealed_record_of_a_code")
        ]

    def __str__(self) -> str:
        return self.code


class OpeningState(models.TextChoices):
    """How far an opening has come. The last three are final."""

    REQUESTED = "requested", _("waiting for approval")
    APPROVED = "approved", _("approved by both sides")
    HANDED_ON = "handed on", _("opened by one side, handed to the other")
    READY = "ready", _("ready for the one who asked")
    SHOWN = "shown", _("shown once")
    REFUSED = "refused", _("not approved")
    LAPSED = "lapsed", _("lapsed")


class Purpose(models.TextChoices):
    """Why a sealed record may be opened."""

    SAFETY = "safety", _("somebody's safety")
    LEGAL = "legal", _("an obligation before a court")
    CORRECTION = "correction", _("a correction of what was recorded")
    CONTINUITY = "continuity", _("continuing the work agreed on")


class Opening(models.Model):
    """One ceremony: who asks to see a sealed record, why, until when; who approved; how far it has come."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    record = models.ForeignKey(SealedRecord, models.CASCADE, related_name="openings")
    digest = models.CharField(max_length=64)
    requester = models.UUIDField()
    recipient = models.CharField(max_length=80)
    purpose = models.CharField(max_length=20, choices=Purpose)
    reason = models.CharField(max_length=300)
    requested_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=OpeningState, default=OpeningState.REQUESTED)
    approvals = models.JSONField(default=dict)
    handed_on = models.BinaryField(default=b"")
    for_requester = models.BinaryField(default=b"")

    class Meta:
        app_label = "kernel"
        ordering = ["-requested_at"]

    def __str__(self) -> str:
        return f"opening {self.id}"

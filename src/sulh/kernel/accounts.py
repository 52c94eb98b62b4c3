"""What an account does with itself leaves an audit entry too, of no programme."""

from __future__ import annotations

from sulh.kernel.models import Account, AuditEntry


def note(account: Account, what: str) -> None:
    """Write ``account.<what>`` into the audit log; ``what`` is a verb and a noun, as actions are named."""
    AuditEntry.objects.create(action=f"account.{what}", account=account.pk, subject=str(account.pk))

"""What an account does with itself leaves an audit entry too, in the chain of the installation, of no programme."""

from __future__ import annotations

from django.db import transaction

from sulh.kernel import audit
from sulh.kernel.access import Viewer
from sulh.kernel.models import Account


def note(account: Account, what: str) -> None:
    """Write ``account.<what>`` into the audit log; ``what`` is a verb and a noun, as actions are named."""
    with transaction.atomic():
        audit.record("", f"account.{what}", Viewer(account.pk, account.handle))

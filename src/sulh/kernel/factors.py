"""What an account signs in with: passphrase, passkeys, authenticator application, recovery codes.

The factors are rows of django-allauth (``allauth.mfa``), which is loaded only when something is asked of them.
"""

from __future__ import annotations

from typing import Any

from sulh.kernel import sessions, signin
from sulh.kernel.models import Account


def factors_of(account: Account) -> Any:
    """Return the factors of an account besides its passphrase, the oldest first."""
    from allauth.mfa.models import Authenticator

    return Authenticator.objects.filter(user=account).order_by("created_at", "id")


def has_passkey(account: Account) -> bool:
    """Whether the account has a passkey, which signs in alone."""
    return bool(factors_of(account).filter(type="webauthn").exists())


def has_second_factor(account: Account) -> bool:
    """Whether the account has a passkey or an authenticator application. Recovery codes alone are no factor."""
    return bool(factors_of(account).filter(type__in=("webauthn", "totp")).exists())


def has_credential(account: Account) -> bool:
    """Whether the account can sign in without a link."""
    return account.has_usable_password() or has_passkey(account)


def forget(account: Account) -> None:
    """Take everything from an account that it signs in with, end its sessions and let its links lapse."""
    factors_of(account).delete()
    account.set_unusable_password()
    account.save(update_fields=["password"])
    sessions.end(account)
    signin.lapse(account)

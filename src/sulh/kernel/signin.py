"""Sign-in links: a signed address that opens one account.

A link is used up by its first use and lapses after ``LIFETIME``; the links of demonstration accounts may be used
again within it, since they open nothing that is not public.
"""

from __future__ import annotations

import datetime

from django.core import signing

from sulh.kernel.models import Account

LIFETIME = datetime.timedelta(hours=12)
_SALT = "sulh.sign-in-link"


def make_token(account: Account) -> str:
    """Return the token of a link that signs this account in."""
    used = 0 if account.is_demo else account.sign_in_count
    return signing.TimestampSigner(salt=_SALT).sign(f"{account.handle}:{used}")


def account_of(token: str) -> Account | None:
    """Return the account that a token opens, or None where it is forged, lapsed, used or the account is closed."""
    try:
        handle, used = signing.TimestampSigner(salt=_SALT).unsign(token, max_age=LIFETIME).rsplit(":", 1)
    except (signing.BadSignature, ValueError):
        return None
    account = Account.objects.filter(handle=handle, is_active=True).first()
    if account is None or (not account.is_demo and str(account.sign_in_count) != used):
        return None
    return account

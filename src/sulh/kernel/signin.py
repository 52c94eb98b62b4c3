"""Links that open one account: as the invitation of a new account, and to recover one.

A link is used up by its first use, lapses after ``LIFETIME``, and lapses too when a newer one is made or a passphrase
or passkey is set. What it opens depends on the account (``surfaces/web/entering.py``): it stands for the passphrase
and never for the second factor. The links of demonstration accounts may be used again within ``LIFETIME``, since they
open nothing that is not public.
"""

from __future__ import annotations

import datetime
from uuid import UUID

from django.core import signing
from django.db.models import F

from sulh.kernel.models import Account

LIFETIME = datetime.timedelta(hours=12)
_SALT = "sulh.sign-in-link"


def make_token(account: Account) -> str:
    """Return the token of a link that opens this account. It names the account by its number, not by its handle,
    which may tell programme and role to whoever sees the address; the demonstration's says what it opens."""
    told = f"{account.handle}:0" if account.is_demo else f"{account.pk}:{account.sign_in_count}"
    return signing.TimestampSigner(salt=_SALT).sign(told)


def renew_token(account: Account) -> str:
    """Let every earlier link of this account lapse and return the token of a new one."""
    lapse(account)
    return make_token(account)


def lapse(account: Account) -> None:
    """Let every link of this account lapse; those of a demonstration account never do."""
    Account.objects.filter(pk=account.pk).update(sign_in_count=F("sign_in_count") + 1)
    account.refresh_from_db(fields=["sign_in_count"])


def account_of(token: str) -> Account | None:
    """Return the account that a token opens, or None where it is forged, lapsed, used or the account is closed."""
    try:
        who, used = signing.TimestampSigner(salt=_SALT).unsign(token, max_age=LIFETIME).rsplit(":", 1)
    except (signing.BadSignature, ValueError):
        return None
    number = _number(who)
    if number is None:
        return Account.objects.filter(handle=who, is_active=True, is_demo=True).first()
    account = Account.objects.filter(pk=number, is_active=True, is_demo=False).first()
    return account if account and str(account.sign_in_count) == used else None


def _number(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def use_up(account: Account) -> bool:
    """Use up the link of an account just found by ``account_of``; False where somebody else was quicker."""
    unused = Account.objects.filter(pk=account.pk, sign_in_count=account.sign_in_count)
    return bool(unused.update(sign_in_count=F("sign_in_count") + 1)) or account.is_demo

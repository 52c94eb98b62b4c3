"""Setting up and checking factors. The checks themselves are those of django-allauth and python-fido2.

Nothing here decides who gets in: see ``entering``.
"""

from __future__ import annotations

import base64
import json
import struct
from typing import Any

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from sulh.kernel import factors
from sulh.kernel.accounts import note
from sulh.kernel.models import Account
from sulh.surfaces.web import attempts

OFFERED = "offered_secret"
LONGEST_ANSWER = 16_000
_MALFORMED = (
    ValidationError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    IndexError,
    struct.error,
    RecursionError,
)


class NotAccepted(Exception):
    """A code or passkey was not right, or may not be tried now; which of the two is not said."""


# Passkeys


def _read(answer: str) -> dict[str, Any]:
    if len(answer) > LONGEST_ANSWER:
        raise ValueError("no passkey says so much")
    told: dict[str, Any] = json.loads(answer)
    return told


def passkey_to_add(account: Account) -> dict[str, Any]:
    """Return what a browser needs to make a passkey that signs in alone: kept there, opened by PIN or finger."""
    from allauth.mfa.webauthn.internal import auth

    return dict(auth.begin_registration(account, passwordless=True))


def add_passkey(account: Account, answer: str, name: str) -> None:
    """Keep the passkey that the browser made. Raises :class:`NotAccepted`."""
    from allauth.mfa.webauthn.internal import auth

    try:
        credential = _read(answer)
        auth.parse_registration_response(credential)
        made = auth.complete_registration(credential)
        verified = made.is_user_verified()
    except _MALFORMED as error:
        raise NotAccepted from error
    if not verified:
        raise NotAccepted
    with transaction.atomic():
        auth.WebAuthn.add(account, name.strip()[:60] or _("Passkey"), credential)
        note(account, "add_passkey")


def passkey_to_ask_for(account: Account | None) -> dict[str, Any]:
    """Return what a browser needs to ask for a passkey: one of this account, or any that it has for this place."""
    from allauth.mfa.webauthn.internal import auth

    return dict(auth.begin_authentication(account))


def account_of_passkey(request: HttpRequest, answer: str, expected: Account | None = None) -> Account:
    """Return the account whose passkey signed this answer; ``expected``, where one is half signed in.

    Raises :class:`NotAccepted`.
    """
    from allauth.mfa.webauthn.internal import auth

    if not attempts.address_may_try(request):
        raise NotAccepted
    try:
        credential = _read(answer)
        auth.parse_authentication_response(credential)
        account = expected or auth.extract_user_from_response(credential)
        passkey = auth.complete_authentication(account, credential)
    except _MALFORMED as error:
        raise NotAccepted from error
    if not isinstance(account, Account) or not account.is_active or account.is_demo:
        raise NotAccepted
    passkey.record_usage()
    return account


# Codes


def offered_secret(request: HttpRequest) -> str:
    """Return the secret offered to this browser for an authenticator application; kept encrypted until it is used."""
    from allauth.mfa.totp.internal.auth import generate_totp_secret
    from allauth.mfa.utils import decrypt, encrypt

    if OFFERED not in request.session:
        request.session[OFFERED] = encrypt(generate_totp_secret())
    return str(decrypt(request.session[OFFERED]))


def picture_of(account: Account, secret: str) -> str:
    """Return the QR code of a secret as the address of a picture that lies in the page itself."""
    from allauth.mfa.adapter import get_adapter

    adapter = get_adapter()
    svg = adapter.build_totp_svg(adapter.build_totp_url(account, secret))
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def _first_use(account: Account, code: str) -> bool:
    """Whether this code of the application was not used before; remembered for longer than a code is right."""
    figures = "".join(filter(str.isdigit, code))
    return bool(cache.add(f"code-used:{account.pk}:{figures}", True, timeout=180))


def set_up_authenticator(request: HttpRequest, account: Account, code: str) -> None:
    """Keep the offered secret once a code proves that the application has it; it replaces an earlier one.

    Raises :class:`NotAccepted`.
    """
    from allauth.mfa.totp.internal.auth import TOTP, validate_totp_code

    secret = offered_secret(request)
    if not attempts.may_try_code(request, account) or not validate_totp_code(secret, code):
        raise NotAccepted
    _first_use(account, code)
    with transaction.atomic():
        factors.factors_of(account).filter(type="totp").delete()
        TOTP.activate(account, secret)
        note(account, "set_authenticator")
    attempts.code_was_right(request, account)
    del request.session[OFFERED]


def check_code(request: HttpRequest, account: Account, code: str) -> None:
    """Accept a code of the authenticator application, or a recovery code, which is used up by it.

    Raises :class:`NotAccepted`.
    """
    if not attempts.may_try_code(request, account):
        raise NotAccepted
    for kind in ("totp", "recovery_codes"):
        factor = factors.factors_of(account).filter(type=kind).first()
        if factor and factor.wrap().validate_code(code) and (kind != "totp" or _first_use(account, code)):
            attempts.code_was_right(request, account)
            if kind == "recovery_codes":
                note(account, "use_recovery_code")
            return
    raise NotAccepted


def fresh_recovery_codes(account: Account) -> list[str]:
    """Make new recovery codes in place of the old ones; this is the only time that they are shown."""
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    with transaction.atomic():
        Account.objects.select_for_update().get(pk=account.pk)
        factors.factors_of(account).filter(type="recovery_codes").delete()
        codes = RecoveryCodes.activate(account).generate_codes()
        note(account, "make_recovery_codes")
    return list(codes)


def recovery_codes_left(account: Account) -> int:
    """Return how many recovery codes are not used yet."""
    factor = factors.factors_of(account).filter(type="recovery_codes").first()
    return len(factor.wrap().get_unused_codes()) if factor else 0


def remove(account: Account, factor_id: int, *, must_keep_one: bool) -> bool:
    """Remove a factor; return False where it is the last that the account has to keep, or is not there.

    The last second factor stays where the seat needs one, and the last passkey where there is no passphrase.
    """
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=account.pk)
        strong = factors.factors_of(account).filter(type__in=("webauthn", "totp"))
        factor = strong.filter(pk=factor_id).first()
        others = strong.exclude(pk=factor_id)
        if (
            factor is None
            or (must_keep_one and not others.exists())
            or (not account.has_usable_password() and not others.filter(type="webauthn").exists())
        ):
            return False
        factor.delete()
        if not others.exists():
            factors.factors_of(account).delete()
        note(account, "remove_factor")
    return True

"""How the library of factors works in this house: secrets encrypted, nothing on a device that tells of a role."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser

from sulh.kernel import key_files

KEY_FILE = "factors-key"


def _cipher() -> Fernet:
    """Return the cipher of this installation's key, made once beside the data, readable by its owner only."""
    return Fernet(key_files.kept(settings.HOME / KEY_FILE, Fernet.generate_key))


def label_of(user: AbstractBaseUser) -> str:
    """Return what a telephone or key shop shows for the account: no handle, since that may tell programme and role."""
    return f"Sulh {str(user.pk)[:4]}"


class Adapter(DefaultMFAAdapter):
    """The hooks of ``allauth.mfa``."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        return label_of(user)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": "Sulh"}

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, Any]:
        entity = super().get_public_key_credential_user_entity(user)
        return entity | {"display_name": label_of(user), "name": label_of(user)}

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nobody has an e-mail address here; what changed stands on the account's page."""

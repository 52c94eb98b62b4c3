"""Who holds the key of a side. Between an account and a side's key stands the account's keyring, so that somebody can
be let in while away, and changes a passphrase without touching the vault."""

from __future__ import annotations

from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.utils.translation import gettext as _

from sulh.kernel.access import Viewer
from sulh.kernel.actions import Refused
from sulh.kernel.vault import unlocked
from sulh.kernel.vault.fields import Context, seal, unseal
from sulh.kernel.vault.keyring import Keys
from sulh.kernel.vault.models import Holder, Keyring, SideVault
from sulh.kernel.vault.sides import SideKey, side_key


def vault_of(programme_id: UUID, side: str) -> SideVault | None:
    """Return the vault of a side, or None where it has none yet."""
    return SideVault.objects.filter(programme=programme_id, side=side).first()


def keyring_of(account_id: UUID | None) -> Keyring | None:
    """Return the keyring an account uses, or None where it has none yet."""
    return Keyring.objects.filter(account_id=account_id, retired_at=None).first() if account_id else None


def holders_of(vault: SideVault) -> list[Holder]:
    """Return who holds the key today."""
    rows = vault.holders.filter(ended_at=None, keyring__retired_at=None)
    return list(rows.select_related("keyring__account"))


def sealed_for(key: SideKey, vault_id: UUID, keyring: Keyring) -> dict[str, bytes | str]:
    """Return what a holder's row keeps: the side's key sealed to the keyring, and the mark of whoever lets it in."""
    sealed = seal([keyring.recipient], _place(vault_id, keyring.id), key.secret())
    return {"sealed_key": sealed, "mark": key.mark(*_letting_in(vault_id, keyring))}


def was_let_in(key: SideKey, holder: Holder) -> bool:
    """Whether somebody who held the side's key let this holder in; otherwise the row was written past the house."""
    return key.has_marked(holder.mark, *_letting_in(holder.vault_id, holder.keyring))


def side_key_with(keys: Keys, vault: SideVault) -> SideKey | None:
    """Return the key of a side, opened with a holder's keys; None where they hold no key of this vault.

    Raises ``Refused`` where the public recipient in the database is not that of the key: what is sealed to it goes
    to somebody else.
    """
    row = vault.holders.filter(keyring_id=keys.keyring_id, ended_at=None, keyring__retired_at=None).first()
    if row is None:
        return None
    secret = unseal(keys.identity, _place(vault.id, keys.keyring_id), row.sealed_key)
    opened = side_key(vault.programme, vault.side, secret)
    if opened.recipient != vault.recipient:
        raise Refused(
            _(
                "The vault's public key in the database is not yours: somebody changed it. Write nothing into the "
                "register, and tell your security lead."
            )
        )
    return opened


def side_key_of(viewer: Viewer, session: SessionBase, programme_id: UUID, side: str) -> SideKey | None:
    """Return the key of a side that this viewer has unlocked in this session, or None where it is locked."""
    keys = unlocked.keys_of(session, viewer.account_id)
    vault = vault_of(programme_id, side)
    return side_key_with(keys, vault) if keys and vault else None


def _place(vault_id: UUID, keyring_id: UUID) -> Context:
    return Context("kernel.Holder", f"{vault_id}:{keyring_id}", "sealed_key")


def _letting_in(vault_id: UUID, keyring: Keyring) -> tuple[str | bytes, ...]:
    who = (keyring.id.bytes, keyring.account_id.bytes, keyring.recipient, bytes(keyring.verify_key))
    return ("holder", vault_id.bytes, *who)

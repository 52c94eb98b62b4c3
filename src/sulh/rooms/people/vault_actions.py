"""What can be done about keys and vaults.

Whatever is slow (passphrases, shares) is done before, outside the transaction: an action is handed what came of it, and
an opened key in hand is the proof that its bearer may.
"""

from __future__ import annotations

from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone
from django.utils.translation import gettext as _

from sulh.kernel.access import NotPermitted, Viewer
from sulh.kernel.actions import Refused, action
from sulh.kernel.models import Account
from sulh.kernel.vault import holding, unlocked
from sulh.kernel.vault.keyring import Keys, NewKeyring
from sulh.kernel.vault.models import Holder, Keyring, SideVault
from sulh.kernel.vault.recovery import NewShares
from sulh.kernel.vault.sides import SideKey
from sulh.rooms.people.seats import DESK, own_side, sits_with
from sulh.rooms.programme.models import Programme


@action("people.hold_keys")
def make_keyring(viewer: Viewer, programme: Programme, new: NewKeyring) -> Keyring:
    """Keep the keys the viewer has made; keys used before are retired, with what they opened."""
    _of_the_viewer(viewer, new.keys, "people.hold_keys")
    now = timezone.now()
    account_id = new.keys.account_id
    Holder.objects.filter(keyring__account_id=account_id, ended_at=None).update(ended_at=now)
    Keyring.objects.filter(account_id=account_id, retired_at=None).update(retired_at=now, wrapped=b"")
    unlocked.lock_account(account_id)
    return Keyring.objects.create(
        id=new.keys.keyring_id,
        account_id=account_id,
        recipient=new.keys.recipient,
        verify_key=new.keys.verify_key,
        wrapped=new.wrapped,
        made_at=now,
    )


@action("people.hold_keys")
def change_passphrase(viewer: Viewer, programme: Programme, keys: Keys, wrapped: bytes) -> Keyring:
    """Keep the viewer's keys under a new passphrase. In every session they are then locked."""
    _of_the_viewer(viewer, keys, "people.hold_keys")
    row = Keyring.objects.filter(id=keys.keyring_id, retired_at=None).first()
    if row is None:
        raise Refused(_("These keys are no longer in use."))
    row.wrapped = wrapped
    row.save(update_fields=["wrapped"])
    unlocked.lock_account(keys.account_id)
    return row


@action("people.hold_keys")
def open_vault(viewer: Viewer, programme: Programme, session: SessionBase, keys: Keys) -> Keyring:
    """Hold the viewer's opened keys in memory for this session. That it was unlocked is logged, not what was read."""
    _of_the_viewer(viewer, keys, "people.hold_keys")
    row = Keyring.objects.filter(id=keys.keyring_id, retired_at=None).first()
    if row is None:
        raise Refused(_("These keys are no longer in use."))
    unlocked.hold(session, keys)
    return row


@action("people.guard_vault")
def set_up_vault(viewer: Viewer, programme: Programme, keys: Keys, shares: NewShares) -> SideVault:
    """Set up the vault of the viewer's side, with its recovery shares and the viewer as its first holder."""
    side = own_side(viewer, programme, "people.guard_vault")
    _of_the_viewer(viewer, keys, "people.guard_vault")
    _of_the_side(programme, side, shares.key)
    if holding.vault_of(programme.id, side):
        raise Refused(_("Your side has a vault already."))
    now = timezone.now()
    vault = SideVault.objects.create(
        programme=programme.id,
        side=side,
        recipient=shares.key.recipient,
        made_at=now,
        **_kept_of(shares),
    )
    _let_in(vault, shares.key, Keyring.objects.get(id=keys.keyring_id, retired_at=None))
    return vault


@action("people.guard_vault")
def add_holder(viewer: Viewer, programme: Programme, key: SideKey, account: Account) -> Holder:
    """Let a lead or programme officer of the same side open the vault, under their own passphrase."""
    side = own_side(viewer, programme, "people.guard_vault")
    vault = _vault_of(programme, side, key)
    keyring = holding.keyring_of(account.id)
    if not sits_with(programme.id, account.id, side, *DESK):
        raise Refused(_("Only leads and programme officers of your own side can hold its key."))
    if keyring is None:
        raise Refused(
            _("This account has no keys yet. They make them on this page, with a passphrase of their own.")
        )
    if any(holder.keyring_id == keyring.id for holder in holding.holders_of(vault)):
        raise Refused(_("This account holds the key already."))
    return _let_in(vault, key, keyring)


@action("people.guard_vault")
def remove_holder(viewer: Viewer, programme: Programme, key: SideKey, holder_id: int) -> Holder:
    """Take a holder's key to the vault away. Copies of the database from before still open with their passphrase."""
    side = own_side(viewer, programme, "people.guard_vault")
    vault = _vault_of(programme, side, key)
    holders = holding.holders_of(vault)
    found = next((one for one in holders if one.id == holder_id), None)
    if found is None:
        raise Refused(_("This holder is not there any more."))
    if len(holders) == 1:
        raise Refused(
            _("This is the last holder: without one, only the recovery shares would open the vault.")
        )
    found.ended_at = timezone.now()
    found.sealed_key = b""
    found.save(update_fields=["ended_at", "sealed_key"])
    return found


@action("people.guard_vault")
def renew_recovery(viewer: Viewer, programme: Programme, key: SideKey, shares: NewShares) -> SideVault:
    """Put new recovery shares in place of the old ones, which from then on recover nothing here."""
    side = own_side(viewer, programme, "people.guard_vault")
    vault = _vault_of(programme, side, key)
    _of_the_side(programme, side, shares.key)
    if shares.key.recipient != vault.recipient:
        raise Refused(_("These shares were made for another vault."))
    for name, value in _kept_of(shares).items():
        setattr(vault, name, value)
    vault.rehearsed_at = None
    vault.save()
    return vault


@action("people.guard_vault")
def rehearse_recovery(viewer: Viewer, programme: Programme, recovered: SideKey) -> SideVault:
    """Note that enough shares were entered today and would have recovered the vault. Nothing is unlocked."""
    side = own_side(viewer, programme, "people.guard_vault")
    vault = _vault_of(programme, side, recovered)
    vault.rehearsed_at = timezone.now()
    vault.save(update_fields=["rehearsed_at"])
    return vault


@action("people.guard_vault")
def recover_vault(viewer: Viewer, programme: Programme, keys: Keys, recovered: SideKey) -> Holder:
    """Let the viewer, a lead who brought enough shares, open the vault of their side again."""
    side = own_side(viewer, programme, "people.guard_vault")
    _of_the_viewer(viewer, keys, "people.guard_vault")
    vault = _vault_of(programme, side, recovered)
    if any(holder.keyring_id == keys.keyring_id for holder in holding.holders_of(vault)):
        raise Refused(_("You hold the key already. Unlock it with your passphrase."))
    return _let_in(vault, recovered, Keyring.objects.get(id=keys.keyring_id, retired_at=None))


def _of_the_viewer(viewer: Viewer, keys: Keys, permission: str) -> None:
    if viewer.account_id is None or keys.account_id != viewer.account_id:
        raise NotPermitted(permission)


def _of_the_side(programme: Programme, side: str, key: SideKey) -> None:
    if (key.programme_id, key.side) != (programme.id, side):
        raise NotPermitted("people.guard_vault")


def _vault_of(programme: Programme, side: str, key: SideKey) -> SideVault:
    """Return the side's vault, whose key is in hand."""
    _of_the_side(programme, side, key)
    vault = holding.vault_of(programme.id, side)
    if vault is None or vault.recipient != key.recipient:
        raise Refused(_("This is not the key of your side's vault."))
    return vault


def _kept_of(shares: NewShares) -> dict[str, object]:
    return {
        "recovery": shares.wrapped,
        "threshold": shares.threshold,
        "share_labels": list(shares.labels),
        "shares_made_at": timezone.now(),
    }


def _let_in(vault: SideVault, key: SideKey, keyring: Keyring) -> Holder:
    return Holder.objects.create(
        vault=vault, keyring=keyring, added_at=timezone.now(), **holding.sealed_for(key, vault.id, keyring)
    )

"""Recovery: k of n named holders together open a side's vault, without any passphrase.

A fresh 128-bit secret is split into SLIP-39 shares of twenty words; under it the side's key is wrapped and kept.
Neither the secret nor a share is stored. New shares replace the old ones, which then open only a copy of the database
(a backup, a stolen disk) from before.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics
from shamir_mnemonic.share import Share

from sulh.kernel.actions import Refused
from sulh.kernel.vault.models import SideVault
from sulh.kernel.vault.secrets_in_hand import InMemoryOnly
from sulh.kernel.vault.sides import SideKey, side_key
from sulh.kernel.vault.wrapping import WrongPassphrase, unwrap, wrap

MOST = 16
"""Shares of one set, as SLIP-39 has it."""
SECRET_BYTES = 16


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class NewShares(InMemoryOnly):
    """Shares just made, for a page that is shown once, and the side's key wrapped under what they make together."""

    key: SideKey
    threshold: int
    labels: tuple[str, ...]
    shares: tuple[str, ...]
    wrapped: bytes


def check_split(threshold: int, labels: Sequence[str]) -> tuple[str, ...]:
    """Return the labels of the share holders, tidied.

    Raises ``Refused`` where the split cannot be.
    """
    tidied = tuple(" ".join(label.split()) for label in labels if label.strip())
    if not 2 <= threshold <= len(tidied) <= MOST:
        raise Refused(
            _("Name two to sixteen holders, and let at least two of them be needed, at most all of them.")
        )
    if len({label.casefold() for label in tidied}) < len(tidied):
        raise Refused(_("Two holders have the same label. Give each a label of its own."))
    if any(len(label) > 40 for label in tidied):
        raise Refused(_("A holder's label is longer than forty characters."))
    return tidied


@sensitive_variables()
def make_shares(key: SideKey, threshold: int, labels: Sequence[str]) -> NewShares:
    """Split a new recovery secret into one share a label, ``threshold`` of which recover ``key`` (about half a second).

    Raises ``Refused`` where the split cannot be.
    """
    checked = check_split(threshold, labels)
    secret = secrets.token_bytes(SECRET_BYTES)
    (shares,) = generate_mnemonics(1, [(threshold, len(checked))], secret, iteration_exponent=0)
    wrapped = wrap(key.secret(), secret.hex(), _place(key.programme_id, key.side))
    return NewShares(key, threshold, checked, tuple(shares), wrapped)


@sensitive_variables()
def combine(vault: SideVault, shares: Sequence[str]) -> SideKey:
    """Return the side's key from at least ``vault.threshold`` shares; proves recovery, keeps nothing.

    Raises ``Refused`` and says which share has a slip, how many are wanting, or that they belong to another set.
    """
    read = [" ".join(share.split()).casefold() for share in shares if share.strip()]
    unlike = list(dict.fromkeys(read))
    for number, share in enumerate(unlike, start=1):
        try:
            Share.from_mnemonic(share)
        except (MnemonicError, ValueError):
            # The library's own message repeats words of the share.
            raise Refused(
                _("Share %(number)d has a slip: a word is missing, misspelt or out of order.")
                % {"number": number}
            ) from None
    if len(unlike) < vault.threshold:
        raise Refused(
            _("%(needed)d different shares are needed; you entered %(count)d.")
            % {"needed": vault.threshold, "count": len(unlike)}
        )
    wrong = _("These shares do not belong together, or not to this vault. Use those printed last.")
    try:
        secret = combine_mnemonics(unlike[: vault.threshold])
        found = unwrap(bytes(vault.recovery), secret.hex(), _place(vault.programme, vault.side))
        key = side_key(vault.programme, vault.side, found)
    except (MnemonicError, WrongPassphrase, ValueError):
        raise Refused(wrong) from None
    if key.recipient != vault.recipient:
        raise Refused(wrong)
    return key


def _place(programme_id: UUID, side: str) -> bytes:
    return b"sulh/recovery/1\0" + programme_id.bytes + side.encode()

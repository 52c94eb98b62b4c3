"""Passphrases: the rule they keep, and a maker of good ones."""

from __future__ import annotations

import secrets
import unicodedata

from django.utils.translation import gettext as _
from shamir_mnemonic.wordlist import WORDLIST

from sulh.kernel.actions import Refused

SHORTEST = 12
LONGEST = 400
WORDS = 8
"""Eight words of a list of 1,024 are 80 bits."""


def make_phrase() -> str:
    """Return eight words drawn by the system's generator from the SLIP-39 list (words told apart by four letters)."""
    return " ".join(secrets.choice(WORDLIST) for _word in range(WORDS))


def tidy(passphrase: str) -> str:
    """Return the passphrase as it is used: one form of each letter (NFKC), single blanks, none at the ends.

    An Urdu keyboard and an English telephone write the same letter in several forms; what looks the same must open.
    """
    return " ".join(unicodedata.normalize("NFKC", passphrase).split())


def check_phrase(passphrase: str) -> str:
    """Return the tidied passphrase, or raise ``Refused`` where it is too short, too long or too uniform."""
    tidied = tidy(passphrase)
    if len(tidied) < SHORTEST:
        raise Refused(
            _("The passphrase is shorter than %(count)d characters. Take several words, or the one offered.")
            % {"count": SHORTEST}
        )
    if len(tidied) > LONGEST:
        raise Refused(_("The passphrase is longer than %(count)d characters.") % {"count": LONGEST})
    if len(set(tidied)) < 6:
        raise Refused(
            _("The passphrase repeats the same few letters. Take several words, or the one offered.")
        )
    return tidied

"""What is encrypted, and who can read what: one table, shown on the vault page and written in ``docs/protect.md``.

A test compares the two word by word. Nothing here is a wish: each cell is what the code does today.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Row:
    """A kind of data, and what each of four people gets of it."""

    what: str | Promise
    administrator: str | Promise
    disk: str | Promise
    laptop: str | Promise
    court: str | Promise


HEADS = (
    _("What"),
    _("Administrator of the running server"),
    _("Thief of the server's disk"),
    _("Thief of a lead's laptop"),
    _("Court order against one organisation"),
)

ROWS = (
    Row(
        _("Names, other names, contacts and notes of the people of a side"),
        _(
            "Ciphertext while that side's vault is locked. From unlocking to locking: everything in it, since the "
            "opened key is in the server's memory. He can also change the program so that it keeps a passphrase."
        ),
        _(
            "Ciphertext. It opens with a holder's passphrase or with enough recovery shares, so a weak passphrase can "
            "be guessed."
        ),
        _(
            "Nothing while locked or signed out, unless the browser was allowed to remember the passphrase. Signed in "
            "and unlocked: what the lead sees, until it locks itself."
        ),
        _(
            "What that organisation's own holders can open, if they are made to give a passphrase or enough shares. "
            "Not the other side's people."
        ),
    ),
    Row(
        _("Keyed hashes of names, with which the lint works while the vault is locked"),
        _(
            "He holds their key: he can try a list of names and learn which of them stand on which side's register."
        ),
        _("The same, where the key file lies on that disk. With the database alone: nothing."),
        _("Nothing."),
        _("The same as the administrator, against the organisation that runs the server."),
    ),
    Row(
        _("Sealed records"),
        _(
            "Ciphertext. The text passes through the server's memory when it is sealed and when both sides open it; an "
            "administrator who watches at that moment reads it."
        ),
        _("Ciphertext. It opens only with keys of both sides. During an opening: see below."),
        _("Nothing, but for a page on which it is shown at that moment."),
        _("Nothing without the other organisation's keys."),
    ),
    Row(
        _("Codes, categories and numbers of people; seats, handles of accounts, dates"),
        _("All of it."),
        _("All of it, unless the disk is encrypted."),
        _("What the signed-in account may see."),
        _("All of it, against the organisation that runs the server."),
    ),
    Row(
        _("Everything else: documents, asks, rounds, what was carried, records of sessions"),
        _("All of it."),
        _("All of it, unless the disk is encrypted."),
        _("What the signed-in account may see."),
        _("All of it, against the organisation that runs the server."),
    ),
)

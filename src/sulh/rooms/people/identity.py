"""Who a person is: the content of the sealed part of the register."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from django.utils.translation import gettext as _

from sulh.kernel.actions import Refused
from sulh.kernel.vault.fields import Context, seal, unseal_marked
from sulh.kernel.vault.sides import SideKey
from sulh.rooms.people.models import Person

LONGEST_NAME = 200
LONGEST_TEXT = 4000
MOST_ALIASES = 20


@dataclass(frozen=True, slots=True)
class Identity:
    """Name, other names, contacts and a note. It shows nothing of itself in a trace."""

    name: str = field(repr=False)
    aliases: tuple[str, ...] = field(default=(), repr=False)
    contacts: str = field(default="", repr=False)
    note: str = field(default="", repr=False)

    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


def identity_of(name: str, aliases: Sequence[str] = (), contacts: str = "", note: str = "") -> Identity:
    """Return an identity, tidied.

    Raises ``Refused`` where the name is wanting or something is too long.
    """
    tidied = " ".join(name.split())
    others = tuple(dict.fromkeys(" ".join(one.split()) for one in aliases if one.strip()))
    if not tidied:
        raise Refused(_("Give the name, or whatever the person is called."))
    if any(len(one) > LONGEST_NAME for one in (tidied, *others)) or len(others) > MOST_ALIASES:
        raise Refused(_("Names have at most 200 characters, and a person at most twenty other names."))
    if len(contacts) > LONGEST_TEXT or len(note) > LONGEST_TEXT:
        raise Refused(_("Contacts and note have at most 4000 characters each."))
    return Identity(tidied, others, contacts.strip(), note.strip())


def sealed(person: Person, identity: Identity, key: SideKey) -> bytes:
    """Return the identity sealed to the key of the person's side, for this row and version."""
    return seal(
        [key.recipient], _place(person), json.dumps(asdict(identity), ensure_ascii=False).encode(), key
    )


def opened(person: Person, key: SideKey) -> Identity:
    """Return who the person is.

    Raises ``Refused`` where the ciphertext was moved, forged or damaged.
    """
    told = json.loads(unseal_marked(key, _place(person), person.sealed_identity))
    return Identity(told["name"], tuple(told["aliases"]), told["contacts"], told["note"])


def _place(person: Person) -> Context:
    return Context("people.Person", str(person.id), "sealed_identity", person.version)

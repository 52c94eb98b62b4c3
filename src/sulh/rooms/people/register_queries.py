"""Reading registers and vaults."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count

from sulh.kernel.actions import Refused
from sulh.kernel.models import Account
from sulh.kernel.vault import holding
from sulh.kernel.vault.models import Holder, Opening, SealedRecord, SideVault
from sulh.kernel.vault.sides import SideKey, fingerprint
from sulh.rooms.people import models
from sulh.rooms.people.enums import Category
from sulh.rooms.people.identity import Identity, opened
from sulh.rooms.people.seats import DESK
from sulh.rooms.programme.models import Programme

SMALLEST = 5
"""No count below this is shown to anybody but the side itself."""
REHEARSE_AFTER = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a side's register: who it is where the vault is open, or why the entry does not open."""

    person: models.Person
    identity: Identity | None = None
    fault: str = ""


def register_of(programme: Programme, side: str, key: SideKey | None) -> list[Entry]:
    """Return the register of a side: with names in their order where its key is in hand, else codes only."""
    people = programme.people.filter(side__key=side).select_related("side")
    if key is None:
        return [Entry(person) for person in people]
    entries = [_entry(person, key) for person in people]
    return sorted(entries, key=lambda entry: entry.identity.name.casefold() if entry.identity else "")


def _entry(person: models.Person, key: SideKey) -> Entry:
    try:
        return Entry(person, opened(person, key))
    except Refused as refused:
        return Entry(person, fault=str(refused))


@dataclass(frozen=True, slots=True)
class SeenFromOutside:
    """What somebody of the other side, or of none, sees of a register.

    ``total`` is None and ``codes`` empty below five people: a list of codes can be counted too. ``by_category`` is
    empty unless every category has at least five, since what is left out could be found by subtraction.
    """

    total: int | None
    codes: tuple[str, ...]
    by_category: tuple[tuple[str, int], ...]


def seen_from_outside(programme: Programme, side: str) -> SeenFromOutside:
    """Return what may be told of a side's register beyond that side."""
    people = programme.people.filter(side__key=side)
    counts = dict(people.order_by().values_list("category").annotate(Count("id")))
    total = sum(counts.values())
    if total < SMALLEST:
        return SeenFromOutside(None, (), ())
    whole = all(counts.get(category, 0) >= SMALLEST for category in Category.values)
    by_category = tuple((str(Category(one).label), counts[one]) for one in Category.values) if whole else ()
    return SeenFromOutside(total, tuple(people.values_list("code", flat=True)), by_category)


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """A holder of a vault's key as its page shows them. ``let_in`` is None while the vault is locked."""

    holder: Holder
    handle: str
    code: str
    let_in: bool | None


def holders_shown(vault: SideVault, key: SideKey | None) -> list[KeyHolder]:
    """Return who holds the key of a vault, each with the code of their keys."""
    return [
        KeyHolder(
            holder,
            holder.keyring.account.handle,
            fingerprint(holder.keyring.recipient, holder.keyring.verify_key),
            holding.was_let_in(key, holder) if key else None,
        )
        for holder in holding.holders_of(vault)
    ]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody of the side who has made keys and might be let in."""

    account: Account
    code: str


def candidates_for(programme: Programme, vault: SideVault) -> list[Candidate]:
    """Return the leads and programme officers of a vault's side who have keys and do not hold the vault's."""
    inside = {holder.keyring.account_id for holder in holding.holders_of(vault)}
    accounts = Account.objects.filter(
        seats__programme=programme, seats__side__key=vault.side, seats__role__in=DESK, is_active=True
    ).distinct()
    found = []
    for account in accounts.exclude(id__in=inside).order_by("handle"):
        keyring = holding.keyring_of(account.id)
        if keyring:
            found.append(Candidate(account, fingerprint(keyring.recipient, keyring.verify_key)))
    return found


def rehearsal_due(vault: SideVault, now: datetime) -> bool:
    """Whether recovery was never rehearsed with these shares, or longer ago than 180 days."""
    return vault.rehearsed_at is None or now - vault.rehearsed_at > REHEARSE_AFTER


def sealed_records(programme: Programme) -> list[SealedRecord]:
    """Return the sealed records of a programme."""
    return list(SealedRecord.objects.filter(programme=programme.id))


def openings_of(programme: Programme) -> list[Opening]:
    """Return the openings of the sealed records of a programme, the latest first."""
    return list(Opening.objects.filter(record__programme=programme.id).select_related("record"))


def handles(account_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the handles of accounts."""
    return dict(Account.objects.filter(id__in=set(account_ids)).values_list("id", "handle"))

"""Which rows of the ledger are shown, and in what order. The address of the page holds it all."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext as _

from sulh.kernel.sides import in_turn
from sulh.rooms.carry.addressees import addressee_names
from sulh.rooms.carry.enums import RESPONSE_RANK, LineageState
from sulh.rooms.carry.queries import LedgerRow, by_time
from sulh.rooms.programme.models import Programme
from sulh.rooms.programme.queries import theme_names

DEFAULT_SORT = "-times"
_STATES = {state: rank for rank, state in enumerate(LineageState.values)}


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen in each field of the filter: codes and their names, in the order shown."""

    theme: Mapping[str, str]
    side: Mapping[str, str]
    addressee: Mapping[str, str]
    state: Mapping[str, str]
    carried: Mapping[str, str]

    @property
    def sorts(self) -> tuple[str, ...]:
        return (*_SORTS, *(f"side-{key}" for key in self.side))


def choices_of(programme: Programme) -> Choices:
    """Return what the ledger of this programme can be filtered by."""
    in_order = in_turn(tuple(programme.sides.all()), timezone.localdate())
    sides = {side.key: side.name for side in in_order}
    return Choices(
        theme=theme_names(programme),
        side=sides,
        addressee=addressee_names(programme),
        state={value: str(label) for value, label in LineageState.choices},
        carried={
            "neither": _("To neither side"),
            "both": _("To both sides"),
            **{f"only-{key}": _("Only to %(side)s") % {"side": name} for key, name in sides.items()},
            **{f"not-{key}": _("Not to %(side)s") % {"side": name} for key, name in sides.items()},
        },
    )


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter of the ledger. An empty field lets everything through.

    ``side`` asks for what is addressed to the government of that side, alone or together with the other one.
    ``carried`` is one of ``neither``, ``both``, ``only-<side>`` and ``not-<side>``. ``sort`` names a column, with a
    minus before it for the other way round.
    """

    theme: str = ""
    side: str = ""
    addressee: str = ""
    state: str = ""
    carried: str = ""
    text: str = ""
    sort: str = DEFAULT_SORT

    @classmethod
    def of(cls, parameters: Mapping[str, Any], choices: Choices) -> Filter:
        """Read a filter from an address. A value that cannot be chosen is not applied."""
        told = {name: parameters.get(name, "") for name in ("theme", "side", "addressee", "state", "carried")}
        known = {name: value for name, value in told.items() if value in getattr(choices, name)}
        sort = parameters.get("sort", "")
        return cls(
            **known,
            text=" ".join(parameters.get("text", "").split())[:200],
            sort=sort if sort.removeprefix("-") in choices.sorts else DEFAULT_SORT,
        )

    def applied(self, rows: Iterable[LedgerRow]) -> list[LedgerRow]:
        """Return the rows that pass, in order; among equals, what was asked last comes first.

        What has no value in the sorted column comes last either way.
        """
        words = _plain(self.text).split()
        passed = sorted((row for row in rows if self._passes(row, words)), key=_SORTS["what"].key)
        column, backwards = self.sort.removeprefix("-"), self.sort.startswith("-")
        sort = _SORTS.get(column) or _carried_to(column.removeprefix("side-"))
        return _ordered(_ordered(passed, _SORTS["last"], True), sort, backwards)

    def _passes(self, row: LedgerRow, words: Sequence[str]) -> bool:
        governments = {f"government:{self.side}", "government:both"}
        return (
            (not self.theme or self.theme in row.themes)
            and (not self.side or not governments.isdisjoint(row.addressees))
            and (not self.addressee or self.addressee in row.addressees)
            and (not self.state or self.state == row.state)
            and (not self.carried or _is_carried(row, self.carried))
            and (not words or _holds(row, words))
        )

    @property
    def is_empty(self) -> bool:
        """Whether it lets every row through."""
        return replace(self, sort=DEFAULT_SORT) == Filter()

    def query(self, **changes: str) -> str:
        """Return the filter as the query string of an address, without what is left open."""
        told = {
            name: getattr(self, name) for name in ("theme", "side", "addressee", "state", "carried", "text")
        }
        told["sort"] = "" if self.sort == DEFAULT_SORT else self.sort
        return urlencode({name: value for name, value in (told | changes).items() if value})

    def said(self, choices: Choices) -> list[tuple[str, str]]:
        """Return what is filtered by, in words: for print, and above the table."""
        labels = {
            "theme": _("Theme"),
            "side": _("To the government of"),
            "addressee": _("Addressee"),
            "state": _("State"),
            "carried": _("Carried"),
        }
        told = [
            (label, getattr(choices, name)[getattr(self, name)])
            for name, label in labels.items()
            if getattr(self, name)
        ]
        return told + ([(_("Words"), self.text)] if self.text else [])


@dataclass(frozen=True, slots=True)
class _Sort:
    key: Callable[[LedgerRow], Any]
    has: Callable[[LedgerRow], Any] = lambda row: True


def _ordered(rows: Sequence[LedgerRow], sort: _Sort, backwards: bool) -> list[LedgerRow]:
    valued = sorted((row for row in rows if sort.has(row)), key=sort.key, reverse=backwards)
    return valued + [row for row in rows if not sort.has(row)]


def _carried_to(side: str) -> _Sort:
    return _Sort(by_time(lambda row: row.carried[side][-1]), lambda row: row.carried.get(side))


def _rank_of_response(row: LedgerRow) -> int:
    return RESPONSE_RANK[row.best_response.kind] if row.best_response else -1


_SORTS = {
    "what": _Sort(lambda row: _plain(row.what)),
    "first": _Sort(by_time(lambda row: row.first_asked), lambda row: row.first_asked),
    "times": _Sort(lambda row: row.times),
    "groups": _Sort(lambda row: [_plain(group) for group in row.groups], lambda row: row.groups),
    "last": _Sort(by_time(lambda row: row.last_asked), lambda row: row.last_asked),
    "response": _Sort(_rank_of_response, lambda row: row.best_response),
    "uptake": _Sort(by_time(lambda row: row.last_welcomed), lambda row: row.uptake),
    "state": _Sort(lambda row: _STATES[row.state]),
}


def _is_carried(row: LedgerRow, how: str) -> bool:
    reached = {side for side, dates in row.carried.items() if dates}
    if how == "neither":
        return not reached
    if how == "both":
        return len(reached) == 2
    which, _dash, side = how.partition("-")
    return reached == {side} if which == "only" else side not in reached


def _holds(row: LedgerRow, words: Sequence[str]) -> bool:
    """Whether every word begins, ends or stands somewhere in the title or in the words of an ask."""
    text = _plain(" ".join([row.what, *(ask.text for ask in row.asks)]))
    return all(word in text for word in words)


def _plain(text: str) -> str:
    """The text without regard to capitals, accents and forms of letters."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in parts if not unicodedata.combining(letter))

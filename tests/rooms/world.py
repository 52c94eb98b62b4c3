"""One of each thing that an address can name, each with a word of its own that nobody may read who may not see it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.urls import URLPattern, URLResolver, get_resolver

from sulh.kernel.ids import new_id
from sulh.kernel.purging import Line, keep_report
from sulh.rooms.carry.actions import save_view
from sulh.rooms.people.actions import propose_seat
from sulh.rooms.people.queries import viewer_of
from sulh.rooms.programme.models import Programme
from sulh.rooms.record import actions as record

Make = Callable[..., Any]
SIDES = ["varenia", "oskland", None]


@dataclass
class World:
    """``values`` fills in an address; ``variants`` are further values of the same name, told by what they are;
    ``words`` are planted words, by what they stand in."""

    programme: Programme
    values: dict[str, str]
    variants: dict[str, dict[str, str]] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)


def routes(patterns: list[Any] | None = None, before: str = "") -> Iterator[str]:
    """Every address of a programme, as its route is written."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, route)
        elif isinstance(one, URLPattern) and route.startswith("programmes/<slug:slug>/"):
            yield route


ROUTES = sorted(set(routes()))


def names_in(route: str) -> set[str]:
    """What an address names, but for the programme."""
    return set(re.findall(r"<\w+:(\w+)>", route)) - {"slug"}


def address(route: str, values: dict[str, str]) -> str:
    """The address with these values filled in."""
    return "/" + re.sub(r"<\w+:(\w+)>", lambda found: values[found[1]], route)


def make_world(programme: Programme, imported: Make, ask: Make, carried: Make, account_for: Make) -> World:
    """Make one of each thing, by the actions of the rooms."""
    confirmed = ask("Both governments should open the bridge at Kvarnby.", lineage="bridge")
    waiting = imported("The participants urged both governments to ease visas for the tilers of Sandhem.")
    act = carried(confirmed)
    account = account_for("convener", "varenia")
    lead = viewer_of(account)
    view = save_view(lead, programme, "Bridges of Ullared", "text=bridge")
    values = {
        "slug": programme.slug,
        "document_id": str(waiting.id),
        "ask_id": str(waiting.asks.first().id),
        "lineage_id": str(confirmed.lineage_id),
        "act_id": str(act.id),
        "view_id": str(view.id),
        "proposal_id": str(propose_seat(lead, programme, "hovmantorp", "facilitator").id),
        "seat_id": str(programme.seats.get(account=account).pk),
        "report_id": str(keep_report(programme.id, new_id(), "round", [Line("convene.round", True)]).id),
        "key": "first",
        "format": "csv",
    }
    words = {
        "a confirmed ask": "Kvarnby",
        "an ask that waits for review": "Sandhem",
        "a saved view": "Ullared",
        "a proposal that takes both keys": "hovmantorp",
    }
    variants = {}
    for what, word, level, side in SESSIONS:
        told = record_of(programme, account_for, word, level, side)
        words[what] = word
        if variants or values.get("session_id"):
            variants[what] = told
        else:
            values |= told
    return World(programme, values, variants, words)


SESSIONS = [
    ("a session of both sides", "Tvetan", 1, ""),
    ("a session of one side", "Ramkvilla", 4, "varenia"),
    ("a session whose existence is secret", "Lessebo", 6, ""),
    ("a session without record", "Skruv", 7, ""),
]
"""What it is, the word planted in it, its level, whose it is."""


def record_of(programme: Programme, account_for: Make, word: str, level: int, side: str) -> dict[str, str]:
    """A session with a point and minutes, each with the word; tightened to its level once they are written."""
    writer = viewer_of(account_for("rapporteur", side or None))
    first = min(level, 6)
    session = record.begin_session(writer, programme, f"Fords at {word}", first, place=word, side=side)
    point = record.keep_point(writer, programme, session, uuid4(), 0, f"The ford at {word} should open.")
    minutes = record.begin_minutes(writer, programme, session, "non-paper")
    record.keep_point(writer, programme, session, uuid4(), 0, f"Parked: {word}.", "parking lot")
    if level > first:
        record.tighten_level(writer, programme, session, level)
    named = {"session_id": session.id, "point_id": point.row.point.id, "minutes_id": minutes.id}
    return {name: str(value) for name, value in named.items()}

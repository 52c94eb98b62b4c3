"""The action registry: every change of state is one named function.

An action has one permission, one audit entry, one transaction, one heading in its room's page under ``docs/`` and
one test file; ``tests/contracts/test_actions.py`` walks the registry and fails where one of these is missing.
Views, commands, jobs and importers call actions; nothing else writes.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar
from uuid import UUID

from django.db import transaction

from sulh.kernel.access import NotPermitted, Viewer, may
from sulh.kernel.audit import record, record_denied
from sulh.kernel.models import Account


class HasProgrammeIdentity(Protocol):
    """What an action needs to know of a programme."""

    id: UUID
    slug: str


P = ParamSpec("P")
R = TypeVar("R")
Run = Callable[Concatenate[Viewer, Any, P], R]


@dataclass(frozen=True, slots=True)
class Action:
    """One registered action."""

    name: str
    permission: str
    run: Callable[..., Any]


REGISTRY: dict[str, Action] = {}


@dataclass(frozen=True, slots=True)
class Kept:
    """The result of an action that keeps a row as given: the row, and whether that changed anything.

    Keeping what is already so is no change of state, and leaves no audit entry.
    """

    row: Any
    changed: bool


class Refused(Exception):
    """An action was asked for something that cannot be: says what and how to mend it. Nothing was changed."""


def _subject(result: Any) -> str:
    """What the audit entry names: the result's ``audit_subject``, else its key; never an account."""
    row = result.row if isinstance(result, Kept) else result
    if isinstance(row, Account):
        return ""
    return str(getattr(row, "audit_subject", None) or getattr(row, "pk", None) or "")


def action(permission: str) -> Callable[[Run[P, R]], Run[P, R]]:
    """Register ``verb_noun(viewer, programme, …)`` as an action that needs ``permission`` in that programme.

    The name is ``room.verb_noun``, taken from the room in which it stands. The wrapped function runs in one
    transaction together with its audit entry: either both are kept or neither is.
    """

    def register(run: Run[P, R]) -> Run[P, R]:
        room = run.__module__.partition(".rooms.")[2].partition(".")[0]
        name = f"{room}.{run.__name__}"

        @functools.wraps(run)
        def wrapped(viewer: Viewer, programme: Any, *args: P.args, **kwargs: P.kwargs) -> R:
            if not may(viewer, permission, programme):
                record_denied(programme.slug, name, viewer)
                raise NotPermitted(permission)
            with transaction.atomic():
                result = run(viewer, programme, *args, **kwargs)
                if isinstance(result, Kept) and not result.changed:
                    return result
                record(programme.slug, name, viewer, _subject(result))
            return result

        if name in REGISTRY:
            raise ValueError(f"two actions are called {name}")
        REGISTRY[name] = Action(name, permission, wrapped)
        return wrapped

    return register

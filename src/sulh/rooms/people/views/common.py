"""What the pages of the register, the vault and the sealed records share."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _

from sulh.kernel.access import NotPermitted, may
from sulh.kernel.actions import Refused
from sulh.kernel.vault import holding, unlocked
from sulh.kernel.vault.keyring import Keys
from sulh.kernel.vault.models import Keyring
from sulh.kernel.vault.sides import SideKey
from sulh.rooms.people.seats import DESK, own_side, side_of
from sulh.rooms.programme.pages import ProgrammeRequest

F = TypeVar("F", bound=forms.Form)


def kept_nowhere(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Ask browsers and proxies to keep no copy of the page, not even for the Back button."""

    @functools.wraps(view)
    def page(*args: Any, **kwargs: Any) -> HttpResponse:
        response = view(*args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        return response

    return page


def need(request: ProgrammeRequest, permission: str) -> None:
    """Stop before slow work (a passphrase, shares) what the action would not permit anyway."""
    if not may(request.viewer, permission, request.programme):
        raise NotPermitted(permission)


def told(form: F) -> dict[str, Any]:
    """Return what a valid form says.

    Raises ``Refused`` with the first fault: a secret is not sent back to the page, so there is nothing to mend in it.
    """
    if not form.is_valid():
        name, faults = next(iter(form.errors.items()))
        label = form.fields[name].label if name in form.fields else ""
        raise Refused(f"{label}: {faults[0]}" if label else str(faults[0]))
    return form.cleaned_data


def side_key(request: ProgrammeRequest) -> SideKey | None:
    """Return the key of the viewer's side, for its leads and programme officers, where it is unlocked."""
    side = side_of(request.viewer, request.programme, *DESK)
    return holding.side_key_of(request.viewer, request.session, request.programme.id, side) if side else None


def needed_side_key(request: ProgrammeRequest, permission: str) -> SideKey:
    """Return the key of the viewer's side.

    Raises ``NotPermitted`` for anybody else, ``Refused`` where it is locked.
    """
    own_side(request.viewer, request.programme, permission, *DESK)
    key = side_key(request)
    if key is None:
        raise Refused(_("The vault is locked. Unlock it on the vault page, then do this again."))
    return key


def needed_keys(request: ProgrammeRequest) -> Keys:
    """Return the viewer's own opened keys.

    Raises ``Refused`` where they are locked.
    """
    keys = unlocked.keys_of(request.session, request.viewer.account_id)
    if keys is None:
        raise Refused(_("Your keys are locked. Unlock them on the vault page, then do this again."))
    return keys


def own_keyring(request: ProgrammeRequest) -> Keyring:
    """Return the viewer's keyring.

    Raises ``Refused`` where they have none.
    """
    row = holding.keyring_of(request.viewer.account_id)
    if row is None:
        raise Refused(_("You have no keys yet. Make them on the vault page first."))
    return row

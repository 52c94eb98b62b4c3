"""The vault page: keys, unlocking, holders, recovery; and who can read what."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from sulh.kernel.actions import Refused
from sulh.kernel.vault import attempts, holding, unlocked
from sulh.kernel.vault.keyring import make_keyring, open_keyring, rewrap
from sulh.kernel.vault.models import SideVault
from sulh.kernel.vault.phrases import make_phrase
from sulh.kernel.vault.recovery import NewShares, check_split, combine, make_shares
from sulh.kernel.vault.sides import SideKey, fingerprint
from sulh.kernel.vault.sides import side_key as new_side_key
from sulh.rooms.people import forms, promises, register_queries, vault_actions
from sulh.rooms.people.seats import DESK, LEADS, own_side, side_of
from sulh.rooms.people.views.common import (
    kept_nowhere,
    need,
    needed_keys,
    needed_side_key,
    own_keyring,
    side_key,
    told,
)
from sulh.rooms.programme.pages import ProgrammeRequest, programme_page


@require_safe
@programme_page
@kept_nowhere
def vault(request: ProgrammeRequest) -> HttpResponse:
    """What stands, what to do next, and what is encrypted."""
    programme, viewer = request.programme, request.viewer
    own = side_of(viewer, programme, *DESK)
    row = holding.vault_of(programme.id, own) if own else None
    keyring = holding.keyring_of(viewer.account_id) if own else None
    keys = unlocked.keys_of(request.session, viewer.account_id)
    key = side_key(request)
    context = {
        "own": programme.sides.filter(key=own).first() if own else None,
        "is_lead": side_of(viewer, programme, *LEADS) is not None,
        "keyring": keyring,
        "keyring_code": fingerprint(keyring.recipient, keyring.verify_key) if keyring else "",
        "unlocked": keys is not None,
        "is_open": key is not None,
        "vault": row,
        "vault_code": fingerprint(row.recipient) if row else "",
        "holders": register_queries.holders_shown(row, key) if row else [],
        "candidates": register_queries.candidates_for(programme, row) if row else [],
        "rehearsal_due": register_queries.rehearsal_due(row, timezone.now()) if row else False,
        "phrase": make_phrase(),
        "idle": settings.SULH_VAULT_IDLE_MINUTES,
        "new_passphrase": forms.NewPassphraseForm(),
        "change_passphrase": forms.ChangePassphraseForm(auto_id="change_%s"),
        "unlock": forms.UnlockForm(auto_id="unlock_%s"),
        "split": forms.SharesForm(),
        "enter_shares": forms.EnterSharesForm(),
        "promise_heads": promises.HEADS,
        "promises": promises.ROWS,
    }
    return render(request, "people/vault.html", context)


@sensitive_post_parameters()
@require_POST
@programme_page
@sensitive_variables()
def keys(request: ProgrammeRequest) -> HttpResponse:
    """Make the viewer's own keys under a passphrase, and unlock them."""
    need(request, "people.hold_keys")
    given = told(forms.NewPassphraseForm(request.POST))
    if holding.keyring_of(request.viewer.account_id) and request.POST.get("sure") != "yes":
        raise Refused(_("You have keys already. Tick the box to say that they are to be given up."))
    assert request.viewer.account_id
    made = make_keyring(request.viewer.account_id, given["passphrase"])
    vault_actions.make_keyring(request.viewer, request.programme, made)
    vault_actions.open_vault(request.viewer, request.programme, request.session, made.keys)
    messages.success(
        request, _("Your keys are made. Keep the passphrase where only you find it: nobody can reset it.")
    )
    return _back(request)


@sensitive_post_parameters()
@require_POST
@programme_page
@sensitive_variables()
def unlock(request: ProgrammeRequest) -> HttpResponse:
    """Open the viewer's keys with the passphrase, for this session."""
    need(request, "people.hold_keys")
    given = told(forms.UnlockForm(request.POST))
    opened = open_keyring(own_keyring(request), given["passphrase"])
    vault_actions.open_vault(request.viewer, request.programme, request.session, opened)
    messages.success(
        request, _("Unlocked. It locks itself after %(minutes)d idle minutes.") % {"minutes": _idle()}
    )
    return _back(request)


@require_POST
@programme_page
def lock(request: ProgrammeRequest) -> HttpResponse:
    """Drop what this session has opened. Locking asks for no permission and cannot fail."""
    unlocked.lock(request.session)
    messages.success(request, _("Locked."))
    return _back(request)


@sensitive_post_parameters()
@require_POST
@programme_page
@sensitive_variables()
def passphrase(request: ProgrammeRequest) -> HttpResponse:
    """Put the viewer's keys under a new passphrase."""
    need(request, "people.hold_keys")
    given = told(forms.ChangePassphraseForm(request.POST))
    opened = open_keyring(own_keyring(request), given["now"])
    wrapped = rewrap(opened, given["passphrase"])
    vault_actions.change_passphrase(request.viewer, request.programme, opened, wrapped)
    messages.success(
        request,
        _(
            "The passphrase is changed, and your keys are locked. Backups from before still open with the old one."
        ),
    )
    return _back(request)


@require_POST
@programme_page
@kept_nowhere
@sensitive_variables()
def set_up(request: ProgrammeRequest) -> HttpResponse:
    """Set up the vault of the viewer's side, and show its recovery shares once."""
    need(request, "people.guard_vault")
    side = own_side(request.viewer, request.programme, "people.guard_vault")
    threshold, labels = _split(request)
    own = needed_keys(request)
    shares = make_shares(new_side_key(request.programme.id, side), threshold, labels)
    row = vault_actions.set_up_vault(request.viewer, request.programme, own, shares)
    return _shares_page(request, row, shares)


@require_POST
@programme_page
@kept_nowhere
@sensitive_variables()
def new_shares(request: ProgrammeRequest) -> HttpResponse:
    """Make new recovery shares in place of the old ones, and show them once."""
    need(request, "people.guard_vault")
    threshold, labels = _split(request)
    key = needed_side_key(request, "people.guard_vault")
    shares = make_shares(key, threshold, labels)
    row = vault_actions.renew_recovery(request.viewer, request.programme, key, shares)
    return _shares_page(request, row, shares)


@sensitive_post_parameters()
@require_POST
@programme_page
@sensitive_variables()
def rehearse(request: ProgrammeRequest) -> HttpResponse:
    """Try whether enough shares would recover the vault. Nothing is unlocked."""
    vault_actions.rehearse_recovery(request.viewer, request.programme, _from_shares(request))
    messages.success(request, _("These shares recover the vault. Nothing was unlocked; the date is kept."))
    return _back(request)


@sensitive_post_parameters()
@require_POST
@programme_page
@sensitive_variables()
def recover(request: ProgrammeRequest) -> HttpResponse:
    """Let the viewer into the vault of their side again, by enough shares."""
    need(request, "people.guard_vault")
    own = needed_keys(request)
    vault_actions.recover_vault(request.viewer, request.programme, own, _from_shares(request))
    messages.success(request, _("The vault is recovered: your passphrase opens it from now on."))
    return _back(request)


@require_POST
@programme_page
@sensitive_variables("key")
def add_holder(request: ProgrammeRequest) -> HttpResponse:
    """Let somebody of the same side open the vault."""
    need(request, "people.guard_vault")
    key = needed_side_key(request, "people.guard_vault")
    row = holding.vault_of(request.programme.id, key.side)
    wanted = request.POST.get("handle", "")
    candidates = register_queries.candidates_for(request.programme, row) if row else []
    found = next((one for one in candidates if one.account.handle == wanted), None)
    if found is None:
        raise Refused(_("Choose somebody of your side who has made keys."))
    if request.POST.get("compared") != "yes":
        raise Refused(_("Compare the code of the keys with them by telephone first, then tick the box."))
    vault_actions.add_holder(request.viewer, request.programme, key, found.account)
    messages.success(request, _("Let in. Their own passphrase opens the vault from now on."))
    return _back(request)


@require_POST
@programme_page
@sensitive_variables("key")
def remove_holder(request: ProgrammeRequest) -> HttpResponse:
    """Take a holder's key away."""
    need(request, "people.guard_vault")
    key = needed_side_key(request, "people.guard_vault")
    number = request.POST.get("holder", "")
    vault_actions.remove_holder(
        request.viewer, request.programme, key, int(number) if number.isdecimal() else 0
    )
    messages.success(request, _("Taken away. Renew the recovery shares too, if they held one."))
    return _back(request)


def _split(request: ProgrammeRequest) -> tuple[int, tuple[str, ...]]:
    given = told(forms.SharesForm(request.POST))
    return given["threshold"], check_split(given["threshold"], given["labels"].splitlines())


@sensitive_variables()
def _from_shares(request: ProgrammeRequest) -> SideKey:
    """Return the key that the entered shares recover; tries are limited by rate."""
    need(request, "people.guard_vault")
    side = own_side(request.viewer, request.programme, "people.guard_vault")
    row = holding.vault_of(request.programme.id, side)
    if row is None:
        raise Refused(_("Your side has no vault yet."))
    given = told(forms.EnterSharesForm(request.POST))
    assert request.viewer.account_id
    attempts.take(request.viewer.account_id)
    recovered = combine(row, given["shares"].splitlines())
    attempts.forget(request.viewer.account_id)
    return recovered


@sensitive_variables("shares")
def _shares_page(request: ProgrammeRequest, row: SideVault, shares: NewShares) -> HttpResponse:
    context = {
        # The frame of the page, and so what is printed, names no programme.
        "programme": None,
        "slug": request.programme.slug,
        "vault_code": fingerprint(row.recipient),
        "threshold": shares.threshold,
        "made": row.shares_made_at,
        "papers": [
            {"label": label, "words": share.split()}
            for label, share in zip(shares.labels, shares.shares, strict=True)
        ],
    }
    return render(request, "people/shares.html", context)


def _idle() -> int:
    return int(settings.SULH_VAULT_IDLE_MINUTES)


def _back(request: ProgrammeRequest) -> HttpResponse:
    return redirect("vault", slug=request.programme.slug)

"""Forms of signing in and of an account's own pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sulh.kernel.models import Account
from sulh.kernel.passphrases import LONGEST


class SignInForm(forms.Form):
    """Handle and passphrase."""

    handle = forms.CharField(
        label=_("Handle"),
        max_length=80,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "username webauthn",
                "autocapitalize": "none",
                "spellcheck": "false",
                "dir": "ltr",
            }
        ),
    )
    passphrase = forms.CharField(
        label=_("Passphrase"),
        max_length=LONGEST,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "dir": "auto"}),
    )


class PassphraseForm(forms.Form):
    """A new passphrase, typed twice."""

    passphrase = forms.CharField(
        label=_("New passphrase"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "dir": "auto"}),
    )
    again = forms.CharField(
        label=_("The same once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "dir": "auto"}),
    )

    def __init__(self, account: Account, *args: Any, **kwargs: Any) -> None:
        self.account = account
        super().__init__(*args, **kwargs)

    def clean_passphrase(self) -> str:
        passphrase: str = self.cleaned_data["passphrase"]
        validate_password(passphrase, self.account)
        return passphrase

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if "passphrase" in told and told.get("again") != told["passphrase"]:
            self.add_error("again", ValidationError(_("The two are not the same. Type both again.")))
        return told


class CodeForm(forms.Form):
    """A code of an authenticator application, or a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "spellcheck": "false",
                "dir": "ltr",
            }
        ),
    )


class TravelForm(forms.Form):
    """The last day of a journey."""

    until = forms.DateField(label=_("Last day of travel"), widget=forms.DateInput(attrs={"type": "date"}))

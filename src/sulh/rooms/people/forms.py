"""Forms of the register, the vault and the sealed records. What is secret is never sent back to the page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sulh.kernel.vault.models import Purpose
from sulh.rooms.people.enums import Category


def _secret(label: Any) -> forms.CharField:
    # A browser that remembers the passphrase gives it to whoever steals the laptop; not every browser obeys.
    widget = forms.PasswordInput(attrs={"autocomplete": "off", "dir": "auto"})
    return forms.CharField(label=label, widget=widget, strip=False, max_length=500)


class PersonForm(forms.Form):
    """One person of the register."""

    category = forms.ChoiceField(
        label=_("Category"),
        choices=Category,
        help_text=_("Stands outside the vault; all the rest stands inside."),
    )
    name = forms.CharField(
        label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})
    )
    aliases = forms.CharField(
        label=_("Other names and spellings"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "autocomplete": "off"}),
        help_text=_("One a line. The lint looks for all of them."),
    )
    contacts = forms.CharField(
        label=_("Contacts"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "autocomplete": "off"}),
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "autocomplete": "off"}),
    )


class NewPassphraseForm(forms.Form):
    """A passphrase, twice."""

    passphrase = _secret(_("Passphrase"))
    again = _secret(_("The same again"))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("passphrase") != told.get("again"):
            raise forms.ValidationError(_("The two passphrases differ. Nothing was changed."))
        return told


class ChangePassphraseForm(NewPassphraseForm):
    """The passphrase of today, and a new one twice."""

    now = _secret(_("Passphrase of today"))
    field_order = ["now", "passphrase", "again"]


class UnlockForm(forms.Form):
    """The passphrase."""

    passphrase = _secret(_("Passphrase"))


class SharesForm(forms.Form):
    """How the recovery shares are split."""

    threshold = forms.IntegerField(
        label=_("How many of them are needed"), min_value=2, max_value=16, initial=2
    )
    labels = forms.CharField(
        label=_("Holders of the shares"),
        max_length=800,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto", "autocomplete": "off"}),
        help_text=_(
            "One a line, by a label that only your side understands (Cedar, Willow, Plane). No names."
        ),
    )


class EnterSharesForm(forms.Form):
    """Recovery shares, as they are read from paper."""

    shares = forms.CharField(
        label=_("Recovery shares"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("One share a line, twenty words each."),
    )


class SealForm(forms.Form):
    """A text to be sealed."""

    text = forms.CharField(
        label=_("Text"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto", "autocomplete": "off"}),
    )


class AskForm(forms.Form):
    """A request to see a sealed record once."""

    purpose = forms.ChoiceField(label=_("Purpose"), choices=Purpose)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        help_text=_("Both sides' leads read it, and it is not encrypted. Write no name."),
    )
    hours = forms.ChoiceField(
        label=_("Lapses after"),
        choices=[("24", _("a day")), ("72", _("three days")), ("168", _("a week")), ("336", _("two weeks"))],
        initial="72",
    )

"""Forms for what was carried and what came back."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sulh.engines.calendars import PartialDate
from sulh.kernel.sides import in_turn
from sulh.rooms.carry.enums import (
    Direction,
    Evidence,
    RecipientCategory,
    RecipientLevel,
    ResponseKind,
    Strategy,
)
from sulh.rooms.carry.queries import LedgerRow
from sulh.rooms.convene.models import Round
from sulh.rooms.programme.models import Programme

CHOOSE = ("", _("Choose…"))


class PastDateField(forms.CharField):
    """A date as far as it is known, no later than ``today``."""

    widget = forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "maxlength": 10})
    default_error_messages = {
        "unreadable": _("Write a year (2016), a quarter (2015-Q4), a month (2016-03) or a day (2016-03-28)."),
        "future": _("This date is still to come. Record what has happened already."),
    }

    def __init__(self, *, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.today = today

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        if text:
            try:
                date = PartialDate.parse(text)
            except ValueError as error:
                raise forms.ValidationError(self.error_messages["unreadable"], "unreadable") from error
            if date.earliest > self.today:
                raise forms.ValidationError(self.error_messages["future"], "future")
        return text


class ResponseForm(forms.Form):
    """What came back on a transfer act."""

    kind = forms.ChoiceField(label=_("What came back"), choices=[CHOOSE, *ResponseKind.choices])
    evidence = forms.ChoiceField(label=_("How it is known"), choices=[CHOOSE, *Evidence.choices])

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["date"] = PastDateField(
            label=_("When"), today=today, help_text=_("As far as it is known: 2016, 2016-03 or 2016-03-28.")
        )


class TransferForm(forms.Form):
    """Asks that were carried to one side's system. It has no field for a name."""

    lineages = forms.MultipleChoiceField(
        label=_("What was carried"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one ask that was carried."),
            "invalid_choice": _("One of these asks is not in your ledger."),
        },
    )
    side = forms.ChoiceField(
        label=_("To which side"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the side to which it was carried.")},
    )
    direction = forms.ChoiceField(label=_("Direction"), choices=[CHOOSE, *Direction.choices])
    strategy = forms.ChoiceField(label=_("How"), choices=[CHOOSE, *Strategy.choices])
    recipient_category = forms.ChoiceField(
        label=_("Kind of recipient"),
        choices=[CHOOSE, *RecipientCategory.choices],
        help_text=_(
            "The kind of office only. Do not write a name anywhere: both organisations see this entry."
        ),
    )
    recipient_level = forms.ChoiceField(
        label=_("Level of the recipient"), choices=[CHOOSE, *RecipientLevel.choices]
    )
    round = forms.ChoiceField(label=_("After which round"), required=False)
    kind = forms.ChoiceField(
        label=_("What came back"),
        required=False,
        choices=[("", _("Nothing is known yet")), *ResponseKind.choices],
        help_text=_("May be added later. Entries are added, none is overwritten."),
    )
    evidence = forms.ChoiceField(
        label=_("How it is known"), required=False, choices=[CHOOSE, *Evidence.choices]
    )

    def __init__(
        self,
        *args: Any,
        programme: Programme,
        rows: Sequence[LedgerRow],
        rounds: Sequence[Round],
        today: datetime.date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        sides = in_turn(tuple(programme.sides.all()), today)
        self._offer("lineages", [(str(row.id), row.what) for row in rows])
        self._offer("side", [(side.key, side.name) for side in sides])
        self._offer("round", [("", _("None in particular")), *((one.key, one.name) for one in rounds)])
        self.fields["date"] = PastDateField(
            label=_("When"), today=today, help_text=_("As far as it is known: 2016, 2016-03 or 2016-03-28.")
        )
        self.fields["response_date"] = PastDateField(
            label=_("When it came back"), today=today, required=False
        )

    def _offer(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        answered = told.get("kind")
        for name, missing in (
            ("evidence", _("Say how the response is known.")),
            ("response_date", _("Say when the response came, as far as it is known.")),
        ):
            if answered and not told.get(name) and name not in self.errors:
                self.add_error(name, missing)
        if not answered and "kind" not in self.errors and (told.get("evidence") or told.get("response_date")):
            self.add_error("kind", _("Say what came back, or leave the two fields after it blank."))
        return told

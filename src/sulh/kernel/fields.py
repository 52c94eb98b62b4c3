"""Model fields that several rooms need."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from sulh.engines.calendars import PartialDate


class PartialDateField(models.CharField):
    """A date known only as far as it is known: ``2017``, ``2017-Q2``, ``2017-03`` or ``2017-03-28``.

    Empty means unknown: a missing date is never guessed. The text form sorts by its own beginning, which is
    the order of time wherever the precision is the same; exact ordering is done on ``PartialDate`` itself.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 10)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def validate(self, value: Any, model_instance: Any) -> None:
        super().validate(value, model_instance)
        if value:
            try:
                PartialDate.parse(str(value))
            except ValueError as error:
                raise ValidationError(str(error)) from error

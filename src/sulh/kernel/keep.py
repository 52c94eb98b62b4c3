"""Keeping a row as given: make it, mend it, or leave it alone where it is so already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)


def keep(model: type[M], match: Mapping[str, Any], values: Mapping[str, Any]) -> tuple[M, bool]:
    """Return the row that ``match`` names, holding ``values``, and whether it had to be made or changed."""
    row = model._default_manager.filter(**match).first()
    if row is None:
        return model._default_manager.create(**match, **values), True
    different = [name for name, value in values.items() if getattr(row, name) != value]
    for name in different:
        setattr(row, name, values[name])
    if different:
        row.save(update_fields=different)
    return row, bool(different)

"""How the ledger writes dates where there is little room."""

from __future__ import annotations

from django.utils import formats
from django.utils.translation import gettext as _

from sulh.engines.calendars import PartialDate, Precision


def said(text: str) -> str:
    """The stored form of a partial date in few letters."""
    return short(PartialDate.parse(text))


def short(date: PartialDate) -> str:
    """A partial date in few letters: *28 Mar 2017*, *Mar 2017*, *Q4 2015*, *2015*."""
    match date.precision:
        case Precision.DAY:
            return formats.date_format(date.earliest, "j M Y")
        case Precision.MONTH:
            return formats.date_format(date.earliest, "M Y")
        case Precision.QUARTER:
            quarter = (date.earliest.month + 2) // 3
            return _("Q%(quarter)d %(year)d") % {"quarter": quarter, "year": date.earliest.year}
        case _unused:
            return str(date.earliest.year)

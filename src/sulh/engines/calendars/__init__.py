"""Dates as people know them: a whole year, a quarter, a month or one day."""

from sulh.engines.calendars.partial import PartialDate, Precision, months_between

__all__ = ["PartialDate", "Precision", "months_between"]

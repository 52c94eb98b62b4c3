"""How the templates of this room write dates."""

from __future__ import annotations

from django import template

from sulh.rooms.carry import dates

register = template.Library()


@register.filter
def short_date(value: str) -> str:
    """Show a partial date in few letters; nothing where it is not known."""
    return dates.said(str(value)) if value else ""

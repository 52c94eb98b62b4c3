"""Template tags of the house; built in, so no template has to load them."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from sulh.engines.calendars import PartialDate, Precision
from sulh.kernel.access import may as viewer_may

register = template.Library()


@register.filter
def partial_date(value: str) -> str:
    """Show a partial date in the reader's language: *28 March 2017*, *March 2017*, *quarter 4 of 2015*, *2015*."""
    if not value:
        return ""
    date = PartialDate.parse(str(value))
    match date.precision:
        case Precision.DAY:
            return formats.date_format(date.earliest, "j F Y")
        case Precision.MONTH:
            return formats.date_format(date.earliest, "F Y")
        case Precision.QUARTER:
            quarter = (date.earliest.month + 2) // 3
            return _("quarter %(quarter)d of %(year)d") % {"quarter": quarter, "year": date.earliest.year}
        case _unused:
            return str(date.earliest.year)


@register.filter
def year_of(value: str) -> str:
    """The year of a partial date; empty where it is not known."""
    return str(value)[:4]


@register.filter
def get(mapping: dict[Any, Any], key: Any) -> Any:
    """Look a key up; the key itself where it is not there."""
    return mapping.get(key, key)


@register.simple_tag(takes_context=True)
def may(context: template.Context, permission: str) -> bool:
    """Whether the viewer of this page holds the permission in its programme."""
    return viewer_may(context["viewer"], permission, context["programme"])


@register.simple_tag
def drawing(picture: Any) -> SafeString:
    """Show a drawing with its text table folded behind it. The drawing engine has escaped its own strings."""
    head, *rows = picture.table
    cells = "".join(format_html('<th scope="col">{}</th>', cell) for cell in head)
    body = "".join(
        "<tr>" + "".join(format_html("<td>{}</td>", cell) for cell in row) + "</tr>" for row in rows
    )
    return format_html(
        '<figure class="drawing"><div class="drawing-svg" tabindex="0" role="group" aria-label="{}">{}</div>'
        "<figcaption>{}</figcaption>"
        '<details><summary>{}</summary><div class="scroll"><table class="table"><thead><tr>{}</tr></thead>'
        "<tbody>{}</tbody></table></div></details></figure>",
        picture.caption,
        mark_safe(picture.svg),  # noqa: S308 — made and escaped by sulh.engines.drawing
        picture.caption,
        _("The same as a table"),
        mark_safe(cells),  # noqa: S308 — each cell is escaped above
        mark_safe(body),  # noqa: S308 — each cell is escaped above
    )


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """The page's query string with some parameters changed; an empty value removes one."""
    parameters = context["request"].GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            parameters.pop(name, None)
        else:
            parameters[name] = value
    text = parameters.urlencode()
    return f"?{text}" if text else "?"

"""Whom an ask addresses: codes as they are stored, names as they are shown."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sulh.rooms.programme.models import Programme

NAMES = {
    "government:both": gettext_lazy("Both governments"),
    "agencies": gettext_lazy("Security and border agencies"),
    "parliament": gettext_lazy("Parliaments"),
    "media": gettext_lazy("The media"),
    "civil-society": gettext_lazy("Civil society"),
    "business": gettext_lazy("Business"),
    "academia": gettext_lazy("Universities and think tanks"),
    "international": gettext_lazy("The international community"),
    "programme": gettext_lazy("The dialogue itself"),
    "others": gettext_lazy("Others"),
}
CODES = tuple(NAMES)


def addressee_names(programme: Programme) -> dict[str, str]:
    """Return the name of every addressee code that can occur in this programme."""
    names = {
        f"government:{side.key}": _("Government of %(side)s") % {"side": side.name}
        for side in programme.sides.all()
    }
    return {"government:both": str(NAMES["government:both"]), **names} | {c: str(n) for c, n in NAMES.items()}

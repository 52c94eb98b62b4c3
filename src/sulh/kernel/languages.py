"""The languages of the house. Django ships neither Pashto nor Dari, so they are registered here."""

from django.conf import global_settings, locale

INTERFACE_LANGUAGES = [("en", "English"), ("ur", "اردو")]
"""Languages with a full catalogue of the pages."""

RIGHT_TO_LEFT = ("ur", "ps", "fa-af")

_OWN = {
    "ps": {"bidi": True, "code": "ps", "name": "Pashto", "name_local": "پښتو"},
    "fa-af": {"bidi": True, "code": "fa-af", "name": "Dari", "name_local": "دری"},
}


def register_languages() -> list[str]:
    """Teach Django the languages it does not know; return the codes that run right to left."""
    locale.LANG_INFO.update({code: info for code, info in _OWN.items() if code not in locale.LANG_INFO})
    return [
        *global_settings.LANGUAGES_BIDI,
        *(c for c in RIGHT_TO_LEFT if c not in global_settings.LANGUAGES_BIDI),
    ]

"""The convene room as a Django app."""

from django.apps import AppConfig


class ConveneConfig(AppConfig):
    name = "sulh.rooms.convene"
    label = "convene"

    def ready(self) -> None:
        from sulh.kernel.folders import register_section
        from sulh.kernel.panels import register_panel
        from sulh.kernel.places import register_texts
        from sulh.kernel.purging import register_purger
        from sulh.kernel.two_keys import register_kind
        from sulh.rooms.convene import access, purging
        from sulh.rooms.convene.folder import SECTION
        from sulh.rooms.convene.panels import NEXT_ROUND

        access.grant()
        register_section(SECTION)
        register_panel(NEXT_ROUND)
        register_purger(purging.PURGER)
        register_kind(purging.PURGE)
        register_texts("convene", purging.texts)

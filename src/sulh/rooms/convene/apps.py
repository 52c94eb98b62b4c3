"""The convene room as a Django app."""

from django.apps import AppConfig


class ConveneConfig(AppConfig):
    name = "sulh.rooms.convene"
    label = "convene"

    def ready(self) -> None:
        from sulh.kernel.folders import register_section
        from sulh.kernel.panels import register_panel
        from sulh.rooms.convene import access
        from sulh.rooms.convene.folder import SECTION
        from sulh.rooms.convene.panels import NEXT_ROUND

        access.grant()
        register_section(SECTION)
        register_panel(NEXT_ROUND)

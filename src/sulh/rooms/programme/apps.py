"""The programme room as a Django app."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "sulh.rooms.programme"
    label = "programme"

    def ready(self) -> None:
        from sulh.kernel.folders import register_section
        from sulh.kernel.panels import register_panel
        from sulh.rooms.programme import access
        from sulh.rooms.programme.folder import SECTION
        from sulh.rooms.programme.panels import LAST_BACKUP

        access.grant()
        register_section(SECTION)
        register_panel(LAST_BACKUP)

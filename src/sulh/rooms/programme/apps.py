"""The programme room as a Django app."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "sulh.rooms.programme"
    label = "programme"

    def ready(self) -> None:
        from sulh.kernel.folders import register_section
        from sulh.kernel.panels import register_panel
        from sulh.kernel.places import register_texts
        from sulh.rooms.programme import access
        from sulh.rooms.programme.folder import SECTION
        from sulh.rooms.programme.panels import DUE_FOR_REMOVAL, LAST_BACKUP
        from sulh.rooms.programme.queries import texts

        access.grant()
        register_section(SECTION)
        register_panel(DUE_FOR_REMOVAL)
        register_panel(LAST_BACKUP)
        register_texts("programme", texts)

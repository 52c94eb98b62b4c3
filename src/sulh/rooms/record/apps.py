"""The record room as a Django app."""

from django.apps import AppConfig


class RecordConfig(AppConfig):
    name = "sulh.rooms.record"
    label = "record"

    def ready(self) -> None:
        from sulh.kernel.folders import register_section
        from sulh.kernel.panels import register_panel
        from sulh.kernel.two_keys import register_kind
        from sulh.rooms.record import access
        from sulh.rooms.record.folder import SECTION
        from sulh.rooms.record.keys import KINDS
        from sulh.rooms.record.panels import SESSIONS

        access.grant()
        register_section(SECTION)
        register_panel(SESSIONS)
        for kind in KINDS:
            register_kind(kind)

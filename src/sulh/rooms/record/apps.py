"""The record room as a Django app."""

from django.apps import AppConfig


class RecordConfig(AppConfig):
    name = "sulh.rooms.record"
    label = "record"

    def ready(self) -> None:
        from sulh.kernel.due import register_timer
        from sulh.kernel.folders import register_section
        from sulh.kernel.panels import register_panel
        from sulh.kernel.places import register_texts
        from sulh.kernel.purging import register_purger
        from sulh.kernel.two_keys import register_kind
        from sulh.rooms.record import access, purging
        from sulh.rooms.record.folder import SECTION
        from sulh.rooms.record.keys import KINDS
        from sulh.rooms.record.panels import SESSIONS

        access.grant()
        register_section(SECTION)
        register_panel(SESSIONS)
        register_purger(purging.PURGER)
        register_timer(purging.TIMER)
        register_texts("record", purging.texts)
        for kind in KINDS:
            register_kind(kind)

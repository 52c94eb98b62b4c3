"""The people room as a Django app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "sulh.rooms.people"
    label = "people"

    def ready(self) -> None:
        from sulh.kernel.folders import register_section
        from sulh.kernel.panels import register_panel
        from sulh.kernel.purging import register_purger
        from sulh.kernel.two_keys import register_kind
        from sulh.rooms.people import (  # noqa: F401
            access,
            audit_actions,
            keys,
            purging,
            register_actions,
            sealed_actions,
            vault_actions,
        )
        from sulh.rooms.people.audit_panel import HEADS
        from sulh.rooms.people.folder import SECTION
        from sulh.rooms.people.panels import KEYS

        access.grant()
        register_section(SECTION)
        register_panel(KEYS)
        register_panel(HEADS)
        register_kind(keys.ADD_SEAT)
        register_kind(keys.END_SEAT)
        register_purger(purging.PURGER)

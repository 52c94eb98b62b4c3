"""The people room as a Django app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "sulh.rooms.people"
    label = "people"

    def ready(self) -> None:
        from sulh.kernel.folders import register_section
        from sulh.rooms.people import access, register_actions, sealed_actions, vault_actions  # noqa: F401 — registered
        from sulh.rooms.people.folder import SECTION

        access.grant()
        register_section(SECTION)

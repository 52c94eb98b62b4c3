"""The carry room as a Django app."""

from django.apps import AppConfig


class CarryConfig(AppConfig):
    name = "sulh.rooms.carry"
    label = "carry"

    def ready(self) -> None:
        from sulh.kernel.due import register_timer
        from sulh.kernel.folders import register_section
        from sulh.kernel.handing_over import register_taker
        from sulh.kernel.panels import register_panel
        from sulh.kernel.places import register_texts
        from sulh.kernel.purging import register_purger
        from sulh.kernel.two_keys import register_kind
        from sulh.rooms.carry import access, holding, purging
        from sulh.rooms.carry.folder import SECTION
        from sulh.rooms.carry.panels import PANELS
        from sulh.rooms.carry.taking import TAKER

        access.grant()
        register_section(SECTION)
        for panel in PANELS:
            register_panel(panel)
        for kind in holding.KINDS:
            register_kind(kind)
        register_taker(TAKER)
        register_purger(purging.PURGER)
        register_timer(purging.TIMER)
        register_texts("carry", purging.texts)

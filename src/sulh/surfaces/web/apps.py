"""The web surface as a Django app, for its templates, static files and tags."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class WebConfig(AppConfig):
    name = "sulh.surfaces.web"
    label = "web"

    def ready(self) -> None:
        from sulh.surfaces.web import entering

        # When somebody signed in is nobody's business longer than the session lasts, so it is not kept on the account.
        user_logged_in.disconnect(dispatch_uid="update_last_login")
        user_logged_in.connect(entering.note_entry, dispatch_uid="sulh.note_entry")

"""Starting Django for the commands that work on an installation; the others never load it."""

from __future__ import annotations

import os


def start() -> None:
    """Set Django up. Slow (about half a second), hence only where it is needed."""
    os.umask(0o077)  # what an installation writes is for its owner only
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sulh.kernel.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    from sulh.surfaces.cli.failing import Fail

    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise Fail(str(error)) from error


def need_installation() -> None:
    """Start Django and make sure that there is an installation here to work on."""
    from sulh.surfaces.cli.failing import Fail

    start()
    from django.db import connection
    from django.db.utils import DatabaseError

    try:
        ready = "programme_programme" in connection.introspection.table_names()
    except DatabaseError as error:
        raise Fail(f"The database cannot be opened ({error}). Check SULH_HOME or DATABASE_URL.") from error
    if not ready:
        raise Fail(
            "There is no installation here yet. Run “sulh serve” once, or set SULH_HOME to where it is."
        )

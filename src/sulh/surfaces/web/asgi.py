"""The ASGI application that ``sulh serve`` runs."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sulh.kernel.settings")
application = get_asgi_application()

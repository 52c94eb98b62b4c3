"""The ASGI application that ``sulh serve`` runs."""

import os

from django.conf import settings
from django.core.asgi import get_asgi_application

from sulh.surfaces.web.bodies import measured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sulh.kernel.settings")
application = measured(get_asgi_application(), settings.LARGEST_BODY)

"""Settings of the tests: those of the house, with a home and plain static files of their own."""

import os
import tempfile

os.environ.setdefault("SULH_HOME", tempfile.mkdtemp(prefix="sulh-tests-"))
os.environ.setdefault("SULH_SECRET_KEY", "a key for tests only, never for an installation")

from sulh.kernel.settings import *  # noqa: F403

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
INSTALLED_APPS = [*INSTALLED_APPS, "tests.flushing"]  # noqa: F405

"""Django settings. Everything a host may change is an environment variable; docs/settings.md lists them."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from sulh.kernel.languages import INTERFACE_LANGUAGES, register_languages

PACKAGE = Path(__file__).resolve().parents[1]
HOME = Path(os.environ.get("SULH_HOME", "var")).resolve()


def _secret_key() -> str:
    """Return the key of this installation, made once and kept beside the data, readable by its owner only."""
    if key := os.environ.get("SULH_SECRET_KEY"):
        return key
    path = HOME / "secret-key"
    if not path.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text().strip()


def _database() -> dict[str, object]:
    """SQLite beside the data unless ``DATABASE_URL`` names another.

    What was acknowledged must survive a power cut, hence ``synchronous=FULL``; writers queue at the start of a
    transaction (``IMMEDIATE``) and so never fail halfway through one.
    """
    config = dict(
        dj_database_url.parse(os.environ.get("DATABASE_URL") or f"sqlite:///{HOME / 'sulh.sqlite3'}")
    )
    if config["ENGINE"] == "django.db.backends.sqlite3":
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000;",
        }
        config["TEST"] = {"NAME": os.environ.get("SULH_TEST_SQLITE")}
    else:
        config["CONN_MAX_AGE"] = 60
        config["CONN_HEALTH_CHECKS"] = True
    return config


def _idle_minutes() -> int:
    """Return after how many idle minutes an unlocked vault locks itself."""
    told = os.environ.get("SULH_VAULT_IDLE_MINUTES") or "15"
    if not told.isdecimal() or not 1 <= int(told) <= 720:
        raise ImproperlyConfigured(f"SULH_VAULT_IDLE_MINUTES is “{told}”. Give whole minutes from 1 to 720.")
    return int(told)


SECRET_KEY = _secret_key()
DEBUG = False
ALLOWED_HOSTS = [
    "127.0.0.1",
    "localhost",
    "[::1]",
    *filter(None, os.environ.get("SULH_HOSTS", "").split(",")),
]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if host not in ("127.0.0.1", "[::1]")]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "simple_history",
    "sulh.kernel",
    "sulh.rooms.programme",
    "sulh.rooms.people",
    "sulh.rooms.convene",
    "sulh.rooms.carry",
    "sulh.surfaces.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "sulh.surfaces.web.middleware.security_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "sulh.surfaces.web.middleware.viewer",
    "sulh.surfaces.web.middleware.refusals",
]

ROOT_URLCONF = "sulh.surfaces.web.urls"
ASGI_APPLICATION = "sulh.surfaces.web.asgi.application"
AUTH_USER_MODEL = "kernel.Account"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "sign-in"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", "sulh.surfaces.web.templatetags.sulh"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "sulh.surfaces.web.context.house",
            ],
        },
    }
]

DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en"
LANGUAGES_BIDI = register_languages()
LANGUAGES = INTERFACE_LANGUAGES
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 25_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 25_000_000
SULH_VAULT_IDLE_MINUTES = _idle_minutes()
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("SULH_HTTPS") == "1"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = False
SIMPLE_HISTORY_ENABLED = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING"}},
}

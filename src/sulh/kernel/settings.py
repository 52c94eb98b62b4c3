"""Django settings. Everything a host may change is an environment variable; docs/settings.md lists them."""

from __future__ import annotations

import os
import secrets
from datetime import timedelta
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from sulh.kernel import key_files
from sulh.kernel.languages import INTERFACE_LANGUAGES, register_languages

PACKAGE = Path(__file__).resolve().parents[1]
HOME = Path(os.environ.get("SULH_HOME", "var")).resolve()


def _secret_key() -> str:
    """Return the key of this installation, made once and kept beside the data, readable by its owner only."""
    if key := os.environ.get("SULH_SECRET_KEY"):
        return key
    return key_files.kept(HOME / "secret-key", lambda: secrets.token_urlsafe(50).encode()).decode()


def _whole_number(name: str, text: str, least: int, most: int) -> int:
    """Return the number that a variable holds.

    Raises:
        ImproperlyConfigured: where it is none, or out of its bounds.
    """
    if text.isdecimal() and least <= int(text) <= most:
        return int(text)
    raise ImproperlyConfigured(f"{name} must be a whole number from {least} to {most}, not “{text}”.")


def _database() -> dict[str, object]:
    """SQLite beside the data unless ``DATABASE_URL`` names another.

    What was acknowledged must survive a power cut, hence ``synchronous=FULL``; writers queue at the start of a
    transaction (``IMMEDIATE``) and so never fail halfway through one. What is deleted is overwritten
    (``secure_delete``), else its bytes would stay in the file until something else came to lie there.
    """
    config = dict(
        dj_database_url.parse(os.environ.get("DATABASE_URL") or f"sqlite:///{HOME / 'sulh.sqlite3'}")
    )
    if config["ENGINE"] == "django.db.backends.sqlite3":
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000; "
            "PRAGMA secure_delete=ON;",
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
HTTPS = os.environ.get("SULH_HTTPS") == "1"
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
    "allauth.account",
    "allauth.mfa",
    "sulh.kernel",
    "sulh.rooms.programme",
    "sulh.rooms.people",
    "sulh.rooms.convene",
    "sulh.rooms.record",
    "sulh.rooms.carry",
    "sulh.surfaces.web",
]

MIDDLEWARE = [
    "sulh.surfaces.web.middleware.security_headers",
    "django.middleware.security.SecurityMiddleware",
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
    "allauth.account.middleware.AccountMiddleware",
    "sulh.surfaces.web.middleware.viewer",
    "sulh.surfaces.web.gate.Gate",
    "sulh.surfaces.web.middleware.refusals",
]

ROOT_URLCONF = "sulh.surfaces.web.urls"
ASGI_APPLICATION = "sulh.surfaces.web.asgi.application"
AUTH_USER_MODEL = "kernel.Account"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "sign-in"

PASSWORD_HASHERS = ["sulh.kernel.passphrases.Argon2"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "sulh.kernel.passphrases.NotTooLong"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("handle",)},
    },
]

# Of allauth the library of factors is used, and its count of attempts; the pages and the flow are ours
# (surfaces/web/entering.py). No account has an e-mail address.
ACCOUNT_USER_MODEL_USERNAME_FIELD = "handle"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ADAPTER = "sulh.kernel.factor_adapter.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Sulh"
MFA_TOTP_TOLERANCE = 1  # a clock may be half a minute off
MFA_WEBAUTHN_USER_VERIFICATION = "required"

SESSION_IDLE_LEADS = timedelta(minutes=int(os.environ.get("SULH_IDLE_MINUTES_LEADS", "30")))
SESSION_IDLE = timedelta(minutes=int(os.environ.get("SULH_IDLE_MINUTES", "120")))
SESSION_LONGEST = timedelta(hours=12)
FRESH_SIGN_IN = timedelta(minutes=10)

# Counts of attempts hold network addresses, which must not reach a disk; and the server is one process.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "sulh",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}

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

WHITENOISE_ALLOW_ALL_ORIGINS = False

# Nothing larger is taken in (surfaces/web/asgi.py), so that what is uploaded stays in memory and never lies in a
# temporary file.
DATA_UPLOAD_MAX_MEMORY_SIZE = FILE_UPLOAD_MAX_MEMORY_SIZE = LARGEST_BODY = 25_000_000
DATA_UPLOAD_MAX_NUMBER_FILES = 60
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

# Over HTTPS the names of cookies say that no other host and no plain connection may set them.
_HOST_ONLY = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{_HOST_ONLY}sessionid"
CSRF_COOKIE_NAME = f"{_HOST_ONLY}csrftoken"
LANGUAGE_COOKIE_NAME = f"{_HOST_ONLY}django_language"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SULH_VAULT_IDLE_MINUTES = _idle_minutes()
SESSION_COOKIE_AGE = int(SESSION_LONGEST.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
# A message may name a seat or a text, and is therefore in no cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = False
SIMPLE_HISTORY_ENABLED = True

AUDIT_DAYS = _whole_number("SULH_AUDIT_DAYS", os.environ.get("SULH_AUDIT_DAYS", "180"), 7, 3650)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_links": {"()": "sulh.kernel.logs.WithoutLinks"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["without_links"]}},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING"}},
}

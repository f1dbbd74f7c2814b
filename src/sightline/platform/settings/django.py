"""Django's settings, worked out from the environment (`environment.py`); those of pages are in `web_settings.py`."""

from typing import Any

from sightline.platform.database.django_databases import django_databases
from sightline.platform.settings.environment import environment
from sightline.platform.settings.secret_key import secret_key
from sightline.platform.settings.web_settings import (
    ACCOUNT_SETTINGS,
    AUTHENTICATION_BACKENDS,
    EVEN_ANSWERS,
    LOGIN_REDIRECT_URL,
    LOGIN_URL,
    MIDDLEWARE,
    TEMPLATES,
    WEB_APPS,
)

__all__ = [
    "AUTHENTICATION_BACKENDS",
    "EVEN_ANSWERS",
    "LOGIN_REDIRECT_URL",
    "LOGIN_URL",
    "MIDDLEWARE",
    "TEMPLATES",
]

_environment = environment()

# Which installation this is
SIGHTLINE_MODE = _environment.sightline_mode
SIGHTLINE_HOME = _environment.home
SIGHTLINE_BASE_URL = _environment.base_url
# Beside the database, and only where pages are answered: loading years of demonstration needs no second copy.
AUDIT_FOLDER = _environment.home / "audit" if _environment.sightline_web_process or _environment.production else None
SIGHTLINE_CLAMD = _environment.sightline_clamd
DEMONSTRATION_SIGN_IN = _environment.demonstration_sign_in
DEBUG = False
SECRET_KEY = secret_key(_environment)
ALLOWED_HOSTS = _environment.hosts

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    *WEB_APPS,
    "sightline.platform.audit",
    "sightline.platform.jobs",
    "sightline.platform.notices",
    "sightline.platform.settings",
    "sightline.platform.throttle",
    "sightline.people",
    "sightline.engine",
    "sightline.access",
    "sightline.outgoing",
    "sightline.parts",
    "sightline.registers",
    "sightline.instruments",
    "sightline.datasets",
    "sightline.datasets.cin_census",
    "sightline.processes.front_door",
    "sightline.processes.protection",
    "sightline.processes.improvement",
    "sightline.processes.governance",
    "sightline.processes.assurance",
    "sightline.processes.publishing",
    "sightline.indicators",
    "sightline.publications",
    "sightline.web",
]
AUTH_USER_MODEL = "people.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "sightline.web.urls"
WSGI_APPLICATION = "sightline.web.wsgi.application"

# Data
DATABASES = django_databases(_environment)
DATABASE_ROUTERS = ["sightline.platform.database.routing.OwnerMigrates"]

# Time and language
USE_TZ = True
TIME_ZONE = "Europe/London"
LANGUAGE_CODE = "en-gb"
USE_I18N = False

# Security; the content security policy is in web_settings.py
SECURE_CONTENT_TYPE_NOSNIFF = True
# Not "no-referrer": browsers then send "Origin: null" with every form, which the forgery check must refuse (0012).
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _environment.production
SECURE_SSL_REDIRECT = _environment.production
# Two years: what browsers' own lists of https-only places ask for at least one of.
SECURE_HSTS_SECONDS = 63_072_000 if _environment.production else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _environment.production
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _environment.production else None
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

# Files that pages are served with
STATIC_URL = "/static/"
STATICFILES_DIRS = [_environment.assets] if _environment.assets.is_dir() else []
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

# Jobs: what was done leaves a tick of its own, so a job that succeeded need not be kept
PROCRASTINATE_WORKER_DEFAULTS = {"delete_jobs": "successful"}

# Email: printed in the demonstration, sent by SMTP when a host is named
_SMTP: dict[str, Any] = {
    "host": _environment.email_host,
    "port": _environment.email_port,
    "username": _environment.email_user,
    "password": _environment.email_password,
    "use_tls": _environment.email_port != 25,
    "timeout": 20,
}
MAILERS: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": _SMTP}
    if _environment.email_host
    else {"BACKEND": "django.core.mail.backends.console.EmailBackend"},
}
DEFAULT_FROM_EMAIL = SERVER_EMAIL = _environment.email_from

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "sightline.platform.settings.log_lines.WithoutRecords",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False}},
}

# Sign-in (django-allauth); its settings are many, so web_settings.py keeps them together by name
globals().update(ACCOUNT_SETTINGS)
# Those that our own code reads as well, named so that types can be checked
PAGE_HEADERS: dict[str, str] = ACCOUNT_SETTINGS["PAGE_HEADERS"]
FRESH_SIGN_IN_AGE: int = ACCOUNT_SETTINGS["FRESH_SIGN_IN_AGE"]
KNOWN_BROWSER_COOKIE_NAME: str = ACCOUNT_SETTINGS["KNOWN_BROWSER_COOKIE_NAME"]
SESSION_ABSOLUTE_AGE: int = ACCOUNT_SETTINGS["SESSION_ABSOLUTE_AGE"]
QUICK_EXIT_ADDRESS: str = ACCOUNT_SETTINGS["QUICK_EXIT_ADDRESS"]
MFA_PASSKEY_LOGIN_ENABLED: bool = ACCOUNT_SETTINGS["MFA_PASSKEY_LOGIN_ENABLED"]
WORK_ACCOUNT_SECOND_FACTOR: frozenset[str] = ACCOUNT_SETTINGS["WORK_ACCOUNT_SECOND_FACTOR"]

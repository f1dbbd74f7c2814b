"""Settings for pages and sign-in: templates, middleware, the content security policy, sessions and django-allauth."""

import hashlib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from sightline.platform.settings.environment import Environment, environment

WEB_APPS = [
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    "sightline.web.middleware.RequestId",
    # Before whatever answers by itself, so that redirects to https and static files have the headers too.
    "sightline.web.middleware.SecurityHeaders",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "sightline.web.sessions.OpenSession",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "sightline.web.body_limit.BodyLimit",
    "sightline.web.even_answers.EvenAnswers",
    # It keeps the session in its transaction, so that whatever changes the session stands below.
    "sightline.web.middleware.UnitOfWork",
    "django.contrib.messages.middleware.MessageMiddleware",
    "sightline.web.held_text.HoldPostedText",
    "sightline.web.middleware.SessionLimits",
    "allauth.account.middleware.AccountMiddleware",
    "sightline.web.middleware.SecondFactor",
    "sightline.web.own_details_first.OwnDetailsFirst",
    "sightline.web.middleware.PurposeFirst",
    "sightline.web.leaving.OutputGate",
]

# Nothing inline and nothing from elsewhere: a name typed into a form can never run as a program.
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}

PAGE_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), "
        "publickey-credentials-get=(self), publickey-credentials-create=(self)"
    ),
}

_CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [Path(__file__).parents[2] / "web" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "sightline.web.templating.environment",
            "context_processors": [*_CONTEXT_PROCESSORS, "sightline.web.components.shell.site"],
        },
    },
    {
        # Only for the text of allauth's emails.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": _CONTEXT_PROCESSORS},
    },
]

# Seconds to whose next multiple "not there" waits: twice what that takes on a busy site. 0 answers at once.
EVEN_ANSWERS = 0.2

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

_SESSIONS: dict[str, Any] = {
    # Signed out after 20 minutes without a request, and 10 hours after signing in whatever was done.
    "SESSION_COOKIE_AGE": 20 * 60,
    "SESSION_ABSOLUTE_AGE": 10 * 60 * 60,
    # Before breaking glass, an export or a change of permission one has proved who one is within these minutes.
    "FRESH_SIGN_IN_AGE": 10 * 60,
    "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
}

_SIGN_IN: dict[str, Any] = {
    "PASSWORD_RESET_TIMEOUT": 24 * 60 * 60,
    "ACCOUNT_ADAPTER": "sightline.web.accounts.AccountAdapter",
    "ACCOUNT_TEMPLATE_EXTENSION": "jinja",
    "ACCOUNT_LOGIN_METHODS": {"username"},
    "ACCOUNT_SIGNUP_FIELDS": ["username*", "password1*"],
    "ACCOUNT_EMAIL_VERIFICATION": "none",
    "ACCOUNT_SESSION_REMEMBER": False,
    # Passwords are slowed by web/sign_in_pace.py, which locks nobody out; these slow the codes of a second factor, to
    # which only somebody with the password comes. Not by address: a whole council may sign in from one.
    "ACCOUNT_RATE_LIMITS": {"login": None, "login_failed": "5/300s/key"},
    "ACCOUNT_LOGOUT_REDIRECT_URL": "/",
    "ACCOUNT_PREVENT_ENUMERATION": True,
    "ACCOUNT_FORMS": {
        "login": "sightline.web.accounts.SignInForm",
        "reauthenticate": "sightline.web.accounts.PasswordAgainForm",
        "change_password": "sightline.web.accounts.NewPasswordForm",
    },
    # A passkey cannot be guessed, and is the way in that nobody else's guesses may close.
    "MFA_RATE_LIMITS": {"webauthn_login": None},
    "MFA_ADAPTER": "sightline.web.accounts.SecondFactorAdapter",
    "MFA_FORMS": {
        "authenticate": "sightline.web.accounts.CodeForm",
        "reauthenticate": "sightline.web.accounts.CodeAgainForm",
        "activate_totp": "sightline.web.accounts.AuthenticatorForm",
        "add_webauthn": "sightline.web.accounts.PasskeyForm",
    },
    "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
    "MFA_TOTP_ISSUER": "Sightline",
    "MFA_PASSKEY_LOGIN_ENABLED": not environment().demonstration_sign_in,
    "SOCIALACCOUNT_ADAPTER": "sightline.web.work_accounts.WorkAccountAdapter",
    "SOCIALACCOUNT_LOGIN_ON_GET": False,
    "SOCIALACCOUNT_EMAIL_AUTHENTICATION": False,
    # Whoever stands at somebody's unlocked screen cannot link an account of their own, to sign in as them ever after.
    "SOCIALACCOUNT_REAUTHENTICATION_REQUIRED": True,
}


def openid_connect(env: Environment) -> dict[str, Any]:
    """An agency's own identity provider, when the environment names one.

    Its accounts are known by the provider's address and their subject there, so another provider named later, which may
    give the same subject to somebody else, begins with no account at all.
    """
    shown = {"WORK_ACCOUNT_SECOND_FACTOR": frozenset(env.oidc_second_factor.split())}
    if not (env.oidc_server_url and env.oidc_client_id):
        return shown
    app = {
        "provider_id": work_account_key(env.oidc_server_url),
        "name": env.oidc_name,
        "client_id": env.oidc_client_id,
        "secret": env.oidc_client_secret or "",
        "settings": {
            "server_url": env.oidc_server_url,
            "scope": ["openid"],
            # Who it is comes from the signed token alone; max_age has the token say when they last signed in.
            "fetch_userinfo": False,
            "auth_params": {"max_age": str(_SESSIONS["SESSION_ABSOLUTE_AGE"])},
            "oauth_pkce_enabled": True,
        },
    }
    return {**shown, "SOCIALACCOUNT_PROVIDERS": {"openid_connect": {"APPS": [app]}}}


def work_account_key(server_url: str) -> str:
    """What an identity provider is called in addresses and beside its accounts: "work-" and its address's digest."""
    return f"work-{hashlib.sha256(server_url.rstrip('/').encode()).hexdigest()[:12]}"


def content_security_policy(env: Environment) -> dict[str, Any]:
    """The policy, with the identity provider as the one other place to which a form (of sign-in) may lead."""
    if not env.oidc_server_url:
        return SECURE_CSP
    place = urlsplit(env.oidc_server_url)
    return {**SECURE_CSP, "form-action": [CSP.SELF, f"{place.scheme}://{place.netloc}"]}


def refuse_demonstration_elsewhere(env: Environment) -> None:
    """Raises ImproperlyConfigured when the demonstration is asked for on a database that is not its own.

    Its accounts sign in with a password that the sign-in page prints.
    """
    asked_for = "sightline_mode" in env.model_fields_set and not env.production
    if asked_for and not env.embedded:
        raise ImproperlyConfigured(
            "SIGHTLINE_MODE=demonstration works only with the embedded database, because its sign-ins are public. "
            "Set SIGHTLINE_MODE=production to use DATABASE_URL, or unset DATABASE_URL."
        )


_COOKIES = {
    "SESSION_COOKIE_NAME": "__Host-sightline",
    "CSRF_COOKIE_NAME": "__Host-sightline-form",
    "KNOWN_BROWSER_COOKIE_NAME": "__Host-sightline-known",
}


def cookie_names(env: Environment) -> dict[str, Any]:
    """What the session's and the forms' cookies are called.

    A "__Host-" cookie cannot be set or read by a neighbouring host name; browsers insist on https for it.
    """
    if not env.production:
        return {name: cookie.removeprefix("__Host-") for name, cookie in _COOKIES.items()}
    return dict(_COOKIES)


refuse_demonstration_elsewhere(environment())

ACCOUNT_SETTINGS: dict[str, Any] = {
    **_SIGN_IN,
    **_SESSIONS,
    **cookie_names(environment()),
    **openid_connect(environment()),
    "SECURE_CSP": content_security_policy(environment()),
    "PAGE_HEADERS": PAGE_HEADERS,
    "CSRF_FAILURE_VIEW": "sightline.web.errors.form_expired",
    # Where "Exit this page" leads: something that anybody might be reading.
    "QUICK_EXIT_ADDRESS": "https://www.bbc.co.uk/weather",
}

"""Signing in with a work account: OpenID Connect to the agency's own identity provider.

An account is found by the provider and the subject that the identity token names, never by an email address, and only
where it was linked before. Whether a second factor was used is what the signed token says, not what we suppose.
"""

from collections.abc import Mapping
from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from sightline.people.accounts import providers_of
from sightline.people.sign_in_trail import as_themselves
from sightline.platform import audit

_NOTED = "work_account"


class WorkAccountAdapter(DefaultSocialAccountAdapter):
    """Signs in accounts that are already linked; whoever else comes along has none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False


class SignedToken(OpenIDConnectOAuth2Adapter):
    """Insists on an identity token, and on its signature although it came straight from the provider."""

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **given: Any) -> SocialLogin:
        if not given["response"].get("id_token"):
            raise OAuth2Error("The identity provider sent no identity token.")
        return super().complete_login(request, app, token, **given)

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        return jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )


def identity_providers() -> list[dict[str, str]]:
    """The `id` and `name` of each identity provider that the environment names."""
    apps = getattr(settings, "SOCIALACCOUNT_PROVIDERS", {}).get("openid_connect", {}).get("APPS", [])
    return [{"id": app["provider_id"], "name": app["name"]} for app in apps]


def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Where the identity provider sends people back to. Raises Http404 for a provider that is not configured."""
    try:
        return OAuth2CallbackView.adapter_view(SignedToken(request, provider_id))(request)
    except SocialApp.DoesNotExist as unknown:
        raise Http404 from unknown


def shows_second_factor(claims: Mapping[str, Any]) -> bool:
    """Whether an identity token says, in `amr` or `acr`, that more than a password was asked for."""
    methods = claims.get("amr") or []
    said = {methods} if isinstance(methods, str) else set(methods)
    return bool((said | {claims.get("acr")}) & settings.WORK_ACCOUNT_SECOND_FACTOR)


def note(request: HttpRequest, user: Any, sociallogin: SocialLogin | None) -> None:
    """At sign-in: keep on the session, and in the audit, what the identity token says of it. None: another way in."""
    request.session.pop(_NOTED, None)
    if sociallogin is None:
        return
    claims = sociallogin.account.extra_data.get("id_token", {})
    noted = {"second_factor": shows_second_factor(claims), "auth_time": claims.get("auth_time")}
    request.session[_NOTED] = noted
    with as_themselves(user):
        audit.record("signed in with a work account", subject="account", ids=[user.pk], detail=noted)


def second_factor_trusted(request: HttpRequest) -> bool:
    """Whether this session began with a work account whose identity provider asked for a second factor."""
    return bool(request.session.get(_NOTED, {}).get("second_factor"))


def proved_at(request: HttpRequest) -> float:
    """When the identity provider last asked them who they are, in seconds since 1970; 0 where it did not say."""
    return float(request.session.get(_NOTED, {}).get("auth_time") or 0)


def linked_to(user: Any) -> list[dict[str, str]]:
    """The identity providers, of those named by the environment, that this account is linked to."""
    linked = providers_of(user)
    return [provider for provider in identity_providers() if provider["id"] in linked]

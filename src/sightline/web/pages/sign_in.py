"""Sign in, the second factor, sign out. Only the addresses that we use of allauth's exist: nobody can sign up."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account import views as account
from allauth.account.adapter import get_adapter
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, URLResolver, include, path, reverse, reverse_lazy
from django.views.decorators.http import require_POST

from sightline.people.accounts import end_sessions
from sightline.people.hosted import demonstration_sign_ins
from sightline.platform import audit, calendar
from sightline.web.accounts import FirstPasswordForm
from sightline.web.fresh_sign_in import AGAIN, is_fresh, needs_fresh_sign_in
from sightline.web.work_accounts import callback, linked_to


class SignIn(account.LoginView):
    """User name and password, the demonstration's sign-ins, or the agency's own identity provider."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        demonstration = settings.DEMONSTRATION_SIGN_IN
        return {
            **super().get_context_data(**kwargs),
            "demonstration": demonstration,
            "held": "held" in self.request.GET,
            "everywhere": "everywhere" in self.request.GET,
            "sign_ins": demonstration_sign_ins() if demonstration else {},
            "passkey": settings.MFA_PASSKEY_LOGIN_ENABLED,
        }


class SignOut(account.LogoutView):
    """Signs out and has the browser drop what it kept of us, save that it knows the account (see `sign_in_pace`)."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = '"cache", "storage"'
        return response


class SignInAgain(account.ReauthenticateView):
    """A fresh proof of who one is: by password, by whichever second factor there is, or by the work account."""

    def _check_reauthentication_method_available(self, request: HttpRequest) -> HttpResponse | None:
        """Whoever has only a work account stays here, and is offered that."""
        if not get_adapter().get_reauthentication_methods(request.user) and linked_to(request.user):
            return None
        answer: HttpResponse | None = super()._check_reauthentication_method_available(request)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "with_password": self.request.user.has_usable_password(),
            "work_accounts": linked_to(self.request.user),
            "asked_anew": urlencode({"auth_params": urlencode({"prompt": "login", "max_age": "0"})}),
        }


@require_POST
@login_required
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every session of one's own account, this one too."""
    end_sessions(request.user)  # type: ignore[arg-type]
    request.session.flush()
    response = HttpResponseRedirect(f"{reverse('account_login')}?everywhere=1")
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


class ChoosePassword(PasswordResetConfirmView):
    """A new account's first password, or one after a reset, for whoever holds the link. It signs nobody in."""

    template_name = "account/new_password.jinja"
    form_class = FirstPasswordForm
    success_url = reverse_lazy("account_login")

    def form_valid(self, form: Any) -> HttpResponse:
        audit.record("password chosen", subject="account", ids=[form.user.pk])
        messages.success(self.request, "Your password is saved. Sign in with it.")
        return super().form_valid(form)


def still_here(request: HttpRequest) -> HttpResponse:
    """Puts off the idle limit for somebody who reads or types without opening a page. 204, or 401 once signed out."""
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    request.session["seen_at"] = calendar.now().timestamp()
    return HttpResponse(status=204)


def signed_out_or_inactive(request: HttpRequest) -> HttpResponse:
    """An account that was closed."""
    from sightline.web.errors import NotForYou, not_allowed

    return not_allowed(
        request,
        NotForYou(
            "sign in with this account", "It has been closed.", "Your agency's safeguarding lead can ask for it back."
        ),
    )


def go_to_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """To the identity provider: to sign in, or for a fresh sign-in's owner to link their work account."""
    given = {**request.GET.dict(), **request.POST.dict()}
    if given.get("process") == "connect" and not is_fresh(request):
        return HttpResponseRedirect(f"{reverse(AGAIN)}?{urlencode({'next': reverse('socialaccount_connections')})}")
    answer: HttpResponse = openid_connect.login(request, provider_id)
    return answer


def noting(action: str, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view, with a row in the audit whenever it shows its page."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            audit.record(action, subject="account", ids=[request.user.pk])  # type: ignore[list-item]
        return response

    return page


_SECOND_FACTOR = [
    path("", mfa.index, name="mfa_index"),
    path("code", mfa.authenticate, name="mfa_authenticate"),
    path("code-again", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("app", totp.activate_totp, name="mfa_activate_totp"),
    path("app/remove", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path(
        "recovery-codes",
        noting("recovery codes viewed", recovery_codes.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path("recovery-codes/new", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path(
        "recovery-codes/file",
        noting("recovery codes taken away", recovery_codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("passkeys", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("passkeys/add", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("passkeys/again", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("passkeys/<int:pk>/remove", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("passkeys/<int:pk>/rename", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("passkeys/sign-in", webauthn.login_webauthn, name="mfa_login_webauthn"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in", SignIn.as_view(), name="account_login"),
    path("sign-out", SignOut.as_view(), name="account_logout"),
    path("still-here", still_here, name="still_here"),
    path("sign-in/closed", signed_out_or_inactive, name="account_inactive"),
    path("sign-in/new-password/<str:uidb64>/<str:token>/", ChoosePassword.as_view(), name="account_choose_password"),
    path("sign-in/again", SignInAgain.as_view(), name="account_reauthenticate"),
    path("your-account/sign-out-everywhere", sign_out_everywhere, name="sign_out_everywhere"),
    path("your-account/password", account.password_change, name="account_change_password"),
    path("your-account/", include(_SECOND_FACTOR)),
    path("work-account/cancelled", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("work-account/error", social.login_error, name="socialaccount_login_error"),
    path("work-account/unknown", social.signup, name="socialaccount_signup"),
    path("work-account/link", needs_fresh_sign_in(social.connections), name="socialaccount_connections"),
    path("work-account/oidc/<slug:provider_id>/login/", go_to_provider, name="openid_connect_login"),
    path("work-account/oidc/<slug:provider_id>/login/callback/", callback, name="openid_connect_callback"),
]

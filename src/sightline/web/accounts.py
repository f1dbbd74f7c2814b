"""Sign-in through django-allauth, in our words: no open sign-up, no messages about having signed in."""

from typing import Any

from allauth.account import forms as account_forms
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from sightline.platform import calendar
from sightline.web import work_accounts
from sightline.web.components import words
from sightline.web.held_text import remember_pages
from sightline.web.sign_in_pace import Tries, know_browser

_CODE_HINT = "6 figures from your authenticator app, or one of your recovery codes"


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the partnership, never by whoever comes along."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "The user name or the password is wrong. Check both and try again",
        "email_password_mismatch": "The user name or the password is wrong. Check both and try again",
        "too_many_login_attempts": "There were too many wrong codes. Wait 5 minutes and try again, or use a passkey",
        "enter_current_password": "Enter your current password",
        "incorrect_password": "The password is wrong. Check it and try again",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Has whoever guesses wait; raises ValidationError with the seconds."""
        self._tries = Tries(request, str(credentials.get("username", "")))
        if seconds := self._tries.seconds_to_wait():
            raise ValidationError(
                f"There were too many attempts to sign in. Wait {words.plural(seconds, 'second')} and try again, "
                "or use a passkey or your work account"
            )
        self._tries.take_time()

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A wrong name or password."""
        self._tries.failed()

    def post_login(self, request: HttpRequest, user: Any, **given: Any) -> HttpResponse:
        """Notes what waits for whoever has just signed in, by whichever way, and that this browser knows them."""
        remember_pages(request, user)
        work_accounts.note(request, user, (given.get("signal_kwargs") or {}).get("sociallogin"))
        return know_browser(request, super().post_login(request, user, **given), user)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The page that follows says what happened; a banner on top of it would be noise."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """Codes and passkeys, with our words for what can go wrong."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "The code is wrong or has been replaced by a newer one. Enter the one shown now",
        "cannot_delete_authenticator": "Add another second factor before you remove this one",
    }

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        return f"Passkey of {words.plain_date(calendar.today())}"


def _named(field: forms.Field, label: str, required: str, help_text: str = "") -> None:
    field.label, field.help_text = label, help_text
    field.error_messages["required"] = required
    field.widget.attrs.pop("placeholder", None)


class SignInForm(account_forms.LoginForm):
    """User name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _named(self.fields["login"], "User name", "Enter your user name")
        _named(self.fields["password"], "Password", "Enter your password")
        self.fields["login"].widget.attrs.update({"autocapitalize": "none", "spellcheck": "false"})


class PasswordAgainForm(account_forms.ReauthenticateForm):
    """The password once more, before something that cannot be undone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _named(self.fields["password"], "Password", "Enter your password")


_HOW_TO_CHOOSE = "At least 12 characters. Three words that only you would put together are good."


class FirstPasswordForm(SetPasswordForm):
    """A password, twice, for whoever holds the link that the partnership gave them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _named(self.fields["new_password1"], "New password", "Enter a new password", _HOW_TO_CHOOSE)
        _named(self.fields["new_password2"], "New password again", "Enter the new password again")


class NewPasswordForm(account_forms.ChangePasswordForm):
    """The current password and a new one, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _named(self.fields["oldpassword"], "Current password", "Enter your current password")
        _named(self.fields["password1"], "New password", "Enter a new password", _HOW_TO_CHOOSE)
        _named(self.fields["password2"], "New password again", "Enter the new password again")


def _ask_for_code(form: forms.BaseForm, hint: str = _CODE_HINT) -> None:
    _named(form.fields["code"], "Code", "Enter the code", hint)
    form.fields["code"].widget.attrs.update({"autocomplete": "one-time-code", "inputmode": "numeric"})


class CodeForm(mfa_forms.AuthenticateForm):
    """The second factor at sign-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_code(self)


class CodeAgainForm(mfa_forms.ReauthenticateForm):
    """The second factor once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_code(self)


class AuthenticatorForm(totp_forms.ActivateTOTPForm):
    """The first code from a new authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_code(self, "The 6 figures that the app shows now")


class PasskeyForm(webauthn_forms.AddWebAuthnForm):
    """A passkey and what its owner calls it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _named(
            self.fields["name"], "Name for this passkey", "Enter a name for this passkey", "For example, work telephone"
        )
        if "passwordless" in self.fields:
            self.fields["passwordless"].label = "Sign in with this passkey alone, without a password"
            self.fields["passwordless"].help_text = ""

"""What somebody without an account can learn of what they sent: that it was received, or that it was read."""

from contextlib import suppress
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from sightline.people.hosted import hosted_partnerships
from sightline.people.service_accounts import NoServiceAccount
from sightline.processes.front_door.intake import as_intake, waits
from sightline.processes.front_door.receipts import Receipt, Said, said_of

from .limits import too_many_tries
from .public import page

HEADING = "See whether it has been read"


class ReceiptForm(forms.Form):
    """A reference and its code, however they are typed."""

    reference = forms.CharField(
        label="Reference",
        help_text="It looks like C-7F3K2P",
        max_length=20,
        error_messages={"required": "Enter your reference, like C-7F3K2P"},
    )
    code = forms.CharField(
        label="Receipt code",
        help_text="It looks like K2PD-9RWX",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Enter your receipt code, like K2PD-9RWX"},
    )


@csrf_exempt  # Changes nothing, and has to work for somebody who refuses cookies.
@require_http_methods(["GET", "HEAD", "POST"])
def status(request: HttpRequest) -> HttpResponse:
    """Asks for both, and says "Received", "Read and acted on", or that the two do not belong together."""
    if request.method != "POST":
        return page(request, "status", HEADING, form=ReceiptForm(auto_id="%s"))
    form = ReceiptForm(request.POST, auto_id="%s")
    shown: dict[str, Any] = {"form": form, "forms": (form,)}
    if form.is_valid():
        if too_many_tries(request):
            return page(request, "status", HEADING, **shown, too_many=True, status=429)
        shown |= {"asked": True, "said": _said(Receipt(form.cleaned_data["reference"], form.cleaned_data["code"]))}
    return page(request, "status", HEADING, **shown)


def _said(receipt: Receipt) -> Said | None:
    """Asks every partnership hosted here, whatever the first of them says."""
    found = [Said.RECEIVED] if waits(receipt.digest) else []
    for partnership in hosted_partnerships():
        with suppress(NoServiceAccount), as_intake(partnership) as intake:
            said = said_of(receipt, intake)
            found += [said] if said else []
    return found[-1] if found else None

"""Where a request comes from."""

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The sender's network address: in production the one that our own proxy adds, which nobody else can."""
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")[-1].strip()
    if settings.SECURE_PROXY_SSL_HEADER and forwarded:
        return forwarded
    return str(request.META.get("REMOTE_ADDR", ""))

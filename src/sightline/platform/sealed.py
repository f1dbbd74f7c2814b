"""Data that leaves our memory and comes back: compressed, encrypted and proved to be our own.

Fernet (AES-128-CBC with HMAC-SHA-256) under keys derived from the installation's secret key, one for each purpose, so
that what was sealed for one use is refused in another. Former keys in `SECRET_KEY_FALLBACKS` open what they sealed.
"""

import base64
import hashlib
import hmac
import json
import zlib
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

LARGEST = 8_000_000
"""Bytes that sealed data may unpack to: a few kilobytes can claim to be far more."""


class NotOurs(ValueError):
    """The data was not sealed here for this purpose, or was changed since."""


def seal(content: Any, purpose: str) -> str:
    """JSON content as text that only this installation can read."""
    packed = zlib.compress(json.dumps(content, ensure_ascii=False).encode(), 6)
    return _keys(purpose, _secrets()).encrypt(packed).decode("ascii")


def unseal(text: str, purpose: str) -> Any:
    """What was sealed. Raises NotOurs."""
    try:
        packed = _keys(purpose, _secrets()).decrypt(text.encode("ascii"))
        unpacker = zlib.decompressobj()
        content = unpacker.decompress(packed, LARGEST)
    except (InvalidToken, UnicodeEncodeError, zlib.error) as fault:
        raise NotOurs("This was not sealed here, or was changed since.") from fault
    if unpacker.unconsumed_tail:
        raise NotOurs("This unpacks to more than is allowed.")
    return json.loads(content)


def keyed_digest(text: str, purpose: str) -> str:
    """64 hexadecimal figures that nobody without the secret key can work out from the text, or the text from them."""
    return hmac.new(_derived(_secrets()[0], purpose), text.encode(), hashlib.sha256).hexdigest()


def _secrets() -> tuple[str, ...]:
    return (settings.SECRET_KEY, *(str(former) for former in settings.SECRET_KEY_FALLBACKS))


def _derived(secret: str, purpose: str) -> bytes:
    return hmac.new(secret.encode(), f"sightline.sealed:{purpose}".encode(), hashlib.sha256).digest()


@lru_cache(maxsize=32)
def _keys(purpose: str, secrets: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derived(secret, purpose))) for secret in secrets])

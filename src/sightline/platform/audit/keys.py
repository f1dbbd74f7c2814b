"""The sealer's key pair (Ed25519): the private key in a file of the sealer's own, the public ones beside it.

Neither the database nor the site's process needs the private key, and in production neither can read it: the sealer
runs as an account of its own.
"""

import os
import stat
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from sightline.platform.settings.environment import Environment


class KeyRefused(RuntimeError):
    """There is no key, or others than its owner can read it; the message says how to mend it."""


def key_file(environment: Environment) -> Path:
    """Where the private key is: `SIGHTLINE_SEALING_KEY`, else in `SIGHTLINE_HOME`."""
    return environment.sightline_sealing_key or environment.home / "sealing" / "key.pem"


def make_key(path: Path) -> str:
    """Make a key pair where there is none; gives the public key, in hexadecimal. Raises FileExistsError."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = Ed25519PrivateKey.generate()
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    public = public_key(key)
    with open(_public_file(path), "a", encoding="ascii") as published:
        published.write(public + "\n")
    return public


def check_private(path: Path) -> None:
    """The key is there and its owner alone can read it; whoever may not even look need not. Raises `KeyRefused`."""
    try:
        mode = path.stat().st_mode
    except PermissionError:
        return
    except OSError as missing:
        raise KeyRefused(
            f"The sealer's key {path} is missing ({missing.strerror}). As the sealer's own account run: "
            "sightline audit key --make; or let SIGHTLINE_SEALING_KEY name the file."
        ) from missing
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise KeyRefused(f"Others than its owner can read the sealer's key. Run: chmod 600 {path}")


def private_key(path: Path) -> Ed25519PrivateKey:
    """The key that heads are signed with. Raises `KeyRefused`."""
    check_private(path)
    try:
        key = load_pem_private_key(path.read_bytes(), None)
    except OSError as closed:
        raise KeyRefused(
            f"{path} cannot be read ({closed.strerror}). Run this as the sealer's own account."
        ) from closed
    except (TypeError, ValueError) as wrong:
        raise KeyRefused(f"{path} is not a private key. Bring the right file back, or make a new key.") from wrong
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyRefused(f"{path} is a key of another kind than Ed25519. Bring the right file back, or make a new key.")
    return key


def public_key(key: Ed25519PrivateKey) -> str:
    """The public half, 64 hexadecimal figures."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def published_keys(path: Path) -> list[str]:
    """The public keys beside the private key file, the oldest first: former ones still vouch for what they signed."""
    file = _public_file(path)
    return file.read_text(encoding="ascii").split() if file.exists() else []


def _public_file(path: Path) -> Path:
    return path.with_name(path.name + ".pub")

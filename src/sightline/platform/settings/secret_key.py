"""The key that signs sessions: given by the environment, or kept in a private file by a demonstration."""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path

from sightline.platform.settings.environment import Environment


class NoSecretKey(RuntimeError):
    """A production site was started without `SIGHTLINE_SECRET_KEY`."""


def secret_key(environment: Environment) -> str:
    """The signing key. A demonstration makes its own, once, in `SIGHTLINE_HOME/secret-key`.

    Raises `NoSecretKey` in production, where several servers must share one key that an operator keeps.
    """
    if environment.sightline_secret_key:
        return environment.sightline_secret_key
    if environment.production:
        raise NoSecretKey(
            "SIGHTLINE_SECRET_KEY is not set. Production needs one: at least 50 random characters, the same on every "
            "server. Make one with: python -c 'import secrets; print(secrets.token_urlsafe(50))'"
        )
    path = environment.home / "secret-key"
    if not path.exists():
        _keep(secrets.token_urlsafe(50), path)
    return path.read_text(encoding="ascii")


def _keep(key: str, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key)
    # A link appears whole or not at all, so two processes that start together end with the same key.
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    os.unlink(draft)

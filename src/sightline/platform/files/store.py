"""Where the contents of files lie: a folder that only the service can read, each file under the hash of its bytes.

`quarantine` holds originals, which are never handed out; `safe` holds the copies that are.
"""

import hashlib
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from django.conf import settings

QUARANTINE, SAFE, INCOMING = "quarantine", "safe", "incoming"


class FileMissing(RuntimeError):
    """The stored bytes are not there, or are not those that were stored."""


@dataclass(frozen=True)
class Stored:
    """`sha256` in hexadecimal, and how many bytes."""

    sha256: str
    size: int


def incoming() -> Path:
    """A path for something that is being written; whoever asks moves it by `keep`, or deletes it."""
    return _folder(INCOMING) / uuid4().hex


def receive(chunks: Iterable[bytes], most: int) -> Path:
    """Write what comes in, stopping just after `most` bytes; the path is the caller's to keep or delete."""
    path, written = incoming(), 0
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        for chunk in chunks:
            opened.write(chunk)
            written += len(chunk)
            if written > most:
                break
        opened.flush()
        os.fsync(opened.fileno())
    return path


def keep(path: Path, where: str) -> Stored:
    """Move a file of `incoming` to its place by hash. The same bytes are kept once."""
    stored = described(path)
    place = _place(where, stored.sha256)
    path.chmod(0o600)
    os.replace(path, place)
    return stored


def described(path: Path) -> Stored:
    """The hash and size of a file."""
    with path.open("rb") as opened:
        return Stored(hashlib.file_digest(opened, "sha256").hexdigest(), os.fstat(opened.fileno()).st_size)


def original(sha256: str) -> Path:
    """Where an original lies. Raises FileMissing."""
    path = _place(QUARANTINE, sha256)
    if not path.is_file():
        raise FileMissing("The original is not in the store of files.")
    return path


def safe_content(sha256: str) -> bytes:
    """The bytes of a safe copy, proved to be those that were kept. Raises FileMissing."""
    with suppress(OSError):
        content = _place(SAFE, sha256).read_bytes()
        if hashlib.sha256(content).hexdigest() == sha256:
            return content
    raise FileMissing("The safe copy is not in the store of files as it was kept.")


def _place(where: str, sha256: str) -> Path:
    return _folder(where, sha256[:2]) / sha256


def _folder(*names: str) -> Path:
    folder = Path(settings.SIGHTLINE_HOME) / "files"
    for name in ("", *names):
        folder = folder / name
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder

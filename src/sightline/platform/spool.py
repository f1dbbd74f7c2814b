"""A folder where something is kept safe until the database can take it: sealed, private to this user, and on disk.

An entry is written whole or not at all, and is on the disk before `put` returns.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sightline.platform import calendar, sealed

_ENDING = ".sealed"


@dataclass(frozen=True)
class Spool:
    """The entries of one kind under a folder. Each has a mark: words for a file name by which it is found again."""

    folder: Path
    purpose: str

    def put(self, content: Any, mark: str, at: datetime | None = None) -> Path:
        """Keep JSON content. Raises OSError where it cannot be brought onto the disk; nothing is then kept."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        moment = (at or calendar.now()).astimezone(UTC).strftime("%Y%m%dT%H%M%S%f")
        path = self.folder / f"{moment}_{mark}{_ENDING}"
        draft = path.with_suffix(f".{os.getpid()}.draft")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(sealed.seal(content, self.purpose))
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        self._keep_names()
        return path

    def waiting(self) -> list[Path]:
        """Every entry, oldest first."""
        return sorted(self.folder.glob(f"*{_ENDING}"))

    def marked(self, mark: str) -> Iterator[Path]:
        """The entries whose mark contains these words."""
        return (path for path in self.waiting() if mark in path.name)

    def read(self, path: Path) -> Any:
        """The content of an entry. Raises sealed.NotOurs or OSError."""
        return sealed.unseal(path.read_text(encoding="ascii"), self.purpose)

    def done(self, path: Path) -> None:
        """Forget an entry that has been taken over."""
        path.unlink(missing_ok=True)

    def _keep_names(self) -> None:
        # The file is on the disk; its name is too only once the folder is.
        descriptor = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

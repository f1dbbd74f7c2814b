"""The second place where audit rows go: a file beside the database that only grows, on the disk before the answer.

It lets a lost or changed database be compared with what the site wrote. One line of JSON a row; what was searched for
stands in it as a keyed digest, for a name in a file cannot be taken out again. A partnership's log shipper may follow
the files. Where a line cannot be kept the row in the database still counts, and the fault is logged and shown by
`sightline doctor`.
"""

import json
import logging
import os
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from sightline.platform import sealed

_log = logging.getLogger(__name__)
FAULT = "could-not-be-written"
"""The file beside the others that says that a line was lost; whoever has mended the disk removes it."""


def line(at: datetime, columns: dict[str, Any]) -> dict[str, Any]:
    """The line of a row's columns: nothing in it says what was searched for."""
    detail = {**columns["detail"]}
    if "terms" in detail:
        detail["terms"] = sealed.keyed_digest(json.dumps(detail["terms"], sort_keys=True, default=str), "audit terms")
    return {"at": at.isoformat(), **columns, "detail": detail}


def keep(lines: list[dict[str, Any]]) -> None:
    """Append lines to the month's file and bring them onto the disk together; clears the list."""
    folder: Path | None = settings.AUDIT_FOLDER
    if folder is None or not lines:
        lines.clear()
        return
    text = "".join(json.dumps(one, default=str, ensure_ascii=False) + "\n" for one in lines)
    month = lines[0]["at"][:7]
    lines.clear()
    try:
        _append(folder / f"{month}.jsonl", text.encode())
    except OSError:
        _log.exception("The audit's file in %s could not be written", folder)
        _say_so(folder)


def _append(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # One write to a file opened for appending: processes that write at once never mix their lines.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        if os.write(descriptor, content) != len(content):
            raise OSError(f"{path.name} took only a part of a line")
        os.fdatasync(descriptor)
    finally:
        os.close(descriptor)


def _say_so(folder: Path) -> None:
    try:
        (folder / FAULT).touch()
    except OSError:
        _log.warning("That it could not be written could not be noted either")

"""A copy that may be handed out, made by a program apart (`converting`), because files can break what reads them."""

import os
import subprocess
import sys
from pathlib import Path

from sightline.platform.files.converting import REFUSED
from sightline.platform.files.kinds import Kind
from sightline.platform.files.limits import limit
from sightline.platform.files.refusals import FileRefused


def safe_copy(kind: Kind, original: Path, safe: Path) -> None:
    """Write `safe` from `original`. Raises FileRefused; nothing is then left at `safe`."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "sightline.platform.files.converting", kind.key, str(original), str(safe)],
            capture_output=True,
            timeout=limit("seconds") + 5,
            check=False,
            env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"},
        )
    except subprocess.TimeoutExpired:
        done = None
    if done and done.returncode == 0 and safe.exists():
        return
    safe.unlink(missing_ok=True)
    said = done.stdout.decode("utf-8", errors="replace").splitlines() if done else []
    if done and done.returncode == REFUSED and len(said) == 2:
        raise FileRefused(*said)
    raise FileRefused(
        "broken",
        f"The {kind.label} is damaged, or too large to be checked. Open it, save it under a new name, and attach that.",
    )

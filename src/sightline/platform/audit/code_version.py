"""Which code wrote a row: the release and the commit, as they were when this process began.

A checkout is asked what it is at. A copy without its history has a file `commit.txt` beside the package instead, which
whoever sets the site up writes there: `git rev-parse --short=12 HEAD > src/sightline/commit.txt`.
"""

import os
import re
import subprocess
from pathlib import Path

import sightline

PACKAGE = Path(sightline.__file__).parent
UNKNOWN = "unknown"
_COMMIT = re.compile(r"[0-9a-f]{7,20}(-dirty)?")


def code_version(package: Path = PACKAGE) -> str:
    """Such as "0.1.0+4afe57f1c2d3"; with ".dirty" where files differ from the commit; "0.1.0+unknown" without one."""
    said = _asked(package.parents[1]) or _written(package / "commit.txt")
    commit = said if _COMMIT.fullmatch(said) else UNKNOWN
    return f"{sightline.__version__}+{commit.replace('-', '.')}"


def _asked(checkout: Path) -> str:
    if not (checkout / ".git").exists():
        return ""
    words = ["git", "-C", str(checkout), "describe", "--always", "--exclude=*", "--dirty", "--abbrev=12"]
    try:
        # Asking must not write: the site may run as somebody who only reads the checkout.
        quiet = {**os.environ, "GIT_OPTIONAL_LOCKS": "0"}
        done = subprocess.run(words, capture_output=True, text=True, timeout=5, check=False, env=quiet)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip()


def _written(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""


CODE_VERSION = code_version()

"""A program by itself: `python -m sightline.platform.files.converting KIND ORIGINAL SAFE`.

It reads what somebody else made, so it runs apart from the site, with little memory and time and none of its secrets.
Exit 0: written. 3: refused, the rule and the words on two lines of standard output. Anything else: not readable.
"""

import resource
import sys
from pathlib import Path

from sightline.platform.files.limits import in_bytes, limit
from sightline.platform.files.refusals import FileRefused

REFUSED = 3


def convert(kind: str, original: Path, safe: Path) -> None:
    """Write the safe copy of a file of this kind. Raises FileRefused, or whatever its reader raises."""
    if kind == "pdf":
        from sightline.platform.files.pdf_files import write_safe_pdf

        write_safe_pdf(original, safe)
    elif kind in ("jpg", "png"):
        from sightline.platform.files.pictures import write_safe_picture

        write_safe_picture(kind, original, safe)
    elif kind == "txt":
        from sightline.platform.files.text_files import write_safe_text

        write_safe_text(original, safe)
    else:
        from sightline.platform.files.office_files import write_safe_package

        write_safe_package(original, safe)


def _keep_small() -> None:
    memory, seconds = in_bytes("memory_mb"), limit("seconds")
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (in_bytes("unpacked_mb"), in_bytes("unpacked_mb")))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(kind: str, original: str, safe: str) -> int:
    """See the top of this file."""
    _keep_small()
    try:
        convert(kind, Path(original), Path(safe))
    except FileRefused as refused:
        print(refused.code)
        print(refused.words)
        return REFUSED
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))

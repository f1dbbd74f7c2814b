"""Plain text written again as UTF-8, whatever it came as."""

import codecs
from pathlib import Path


def write_safe_text(original: Path, safe: Path) -> None:
    """Text as UTF-8; what is neither UTF-8 nor UTF-16 is read as Windows reads it."""
    content = original.read_bytes()
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = content.decode("utf-16")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", errors="replace")
    safe.write_bytes(text.encode("utf-8"))

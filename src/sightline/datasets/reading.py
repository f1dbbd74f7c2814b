"""Is this file a CSV at all, and what are its rows? Reads a row at a time."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sightline.datasets.faults import UnreadableFile

AS_CSV = "Save it as “CSV UTF-8 (comma delimited)” and send that."

NOT_CSV = (
    (b"PK\x03\x04", "a workbook, a Word document or another zipped file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word document"),
    (b"%PDF", "a PDF"),
    (b"\xff\xfe", "text in UTF-16, which Excel calls “Unicode text”"),
    (b"\xfe\xff", "text in UTF-16, which Excel calls “Unicode text”"),
    (b"\x1f\x8b", "a compressed file"),
    (b"{\\rtf", "a rich text document"),
)
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
SNIFFED_BYTES = 4096
CHUNK = 1 << 20


def fingerprint(path: Path) -> str:
    """The SHA-256 of the file's bytes. Raises UnreadableFile if there is no such file to read."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as opened:
            start = opened.read(SNIFFED_BYTES)
            _refuse_what_is_not_text(start)
            digest.update(start)
            while chunk := opened.read(CHUNK):
                _refuse_nul(chunk)
                digest.update(chunk)
    except OSError as problem:
        raise UnreadableFile(f"The file cannot be opened: {problem.strerror}. Check its name and folder.") from problem
    return digest.hexdigest()


def digest(path: Path) -> str:
    """The SHA-256 of the bytes of a file that need not be text. Raises UnreadableFile if it cannot be read."""
    try:
        with path.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError as problem:
        raise UnreadableFile(f"The file cannot be opened: {problem.strerror}. Check its name and folder.") from problem


def _refuse_what_is_not_text(start: bytes) -> None:
    """`start` is the first few kilobytes. Raises UnreadableFile naming what the file is instead."""
    if not start.removeprefix(BYTE_ORDER_MARK).strip():
        raise UnreadableFile("The file is empty. Send the file that holds the figures.", "file.empty")
    for magic, what in NOT_CSV:
        if start.startswith(magic):
            raise UnreadableFile(f"The file is not a CSV: it is {what}. {AS_CSV}", "file.not_csv")
    if start.removeprefix(BYTE_ORDER_MARK).lstrip().startswith(b"<"):
        raise UnreadableFile(f"The file is not a CSV: it is a web page or XML. {AS_CSV}", "file.not_csv")
    _refuse_nul(start)


def _refuse_nul(chunk: bytes) -> None:
    if b"\x00" in chunk:
        raise UnreadableFile(f"The file is not text: it has empty (NUL) characters in it. {AS_CSV}", "file.not_text")


@contextmanager
def rows_of(path: Path) -> Iterator[Iterator[list[str]]]:
    """The rows of a CSV, the header first, a blank line as an empty list.

    Raises UnreadableFile, naming the row, where the text is not UTF-8 or a quotation mark is never closed.
    """
    with path.open(encoding="utf-8-sig", newline="") as opened:
        yield _named(csv.reader(opened, strict=True))


def _named(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    row = 0
    while True:
        row += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except UnicodeDecodeError as problem:
            # The decoder works a block ahead of the rows, so the row it stopped in is not known exactly.
            raise UnreadableFile(
                f"The text after row {row - 1} is not in UTF-8: letters with accents would be lost. {AS_CSV}",
                "file.not_utf8",
            ) from problem
        except csv.Error as problem:
            raise UnreadableFile(
                f"Row {row} cannot be read as CSV ({problem}). "
                "Look for a quotation mark that is opened and never closed.",
                "file.broken_row",
            ) from problem
        yield cells

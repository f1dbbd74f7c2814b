"""A census file as a stream of tags: refused at once when it is too large, hostile, cut short or not XML at all.

Read in pieces and never whole. Nothing that could make a small file large or reach another file is ever expanded:
a document type declaration, which alone can declare entities, ends the reading.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn
from xml.parsers import expat

from sightline.datasets.cin_census.heading import Enough
from sightline.datasets.cin_census.reading import Reading
from sightline.datasets.faults import UnreadableFile
from sightline.datasets.reading import BYTE_ORDER_MARK, NOT_CSV
from sightline.platform.settings.file_size import largest_file_mb

PIECE = 1 << 16
LONGEST_TAG = 1 << 20
"""Bytes. The parser must hold a whole tag or comment in memory, and none of a census comes near this."""

UTF_16 = (b"\xff\xfe<\x00", b"\xfe\xff\x00<")
MEGABYTE = 1_000_000
AS_UTF_8 = "Write it again in UTF-8, and send that."
MEND = "Write the file again from your system, and send that."


def _codes(*messages: str) -> frozenset[int]:
    return frozenset(expat.errors.codes[message] for message in messages)


CUT_SHORT = _codes(
    expat.errors.XML_ERROR_NO_ELEMENTS,
    expat.errors.XML_ERROR_UNCLOSED_TOKEN,
    expat.errors.XML_ERROR_PARTIAL_CHAR,
    expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
)
WRONG_ENCODING = _codes(expat.errors.XML_ERROR_UNKNOWN_ENCODING, expat.errors.XML_ERROR_INCORRECT_ENCODING)
BROKEN_CHARACTER = _codes(expat.errors.XML_ERROR_INVALID_TOKEN)


def stream(path: Path, reading: Reading) -> str:
    """Send every tag and text of the file to `reading`, and give the SHA-256 of its bytes. Raises UnreadableFile."""
    digest = hashlib.sha256()
    parser = _parser(reading)
    given_up, fed, reached = False, 0, 0
    for piece in _pieces(path):
        digest.update(piece)
        fed += len(piece)
        if given_up:
            continue
        given_up = _feed(parser, piece, fed, last=False)
        reached = max(reached, parser.CurrentByteIndex)
        if fed - reached > LONGEST_TAG and not given_up:
            raise UnreadableFile(f"A single tag is longer than {LONGEST_TAG:,} bytes. {MEND}", "file.long_tag")
    if not given_up:
        _feed(parser, b"", fed, last=True)
    reading.finish()
    return digest.hexdigest()


def _pieces(path: Path) -> Iterator[bytes]:
    try:
        largest = largest_file_mb()
    except ValueError as setting:
        raise UnreadableFile(str(setting), "file.limit") from setting
    read = 0
    try:
        if path.stat().st_size > largest * MEGABYTE:
            _too_large(largest)
        with path.open("rb") as opened:
            while piece := opened.read(PIECE):
                if not read:
                    _refuse_what_is_not_xml(piece)
                read += len(piece)
                if read > largest * MEGABYTE:
                    _too_large(largest)
                yield piece
    except OSError as problem:
        raise UnreadableFile(f"The file cannot be opened: {problem.strerror}. Check its name and folder.") from problem
    if not read:
        raise UnreadableFile("The file is empty. Send the file that holds the census.", "file.empty")


def _too_large(largest: int) -> NoReturn:
    raise UnreadableFile(
        f"The file is larger than {largest} MB, which is the most that we read. Check which file it is. "
        "Whoever runs Sightline can raise SIGHTLINE_LARGEST_FILE_MB.",
        "file.too_large",
    )


def _refuse_what_is_not_xml(start: bytes) -> None:
    """`start` is the first piece. Raises UnreadableFile, saying what the file is instead where that shows."""
    text = start.removeprefix(BYTE_ORDER_MARK).lstrip()
    if text.startswith(b"<") or start.startswith(UTF_16):
        return
    if not text:
        raise UnreadableFile("The file is empty. Send the file that holds the census.", "file.empty")
    what = next((what for magic, what in NOT_CSV if start.startswith(magic)), "")
    if not what and b"," in text.partition(b"\n")[0]:
        what = "a table of text (CSV), whatever its name says"
    raise UnreadableFile(
        f"The file is not XML{f': it is {what}' if what else ''}. Send the XML file of the census.", "file.not_xml"
    )


def _parser(reading: Reading) -> Any:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.characters
    parser.StartDoctypeDeclHandler = _refuse_declaration
    return parser


def _refuse_declaration(*declared: object) -> NoReturn:
    raise UnreadableFile(
        "The file has a document type declaration (<!DOCTYPE …>), with which a file can be made to swell or to read "
        f"other files. A census has none, so nothing of it was read. {MEND}",
        "file.declares_entities",
    )


def _feed(parser: Any, piece: bytes, fed: int, *, last: bool) -> bool:
    """Parse a piece, the last of the `fed` bytes so far, and say whether the reading has been given up.

    Raises UnreadableFile naming the line where the XML breaks.
    """
    try:
        parser.Parse(piece, last)
    except Enough:
        return True
    except expat.ExpatError as broken:
        raise _broken(broken, parser, fed, piece) from broken
    except (LookupError, ValueError) as encoding:  # an encoding that Python does not know, or of several bytes
        raise UnreadableFile(
            f"The file says that it is in an encoding that we cannot read. {AS_UTF_8}", "file.encoding"
        ) from encoding
    return False


def _broken(error: expat.ExpatError, parser: Any, fed: int, piece: bytes) -> UnreadableFile:
    line = f"Line {error.lineno}"
    if error.code in CUT_SHORT:
        return UnreadableFile(
            f"The file stops at line {error.lineno} with an element still open: it may have been cut short. {MEND}",
            "file.cut_short",
        )
    if error.code in WRONG_ENCODING:
        return UnreadableFile(
            f"{line}: the file is not in the encoding that it says it is in. {AS_UTF_8}", "file.encoding"
        )
    at = parser.ErrorByteIndex - (fed - len(piece))
    if error.code in BROKEN_CHARACTER and 0 <= at < len(piece) and piece[at] >= 0x80:
        return UnreadableFile(
            f"{line}: a letter there is not in the encoding of the file, so that it would be lost. {AS_UTF_8}",
            "file.encoding",
        )
    return UnreadableFile(
        f"{line}, column {error.offset + 1}: the XML is broken there ({expat.ErrorString(error.code)}). {MEND}",
        "file.broken_xml",
    )

"""What is this file? Its name, its size and its first bytes have to agree on a kind that is taken."""

import struct
import zipfile
from pathlib import Path, PurePath

from sightline.platform.files.kinds import KINDS, ZIP, Kind, kinds_in_words
from sightline.platform.files.limits import MEGABYTE, in_bytes, limit
from sightline.platform.files.refusals import FileRefused

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"MSCF")
_OTHER_PICTURES = (b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF")
_ARCHIVE_ENDINGS = (".zip", ".rar", ".7z", ".gz", ".tgz", ".bz2", ".xz", ".tar", ".cab", ".iso", ".jar")
_WITH_MACROS = (".docm", ".dotm", ".xlsm", ".xltm", ".xlsb", ".pptm")


def recognised(path: Path, name: str) -> Kind:
    """The kind of the file that was given as `name`. Raises FileRefused."""
    _size(path)
    with path.open("rb") as opened:
        begins = opened.read(16)
    ending = PurePath(name).suffix.lower()
    named = next((kind for kind in KINDS if ending in kind.endings), None)
    if named is None:
        raise _not_taken(ending, begins)
    found = _by_contents(path, begins)
    if found is None or found.key != named.key:
        raise _disagrees(named, found, begins)
    return found


def too_large(size: int) -> FileRefused:
    """For a file of so many bytes, or a request that says it holds so many."""
    most = limit("largest_mb")
    return FileRefused(
        "size",
        f"The file is {max(size / MEGABYTE, 0.1):,.1f} MB. The largest that can be attached is {most} MB. "
        "Make it smaller, or attach it in parts.",
    )


def _size(path: Path) -> None:
    size = path.stat().st_size
    if size == 0:
        raise FileRefused(
            "empty", "The file is empty. Choose the file again, and check that it opens on your computer."
        )
    if size > in_bytes("largest_mb"):
        raise too_large(size)


def _by_contents(path: Path, begins: bytes) -> Kind | None:
    if begins.startswith(ZIP):
        names = _entries(path)
        return next((kind for kind in KINDS if kind.parts and set(kind.parts) <= names), None)
    for kind in KINDS:
        if not kind.parts and begins.startswith(kind.begins or (b"\x00never",)):
            return kind
    known = (_OLE, *_PROGRAMS, *_ARCHIVES, *_OTHER_PICTURES)
    if begins.startswith(known) or not _is_text(path):
        return None
    return next(kind for kind in KINDS if kind.key == "txt")


def _is_text(path: Path) -> bool:
    content = path.read_bytes()
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return not any(control in content for control in (b"\x00", b"\x1b", b"\x08"))


def _entries(path: Path) -> set[str]:
    """Names within a package, once its own list says that it is within the limits. Nothing is unpacked."""
    try:
        with zipfile.ZipFile(path) as package:
            listed = package.infolist()
    except (zipfile.BadZipFile, struct.error, OSError, ValueError, NotImplementedError) as broken:
        raise _broken() from broken
    unpacked = sum(entry.file_size for entry in listed)
    packed = max(sum(entry.compress_size for entry in listed), 1)
    if (
        len(listed) > limit("entries")
        or unpacked > in_bytes("unpacked_mb")
        or (unpacked > MEGABYTE and unpacked / packed > limit("times_packed"))
    ):
        raise FileRefused(
            "unpacks too large",
            "The file unpacks to far more than it should, which can stop a computer. "
            "Open it, save it under a new name, and attach that.",
        )
    if any(entry.flag_bits & 1 for entry in listed):
        raise locked()
    return {entry.filename for entry in listed}


def _not_taken(ending: str, begins: bytes) -> FileRefused:
    if ending in _WITH_MACROS:
        return FileRefused(
            "macros",
            f"Files that can hold macros ({ending}) are not taken, because macros can carry viruses. "
            "Save it as .docx, .xlsx or PDF and attach that.",
        )
    if ending in _ARCHIVE_ENDINGS or begins.startswith((*_ARCHIVES, ZIP)):
        return FileRefused(
            "archive", "Files that hold other files are not taken. Unpack it and attach each document by itself."
        )
    if begins.startswith(_OLE):
        return _old_office()
    called = f"Files that end in {ending}" if ending else "Files whose names have no ending"
    return FileRefused("kind", f"{called} are not taken. Save it as {kinds_in_words()} and attach that.")


def _disagrees(named: Kind, found: Kind | None, begins: bytes) -> FileRefused:
    if begins.startswith(_OLE):
        return _old_office()
    is_really = f"it is really a {found.label}" if found else f"its contents are not those of a {named.label}"
    return FileRefused(
        "contents",
        f"The file's name ends in {named.endings[0]}, but {is_really}. "
        "Open it in the program that it was made with, save it again, and attach that.",
    )


def _old_office() -> FileRefused:
    return FileRefused(
        "old office file",
        "The file is in an old Office format, or is locked with a password. "
        "Open it, save it as .docx, .xlsx or PDF without a password, and attach that.",
    )


def locked() -> FileRefused:
    """For a file that needs a password."""
    return FileRefused(
        "password",
        "The file is locked with a password, so we cannot check it. Save a copy without the password and attach that.",
    )


def _broken() -> FileRefused:
    return FileRefused(
        "broken", "The file is damaged and cannot be read. Check that it opens on your computer, then attach it again."
    )

"""A PDF without anything that acts: scripts, launches, forms that send, players and files within are taken out."""

from pathlib import Path
from typing import Any

import pikepdf

from sightline.platform.files.recognising import locked

_KEYS = frozenset(
    f"/{name}"
    for name in (
        *("OpenAction", "AA", "JS", "JavaScript", "XFA", "EmbeddedFiles", "EmbeddedFile", "EF", "AF", "Collection"),
        *("RichMediaContent", "RichMediaSettings", "PieceInfo", "Metadata", "Perms", "NeedsRendering"),
    )
)
_ACTIONS = frozenset(
    f"/{name}"
    for name in (
        *("JavaScript", "Launch", "SubmitForm", "ImportData", "ResetForm", "GoToR", "GoToE", "GoTo3DView"),
        *("Rendition", "Movie", "Sound", "RichMediaExecute", "SetOCGState", "Trans"),
    )
)
_ANNOTATIONS = frozenset(f"/{name}" for name in ("RichMedia", "FileAttachment", "Movie", "Sound", "Screen", "3D"))
_DEEPEST = 200


def write_safe_pdf(original: Path, safe: Path) -> None:
    """Raises FileRefused for a locked file, and pikepdf's own errors for a damaged one."""
    try:
        opened = pikepdf.open(original)
    except pikepdf.PasswordError as asked:
        raise locked() from asked
    with opened as pdf:
        if pdf.is_encrypted:
            raise locked()
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        for thing in pdf.objects:
            _strip(thing, 0)
        if not len(pdf.pages):
            raise ValueError("no page")
        pdf.save(safe, object_stream_mode=pikepdf.ObjectStreamMode.disable, deterministic_id=True)


def _strip(thing: Any, depth: int) -> None:
    """Take the unwanted out of one object and those that lie directly in it; the file lists every other object."""
    if depth > _DEEPEST:
        raise ValueError("nested too deep")
    if isinstance(thing, pikepdf.Array):
        for at in range(len(thing) - 1, -1, -1):
            if _unwanted(thing[at]):
                del thing[at]
            elif not _indirect(thing[at]):
                _strip(thing[at], depth + 1)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for key in list(thing.keys()):
            if key in _KEYS or _unwanted(thing[key]):
                del thing[key]
            elif not _indirect(thing[key]):
                _strip(thing[key], depth + 1)


def _indirect(thing: Any) -> bool:
    return isinstance(thing, pikepdf.Object) and thing.is_indirect


def _unwanted(thing: Any) -> bool:
    """Whether it is an action that does more than turn to a page or a web address, or plays or carries something."""
    if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        return False
    action, kind = thing.get("/S"), thing.get("/Subtype")
    is_file = thing.get("/Type") in ("/Filespec", "/EmbeddedFile")
    return is_file or _named(action) in _ACTIONS or _named(kind) in _ANNOTATIONS


def _named(thing: Any) -> str:
    return str(thing) if isinstance(thing, pikepdf.Name) else ""

"""Which kinds of file may be attached. What is not named here is refused, whatever it is called."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of file: the endings of its names, its first bytes, and the type that it is sent back as.

    parts: names that must be among a package's entries, for those kinds that are packages (zip files).
    """

    key: str
    label: str
    endings: tuple[str, ...]
    content_type: str
    begins: tuple[bytes, ...] = ()
    parts: tuple[str, ...] = ()


ZIP = b"PK\x03\x04"
_OFFICE = "application/vnd.openxmlformats-officedocument."

KINDS = (
    Kind("pdf", "PDF", (".pdf",), "application/pdf", (b"%PDF-",)),
    Kind("jpg", "JPEG picture", (".jpg", ".jpeg"), "image/jpeg", (b"\xff\xd8\xff",)),
    Kind("png", "PNG picture", (".png",), "image/png", (b"\x89PNG\r\n\x1a\n",)),
    Kind(
        *("docx", "Word document", (".docx",), f"{_OFFICE}wordprocessingml.document", (ZIP,)),
        parts=("[Content_Types].xml", "word/document.xml"),
    ),
    Kind(
        *("xlsx", "Excel workbook", (".xlsx",), f"{_OFFICE}spreadsheetml.sheet", (ZIP,)),
        parts=("[Content_Types].xml", "xl/workbook.xml"),
    ),
    Kind(
        *("odt", "OpenDocument text", (".odt",), "application/vnd.oasis.opendocument.text", (ZIP,)),
        parts=("mimetype", "content.xml"),
    ),
    Kind("txt", "plain text", (".txt",), "text/plain; charset=utf-8"),
)


def kind_named(key: str) -> Kind:
    """Raises LookupError for a kind that is not taken."""
    for kind in KINDS:
        if kind.key == key:
            return kind
    raise LookupError(f"{key!r} is not a kind of file that is taken.")


def kinds_in_words() -> str:
    """Every kind by its label and its usual ending, for a page."""
    said = [f"{kind.label} ({kind.endings[0]})" for kind in KINDS]
    return f"{', '.join(said[:-1])} or {said[-1]}"

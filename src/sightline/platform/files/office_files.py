"""An Office or OpenDocument package written afresh, entry by entry; one that acts or fetches is refused.

Scripts cannot be taken out of such a package without the risk of breaking what somebody wrote, so the person is asked
to save it without them.
"""

import re
import zipfile
from pathlib import Path

from sightline.platform.files.office_xml import looks_like_xml, refuse_active_xml, refused

_MACROS = re.compile(r"(^|/)(vba|macrosheets|activex|ctrlprops|basic/|scripts/|intlMacrosheets)", re.I)
_WITHIN = re.compile(r"(^|/)(embeddings|externallinks)/|^Object [0-9]|^ObjectReplacements/", re.I)
_ANOTHER_FILE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"MZ", b"\x7fELF", b"%PDF")
_XML = (".xml", ".rels", ".rdf", ".svg")
# What Word, Excel and Writer say of a file's author and history; each is left out or emptied.
_TELLS = {
    "docProps/core.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp='
    b'"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
    "docProps/app.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns='
    b'"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
    "docProps/custom.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns='
    b'"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>',
    "meta.xml": b'<?xml version="1.0" encoding="UTF-8"?><office:document-meta xmlns:office='
    b'"urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3"><office:meta/></office:document-meta>',
}


def write_safe_package(original: Path, safe: Path) -> None:
    """Raises FileRefused, or zipfile's own errors for a damaged one."""
    with zipfile.ZipFile(original) as given, zipfile.ZipFile(safe, "w", zipfile.ZIP_DEFLATED) as written:
        for entry in given.infolist():
            if entry.is_dir():
                continue
            content = given.read(entry)
            _refuse_unsafe(entry.filename, content)
            packing = zipfile.ZIP_STORED if entry.filename == "mimetype" else zipfile.ZIP_DEFLATED
            written.writestr(zipfile.ZipInfo(entry.filename), _TELLS.get(entry.filename, content), packing)


def _refuse_unsafe(name: str, content: bytes) -> None:
    if _MACROS.search(name):
        raise refused("macros", "The file holds macros, which can carry viruses", "without macros")
    if name.startswith("/") or "\\" in name or ".." in name.split("/") or name.lower().endswith(".piece"):
        raise refused("broken", "The file has a part with a name that is not allowed", "under a new name")
    if _WITHIN.search(name) or content.startswith(_ANOTHER_FILE):
        raise refused("file within", "The file holds another file within it, or links to one", "without it")
    # Writer leaves parts that are empty, which no parser takes for XML.
    if content and (name.lower().endswith(_XML) or looks_like_xml(content)):
        refuse_active_xml(name, content)

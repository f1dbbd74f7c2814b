"""The one writer of spreadsheets, CSV and XLSX: a cell is shown and never run."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
BYTE_ORDER_MARK = "\ufeff"
"""By which spreadsheets know that a CSV file is UTF-8."""
CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_SPACE = ("Zs", "Zl", "Zp", "Cf")
_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MADE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DATE = (1980, 1, 1, 0, 0, 0)

type Rows = Iterable[Sequence[object]]


def safe_cell(text: str) -> str:
    """The text, with an apostrophe before anything that a spreadsheet would take for a formula.

    What stands before it that nobody sees (spaces, marks of direction) does not hide it, nor does a wide "＝".
    """
    return f"'{text}" if _first_seen(text).startswith(FORMULA_STARTS) else text


def _first_seen(text: str) -> str:
    for letter in text:
        if unicodedata.category(letter) not in _SPACE and letter != "\x00":
            return unicodedata.normalize("NFKC", letter)
    return ""


def csv_file(columns: Sequence[str], rows: Rows, note: str = "", *, marked: bool = False) -> bytes:
    """A CSV file in UTF-8. `note` stands alone on the last line; `marked` puts a byte order mark first."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(map(_cell, columns))
    writer.writerows([_cell(value) for value in row] for row in rows)
    if note:
        writer.writerow([_cell(note)])
    return ((BYTE_ORDER_MARK if marked else "") + written.getvalue()).encode()


def _cell(value: object) -> object:
    """A number stays a number; anything else is text made harmless."""
    if value is None:
        return ""
    return value if isinstance(value, int | float) and not isinstance(value, bool) else safe_cell(str(value))


def xlsx_file(columns: Sequence[str], rows: Rows, note: str = "") -> bytes:
    """An XLSX workbook of one sheet in which every cell is typed as text, so that none can be a formula."""
    lines: list[Sequence[object]] = [columns, *rows, *([[note]] if note else [])]
    sheet = "".join(f"<row>{''.join(map(_typed_text, line))}</row>" for line in lines)
    parts = {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/book.xml" ContentType="{_MADE}.sheet.main+xml"/>'
            f'<Override PartName="/sheet.xml" ContentType="{_MADE}.worksheet+xml"/></Types>'
        ),
        "_rels/.rels": _relation(f"{_OFFICE}/officeDocument", "book.xml"),
        "book.xml": (
            f'<workbook xmlns="{_SPREADSHEET}" xmlns:r="{_OFFICE}"><sheets>'
            '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "_rels/book.xml.rels": _relation(f"{_OFFICE}/worksheet", "sheet.xml"),
        "sheet.xml": f'<worksheet xmlns="{_SPREADSHEET}"><sheetData>{sheet}</sheetData></worksheet>',
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
            book.writestr(zipfile.ZipInfo(name, _DATE), head + content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _typed_text(value: object) -> str:
    text = _NOT_IN_XML.sub(" ", safe_cell("" if value is None else str(value)))
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def _relation(kind: str, target: str) -> str:
    relation = f'<Relationship Id="rId1" Type="{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{relation}</Relationships>'

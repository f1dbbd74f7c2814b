"""A cell of a spreadsheet is shown and never run, whatever is in it, in CSV and in XLSX."""

import csv
import io
import re
import zipfile
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.outgoing.spreadsheet import csv_file, safe_cell, xlsx_file

RUNS = re.compile(r"^[\s\u200b\u200e\u200f\ufeff\x00]*[=+\-@\t\r\n|%\uff1d\uff0b\uff0d\uff20]")
PREFIXES = ("", " ", "\t", "\r", "\n", "\u00a0", "\u200b", "\ufeff", "\u200e", "\x00")
anything = st.builds(
    "".join,
    st.tuples(st.sampled_from(PREFIXES), st.sampled_from(("", "=", "+", "-", "@", "\uff1d", "|", "%")), st.text()),
)


@given(st.lists(anything, min_size=1, max_size=4))
def test_no_csv_cell_begins_as_a_formula_does(cells):
    text = csv_file(["a"] * len(cells), [cells], "=note").decode()
    for row in csv.reader(io.StringIO(text, newline="")):
        for cell in row:
            assert not RUNS.match(cell) or cell.startswith("'"), cell


@given(st.lists(anything, min_size=1, max_size=4))
def test_every_xlsx_cell_is_typed_as_text_and_the_file_is_well_formed(cells):
    book = zipfile.ZipFile(io.BytesIO(xlsx_file(["a"] * len(cells), [cells], "=note")))
    for name in book.namelist():
        ElementTree.fromstring(book.read(name))  # noqa: S314 - our own file
    sheet = book.read("sheet.xml").decode()
    assert "<f>" not in sheet
    assert set(re.findall(r"<c ([^>]*)>", sheet)) == {'t="inlineStr"'}


@pytest.mark.parametrize("text", ["Maya Dunne", "12 High Road", "50% of children", "a=b", "3.5", ""])
def test_what_no_spreadsheet_would_run_is_left_as_it_is(text):
    assert safe_cell(text) == text


def test_a_number_stays_a_number_and_nothing_stays_empty():
    assert csv_file(["a", "b", "c"], [[-5, None, "-5"]]).decode() == "a,b,c\r\n-5,,'-5\r\n"

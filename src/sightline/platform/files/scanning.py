"""The virus scanner: ClamAV's clamd, spoken to over its socket with INSTREAM, where the installation names one.

With a scanner named, a file that it has not passed is never handed out: a scanner that is away, slow or confused
leaves the file waiting.
"""

import socket
import struct
from pathlib import Path

from django.conf import settings

_CHUNK = 64 * 1024
_SECONDS = 20


class ScannerAway(RuntimeError):
    """The scanner did not answer, or not with a verdict. Ask again later."""


def scanner_named() -> bool:
    """Whether this installation has a virus scanner."""
    return bool(settings.SIGHTLINE_CLAMD)


def scan(path: Path) -> str:
    """The name of what was found, empty for a clean file or where no scanner is named. Raises ScannerAway."""
    if not scanner_named():
        return ""
    try:
        return _verdict(_ask(path, str(settings.SIGHTLINE_CLAMD)))
    except OSError as away:
        raise ScannerAway("The virus scanner does not answer.") from away


def _ask(path: Path, address: str) -> str:
    with _connected(address) as clamd, path.open("rb") as opened:
        clamd.sendall(b"zINSTREAM\0")
        while chunk := opened.read(_CHUNK):
            clamd.sendall(struct.pack("!L", len(chunk)) + chunk)
        clamd.sendall(struct.pack("!L", 0))
        answer = b""
        while not answer.endswith(b"\0") and (piece := clamd.recv(4096)):
            answer += piece
    return answer.rstrip(b"\0").decode("utf-8", errors="replace").strip()


def answers(address: str) -> bool:
    """Whether the scanner at this address is there and ready."""
    try:
        with _connected(address) as clamd:
            clamd.sendall(b"zPING\0")
            return clamd.recv(16).startswith(b"PONG")
    except OSError:
        return False


def _verdict(answer: str) -> str:
    said = answer.removeprefix("stream: ")
    if said == "OK":
        return ""
    if said.endswith(" FOUND"):
        return said.removesuffix(" FOUND")
    raise ScannerAway(f"The virus scanner gave no verdict: {answer[:80] or 'nothing'}.")


def _connected(address: str) -> socket.socket:
    """`/run/clamav/clamd.ctl`, or `host:3310`."""
    if address.startswith("/"):
        clamd = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        clamd.settimeout(_SECONDS)
        try:
            clamd.connect(address)
        except OSError:
            clamd.close()
            raise
        return clamd
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=_SECONDS)

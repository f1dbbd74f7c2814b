"""Files that are no census, or mean harm: refused with a sentence, in little memory, with nothing left behind."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from census import MESSAGE, command, written

MOST_MEMORY_MB = 80  # far less than the 300 allowed, since these files are far smaller than the largest
BOMB = """<?xml version="1.0"?>
<!DOCTYPE Message [
  <!ENTITY a "ha">
  <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
  <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
  <!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">
]>
<Message><Header>&d;</Header></Message>"""
OUTSIDE = """<?xml version="1.0"?>
<!DOCTYPE Message [<!ENTITY other SYSTEM "file:///etc/hostname">]>
<Message><Header>&other;</Header></Message>"""
ELSEWHERE = '<?xml version="1.0"?><!DOCTYPE Message SYSTEM "http://127.0.0.1:1/census.dtd"><Message/>'


@pytest.mark.parametrize(
    ("content", "rule", "says"),
    [
        (b"", "file.empty", "empty"),
        (b"\n \n", "file.empty", "empty"),
        (b"LAchildID,Sex\nAV1,F\n", "file.not_xml", "CSV"),
        (b"PK\x03\x04rest", "file.not_xml", "workbook"),
        (b"no tags here", "file.not_xml", "not XML"),
        (b"<html><body/></html>", "file.not_census", "“html”"),
        (b"<SSDA903><Child/></SSDA903>", "file.not_census", "“SSDA903”"),
        (MESSAGE[: len(MESSAGE) // 2].encode(), "file.cut_short", "cut short"),
        (MESSAGE.replace("</Children>", "").encode(), "file.broken_xml", "Line "),
        ((MESSAGE + "more").encode(), "file.broken_xml", "Line "),
        (MESSAGE.replace(">F<", ">&mystery;<").encode(), "file.broken_xml", "entity"),
        (BOMB.encode(), "file.declares_entities", "DOCTYPE"),
        (OUTSIDE.encode(), "file.declares_entities", "DOCTYPE"),
        (ELSEWHERE.encode(), "file.declares_entities", "DOCTYPE"),
        (MESSAGE.replace("By hand", "À la main").encode("latin-1"), "file.encoding", "UTF-8"),
        (MESSAGE.replace("UTF-8", "nonsense-8").encode(), "file.encoding", "UTF-8"),
        (MESSAGE.replace("UTF-8", "UTF-16").encode(), "file.encoding", "UTF-8"),
        (MESSAGE.replace("UTF-8", "utf-7").encode(), "file.encoding", "UTF-8"),
        (MESSAGE.replace("By hand", "By\0hand").encode(), "file.broken_xml", "Line "),
        (f'<Message a="{"x" * 3_000_000}"/>'.encode(), "file.long_tag", "single tag"),
    ],
)
def test_what_is_no_census_is_refused_with_a_sentence(tmp_path: Path, content: bytes, rule: str, says: str) -> None:
    path = tmp_path / "census.xml"
    path.write_bytes(content)
    done = command("check", str(path), "--format", "json")
    assert done.returncode == 2
    (fault,) = json.loads(done.stdout)["faults"]
    assert fault["rule"] == rule
    assert says in fault["message"]
    assert fault["message"] in done.stderr
    assert "Traceback" not in done.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["census.xml"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_other_encodings_that_say_what_they_are_can_be_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "census.xml"
    path.write_text(MESSAGE.replace("UTF-8", "UTF-16" if encoding == "utf-16" else "UTF-8"), encoding=encoding)
    assert command("check", str(path)).returncode == 0


def test_a_file_that_is_not_there_is_said_to_be_so(tmp_path: Path) -> None:
    done = command("check", str(tmp_path / "absent.xml"))
    assert done.returncode == 2
    assert "cannot be opened" in done.stderr


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "census.xml"
    with path.open("wb") as large:
        large.write(b"<Message>")
        large.truncate(501_000_000)  # sparse: takes no room on the disk
    done = command("check", str(path))
    assert done.returncode == 2
    assert "larger than 500 MB" in done.stderr


def test_the_limit_is_a_setting(tmp_path: Path) -> None:
    path = written(tmp_path, ("<Sex>F</Sex>", f"<Sex>F</Sex>{' ' * 1_100_000}"))
    assert command("check", str(path)).returncode == 0
    refused = command("check", str(path), SIGHTLINE_LARGEST_FILE_MB="1")
    assert refused.returncode == 2
    assert "larger than 1 MB" in refused.stderr


def test_a_limit_that_is_no_number_is_said_to_be_so(tmp_path: Path) -> None:
    refused = command("check", str(written(tmp_path)), SIGHTLINE_LARGEST_FILE_MB="lots")
    assert refused.returncode == 2
    assert "SIGHTLINE_LARGEST_FILE_MB" in refused.stderr
    assert "Traceback" not in refused.stderr


def _many_children() -> Iterator[str]:
    child = MESSAGE[MESSAGE.index("<Child>") : MESSAGE.index("</Child>") + len("</Child>")]
    yield MESSAGE[: MESSAGE.index("<Child>")]
    yield from (child for _ in range(8_000))
    yield "</Children></Message>"


def _one_endless_child() -> Iterator[str]:
    cut = MESSAGE.index("<Disability>")
    yield MESSAGE[:cut]
    yield from ("<Disability>LD</Disability>" * 1000 for _ in range(400))
    yield MESSAGE[cut:]


def _endless_text() -> Iterator[str]:
    cut = MESSAGE.index("AV1")
    yield MESSAGE[:cut]
    yield from ("A" * 1_000_000 for _ in range(30))
    yield MESSAGE[cut:]


def _endless_nesting() -> Iterator[str]:
    cut = MESSAGE.index("<Sex>")
    yield MESSAGE[:cut]
    yield from ("<a>" * 1000 for _ in range(1000))
    yield from ("</a>" * 1000 for _ in range(1000))
    yield MESSAGE[cut:]


def _endless_names() -> Iterator[str]:
    cut = MESSAGE.index("<Sex>")
    yield MESSAGE[:cut] + "<Strange>"
    yield from (f"<s{number}{'s' * 100_000}/>" for number in range(500))
    yield "</Strange>" + MESSAGE[cut:]


def _endless_attributes() -> Iterator[str]:
    cut = MESSAGE.index("<Sex>")
    yield MESSAGE[:cut]
    yield from (f"<Strange s{number}{'s' * 100_000}='1'/>" for number in range(500))
    yield MESSAGE[cut:]


SHAPES = (_many_children, _one_endless_child, _endless_text, _endless_nesting, _endless_names, _endless_attributes)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is told by Linux alone")
@pytest.mark.parametrize("shape", SHAPES)
def test_however_a_large_file_is_made_it_is_read_in_little_memory(
    tmp_path: Path, shape: Callable[[], Iterator[str]]
) -> None:
    path = tmp_path / "census.xml"
    with path.open("w", encoding="utf-8") as out:
        out.writelines(shape())
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from sightline.cli.main import main\n"
        "status = main(['check', sys.argv[1]])\n"
        "lines = Path('/proc/self/status').read_text().splitlines()\n"
        "peak = next(line.split()[1] for line in lines if line.startswith('VmHWM'))\n"
        "print(peak, status)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=False)
    peak, status = done.stdout.split("\n")[-2].split()
    assert status in "01"
    assert int(peak) / 1000 < MOST_MEMORY_MB

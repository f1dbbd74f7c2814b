"""Nothing answers with a file, an email or a spreadsheet unless the catalogue of what leaves names it."""

from tools.gates.leaving import faults

KINDS = 'Kind("letter", "A letter", Leaves.FILE, ("web.pages.letters",))\n'
CANARIES = 'MADE: dict[str, Maker] = {"letter": letters}\n'


def checkout(tmp_path, page="", kinds=KINDS, canaries=CANARIES, module="web/pages/notes.py"):
    files = {
        "src/sightline/outgoing/kinds.py": kinds,
        "tests/evidence/canary_kinds.py": canaries,
        f"src/sightline/{module}": page,
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return faults(tmp_path)


def test_a_page_that_answers_with_a_file_has_to_be_named(tmp_path):
    (fault,) = checkout(tmp_path, 'def page(request):\n    return HttpResponse(b"", content_type="application/pdf")\n')
    assert fault.startswith("src/sightline/web/pages/notes.py:2: answers with a content type of its own")
    assert "name sightline.web.pages.notes in a kind" in fault


def test_each_way_out_is_seen(tmp_path):
    ways = (
        "FileResponse(x)",
        "JsonResponse({})",
        "csv.writer(x)",
        "EmailMessage()",
        "typst.compile(x)",
        "p.write_bytes(x)",
        "send_mass_mail(x)",
        "HttpResponse(x, 'application/pdf')",
        "http.HttpResponse(x, content_type='text/csv')",
        "Lines(passed, columns, lines, [], 'list')",
        "import openpyxl",
        "from docx.shared import Pt",
        "import smtplib",
        "invitation = 'BEGIN:VCALENDAR'",
    )
    for way in ways:
        assert len(checkout(tmp_path, f"{way}\n")) == 1, way
    assert checkout(tmp_path, 'answer["Content-Disposition"] = "attachment"\n')


def test_a_page_of_the_site_leaves_nothing(tmp_path):
    assert checkout(tmp_path, 'def page(request):\n    return render(request, "page.jinja", {})\n') == []


def test_a_named_module_may(tmp_path):
    assert checkout(tmp_path, "JsonResponse({})\n", module="web/pages/letters.py") == []


def test_a_kind_without_a_canary_is_a_fault(tmp_path):
    (fault,) = checkout(tmp_path, canaries="MADE = {}\n")
    assert "letter has no canary" in fault


def test_a_new_command_is_named_or_said_to_be_harmless(tmp_path):
    (tmp_path / "src/sightline/cli").mkdir(parents=True)
    (tmp_path / "src/sightline/cli/main.py").write_text('COMMANDS = {"dump": ("sightline.cli.dump", "write all")}\n')
    (fault,) = checkout(tmp_path)
    assert "the command dump is in no kind of artefact" in fault

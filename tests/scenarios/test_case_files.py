"""Files on a case: attached without JavaScript, checked, opened only as a safe copy by whoever may see the case."""

from datetime import date
from html import unescape
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, connection

from sightline.parts import files as attached_files
from sightline.parts.models import Evidence, File
from sightline.platform.audit.models import AuditRow
from sightline.platform.database import as_account
from sightline.platform.files import store
from sightline.platform.jobs import duties
from sightline.platform.settings.rules import FileLimit, file_limits
from tests import files
from tests.journey import Journey, page_of
from tests.recommending import Recommending

SAFE_HEADERS = {
    "Content-Type": "application/pdf",
    "Content-Disposition": 'attachment; filename="report.pdf"',
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.fixture(autouse=True)
def _a_store_of_its_own(settings: Any, tmp_path: Path) -> None:
    settings.SIGHTLINE_HOME, settings.SIGHTLINE_CLAMD = tmp_path / "home", None


@pytest.fixture
def journey(world, acting):
    return Journey(world, acting)


@pytest.fixture
def case(journey):
    return journey.contact()


def attach(journey, case, who="worker", content=None, name="report.pdf", **more):
    browser = journey.browser(who)
    page = browser.client.get(page_of(case) + "files/add", more)
    upload = SimpleUploadedFile(name, files.pdf() if content is None else content)
    if page.status_code != 200:
        return page
    return browser.send(page, file=upload)


def test_quotation_marks_in_the_name_of_a_file_stay_readable(journey, case) -> None:
    page = attach(journey, case, name="what%22she%22 said.pdf")  # as a browser sends them
    assert "what'she' said.pdf is attached." in unescape(page.text)


def only(journey, case, who="worker"):
    actor = getattr(journey.world, who)
    with journey.acting(actor):
        return File.visible_to(actor).get(case=case)


def address(case, file):
    return page_of(case) + f"files/{file.pk}"


def audited(action):
    return [(row.outcome, row.detail.get("rule"), row.object_ids) for row in AuditRow.objects.filter(action=action)]


def test_a_file_is_attached_from_the_case_page_and_opened_from_there(journey, case) -> None:
    page = journey.browser("worker").case(case)
    assert f'href="{page_of(case)}files/add"' in page.text
    after = attach(journey, case)
    assert "report.pdf is attached." in after.text
    file = only(journey, case)
    assert f'href="{address(case, file)}"' in after.text
    assert "PDF, 1 KB" in after.text
    assert "Kay Obi" in after.text
    answer = journey.browser("manager").client.get(address(case, file))
    assert {name: answer[name] for name in SAFE_HEADERS} == SAFE_HEADERS
    assert answer.content.startswith(b"%PDF-")
    assert audited("attach a file") == [("allowed", None, [case.pk])]
    assert audited("download a file") == [("allowed", None, [case.pk])]


def test_what_is_opened_is_the_safe_copy_and_never_the_original(journey, case, settings) -> None:
    original = files.pdf(active=True)
    attach(journey, case, content=original)
    file = only(journey, case)
    answer = journey.browser("worker").client.get(address(case, file)).content
    assert b"/JavaScript" in original
    assert b"/JavaScript" not in answer
    assert store.original(file.sha256).read_bytes() == original
    assert file.sha256 != file.safe_sha256


@pytest.mark.parametrize(
    ("name", "content", "rule", "said"),
    [
        ("tool.exe", b"MZ", "kind", "tool.exe was not attached. Files that end in .exe are not taken."),
        ("report.pdf", b"MZ", "contents", "its contents are not those of a PDF"),
        ("report.pdf", b"", "empty", "The file is empty"),
        ("letter.docx", files.package({"word/vbaProject.bin": b"x"}), "macros", "The file holds macros"),
        ("report.pdf", files.locked_pdf(), "password", "locked with a password"),
    ],
)
def test_a_refusal_says_what_is_wrong_and_leaves_nothing_but_its_audit_row(
    journey, case, settings, name, content, rule, said
) -> None:
    page = attach(journey, case, name=name, content=content)
    assert said in page.text
    assert "<title>Error: Attach a file" in page.text
    with journey.acting(journey.world.worker):
        assert not File.visible_to(journey.world.worker).exists()
    assert audited("attach a file") == [("refused", rule, [case.pk])]
    assert not [path for path in (settings.SIGHTLINE_HOME / "files").rglob("*") if path.is_file()]


def test_a_name_keeps_its_commas_and_loses_what_a_folder_would_mind(journey, case) -> None:
    attach(journey, case, name="Mum's letter, 3 May (signed).pdf")
    assert only(journey, case).name == "Mum's letter, 3 May (signed).pdf"
    answer = journey.browser("worker").client.get(address(case, only(journey, case)))
    assert answer["Content-Disposition"] == 'attachment; filename="Mum\'s letter, 3 May (signed).pdf"'


def test_a_form_without_a_file_says_so(journey, case) -> None:
    browser = journey.browser("worker")
    page = browser.send(browser.client.get(page_of(case) + "files/add"))
    assert "Choose a file" in page.text


def test_a_request_that_is_too_large_is_refused_before_it_is_read(journey, case, monkeypatch) -> None:
    small = {**file_limits(), "largest_mb": FileLimit(0, "", "", "")}
    monkeypatch.setattr("sightline.platform.files.limits.file_limits", lambda: small)
    page = journey.browser("worker").client.post(
        page_of(case) + "files/add", {"file": SimpleUploadedFile("report.pdf", b"%PDF-" + bytes(1_000_001))}
    )
    assert page.status_code == 413
    assert "The largest that can be attached is 0 MB" in page.text


def test_a_form_of_somebody_elses_page_attaches_nothing(journey, case, world) -> None:
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(world.accounts["worker"], backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(page_of(case) + "files/add", {"file": SimpleUploadedFile("report.pdf", files.pdf())})
    assert answer.status_code == 403


def test_a_virus_is_never_handed_out(journey, case, settings) -> None:
    with files.scanner() as settings.SIGHTLINE_CLAMD:
        page = attach(journey, case, name="note.txt", content=files.EICAR)
        clean = attach(journey, case)
    assert "The virus check found Eicar-Signature in it. Do not open your own copy." in page.text
    assert "report.pdf is attached." in clean.text
    with journey.acting(journey.world.worker):
        infected = File.visible_to(journey.world.worker).get(state=File.State.REFUSED)
    assert journey.browser("worker").client.get(address(case, infected)).status_code == 404
    assert "Not accepted" in journey.browser("worker").case(case).text


def test_while_the_scanner_is_away_a_file_waits_and_the_worker_asks_again(journey, case, settings) -> None:
    settings.SIGHTLINE_CLAMD = "/nowhere/clamd.ctl"
    page = attach(journey, case)
    assert "report.pdf is kept and waits for the virus check" in page.text
    assert "Waiting for the virus check" in page.text
    file = only(journey, case)
    client = journey.browser("worker").client
    assert client.get(address(case, file)).status_code == 404
    duties()["check-files"].does()
    assert only(journey, case).state == File.State.QUARANTINED
    with files.scanner() as settings.SIGHTLINE_CLAMD:
        duties()["check-files"].does()
    assert client.get(address(case, file)).status_code == 200
    assert audited("check a file") == [("allowed", None, [case.pk])]


def test_a_file_that_waited_and_holds_a_virus_is_refused(journey, case, settings) -> None:
    settings.SIGHTLINE_CLAMD = "/nowhere/clamd.ctl"
    attach(journey, case, name="note.txt", content=files.EICAR)
    with files.scanner() as settings.SIGHTLINE_CLAMD:
        duties()["check-files"].does()
    assert "The virus check found Eicar-Signature" in journey.browser("worker").case(case).text


def test_a_file_on_a_matter_of_the_partnership_is_checked_too(world, acting, settings) -> None:
    journey = Recommending(world, acting)
    case = journey.document()
    settings.SIGHTLINE_CLAMD = "/nowhere/clamd.ctl"
    attach(journey, case, "hub")
    with files.scanner() as settings.SIGHTLINE_CLAMD:
        duties()["check-files"].does()
    assert only(journey, case, "hub").state == File.State.CLEAN


def test_who_cannot_see_into_the_case_can_neither_open_nor_attach(journey, case) -> None:
    attach(journey, case)
    file = only(journey, case)
    # The school told of it, and sees that it is there but not what is within; the others do not see it at all.
    for who in ("school", "other_school", "police", "hub"):
        client = journey.browser(who).client
        assert client.get(address(case, file)).status_code == 404, who
        assert client.get(page_of(case) + "files/add").status_code in (403, 404), who
    assert "report.pdf" not in journey.browser("school").case(case).text


def test_a_file_is_opened_only_under_its_own_case(journey, case) -> None:
    attach(journey, case)
    file, other = only(journey, case), journey.contact()
    client = journey.browser("worker").client
    assert client.get(page_of(other) + f"files/{file.pk}").status_code == 404
    assert client.get(page_of(case) + f"files/{uuid4()}").status_code == 404
    assert client.post(address(case, file)).status_code == 405


def rows_in_database(account) -> list[Any]:
    with as_account(account.pk if account else None), connection.cursor() as cursor:
        cursor.execute("select id from parts_file")
        return [row[0] for row in cursor.fetchall()]


def test_the_database_alone_shows_a_file_only_to_who_sees_into_its_case(journey, case) -> None:
    attach(journey, case)
    accounts = journey.world.accounts
    assert [who for who in accounts if rows_in_database(accounts[who]) and who != "clockwork"] == [
        who for who in accounts if who in WIDE
    ]
    assert rows_in_database(None) == []
    assert rows_in_database(accounts["clockwork"]), "scheduled work brings it to the scanner"


WIDE = (
    *("intake", "officer", "worker", "second_worker", "manager", "second_manager"),
    *("service_manager", "team_manager", "support"),
)


def test_the_database_alone_lets_nobody_but_scheduled_work_change_a_file(journey, case) -> None:
    attach(journey, case)
    for who, changed in (("worker", 0), ("police", 0), ("clockwork", 1)):
        with as_account(journey.world.accounts[who].pk), connection.cursor() as cursor:
            cursor.execute("update parts_file set reason = ''")
            assert cursor.rowcount == changed, who
        with pytest.raises(ProgrammingError, match="permission denied"), as_account(journey.world.accounts[who].pk):
            connection.cursor().execute("delete from parts_file")


def test_evidence_has_its_own_file(world, acting) -> None:
    journey = Recommending(world, acting)
    case = journey.planned()
    with acting(world.hub):
        step = case.steps.first()
        row = Evidence.objects.create(
            case=case, step=step, kind="document", grade="output", says="The rota is agreed", dated_on=date(2026, 10, 1)
        )
    page = journey.browser("hub").case(case)
    assert f"files/add?evidence={row.pk}" in page.text
    after = attach(journey, case, "hub", evidence=str(row.pk))
    assert only(journey, case, "hub").evidence_id == row.pk
    assert after.text.count(f'files/{only(journey, case, "hub").pk}"') == 2, "beside its evidence, and among the files"
    assert attach(journey, case, "hub", evidence=str(uuid4())).status_code == 404


def test_no_more_than_so_many_files_are_taken(journey, case, monkeypatch) -> None:
    monkeypatch.setattr(attached_files, "limit", lambda name: 1)
    attach(journey, case)
    assert "There are 1 files here already" in attach(journey, case).text


def test_after_attaching_one_goes_back_where_one_came_from_and_never_elsewhere(journey, case) -> None:
    def after(then):
        browser = journey.browser("worker")
        page = browser.client.get(page_of(case) + "files/add", {"next": then})
        upload = SimpleUploadedFile("report.pdf", files.pdf())
        return browser.send(page, follow=False, file=upload)["Location"]

    assert after("/work") == "/work"
    assert after("https://elsewhere.example/") == f"{page_of(case)}#files"
    assert after("//elsewhere.example/") == f"{page_of(case)}#files"

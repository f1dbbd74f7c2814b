"""Each row of the audit says who, in which request, on what they relied and by which code, wherever it was begun."""

import os
import pwd
import re
import subprocess
from contextlib import nullcontext
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from contacts import signed_in
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from journey import Journey, page_of
from teller import Teller

import sightline
from sightline.access.tiering import Holding, hold
from sightline.cli.main import main
from sightline.parts.models import File
from sightline.platform import audit
from sightline.platform.audit.code_version import code_version
from sightline.platform.audit.models import AuditRow
from tests import files
from tests.world import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    cache.clear()
    settings.SIGHTLINE_HOME, settings.SIGHTLINE_CLAMD = tmp_path / "home", None


@pytest.fixture
def journey(world: Any, acting: Any) -> Journey:
    return Journey(world, acting)


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Commands run in this test's own database and transaction."""
    monkeypatch.setattr("sightline.cli.database.database_ready", lambda **options: nullcontext())
    return lambda *words: main(list(words))


def row_of(action: str, **which: Any) -> AuditRow:
    return AuditRow.objects.filter(action=action, **which).latest("at")


# ---------------------------------------------------------------- in which request, and who


def test_a_command_says_which_user_of_the_machine_ran_it_and_all_its_rows_share_its_id(
    world: Any, command: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "somebody-else")
    monkeypatch.setenv("USER", "somebody-else")
    monkeypatch.delenv("SUDO_USER", raising=False)
    assert command("account", "disable", "worker") == 0
    assert command("scorecard") == 0
    assert command("audit", "export", "--out", str(tmp_path / "copy")) == 0
    rows = [row_of("account closed"), row_of("read", subject="scorecard"), row_of("export the audit")]
    assert {row.role for row in rows} == {"command line"}
    assert {row.detail["run_by"] for row in rows} == {pwd.getpwuid(os.getuid()).pw_name}
    (request,) = {row.request_id for row in rows}
    assert UUID(request.removeprefix("cli-"))


def test_who_became_another_user_is_named_too(world: Any, command: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUDO_USER", "k.obi")
    command("account", "disable", "worker")
    assert row_of("account closed").detail["run_by"].endswith("(sudo by k.obi)")


def test_a_concern_of_the_public_and_a_look_at_its_receipt_name_their_requests(world: Any) -> None:
    teller = Teller().answer_all()
    sent = teller.send()
    row = row_of("step")
    assert row.request_id == sent["X-Request-Id"]
    intake = world.intake
    assert (row.account_id, row.worker_id, row.agency) == (intake.account.pk, intake.worker.pk, intake.agency.key)
    reference, code = teller.receipt
    asked = Client().post("/report/status", {"reference": reference, "code": code})
    assert row_of("read", subject="engine.Case").request_id == asked["X-Request-Id"]


def test_a_sign_in_that_succeeded_is_in_the_name_of_whoever_signed_in(world: Any, client: Client) -> None:
    client.post("/sign-in", {"login": "worker", "password": "wrong"})
    assert row_of("sign in", outcome="refused").account_id is None
    answer = client.post("/sign-in", {"login": "worker", "password": PASSWORD})
    row, worker = row_of("sign in", outcome="allowed"), world.worker
    assert (row.account_id, row.worker_id, row.agency, row.role) == (
        *(worker.account.pk, worker.worker.pk),
        *("ardenvale-council", "front-door-worker"),
    )
    assert row.object_ids == [worker.account.pk]
    assert row.request_id == answer["X-Request-Id"]


def test_nobodys_request_can_be_taken_for_anothers(journey: Journey) -> None:
    page = page_of(journey.contact())
    first = signed_in(journey.world, "worker").get(page)["X-Request-Id"]
    signed_in(journey.world, "manager").get(page, headers={"X-Request-Id": first})
    rows = AuditRow.objects.filter(request_id=first)
    assert {row.account_id for row in rows} == {journey.world.worker.account.pk}
    assert row_of("read", account_id=journey.world.manager.account.pk).detail["given_id"] == first


# ---------------------------------------------------------------- on what they relied


def test_a_step_and_how_a_case_is_held_say_which_role_was_relied_on(journey: Journey) -> None:
    case = journey.logged()
    assert row_of("step", detail__step="set_priority").detail["relied_on"] == "role:front-door-worker"
    manager = journey.world.service_manager
    with journey.acting(manager):
        hold(
            case.pk,
            Holding("restricted", "A worker's own child", [manager.worker, journey.world.worker.worker]),
            by=manager,
        )
    assert row_of("hold case").detail["relied_on"] == "role:service-manager"


def test_a_file_attached_and_opened_says_what_let_its_reader_into_the_case(journey: Journey) -> None:
    case = journey.logged()
    browser = journey.browser("worker")
    browser.send(browser.client.get(page_of(case) + "files/add"), file=SimpleUploadedFile("report.pdf", files.pdf()))
    with journey.acting(journey.world.worker):
        file = File.visible_to(journey.world.worker).get(case=case)
    assert browser.client.get(f"{page_of(case)}files/{file.pk}").status_code == 200
    rows = AuditRow.objects.filter(action__in=["attach a file", "download a file"], object_ids=[case.pk])
    assert [row.detail["relied_on"] for row in rows] == ["role:front-door-worker"] * 2


# ---------------------------------------------------------------- by which code


def test_rows_say_the_release_and_the_commit_of_the_code(world: Any) -> None:
    audit.record("look")
    assert re.fullmatch(r"\d+\.\d+\.\d+\+([0-9a-f]{12}(\.dirty)?|unknown)", row_of("look").code_version)
    assert row_of("look").code_version == audit.CODE_VERSION


def test_the_commit_is_the_checkouts_else_what_was_written_at_set_up_else_unknown(tmp_path: Path) -> None:
    package = tmp_path / "src" / "sightline"
    package.mkdir(parents=True)
    release = sightline.__version__
    assert code_version(package) == f"{release}+unknown"
    (package / "commit.txt").write_text("4afe57f1c2d3\n")
    assert code_version(package) == f"{release}+4afe57f1c2d3"
    (package / "commit.txt").write_text("<b>anything else</b>")
    assert code_version(package) == f"{release}+unknown"

    git = ["git", "-C", str(tmp_path), "-c", "user.name=A", "-c", "user.email=a@b.example"]
    (tmp_path / ".gitignore").write_text("commit.txt\n")
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "Begun", "--no-gpg-sign"]):
        subprocess.run([*git, *words], check=True)
    said = subprocess.run([*git, "rev-parse", "--short=12", "HEAD"], check=True, capture_output=True, text=True)
    assert code_version(package) == f"{release}+{said.stdout.strip()}"
    (tmp_path / ".gitignore").write_text("commit.txt\nmore\n")
    assert code_version(package) == f"{release}+{said.stdout.strip()}.dirty"

"""Files that agencies and publishers send, on screen: uploaded, refused with every fault, mended, held by revision."""

import csv
import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sightline.datasets.extract import EXTRACTS, load_shipped_extract
from sightline.datasets.models import PublishedFigure, RefusedFile, Revision
from sightline.datasets.refusals import forget_old
from sightline.demonstration.census import invent_census
from sightline.platform import calendar
from sightline.platform.audit.models import AuditRow
from tests.contacts import signed_in, text_of

pytestmark = pytest.mark.django_db
GOOD = (Path(__file__).parents[1] / "data" / "referrals_of_ardenvale.csv").read_bytes()
BAD = GOOD.replace(b"200,50,25", b"many,50,250").replace(b"240,60,25", b"some,60,25")
PUBLICATIONS = Path(__file__).parents[3] / "shared" / "data"
beside = pytest.mark.skipif(not PUBLICATIONS.exists(), reason="the publications are not beside the repository")


def send(
    client: Client, content: bytes = GOOD, name: str = "figures.csv", sender: str = "publisher", **more: Any
) -> Any:
    given = {"file": SimpleUploadedFile(name, content), "sender": sender, "dataset": "contents", **more}
    return client.post("/returns/send/", given, follow=True)


def said(response: Any) -> str:
    return text_of(response.content.decode())


def test_a_good_file_is_loaded_and_its_page_says_so(world: Any) -> None:
    page = send(signed_in(world, "analyst"), sender="ardenvale-council")
    assert page.redirect_chain[0][0] == f"/returns/{Revision.objects.get().id}/"
    words = said(page)
    assert "Loaded. Nothing to fix" in words
    assert "2023 to 2025, revision 1. 5 rows." in words
    held = Revision.objects.get()
    assert (held.sender, held.loaded_by, held.file_name) == ("Ardenvale Council", "Bo Tarn", "figures.csv")
    assert held.sha256 in words
    row = AuditRow.objects.get(action="load a file")
    assert (row.account_id, row.object_ids) == (world.accounts["analyst"].pk, [held.id])


def test_a_published_file_is_sent_by_its_publisher_unless_an_agency_sent_it(world: Any) -> None:
    send(signed_in(world, "hub"))
    assert Revision.objects.get().sender == "Department for Education"


def test_a_file_with_errors_says_how_many_rows_to_fix_and_saves_nothing(world: Any) -> None:
    page = send(signed_in(world, "analyst"), BAD)
    words = said(page)
    assert "figures.csv · 5 rows" in words
    assert "This file has not been loaded" in words
    assert "2 rows need fixing before it can load. Nothing has been saved." in words
    assert "A number cannot be read referral_count 2 Must fix" in words
    assert "A figure is too large or too small rereferral_percent 1 Must fix" in words
    assert "Row 4 referral_count many “many” is not a whole number, 0 or more." in words
    assert not Revision.objects.exists()
    assert not PublishedFigure.objects.exists()


def test_the_kind_of_fault_that_most_rows_have_comes_first_and_checks_come_last(world: Any) -> None:
    words = said(send(signed_in(world, "analyst"), BAD.replace(b"1000,200,20", b"1000,900,20")))
    assert (
        words.index("A number cannot be read") < words.index("A figure is too large") < words.index("check all three")
    )
    assert "rereferral_percent 1 Check" in words


def test_every_fault_can_be_downloaded_and_no_cell_runs_as_a_formula(world: Any) -> None:
    client = signed_in(world, "analyst")
    page = send(client, BAD.replace(b"210,", b"=1+1,"))
    answer = client.get(page.redirect_chain[0][0] + "faults.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [(row["row"], row["fields"]) for row in rows] == [
        ("2", "referral_count"),
        ("2", "rereferral_percent"),
        ("3", "referral_count"),
        ("4", "referral_count"),
    ]
    assert rows[-1]["value"] == "'=1+1"
    assert AuditRow.objects.filter(action="download faults").exists()


def test_only_the_first_hundred_of_a_kind_are_shown_and_all_are_in_the_download(world: Any) -> None:
    lines = (EXTRACTS / "population_2012_2024.csv").read_text(encoding="utf-8").splitlines()[:251]
    wrong = "\n".join([lines[0], *(f"{line.rpartition(',')[0]},many" for line in lines[1:])])
    client = signed_in(world, "analyst")
    page = send(client, wrong.encode())
    assert "250 rows need fixing" in said(page)
    assert "The other 150 are in the download" in said(page)
    assert page.content.decode().count("is not a whole number") == 100
    assert len(client.get(page.redirect_chain[0][0] + "faults.csv").content.splitlines()) == 251


def test_a_corrected_file_loads(world: Any) -> None:
    client = signed_in(world, "analyst")
    assert 'href="/returns/send/"' in send(client, BAD).content.decode()
    assert "Loaded. Nothing to fix" in said(send(client))


def test_a_file_sent_again_is_a_new_revision_and_the_earlier_one_is_listed_as_replaced(world: Any) -> None:
    client = signed_in(world, "analyst")
    send(client)
    assert "revision 2" in said(send(client, GOOD.replace(b"200,50,25", b"200,40,20")))
    words = said(client.get("/returns/"))
    assert "1 file is held." in words
    assert words.index("Files held, newest first") < words.index("Earlier revisions, replaced by a newer one")
    first = Revision.objects.get(number=1)
    assert "A newer revision has taken its place" in said(client.get(f"/returns/{first.id}/"))


def test_the_same_contents_again_say_so_and_change_nothing(world: Any) -> None:
    client = signed_in(world, "analyst")
    send(client)
    assert "same contents as revision 1, which is held. Nothing changed." in said(send(client))
    assert Revision.objects.count() == 1


def test_a_query_loads_and_is_listed_for_the_sender(world: Any) -> None:
    client = signed_in(world, "analyst")
    page = send(client, GOOD.replace(b"200,50,25", b"200,50,26"))
    assert "Loaded, with 1 thing to check" in said(page)
    assert "Row 4 rereferral_percent 26 “26” is not what rereferral_count and referral_count give" in said(page)
    answer = client.get(page.redirect_chain[0][0] + "to-check.csv")
    assert len(answer.content.splitlines()) == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04 a workbook", "The file is not a CSV: it is a workbook, a Word document or another zipped file."),
        (b"", "The file is empty. Choose the file that holds the figures"),
        (b"PAR1 and no more", "The file is not a Parquet file that can be read, or it was cut short."),
    ],
)
def test_what_cannot_be_read_at_all_is_said_beside_the_file(world: Any, content: bytes, words: str) -> None:
    page = send(signed_in(world, "analyst"), content).content.decode()
    assert "<title>Error: Upload a file, Sightline</title>" in page
    assert page.count(words) == 2
    assert not Revision.objects.exists()
    assert not RefusedFile.objects.exists()


def test_nothing_chosen_is_asked_for(world: Any) -> None:
    page = signed_in(world, "analyst").post("/returns/send/", {}).content.decode()
    assert page.count("Choose a file") == 2
    assert page.count("Choose who sent the file") == 2


def test_a_file_over_the_limit_is_refused_before_it_is_read(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGHTLINE_LARGEST_FILE_MB", "1")
    client = signed_in(world, "analyst")
    within = send(client, b"x" * 1_500_000)
    assert "The largest that can be loaded is 1 MB" in said(within)
    beyond = send(client, b"x" * 2_500_000)
    assert beyond.status_code == 413
    assert "The file is 3 MB. The largest that can be loaded is 1 MB." in said(beyond)


def test_a_post_without_our_own_proof_is_refused(world: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.accounts["analyst"], backend="django.contrib.auth.backends.ModelBackend")
    assert send(client).status_code == 403
    assert not Revision.objects.exists()


@pytest.mark.parametrize("who", ["worker", "police", "scrutineer", "council_partner"])
def test_other_roles_are_told_who_looks_after_files(world: Any, who: str) -> None:
    client = signed_in(world, who)
    for address in ("/returns/", "/returns/send/"):
        page = client.get(address)
        assert page.status_code == 403
        assert "Support Hub" in page.content.decode()
    assert send(client).status_code == 403
    assert not Revision.objects.exists()


def test_nobody_is_signed_in_and_is_asked_to(client: Client) -> None:
    assert client.get("/returns/").status_code == 302


def test_faults_open_for_nobody_but_the_sender_and_for_a_day(world: Any) -> None:
    client = signed_in(world, "analyst")
    address = send(client, BAD).redirect_chain[0][0]
    assert signed_in(world, "hub").get(address).status_code == 404
    assert signed_in(world, "hub").get(address + "faults.csv").status_code == 404
    held = RefusedFile.objects.get()
    assert "many" not in held.sealed
    with calendar.frozen(held.refused_at + timedelta(hours=25)):
        assert signed_in(world, "analyst").get(address).status_code == 404
        forget_old()
    assert not RefusedFile.objects.exists()


def test_a_refusal_is_audited_with_counts_and_nothing_of_the_file(world: Any) -> None:
    send(signed_in(world, "analyst"), BAD)
    row = AuditRow.objects.get(action="refuse a file")
    assert (row.outcome, row.detail) == ("refused", {"dataset": "dfe_referrals", "errors": 3, "faults": 3})


def test_the_upload_is_kept_nowhere(world: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    client = signed_in(world, "analyst")
    send(client, BAD)
    send(client)
    send(client, b"PK\x03\x04")
    assert list(tmp_path.iterdir()) == []


def test_a_file_may_be_called_anything(world: Any) -> None:
    page = send(signed_in(world, "analyst"), name="..\\..\\éta <b>&.csv")
    assert "Loaded. Nothing to fix" in said(page)
    assert "<b>&" not in page.content.decode()


def test_a_dataset_can_be_asked_for_where_the_contents_were_taken_for_another(world: Any) -> None:
    page = send(signed_in(world, "analyst"), dataset="ons_population")
    assert "This is another publication Whole file 1 Must fix" in said(page)
    assert "1 thing needs fixing before it can load" in said(page)


def test_everything_that_ships_is_listed_with_where_it_came_from(world: Any) -> None:
    load_shipped_extract()
    words = said(signed_in(world, "hub").get("/returns/"))
    assert "Statistical neighbours 2025-05 1 Department for Education" in words
    assert "Population estimates of children aged 0 to 17 2012 to 2024 1 Office for National Statistics" in words
    assert "by Sightline itself" in words


def test_with_nothing_held_the_list_says_what_would_appear(world: Any) -> None:
    assert "No file is held." in said(signed_in(world, "analyst").get("/returns/"))


def census(tmp_path: Path, planted: int = 0) -> bytes:
    """An invented census of sixty children, with so many faults planted."""
    path = tmp_path / "census.xml"
    invent_census(path, year="2025-26", children=60, plant_faults=planted)
    return path.read_bytes()


def test_a_census_is_loaded_from_its_council_and_shown_to_the_analyst_alone(world: Any, tmp_path: Path) -> None:
    client = signed_in(world, "analyst")
    page = send(client, census(tmp_path), "census.xml", "ardenvale-council")
    assert "Children in need census" in said(page)
    assert "2025-26, revision 1." in said(page)
    assert "Children in need census" in said(client.get("/returns/"))
    assert "Children in need census" not in said(signed_in(world, "hub").get("/returns/"))
    assert signed_in(world, "hub").get(page.redirect_chain[-1][0]).status_code == 404


def test_a_census_with_planted_faults_is_refused_with_each_by_child(world: Any, tmp_path: Path) -> None:
    page = send(signed_in(world, "analyst"), census(tmp_path, 12), "census.xml", "ardenvale-council")
    words = said(page)
    assert "This file has not been loaded" in words
    assert "Child AV2526" in words
    assert "column names are row 1" not in words
    assert len(RefusedFile.objects.get().sealed.split()) == 2
    assert "Children in need census" not in said(signed_in(world, "analyst").get("/returns/"))


def test_whoever_may_not_load_a_census_is_told_who_may(world: Any, tmp_path: Path) -> None:
    words = said(send(signed_in(world, "hub"), census(tmp_path), "census.xml", "ardenvale-council"))
    assert "This file has not been loaded" in words
    assert "Only whoever holds the role" in words
    words = said(send(signed_in(world, "analyst"), census(tmp_path), "census.xml"))
    assert "Who sent the file is not a council" in words


@beside
def test_the_publications_themselves_take_the_place_of_the_extract(world: Any) -> None:
    load_shipped_extract()
    client = signed_in(world, "analyst")
    for name in ("c1_*.csv", "d3_*.csv", "d5_*.csv", "ons_*.csv", "sn_model_2025_wide.csv"):
        (path,) = (PUBLICATIONS / "dfe").glob(name)
        words = said(send(client, path.read_bytes(), path.name))
        assert "Loaded" in words
        assert "revision 2." in words
    assert load_shipped_extract() == []

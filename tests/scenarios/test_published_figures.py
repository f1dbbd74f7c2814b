"""A published file from its arrival to the page that shows it, as the public sees it."""

import csv
import io
import re
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sightline.cli.load import _load
from sightline.cli.main import _parser
from sightline.datasets import holding
from sightline.datasets.extract import REFERRALS, load_shipped_extract, shipped_extract
from sightline.datasets.faults import UnableToLoad
from sightline.datasets.figures import area_years, areas_held
from sightline.datasets.intake import Asked, Origin, Taken, load_file
from sightline.datasets.models import PublishedFigure, PublishedFile, Revision
from sightline.datasets.published import referrals
from sightline.indicators.declared import INDICATORS
from sightline.platform.audit.models import AuditRow
from sightline.vocabulary.dataset import State

GOOD = Path(__file__).parents[1] / "data" / "referrals_of_ardenvale.csv"
ORIGIN = Origin("Ardenvale Council", "a test")
MEASURE = "/figures/re-referrals-within-12-months/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def altered(tmp_path: Path):
    """Loads the good file with some text changed."""

    def load_altered(old: str, new: str, period: str = "") -> Taken:
        path = tmp_path / "altered.csv"
        text = GOOD.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return load_file(path, ORIGIN, Asked(period=period))

    return load_altered


def nothing_saved() -> bool:
    return not (PublishedFile.objects.exists() or Revision.objects.exists() or PublishedFigure.objects.exists())


def test_a_file_is_loaded_with_its_provenance_and_an_audit_row() -> None:
    loaded = load_file(GOOD, ORIGIN)
    held = loaded.receipt
    assert (loaded.already_held, held.revision, held.rows) == (False, 1, 5)
    assert held.sha256 == loaded.checked.sha256
    assert (held.sender, held.dataset, held.period) == ("Ardenvale Council", "dfe_referrals", "2023-2025")
    row = AuditRow.objects.get(action="load a file")
    assert row.object_ids == [held.id]
    assert row.detail == {"dataset": "dfe_referrals", "rows": 5, "revision": 1}


def test_missing_figures_are_kept_with_their_reason() -> None:
    load_file(GOOD, ORIGIN)
    held = {
        figure.measure: (figure.value, figure.state)
        for figure in PublishedFigure.objects.filter(area_code="E08000999", time_period=2023)
    }
    assert held["rereferral_count"] == (None, State.NOT_AVAILABLE)
    assert held["no_further_action_count"] == (None, State.NOT_APPLICABLE)
    assert held["rereferral_child_percent"] == (None, State.LOW)
    assert held["referral_count"] == (210, State.GIVEN)


def test_a_figure_marked_missing_cannot_be_stored_with_a_value() -> None:
    load_file(GOOD, ORIGIN)
    with pytest.raises(DatabaseError), transaction.atomic():
        PublishedFigure.objects.filter(state="given").update(state="hidden")


def test_a_file_with_one_error_is_refused_whole_and_leaves_no_trace(altered) -> None:
    with pytest.raises(UnableToLoad) as refused:
        altered("240,60,25", "many,60,25")
    assert [fault.row for fault in refused.value.checked.faults] == [3]
    assert nothing_saved()
    assert not AuditRow.objects.filter(action="load a file").exists()


def test_a_period_that_the_rows_contradict_is_refused(altered) -> None:
    with pytest.raises(UnableToLoad) as refused:
        altered("240,60,25", "240,60,25", period="2024")
    assert [fault.rule for fault in refused.value.checked.faults] == ["period.contradicts"]
    assert nothing_saved()


def test_a_query_loads_and_is_kept_with_the_revision(altered) -> None:
    loaded = altered("200,50,25", "200,50,26")
    assert [query["rule"] for query in loaded.receipt.queries] == ["percent.disagrees"]


def test_the_same_contents_again_say_so_and_change_nothing() -> None:
    first = load_file(GOOD, ORIGIN)
    again = load_file(GOOD, ORIGIN)
    assert (again.already_held, again.receipt.id) == (True, first.receipt.id)
    assert Revision.objects.count() == 1


def test_a_file_sent_again_is_a_new_revision_and_its_figures_take_over(altered) -> None:
    load_file(GOOD, ORIGIN)
    second = altered("200,50,25", "200,40,20")
    assert second.receipt.revision == 2
    assert list(Revision.objects.values_list("number", "superseded")) == [(1, True), (2, False)]
    (latest,) = [row for row in area_years(referrals, ["E08000999"], ["rereferral_count"]) if row.year == 2025]
    assert (latest.figures["rereferral_count"].value, latest.source.revision) == (40, 2)


def test_the_newest_file_has_the_last_word_where_files_of_two_periods_overlap(tmp_path: Path) -> None:
    load_file(GOOD, ORIGIN)
    path = tmp_path / "one_year.csv"
    lines = GOOD.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([lines[0], lines[3].replace("200,50,25", "200,30,15")]), encoding="utf-8")
    load_file(path, ORIGIN)
    held = area_years(referrals, ["E08000999"], ["rereferral_count"])
    assert [(row.year, row.source.period) for row in held] == [
        (2023, "2023-2025"),
        (2024, "2023-2025"),
        (2025, "2025"),
    ]


def test_a_load_that_cannot_be_audited_is_undone(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise DatabaseError("no audit table")

    monkeypatch.setattr(holding.audit, "record", fail)
    with pytest.raises(DatabaseError):
        load_file(GOOD, ORIGIN)
    assert nothing_saved()


def test_the_shipped_extract_loads_once_and_never_over_a_sent_file() -> None:
    loaded = load_shipped_extract()
    assert [taken.receipt.file_name for taken in loaded] == [each.path.name for each in shipped_extract().files]
    assert load_shipped_extract() == []
    assert len(areas_held(referrals)) == 17
    load_file(GOOD, ORIGIN)
    Revision.objects.filter(file_name=REFERRALS.name).update(sha256="0" * 64)
    assert load_shipped_extract() == []


@pytest.mark.parametrize(("old", "new", "status", "words"), [
    ("200,50,25", "200,50,25", 0, "is now revision 1"),
    ("200,50,25", "200,50,250", 1, "Nothing has been saved"),
    ("time_period", "PK\x03\x04", 2, "has not been loaded"),
])  # fmt: skip
def test_the_command_says_what_it_did(capsys, tmp_path: Path, old: str, new: str, status: int, words: str) -> None:
    path = tmp_path / "file.csv"
    path.write_text(GOOD.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    typed = ["load", str(path), "--from", "Ardenvale Council"]
    assert _load(_parser(typed)[0].parse_args(typed)) == status
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("typed", [["--from", " "], ["--from", "A", "--period", "last year"], []])
def test_the_command_wants_a_sender_and_a_period_of_years(typed: list[str]) -> None:
    words = ["load", str(GOOD), *typed]
    with pytest.raises(SystemExit) as stopped:
        _parser(words)[0].parse_args(words)
    assert stopped.value.code == 2


def test_anybody_may_read_solihulls_series_beside_england_and_the_west_midlands(client: Client) -> None:
    load_shipped_extract()
    page = client.get(MEASURE).content.decode()
    said = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "In the year ending 31 March 2025, 26.3% of referrals in Solihull (795 of 3,022)" in said
    assert "higher than in similar areas (18.5%), higher than in the West Midlands (19.5%)" in said
    assert "and higher than in England (22.6%)" in said
    assert "39 of 39 agree with the published one within rounding" in said
    assert "Source: Department for Education" in said
    assert all(f">{year}-{(year + 1) % 100:02d}</th>" in page for year in range(2012, 2025))
    assert "style=" not in page


def test_yearly_figures_lead_with_the_comparison_and_the_chart_has_provisional_limits(client: Client) -> None:
    load_shipped_extract()
    page = client.get(MEASURE).content.decode()
    said = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert page.index('id="figure-sentence"') < page.index("<table") < page.index("<svg")
    assert "Solihull 26.3% 795 3,022 Similar areas 18.5%" in said
    assert "Solihull has the highest of 11 areas" in said
    assert "set of 1 May 2025" in said
    assert "Limits are provisional: these are yearly figures" in said
    assert "provisional</text>" in page


def test_every_measure_that_is_published_has_its_page(client: Client) -> None:
    load_shipped_extract()
    addresses = re.findall(r'href="(/figures/[^"]+/)"', client.get("/figures/").content.decode())
    assert len(addresses) == sum(indicator.printed is not None for indicator in INDICATORS) >= 8
    for address in addresses:
        assert "Similar areas" in client.get(address).content.decode()


def test_a_hidden_figure_is_said_to_be_hidden(client: Client) -> None:
    load_shipped_extract()
    page = client.get("/figures/plans-of-two-years-or-more/").content.decode()
    assert "there is no figure for Solihull: c (hidden, small number)." in page


def test_the_chart_is_named_by_its_title_and_its_sentence(client: Client) -> None:
    load_shipped_extract()
    page = client.get(MEASURE).content.decode()
    for ids in re.findall(r'role="img" aria-labelledby="([^"]+)"', page):
        assert all(f'id="{name}"' in page for name in ids.split())
    assert page.count('role="img"') == 4


def test_a_missing_figure_is_shown_in_words(client: Client) -> None:
    load_shipped_extract()
    solihull = PublishedFigure.objects.filter(area_code="E08000029", time_period=2020, measure="rereferral_percent")
    assert solihull.update(value=None, state=State.NOT_AVAILABLE)
    page = client.get(MEASURE).content.decode()
    assert "Not available" in page
    assert "A gap in a line is a year with no figure" in page


def test_another_area_can_be_chosen(client: Client) -> None:
    load_shipped_extract()
    page = client.get(MEASURE, {"area": "E10000016"}).content.decode()
    assert "of referrals in Kent" in page
    assert client.get(MEASURE, {"area": "E10009999"}).status_code == 404


def test_without_figures_the_page_says_what_would_appear(client: Client) -> None:
    answer = client.get(MEASURE)
    assert answer.status_code == 200
    assert "No figures have been loaded for this measure" in answer.content.decode()
    assert client.get(MEASURE + "figures.csv").status_code == 404


def test_the_list_leads_to_the_measure_and_an_unknown_measure_is_not_found(client: Client) -> None:
    assert f'href="{MEASURE}"' in client.get("/figures/").content.decode()
    assert client.get("/figures/no-such-measure/").status_code == 404


def test_the_figures_can_be_downloaded_with_their_source(client: Client) -> None:
    load_shipped_extract()
    answer = client.get(MEASURE + "figures.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert len(rows) == 52
    (latest,) = [row for row in rows if row["place"] == "Solihull" and row["period"] == "2024-25"]
    assert (latest["value"], latest["numerator"], latest["denominator"]) == ("26.3", "795", "3022")
    assert (latest["unit"], latest["revision"]) == ("percent", "1")


def test_the_page_asks_the_same_number_of_queries_however_much_is_held(client: Client) -> None:
    load_shipped_extract()
    client.get(MEASURE)
    with CaptureQueriesContext(connection) as few:
        client.get(MEASURE)
    load_file(GOOD, ORIGIN)
    with CaptureQueriesContext(connection) as many:
        client.get(MEASURE, {"area": "E10000016"})
    assert len(many) == len(few)

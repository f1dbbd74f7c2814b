"""Loading a census: whole or not at all, by revision, under the council that sent it, by hand or by command."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from census import command, written
from world import World, make_world

from sightline.datasets.cin_census import rules
from sightline.datasets.cin_census.models import CHILD_LEVEL, CensusReturn, Child, Referral
from sightline.datasets.faults import UnableToLoad, UnreadableFile
from sightline.datasets.intake import Asked, Origin, Taken, files_held, load_file
from sightline.demonstration.census import invent_census
from sightline.people.models import Agency, AgencyName, Partnership, PartnershipMembership, RoleHeld
from sightline.platform.audit.models import AuditRow
from sightline.vocabulary.xml_file import EVERY_YEAR

Load = Callable[..., Taken]


@pytest.fixture
def load(world: World, acting: Any) -> Load:
    """Load a file as the analyst who uploads it."""

    def as_analyst(path: Path, sender: str = "Ardenvale Council", **asked: str) -> Taken:
        with acting(world.analyst):
            return load_file(path, Origin(sender, "Bo Tarn", world.analyst), Asked(**asked))

    return as_analyst


@pytest.fixture
def counts(world: World, acting: Any) -> Callable[[], dict[str, int]]:
    """Rows of each table that the analyst sees."""

    def now() -> dict[str, int]:
        with acting(world.analyst):
            models = (CensusReturn, *CHILD_LEVEL)
            return {model.__name__: model.visible_to(world.analyst).count() for model in models}

    return now


def test_a_census_is_kept_table_by_table(world: World, load: Load, acting: Any, tmp_path: Path, counts: Any) -> None:
    taken = load(written(tmp_path))
    assert not taken.already_held
    assert counts() == {
        "CensusReturn": 1,
        "Child": 1,
        "Disability": 2,
        "Referral": 1,
        "Assessment": 1,
        "AssessmentFactor": 2,
        "PlanDates": 1,
        "Section47": 1,
        "ProtectionPlan": 1,
        "Review": 1,
        "PreProceedings": 0,
    }
    with acting(world.analyst):
        child = Child.visible_to(world.analyst).get()
        assert (child.la_child_id, child.sex, child.ethnicity) == ("AV1", "F", "WBRI")
        assert child.birth_date == date(2015, 3, 27)
        referral = Referral.visible_to(world.analyst).get()
        assert (referral.child_id, referral.source, referral.no_further_action) == (child.pk, "2A", False)
        enquiry, plan = referral.section47_set.get(), referral.protectionplan_set.get()
        assert enquiry.conference_date == plan.start_date == date(2025, 5, 29)
        assert plan.previous_plans == 0
        assert plan.reviews.get().review_date == date(2025, 8, 20)
        assert [factor.code for factor in referral.assessment_set.get().factors.order_by("code")] == ["18A", "3B"]


def test_its_return_says_where_it_came_from(world: World, load: Load, acting: Any, tmp_path: Path) -> None:
    path = written(tmp_path)
    taken = load(path, "ardenvale-council")
    with acting(world.analyst):
        held = CensusReturn.visible_to(world.analyst).get()
    assert held.agency == world.agency("ardenvale-council")
    assert held.partnership == world.partnership
    assert (held.year, held.reference_date, held.revision) == ("2025-26", date(2026, 3, 31), 1)
    assert (held.file_name, held.loaded_by, held.faults, held.superseded) == ("census.xml", "Bo Tarn", [], False)
    assert held.sha256 == taken.checked.sha256 == taken.receipt.sha256
    assert held.rows == taken.checked.rows


def test_a_load_is_audited_with_counts_and_no_content(world: World, load: Load, tmp_path: Path) -> None:
    load(written(tmp_path))
    row = AuditRow.objects.get(action="load a file")
    assert row.account_id == world.accounts["analyst"].pk
    assert row.detail == {"dataset": "cin_census", "rows": 13, "revision": 1, "year": "2025-26"}


def test_a_gender_of_old_is_kept_as_a_sex(world: World, load: Load, acting: Any, tmp_path: Path) -> None:
    older = written(
        tmp_path,
        ("<Sex>F</Sex>", "<GenderCurrent>1</GenderCurrent>"),
        ("2026-03-31", "2024-03-31"),
        ("<Year>2026", "<Year>2024"),
    )
    load(older)
    with acting(world.analyst):
        assert Child.visible_to(world.analyst).get().sex == "M"


def test_the_same_file_again_is_already_held(load: Load, tmp_path: Path, counts: Any) -> None:
    first = load(written(tmp_path))
    again = load(written(tmp_path, name="renamed.xml"))
    assert again.already_held
    assert again.receipt.id == first.receipt.id
    assert counts()["Child"] == 1


def test_a_census_sent_again_is_a_new_revision_and_the_old_one_stays(
    world: World, load: Load, acting: Any, tmp_path: Path
) -> None:
    load(written(tmp_path))
    again = load(written(tmp_path, ("<Sex>F", "<Sex>M")))
    assert again.receipt.revision == 2
    with acting(world.analyst):
        held = {census.revision: census.superseded for census in CensusReturn.visible_to(world.analyst)}
        current = Child.visible_to(world.analyst).get(census_return__superseded=False)
    assert held == {1: True, 2: False}
    assert current.sex == "M"


def test_two_years_are_two_censuses(world: World, load: Load, tmp_path: Path, acting: Any) -> None:
    load(written(tmp_path))
    load(written(tmp_path, ("2026-03-31", "2025-03-31"), ("<Year>2026", "<Year>2025")))
    with acting(world.analyst):
        held = [(each.year, each.revision) for each in CensusReturn.visible_to(world.analyst).order_by("year")]
    assert held == [("2024-25", 1), ("2025-26", 1)]


@pytest.mark.parametrize(
    ("change", "asked"),
    [
        (("<Sex>F", "<Sex>X"), {}),
        (("<CINreferralDate>2025-05-06", "<CINreferralDate>May"), {}),
        (("<Ethnicity>WBRI</Ethnicity>", "<Ethnicity>WBRI</Ethnicity><More/>"), {}),
        (("By hand", "By hand"), {"period": "2024-25"}),
    ],
)
def test_a_fault_of_structure_type_or_code_refuses_the_whole_file(
    load: Load, tmp_path: Path, counts: Any, change: tuple[str, str], asked: dict[str, str]
) -> None:
    with pytest.raises(UnableToLoad) as refused:
        load(written(tmp_path, change), **asked)
    assert len(refused.value.checked.errors) == 1
    assert not any(counts().values())
    assert not AuditRow.objects.filter(action="load a file").exists()


def test_a_period_that_is_right_is_no_fault(load: Load, tmp_path: Path) -> None:
    assert load(written(tmp_path), period="2025-26").receipt.period == "2025-26"


def test_a_file_that_cannot_be_read_leaves_no_trace(load: Load, tmp_path: Path, counts: Any) -> None:
    with pytest.raises(UnreadableFile, match="cut short"):
        load(written(tmp_path, ("</Message>", "")))
    assert not any(counts().values())


def test_a_file_that_changes_while_it_is_loaded_is_refused(
    load: Load, tmp_path: Path, counts: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sightline.datasets.cin_census import loading

    path = written(tmp_path)
    check_first = loading.check_asked

    def then_changed(*given: Any) -> Any:
        checked = check_first(*given)
        written(tmp_path, ("<Sex>F", "<Sex>M"))
        return checked

    monkeypatch.setattr(loading, "check_asked", then_changed)
    with pytest.raises(UnreadableFile, match="changed while it was being loaded"):
        load(path)
    assert not any(counts().values())


@pytest.mark.parametrize("sender", ["Ardenvale Police", "Nobody in particular"])
def test_a_census_comes_from_a_council_of_the_installation(
    load: Load, tmp_path: Path, counts: Any, sender: str
) -> None:
    with pytest.raises(UnableToLoad) as refused:
        load(written(tmp_path), sender)
    (fault,) = refused.value.checked.errors
    assert fault.rule == "sender.unknown"
    assert "“Ardenvale Council” (ardenvale-council)" in fault.message
    assert not any(counts().values())


def test_the_sender_may_be_named_as_it_once_was(world: World, load: Load, tmp_path: Path) -> None:
    council = world.agency("ardenvale-council")
    AgencyName.objects.create(
        agency=council, name="Ardenvale Borough", valid_from=date(2010, 1, 1), valid_to=date(2020, 1, 1)
    )
    assert load(written(tmp_path), "ardenvale  BOROUGH").receipt.sender == "Ardenvale Council"


def test_who_holds_no_figures_of_the_partnership_may_not_load(
    world: World, acting: Any, tmp_path: Path, counts: Any
) -> None:
    with acting(world.manager), pytest.raises(UnableToLoad) as refused:
        load_file(written(tmp_path), Origin("Ardenvale Council", "Priya Shah", world.manager))
    assert refused.value.checked.errors[0].rule == "sender.partnership"
    assert not any(counts().values())


def test_a_council_in_two_partnerships_has_its_census_loaded_by_an_analyst_of_one(
    world: World, load: Load, tmp_path: Path
) -> None:
    other = Partnership.objects.create(key="thornmere", name="Thornmere Partnership", invented=True)
    council = world.agency("ardenvale-council")
    PartnershipMembership.objects.create(partnership=other, agency=council, valid_from=date(2020, 1, 1))
    assert load(written(tmp_path)).receipt.revision == 1
    with pytest.raises(UnableToLoad) as refused:
        load_file(written(tmp_path), Origin("Ardenvale Council", "command line"))
    assert "Thornmere Partnership" in refused.value.checked.errors[0].message


def test_the_command_line_needs_scheduled_work_s_account(world: World, tmp_path: Path) -> None:
    RoleHeld.objects.filter(role="clockwork").delete()
    with pytest.raises(UnableToLoad) as refused:
        load_file(written(tmp_path), Origin("Ardenvale Council", "command line"))
    assert refused.value.checked.errors[0].rule == "sender.no_account"


def test_a_demonstration_asks_about_a_census_of_a_council_that_exists(load: Load, tmp_path: Path) -> None:
    taken = load(written(tmp_path, ("<LEA>999", "<LEA>201")))
    (query,) = taken.receipt.queries
    assert (query["rule"], query["severity"], query["value"]) == ("demonstration.council", "query", "201")


def test_an_error_of_a_business_rule_loads_with_the_rows_as_a_list(
    load: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Judge:
        def child(self, rows: Any) -> list[rules.Finding]:
            return [rules.Finding(rows["CINdetails"][0], ("CINreferralDate",), "2025-05-06", "that was a Tuesday.")]

        def end(self) -> list[rules.Finding]:
            return []

    monkeypatch.setitem(rules.RULES, "9999", rules.Rule("9999", "error", EVERY_YEAR, "invented", lambda year: Judge()))
    taken = load(written(tmp_path))
    assert [(fault["rule"], fault["severity"], fault["record"]) for fault in taken.receipt.queries] == [
        ("9999", "error", "AV1")
    ]


def test_only_an_analyst_finds_the_census_among_the_files_held(
    world: World, load: Load, acting: Any, tmp_path: Path
) -> None:
    load(written(tmp_path))
    for who, found in (("analyst", 1), ("scrutineer", 0), ("manager", 0)):
        actor = getattr(world, who)
        with acting(actor):
            assert sum(receipt.dataset == "cin_census" for receipt in files_held(actor)) == found


def test_every_row_of_an_invented_census_is_kept(load: Load, tmp_path: Path, counts: Any) -> None:
    path = tmp_path / "census.xml"
    rows = invent_census(path, "2026-27", children=200).rows
    load(path)
    kept = counts()
    assert kept["Child"] == 200
    for model, table in {
        "Disability": "Disabilities",
        "Referral": "CINdetails",
        "Assessment": "Assessments",
        "AssessmentFactor": "AssessmentFactors",
        "PlanDates": "CINPlanDates",
        "Section47": "Section47",
        "ProtectionPlan": "ChildProtectionPlans",
        "Review": "Reviews",
        "PreProceedings": "PreProceedingsandFGDM",
    }.items():
        assert kept[model] == rows.get(table, 0), table


def test_a_census_is_loaded_by_a_process_of_its_own(server_database: str, tmp_path: Path) -> None:
    world = make_world()
    path = tmp_path / "census.xml"
    invent_census(path, "2025-26", children=60)
    done = command("load", str(path), "--from", "Ardenvale Council", "--period", "2025-26")
    assert done.returncode == 0, done.stderr
    assert "census.xml is now revision 1 of cin_census 2025-26." in done.stderr
    again = command("load", str(path), "--from", "Ardenvale Council")
    assert "has the same contents as revision 1" in again.stderr
    unknown = command("load", str(path), "--from", "Somewhere Council")
    assert unknown.returncode == 1
    assert "ardenvale-council" in unknown.stdout
    row = AuditRow.objects.using("owner").filter(action="load a file").get()
    assert row.agency == "Ardenvale Council"
    assert Agency.objects.count() == len(world.agencies)

"""The pages about processes are made from the declarations, and are as current as they are."""

from pathlib import Path

import pytest

from sightline.cli.main import main
from sightline.publications.process_page import pages, process_page
from sightline.vocabulary.process import PROCESSES

FOLDER = Path(__file__).parents[2] / "docs" / "processes"


def test_the_pages_are_those_that_the_declarations_make():
    there = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.md")}
    assert there == pages(), "Made from the declarations: run make docs, and read the difference"


def test_the_command_writes_every_page(tmp_path):
    assert main(["docs", "--out", str(tmp_path)]) == 0
    assert {path.name for path in tmp_path.iterdir()} == set(pages())


@pytest.mark.parametrize("key", ["contact", "agency-enquiry", "strategy-discussion"])
def test_a_page_names_every_stage_step_role_clock_condition_and_source(key):
    process = PROCESSES[key]
    page = process_page(process)
    steps = process.steps.values()
    named = {stage.label for stage in process.stages.values()} | {step.label for step in steps}
    named |= {role.name for step in steps for role in step.by}
    named |= {gate.label for step in steps for gate in step.gates}
    named |= {clock.rule.partition("/")[0] for clock in process.clocks.values()} | set(process.sources)
    assert sorted(word for word in named if word not in page) == []


def test_a_clock_is_shown_with_its_limit_its_class_and_its_source():
    (line,) = [row for row in process_page(PROCESSES["contact"]).splitlines() if "`CK-01`" in row]
    assert "| 1 working day | statutory guidance | Working Together to Safeguard Children 2023" in line


def test_each_variant_of_a_clock_has_a_line_of_its_own():
    page = process_page(PROCESSES["contact"])
    assert all(f"Decide by priority ({rag})" in page for rag in ("red", "amber", "green", "blue"))


def test_the_diagram_starts_where_a_matter_opens_and_ends_at_its_final_stages():
    page = process_page(PROCESSES["strategy-discussion"])
    assert "[*] --> need_identified: Start a strategy discussion" in page
    assert "closed --> [*]" in page
    assert "decided --> [*]" not in page

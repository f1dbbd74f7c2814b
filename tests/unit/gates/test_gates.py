"""Every gate of our own finds a breach that is planted for it, and leaves sound work alone."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tools.gates import line_budget, names, sight_linter, size, templates
from tools.gates.__main__ import main

Plant = Callable[[str, str], Path]


@pytest.fixture
def plant(tmp_path: Path) -> Plant:
    def put(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return tmp_path

    return put


@pytest.mark.parametrize(
    "line",
    [
        "Case.objects.get(id=1)",
        "Case._default_manager.all()",
        "Case._base_manager.all()",
        "Case.visible_to(user).raw('select 1')",
        "Case.visible_to(user).extra(where=['1=1'])",
        "from django.db import connection",
        "from django.db.models.expressions import RawSQL",
        "import psycopg",
        "something.cursor().execute('select 1')",
    ],
)
@pytest.mark.parametrize("layer", ["web", "publications", "indicators", "processes"])
def test_a_query_that_asks_nobody_who_is_looking_is_a_fault(plant: Plant, layer: str, line: str) -> None:
    root = plant(f"src/sightline/{layer}/area/page.py", f"{line}\n")
    assert sight_linter.faults(root)[0].startswith(f"src/sightline/{layer}/area/page.py:1: ")


def test_visible_to_is_no_fault(plant: Plant) -> None:
    assert (
        sight_linter.faults(plant("src/sightline/web/page.py", "cases = Case.visible_to(user).filter(stage='open')\n"))
        == []
    )


@pytest.mark.parametrize("layer", sight_linter.DRAWN_FROM)
@pytest.mark.parametrize("line", ["Person.objects.all()", "process.record.objects.all()", "ties(p, by=EVERYBODY)"])
def test_what_pages_draw_from_asks_who_is_looking_or_is_named_with_its_reason(
    plant: Plant, layer: str, line: str
) -> None:
    name = f"src/sightline/{layer}/ties.py"
    root = plant(name, f"def near(p):\n    return {line}\n")
    assert sight_linter.faults(root)[0].startswith(f"{name}:2: ")
    plant(sight_linter.EXEMPTIONS, f'["{layer}/ties.py"]\nnear = ""\n')
    assert sight_linter.faults(root)[0].startswith(f"{name}:2: "), "no reason is given"
    plant(sight_linter.EXEMPTIONS, f'["{layer}/ties.py"]\nnear = "A check that may miss nobody."\n')
    assert sight_linter.faults(root) == []


def test_an_exemption_that_nothing_needs_is_a_fault(plant: Plant) -> None:
    plant("src/sightline/parts/ties.py", "def near(p):\n    return Person.visible_to(p)\n")
    root = plant(sight_linter.EXEMPTIONS, '["parts/ties.py"]\nnear = "A check."\n')
    (fault,) = sight_linter.faults(root)
    assert "'parts/ties.py near' reads nothing unguarded" in fault


def test_who_works_where_may_be_read_below_the_pages(plant: Plant) -> None:
    assert sight_linter.faults(plant("src/sightline/people/rota.py", "RoleHeld.objects.all()\n")) == []


def test_the_engine_may_use_managers(plant: Plant) -> None:
    assert sight_linter.faults(plant("src/sightline/access/sight.py", "Case.objects.all()\n")) == []


def test_a_file_too_long_is_a_fault_and_one_growing_long_a_warning(plant: Plant) -> None:
    plant("src/sightline/long.py", "x = 1\n" * 501)
    root = plant("src/sightline/growing.py", "x = 1\n" * 301)
    assert [fault.split(":")[0] for fault in size.faults(root)] == ["src/sightline/long.py"]
    assert [warning.split(":")[0] for warning in size.warnings(root)] == ["src/sightline/growing.py"]


def test_a_function_too_long_is_a_fault_but_its_docstring_does_not_count(plant: Plant) -> None:
    body = "    x = 1\n" * 40
    root = plant("src/sightline/one.py", f"def long():\n{body}")
    assert size.faults(root) == ["src/sightline/one.py:1: long has 41 lines; a function has at most 40"]
    documented = '    """Says\n    much\n    about it."""\n' + "    x = 1\n" * 39
    assert size.faults(plant("src/sightline/one.py", f"def short():\n{documented}")) == []


def test_the_language_over_its_budget_is_a_fault(plant: Plant) -> None:
    root = plant("src/sightline/engine/perform.py", "x = 1\n" * 1501)
    assert line_budget.faults(root) == [
        "vocabulary and engine have 1501 lines of 1500; three processes must need a thing first"
    ]


def test_blank_lines_docstrings_migrations_and_sight_are_not_spent(plant: Plant) -> None:
    plant("src/sightline/engine/sight_rules.py", "x = 1\n")
    plant("src/sightline/engine/migrations/0001_initial.py", "x = 1\n")
    root = plant("src/sightline/vocabulary/clock.py", '"""A clock\nruns."""\n\nx = 1\n')
    assert line_budget.spent(root) == 1


@pytest.mark.parametrize("name", ["src/sightline/web/utils.py", "src/sightline/common/x.py", "tests/helpers.py"])
def test_a_name_that_says_nothing_is_a_fault(plant: Plant, name: str) -> None:
    assert "says nothing" in names.faults(plant(name, ""))[0]


@pytest.mark.parametrize(
    "markup",
    [
        '<p style="color: red">',
        '<button onclick="go()">',
        "<style>p {}</style>",
        "<script>go()</script>",
        '<script src="https://example.org/x.js"></script>',
        '<img src="//example.org/x.png">',
        "{{ name|safe }}",
    ],
)
def test_markup_that_breaks_the_security_policy_or_escaping_is_a_fault(plant: Plant, markup: str) -> None:
    root = plant("src/sightline/web/templates/page.jinja", f"<h1>Title</h1>\n{markup}\n")
    assert templates.faults(root)[0].startswith("src/sightline/web/templates/page.jinja:2: ")


@pytest.mark.parametrize(
    "markup",
    [
        '<script src="/static/x.js"></script>',
        '<script nonce="{{ csp_nonce }}">go()</script>',
        '<a href="https://example.org">',
        '<script type="application/json">{}</script>',
    ],
)
def test_sound_markup_is_no_fault(plant: Plant, markup: str) -> None:
    assert templates.faults(plant("src/sightline/web/templates/page.jinja", markup)) == []


def test_the_gates_together_fail_when_one_does(plant: Plant, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(plant("src/sightline/web/page.py", "x = 1\n")) == 0
    assert main(plant("src/sightline/web/page.py", "Case.objects.all()\n")) == 1
    assert "Sight: src/sightline/web/page.py:1" in capsys.readouterr().out

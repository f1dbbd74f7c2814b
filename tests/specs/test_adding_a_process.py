"""The how-to for adding a process works as it stands: its own code, put where it says, runs on PostgreSQL."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOW_TO = ROOT / "docs" / "how-to" / "adding-a-process.md"
FILE = re.compile(r"```python\n# (\S+)\n(.*?)```", re.DOTALL)
COMMANDS = re.compile(r"```sh\n(.*?)```", re.DOTALL)

# The checkout stays as it is: the new files lie in a folder of their own that counts as part of the package.
SETTINGS = """
import sightline.processes
sightline.processes.__path__.append({processes!r})
from sightline.platform.settings import django as shipped
globals().update({{name: value for name, value in vars(shipped).items() if name.isupper()}})
INSTALLED_APPS = [*shipped.INSTALLED_APPS, "sightline.processes.hospital"]
"""
FIXTURES = """
import importlib.util
import pytest

spec = importlib.util.spec_from_file_location("ours", {conftest!r})
ours = importlib.util.module_from_spec(spec)
spec.loader.exec_module(ours)
world, acting = ours.world, ours.acting


@pytest.fixture(scope="session")
def django_db_setup():
    '''The database is there, migrated by the how-to's second step.'''
"""


def code_blocks():
    return dict(FILE.findall(HOW_TO.read_text("utf-8")))


@pytest.fixture
def checkout(tmp_path):
    """A folder with every file of the how-to where it says, and what stands in for the rest of the checkout."""
    for name, code in code_blocks().items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(code, encoding="utf-8")
    processes = str(tmp_path / "src" / "sightline" / "processes")
    (tmp_path / "with_hospital.py").write_text(SETTINGS.format(processes=processes), encoding="utf-8")
    fixtures = FIXTURES.format(conftest=str(ROOT / "tests" / "conftest.py"))
    (tmp_path / "tests" / "conftest.py").write_text(fixtures, encoding="utf-8")
    return tmp_path


def run(checkout, *words):
    """A command's output; fails the test, with what it said, where it fails."""
    paths = os.pathsep.join([str(checkout), str(ROOT / "tests")])
    environment = os.environ | {"PYTHONPATH": paths, "DJANGO_SETTINGS_MODULE": "with_hospital"}
    done = subprocess.run(
        words, cwd=checkout, env=environment, capture_output=True, text=True, check=False, timeout=180
    )
    assert done.returncode == 0, f"{' '.join(words)} said:\n{done.stdout}\n{done.stderr}"
    return done.stdout


def test_the_how_to_names_a_file_for_each_part_of_a_process():
    assert list(code_blocks()) == [
        "src/sightline/processes/hospital/__init__.py",
        "src/sightline/processes/hospital/apps.py",
        "src/sightline/processes/hospital/models.py",
        "src/sightline/processes/hospital/hospital_notice.py",
        "tests/scenarios/test_hospital_notice.py",
    ]


@pytest.mark.slow
def test_the_three_steps_add_a_process_that_works(checkout, server_database):
    programs = Path(sys.executable).parent
    (commands,) = COMMANDS.findall(HOW_TO.read_text("utf-8"))
    for line in commands.splitlines():
        program, *rest = line.split()
        run(checkout, str(programs / program), *rest)
    assert list((checkout / "src/sightline/processes/hospital/migrations").glob("0001_*.py"))
    run(checkout, sys.executable, "-m", "django", "check")
    scenario = ["tests/scenarios/test_hospital_notice.py", "-p", "no:cacheprovider", "--import-mode=importlib"]
    said = run(checkout, sys.executable, "-m", "pytest", *scenario, "-c", os.devnull, "--rootdir", str(checkout))
    assert "4 passed" in said, said


def test_a_page_for_it_is_made_without_another_line_of_code(checkout, server_database):
    run(checkout, sys.executable, "-c", PAGE)


PAGE = """
import django; django.setup()
from sightline.publications.process_page import pages
page = pages()["hospital-notice.md"]
assert "| Act in time |" in page, page
assert "Receive a hospital notice" in page
"""

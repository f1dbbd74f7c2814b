"""The layers are law: a planted import that goes upwards is refused, and so is a folder that no layer names."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The project's contracts over an empty tree with the same folders."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    layers = [path.name for path in (ROOT / "src" / "sightline").iterdir() if (path / "__init__.py").exists()]
    for folder in ["", *layers, "processes/front_door", "processes/protection"]:
        package = tmp_path / "sightline" / folder
        package.mkdir(parents=True, exist_ok=True)
        (package / "__init__.py").touch()
    return tmp_path


def test_the_project_names_every_folder_in_a_layer(checkout: Path) -> None:
    assert _lint(checkout).returncode == 0


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("platform/calendar.py", "import sightline.engine"),
        ("demonstration/load.py", "import sightline.cli"),
        ("engine/perform.py", "import sightline.processes"),
        ("processes/protection/conference.py", "import sightline.processes.front_door"),
        ("vocabulary/clock.py", "import django"),
    ],
)
def test_an_import_against_the_layers_is_refused(checkout: Path, file: str, line: str) -> None:
    (checkout / "sightline" / file).write_text(f"{line}\n")
    assert _lint(checkout).returncode == 1


def test_a_folder_in_no_layer_is_refused(checkout: Path) -> None:
    (checkout / "sightline" / "odds_and_ends").mkdir()
    (checkout / "sightline" / "odds_and_ends" / "__init__.py").touch()
    refused = _lint(checkout)
    assert refused.returncode == 1
    assert "odds_and_ends" in refused.stdout


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [program, "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )

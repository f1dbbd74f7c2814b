"""The how-to for adding a register: its declaration loads as it stands, and everything else follows from it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILE = re.compile(r"```python\n# (\S+)\n(.*?)```", re.DOTALL)
ASKS = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "sightline.platform.settings.django"
import sightline.registers
sightline.registers.__path__.append({folder!r})
import django
django.setup()
from sightline.registers.courses import Courses
from sightline.publications.process_page import process_page
from sightline.vocabulary.process import PROCESSES
from sightline.vocabulary.register import REGISTERS
assert REGISTERS["courses"] is Courses
process = PROCESSES["change-to-courses"]
print(",".join(process.steps), ",".join(process.stages))
print(process_page(process))
"""


@pytest.fixture
def declared(tmp_path):
    """What Python says of the how-to's declaration, put where it says, in a process of its own."""
    text = (ROOT / "docs" / "how-to" / "adding-a-register.md").read_text("utf-8")
    code = dict(FILE.findall(text))["src/sightline/registers/courses.py"]
    (tmp_path / "courses.py").write_text(code, encoding="utf-8")
    words = [sys.executable, "-c", ASKS.format(folder=str(tmp_path))]
    done = subprocess.run(words, capture_output=True, text=True, timeout=120, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_declaration_of_the_how_to_makes_a_process_and_its_page(declared):
    assert declared.startswith("propose,approve,refuse,withdraw proposed,in_force,refused,withdrawn")
    assert "# Change to courses" in declared
    assert "Delegated safeguarding partner" in declared

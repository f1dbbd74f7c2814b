"""The language of processes stays small: its vocabulary and the engine together keep to a budget of lines.

The other nouns (compartment, dataset and its XML file, indicator, instrument, register, publication) are not part of
that language; each keeps to a budget of its own.
"""

import ast
from pathlib import Path

from tools.gates.sources import docstring_lines

BUDGET = 1500
BUDGET_OF_A_NOUN = 150
COUNTED = ("src/sightline/vocabulary", "src/sightline/engine")
OTHER_NOUNS = (
    "compartments.py",
    "dataset.py",
    "xml_file.py",
    "indicator.py",
    "instrument.py",
    "register.py",
    "publication.py",
)


def faults(root: Path) -> list[str]:
    """A fault for each budget that is passed, saying by how much."""
    total = spent(root)
    found = [f"vocabulary and engine have {total} lines of {BUDGET}; three processes must need a thing first"]
    nouns = [root / COUNTED[0] / name for name in OTHER_NOUNS]
    return (found if total > BUDGET else []) + [
        f"vocabulary/{path.name} has {_lines(path)} lines of {BUDGET_OF_A_NOUN}: one noun says what it is, no more"
        for path in nouns
        if path.exists() and _lines(path) > BUDGET_OF_A_NOUN
    ]


def spent(root: Path) -> int:
    """Lines of the process language and the engine, without blank lines, docstrings, migrations and sight."""
    return sum(_lines(path) for folder in COUNTED for path in sorted((root / folder).rglob("*.py")) if _counts(path))


def _counts(path: Path) -> bool:
    return "migrations" not in path.parts and not path.name.startswith("sight") and path.name not in OTHER_NOUNS


def _lines(path: Path) -> int:
    text = path.read_text(encoding="utf-8")
    documented = docstring_lines(ast.parse(text))
    return sum(1 for number, line in enumerate(text.splitlines(), 1) if line.strip() and number not in documented)

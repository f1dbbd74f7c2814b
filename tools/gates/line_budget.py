"""The language of processes stays small: vocabulary and engine together keep to a budget of lines."""

import ast
from pathlib import Path

from tools.gates.sources import docstring_lines

BUDGET = 1500
COUNTED = ("src/sightline/vocabulary", "src/sightline/engine")


def faults(root: Path) -> list[str]:
    """One fault when the budget is passed, saying by how much."""
    total = spent(root)
    if total <= BUDGET:
        return []
    return [f"vocabulary and engine have {total} lines of {BUDGET}; three processes must need a thing first"]


def spent(root: Path) -> int:
    """Lines of vocabulary and engine, without blank lines, docstrings, migrations and sight."""
    return sum(_lines(path) for folder in COUNTED for path in sorted((root / folder).rglob("*.py")) if _counts(path))


def _counts(path: Path) -> bool:
    return "migrations" not in path.parts and not path.name.startswith("sight")


def _lines(path: Path) -> int:
    text = path.read_text(encoding="utf-8")
    documented = docstring_lines(ast.parse(text))
    return sum(1 for number, line in enumerate(text.splitlines(), 1) if line.strip() and number not in documented)

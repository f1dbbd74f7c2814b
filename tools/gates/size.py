"""Files and functions stay small enough to be read at one sitting."""

import ast
from pathlib import Path

from tools.gates.sources import docstring_lines, written_files

WARN_FILE, FAIL_FILE, FAIL_FUNCTION = 300, 500, 40


def faults(root: Path) -> list[str]:
    """Files over 500 lines, and functions over 40 lines without their docstring."""
    found = []
    for path in written_files(root):
        name, text = path.relative_to(root), path.read_text(encoding="utf-8")
        if (lines := text.count("\n")) > FAIL_FILE:
            found.append(f"{name}: {lines} lines; a file has at most {FAIL_FILE}. Split it by what it is about.")
        if path.suffix == ".py":
            found += [f"{name}:{line}: {function}" for line, function in _long_functions(text)]
    return found


def warnings(root: Path) -> list[str]:
    """Files over 300 lines, which are growing too long."""
    counts = [(path.relative_to(root), path.read_text(encoding="utf-8").count("\n")) for path in written_files(root)]
    return [f"{name}: {lines} lines; think of splitting it" for name, lines in counts if WARN_FILE < lines <= FAIL_FILE]


def _long_functions(text: str) -> list[tuple[int, str]]:
    tree = ast.parse(text)
    documented = docstring_lines(tree)
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = len(set(range(node.lineno, (node.end_lineno or node.lineno) + 1)) - documented)
            if lines > FAIL_FUNCTION:
                found.append((node.lineno, f"{node.name} has {lines} lines; a function has at most {FAIL_FUNCTION}"))
    return found

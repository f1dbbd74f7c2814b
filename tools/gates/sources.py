"""What the gates read: the files of the checkout that people write, and how long they are."""

import ast
from collections.abc import Iterator
from pathlib import Path

WRITTEN = ("src", "tests", "tools", "benchmarks")
MADE = {"migrations", "__pycache__"}
SUFFIXES = {".py", ".html", ".jinja", ".css", ".js"}


def written_files(root: Path, suffixes: set[str] = SUFFIXES) -> Iterator[Path]:
    """Files that people write, in order; migrations are written by Django."""
    for folder in WRITTEN:
        for path in sorted((root / folder).rglob("*")):
            made = any(part in MADE or part.endswith(".egg-info") for part in path.relative_to(root).parts)
            if path.suffix in suffixes and path.is_file() and not made:
                yield path


def docstring_lines(tree: ast.AST) -> set[int]:
    """Line numbers, from 1, that docstrings take up; a string under an assignment counts as one."""
    lines: set[int] = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        for child in body if isinstance(body, list) else []:
            match child:
                case ast.Expr(value=ast.Constant(value=str())):
                    lines |= set(range(child.lineno, (child.end_lineno or child.lineno) + 1))
                case _:
                    pass
    return lines

"""Pages, figures, publications and processes see records through `visible_to()` alone.

A query that starts from `Model.objects`, or from SQL, shows every record to everybody; so above the engine neither may
be written. The functions of the lower layers, which ask who is looking, are used instead.
"""

import ast
from pathlib import Path

from tools.gates.sources import written_files

LAYERS = ("web", "publications", "indicators", "processes")
MANAGERS = {"objects", "_default_manager", "_base_manager"}
SQL_CALLS = {"raw", "extra", "cursor", "execute", "executemany"}
SQL_NAMES = {"RawSQL", "connection", "connections", "psycopg"}


def faults(root: Path) -> list[str]:
    """Every use of an unguarded manager or of SQL in the layers above the engine, by file and line."""
    found = []
    for layer in LAYERS:
        for path in _files(root, layer):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            name = path.relative_to(root)
            found += [
                f"{name}:{line}: {what}; use visible_to() or a function of the engine" for line, what in _breaches(tree)
            ]
    return found


def _files(root: Path, layer: str) -> list[Path]:
    folder = root / "src" / "sightline" / layer
    return [path for path in written_files(root, {".py"}) if path.is_relative_to(folder)]


def _breaches(tree: ast.AST) -> list[tuple[int, str]]:
    found = []
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr=attr) if attr in MANAGERS:
                found.append((node.lineno, f".{attr} shows every record"))
            case ast.Call(func=ast.Attribute(attr=attr)) if attr in SQL_CALLS:
                found.append((node.lineno, f".{attr}() is raw SQL"))
            case ast.ImportFrom(module=module) if module and module.split(".")[0] in ("django", "psycopg"):
                found += [
                    (node.lineno, f"{alias.name} leads to raw SQL")
                    for alias in node.names
                    if _leads_to_sql(module, alias)
                ]
            case ast.Import() if any(alias.name.split(".")[0] == "psycopg" for alias in node.names):
                found.append((node.lineno, "psycopg leads to raw SQL"))
            case _:
                pass
    return found


def _leads_to_sql(module: str, alias: ast.alias) -> bool:
    return module.split(".")[0] == "psycopg" or alias.name in SQL_NAMES

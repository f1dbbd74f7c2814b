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
SQL_NAMES = {"RawSQL", "connection", "connections"}


def faults(root: Path) -> list[str]:
    """Every use of an unguarded manager or of SQL in the layers above the engine, by file and line."""
    guarded = [root / "src" / "sightline" / layer for layer in LAYERS]
    return [
        f"{path.relative_to(root)}:{line}: {what}; use visible_to() or a function of the engine"
        for path in written_files(root, {".py"})
        if any(path.is_relative_to(folder) for folder in guarded)
        for line, what in _breaches(ast.parse(path.read_text(encoding="utf-8")))
    ]


def _breaches(tree: ast.AST) -> list[tuple[int, str]]:
    found = []
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr=attr) if attr in MANAGERS:
                found.append((node.lineno, f".{attr} shows every record"))
            case ast.Call(func=ast.Attribute(attr=attr)) if attr in SQL_CALLS:
                found.append((node.lineno, f".{attr}() is raw SQL"))
            case ast.ImportFrom(module=str(module)):
                found += [(node.lineno, f"{n.name} leads to raw SQL") for n in node.names if _sql(module, n.name)]
            case ast.Import():
                found += [(node.lineno, f"{n.name} leads to raw SQL") for n in node.names if _sql(n.name, "")]
            case _:
                pass
    return found


def _sql(module: str, name: str) -> bool:
    package = module.split(".")[0]
    return package == "psycopg" or (package == "django" and name in SQL_NAMES)

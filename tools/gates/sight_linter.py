"""Pages, figures, publications and processes see records through `visible_to()` alone; so does what they draw from.

A query that starts from `Model.objects`, or from SQL, shows every record to everybody. Above the parts neither may be
written. In the layers whose functions pages call (parts, people, what leaves) each function that reads people's or
cases' rows without asking who looks is named, with the reason (`sight_exemptions.toml`).
"""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tools.gates.sources import written_files

LAYERS = ("web", "publications", "indicators", "processes")
DRAWN_FROM = ("parts", "people", "outgoing")
"""Layers from which pages are given what they draw."""
MANAGERS = {"objects", "_default_manager", "_base_manager"}
SQL_CALLS = {"raw", "extra", "cursor", "execute", "executemany"}
SQL_NAMES = {"RawSQL", "connection", "connections"}
NOBODY_S_CASE = {
    *("Account", "Agency", "AgencySuccession", "Authenticator", "Group", "GroupMembership", "Partnership"),
    *("PartnershipMembership", "RoleHeld", "Session", "SocialAccount", "Worker"),
}
"""Models that hold no case's and no family's data: who works where, and how they sign in."""
EVERYBODY = "EVERYBODY"
"""What asks the functions of ties for all there are."""
EXEMPTIONS = "tools/gates/sight_exemptions.toml"


def faults(root: Path) -> list[str]:
    """Every unguarded query in these layers by file and line, and every exemption that nothing needs."""
    source, exempt, needed, found = root / "src" / "sightline", _exemptions(root), set(), []
    for path in written_files(root, {".py"}):
        layer = path.relative_to(source).parts[0] if path.is_relative_to(source) else ""
        if layer not in LAYERS + DRAWN_FROM:
            continue
        for line, function, what in _breaches(ast.parse(path.read_text(encoding="utf-8")), layer in DRAWN_FROM):
            name = f"{path.relative_to(source).as_posix()} {function}"
            needed.add(name)
            if name not in exempt:
                ways = " or name it with its reason" if layer in DRAWN_FROM else " or a function of the engine"
                found.append(f"{path.relative_to(root)}:{line}: {what}; use visible_to(){ways}")
    return found + [f"{EXEMPTIONS}: {name!r} reads nothing unguarded" for name in sorted(exempt - needed)]


def _exemptions(root: Path) -> set[str]:
    """ "file function" of each; one without a reason counts for nothing."""
    path = root / EXEMPTIONS
    written = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return {f"{file} {function}" for file, given in written.items() for function, why in given.items() if why}


def _breaches(tree: ast.AST, drawn_from: bool) -> Iterator[tuple[int, str, str]]:
    """Line, name of the function, and what is wrong."""
    for node, function in _with_function(tree, ""):
        match node:
            case ast.Attribute(value=whose, attr=attr) if attr in MANAGERS:
                if not (drawn_from and ast.unparse(whose) in NOBODY_S_CASE):
                    yield node.lineno, function, f".{attr} shows every record"
            case ast.Name(id=name) if drawn_from and name in {EVERYBODY, *SQL_NAMES}:
                if isinstance(node.ctx, ast.Load):
                    yield node.lineno, function, f"{name} asks nobody who is looking"
            case ast.Call(func=ast.Attribute(attr=attr)) if attr in SQL_CALLS and not drawn_from:
                yield node.lineno, function, f".{attr}() is raw SQL"
            case ast.ImportFrom(module=str(module)) if not drawn_from:
                for alias in node.names:
                    if _sql(module, alias.name):
                        yield node.lineno, function, f"{alias.name} leads to raw SQL"
            case ast.Import() if not drawn_from:
                for alias in node.names:
                    if _sql(alias.name, ""):
                        yield node.lineno, function, f"{alias.name} leads to raw SQL"
            case _:
                pass


def _with_function(node: ast.AST, within: str) -> Iterator[tuple[ast.AST, str]]:
    """Every node below, with the dotted name of the function or class it stands in."""
    for child in ast.iter_child_nodes(node):
        name = within
        if isinstance(child, ast.FunctionDef | ast.ClassDef):
            name = f"{within}.{child.name}".lstrip(".")
        yield child, name
        yield from _with_function(child, name)


def _sql(module: str, name: str) -> bool:
    package = module.split(".")[0]
    return package == "psycopg" or (package == "django" and name in SQL_NAMES)

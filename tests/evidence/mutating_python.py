"""Mutants of the application's policies: one small change each, made in the source and put in place in memory."""

import ast
import copy
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from sightline.people import managers

OPPOSITE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt,
}  # fmt: skip
SWAPPED = {"SEALED": "RESTRICTED", "TEAM": "SEALED", "AGENCY": "RETURNS", "RETURNS": "AGENCY", "PARTNERSHIP": "AGENCY"}
"""Constants of tier and reach, each with another of its kind."""


@dataclass(frozen=True)
class Mutant:
    """A module's source with one change, and what that is."""

    module: str
    said: str
    source: str

    def __str__(self) -> str:
        return f"{self.module}: {self.said}"


def unchanged(module: ModuleType) -> Mutant:
    """No mutant: the module as it stands, put in place in the same way."""
    return Mutant(module.__name__, "unchanged", ast.unparse(_tree(module)))


def _tree(module: ModuleType) -> ast.Module:
    return ast.parse(Path(str(module.__file__)).read_text("utf-8"))


def mutants_of(module: ModuleType, functions: tuple[str, ...]) -> Iterator[Mutant]:
    """Every mutant within these functions of a module."""
    tree = _tree(module)
    chosen = [one for one in tree.body if isinstance(one, ast.FunctionDef) and one.name in functions]
    if missing := set(functions) - {one.name for one in chosen}:
        raise LookupError(f"{module.__name__} has no {', '.join(sorted(missing))}: say what is to be changed instead.")
    inside = {id(child) for one in chosen for line in one.body for child in ast.walk(line)}
    for place, node in enumerate(ast.walk(tree)):
        if id(node) in inside:
            yield from _at(tree, place, node, module.__name__)


def _at(tree: ast.Module, place: int, node: ast.AST, name: str) -> Iterator[Mutant]:
    for said, change in _changes(node):
        changed = copy.deepcopy(tree)
        found = next(one for number, one in enumerate(ast.walk(changed)) if number == place)
        replacement = change(found)
        if replacement is not None:
            changed = _Put(found, replacement).visit(changed)
        ast.fix_missing_locations(changed)
        yield Mutant(name, said, ast.unparse(changed))


class _Put(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> Any:
        return self.new if node is self.old else super().visit(node)


def _changes(node: ast.AST) -> Iterator[tuple[str, Any]]:
    """What may be changed at a node: words, and what changes it in place (None) or gives what stands there instead."""
    words = ast.unparse(node) if isinstance(node, ast.expr | ast.stmt) else ""
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in OPPOSITE:
        yield f"the opposite of {words}", _opposite
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr | ast.BitAnd):
        yield f"without {ast.unparse(node.right)} in {words}", lambda found: found.left
        yield f"without {ast.unparse(node.left)} in {words}", lambda found: found.right
    if isinstance(node, ast.BoolOp):
        for number in range(len(node.values)):
            part = ast.unparse(node.values[number])
            yield f"without {part} in {words}", lambda found, number=number: _without(found, number)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.Invert):
        yield f"without the not of {words}", lambda found: found.operand
    if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("filter", "exclude", "Q"):
        for number in range(len(node.keywords)):
            said = f"without {node.keywords[number].arg or 'its condition'} in {words}"
            yield said, lambda found, number=number: found.keywords.pop(number) and None
        if getattr(node.func, "attr", "") == "exclude":
            yield f"without {words}", lambda found: found.func.value
    if isinstance(node, ast.Attribute) and node.attr in SWAPPED:
        yield f"{SWAPPED[node.attr]} for {words}", _swap


def _opposite(found: Any) -> None:
    found.ops = [OPPOSITE[type(found.ops[0])]()]


def _without(found: Any, number: int) -> Any:
    left = [value for place, value in enumerate(found.values) if place != number]
    return left[0] if len(left) == 1 else ast.BoolOp(found.op, left)


def _swap(found: Any) -> None:
    found.attr = SWAPPED[found.attr]


@contextmanager
def in_place(module: ModuleType, source: str) -> Iterator[None]:
    """The module's functions as the source has them, wherever they are used, until the block ends."""
    before = {name: one for name, one in vars(module).items() if isinstance(one, FunctionType)}
    kept, rules = dict(vars(module)), dict(managers._rules)
    fresh: dict[str, Any] = dict(vars(module))
    exec(compile(source, str(module.__file__), "exec"), fresh)  # noqa: S102 - a changed copy of our own source
    after = {name: fresh[name] for name in before if isinstance(fresh.get(name), FunctionType)}
    again = {before[name]: FunctionType(one.__code__, vars(module), name, one.__defaults__, one.__closure__)
             for name, one in after.items() if one.__module__ == module.__name__}  # fmt: skip
    for name, one in after.items():
        if before[name] in again:
            again[before[name]].__kwdefaults__ = one.__kwdefaults__
    try:
        _everywhere(again)
        if hasattr(module, "register"):
            _registered_again(module)
        yield
    finally:
        _everywhere({new: old for old, new in again.items()})
        vars(module).update(kept)
        managers._rules.clear()
        managers._rules.update(rules)


def _everywhere(again: dict[FunctionType, FunctionType]) -> None:
    """Each name in the program that means an old function means the new one."""
    for name, module in list(sys.modules.items()):
        if not name.startswith("sightline."):
            continue
        for key, value in list(vars(module).items()):
            if isinstance(value, FunctionType) and value in again:
                setattr(module, key, again[value])


def _registered_again(module: ModuleType) -> None:
    for model in [model for model, rule in managers._rules.items() if rule.__module__ == module.__name__]:
        del managers._rules[model]
    module.register()

"""What is measured: every id of the evidence, and the module beside this one that measures it.

A module offers `measure(size, seed) -> list[Row]`, size "small" or "full". It finds Django set up on a fresh, migrated
database of its own, as the application's role; whatever else it needs it starts and stops itself. One that measures
several ids gives the rows of each.
"""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

from .row import Row

type Measure = Callable[[str, int], list[Row]]

MODULES = {
    "matrix": "matrix",
    "matrix-database-alone": "matrix",
    "policy-mutants": "policy_mutants",
    "pool-leak": "pool_leak",
    "sealed-timing": "sealed_timing",
    "revocation": "revocation",
    "read-audit": "read_audit",
    "tamper": "tamper",
    "verify-time": "verify_time",
    "canary": "canary",
    "kill": "kill",
    "double-effect": "kill",
    "walls-cost": "walls_cost",
}
TIMED = ("sealed_timing", "revocation", "verify_time", "kill", "walls_cost")
"""Modules whose figures are times, or which depend on the moment: nothing else is measured beside them."""
SIZES = ("small", "full")


def built(module: str) -> bool:
    """Whether somebody has written the module."""
    return find_spec(f"{__package__}.{module}") is not None


def measure_of(module: str) -> Measure:
    """A module's `measure`. Needs Django set up."""
    found: Measure = import_module(f"{__package__}.{module}").measure
    return found


def nothing(ids: list[str], said: str, seed: int) -> list[Row]:
    """Rows that say of each id why it has no figure."""
    return [Row(one, said, None, "", "", False, 0, seed) for one in ids]

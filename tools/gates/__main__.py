"""Runs every gate of our own over the checkout: `python -m tools.gates [FOLDER]`; exit 1 when there are faults."""

import sys
from pathlib import Path

from tools.gates import leaving, line_budget, names, sight_linter, size, templates

GATES = {
    "Size": size.faults,
    "Sight": sight_linter.faults,
    "Line budget": line_budget.faults,
    "File names": names.faults,
    "Templates": templates.faults,
    "Leaving": leaving.faults,
}


def main(root: Path) -> int:
    """Print each gate's faults; 1 when there are any."""
    for warning in size.warnings(root):
        print(f"Size warning: {warning}")
    print(f"Line budget: {line_budget.spent(root)} of {line_budget.BUDGET} lines spent")
    found = [f"{gate}: {fault}" for gate, faults in GATES.items() for fault in faults(root)]
    print("\n".join(found) or "Own gates: no faults")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1] if len(sys.argv) > 1 else ".")))

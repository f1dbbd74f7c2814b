"""The page that explains the registers to practitioners, made from their declarations so that it cannot fall behind."""

from inspect import getdoc

from sightline.datasets.neighbours.register import NeighbourSets
from sightline.vocabulary.register import REGISTERS, Register
from sightline.vocabulary.roles import Role

ABOUT = (
    "Made from the declarations by `make docs`, and kept current by a test. A register is a list kept true: each entry "
    "has the day from which it holds, and nothing is overwritten."
)


def registers_page() -> str:
    """Every register that ships: what it holds, who changes it, who approves. Reads nothing but declarations."""
    shipped = {one for one in REGISTERS.values() if one.__module__.startswith("sightline.")} | {NeighbourSets}
    parts = [_register(one) for one in sorted(shipped, key=lambda one: one.label)]
    return "\n\n".join(["# Registers", ABOUT, *parts]) + "\n"


def _register(register: type[Register]) -> str:
    rows = "\n".join(f"| {label} | {_question(register, name)} |" for name, label in register.columns.items())
    said = [
        f"## {register.label}",
        getdoc(register) or "",
        register.says,
        _who(register),
        f"| Column | Question |\n|---|---|\n{rows}" if register.change else "",
        _life(register),
        "Sources: " + "; ".join(register.sources) + ".",
    ]
    return "\n\n".join(part for part in said if part)


def _question(register: type[Register], name: str) -> str:
    column = register.entry._meta.get_field(name) if register.change is None else register.change._meta.get_field(name)
    return f"{column.verbose_name}{' Needed.' if name in register.needs else ''}"


def _who(register: type[Register]) -> str:
    if not register.change:
        return "Changed by loading a published file, and in no other way."
    page = f"[its process]({register.process_key()}.md)"
    if not register.approved_by:
        return f"Changed at once by: {_names(register.changed_by)}. See {page}."
    return f"Proposed by: {_names(register.changed_by)}. Approved by: {_names(register.approved_by)}. See {page}."


def _names(roles: tuple[Role, ...]) -> str:
    return ", ".join(role.name for role in roles)


def _life(register: type[Register]) -> str:
    """From each state to which others, in the state's own words."""
    if not register.state:
        return ""
    labels = {"": "New", **dict(register.entry._meta.get_field(register.state).flatchoices)}
    rows = [f"* {labels[was]} → {', '.join(labels[state] for state in to)}" for was, to in register.moves.items()]
    return "\n".join(["Life of an entry:", "", *rows])

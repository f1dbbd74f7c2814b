"""The page that explains one process to practitioners, made from its declaration so that it cannot fall behind.

Markdown with a diagram; the limits of clocks come from the rules that ship, in their newest edition.
"""

from collections.abc import Iterable
from inspect import getdoc

from sightline.platform.settings.rule import CLASS_WORDS
from sightline.platform.settings.rules import Rule, guidance, rules
from sightline.publications.register_page import registers_page
from sightline.vocabulary.clock import Clock
from sightline.vocabulary.process import PROCESSES, Gate, Process, Step, never, words

NOTHING = "–"


def process_page(process: type[Process]) -> str:
    """The page of one process, as Markdown. Reads nothing but declarations and the rules that ship."""
    parts = (
        [f"# {process.label}", getdoc(process) or "", _where(process)],
        ["## How it moves", _diagram(process)],
        ["## Steps", _steps(process)],
        ["## Clocks", _clocks(process)],
        ["## Conditions on stepping back", _gates(process)],
        ["## What it opens", _links(process)],
        ["## Roles", _roles(process)],
        ["## Sources", "\n".join(f"* {source}" for source in process.sources)],
    )
    return "\n\n".join(piece for part in parts for piece in part) + "\n"


def index_page(processes: Iterable[type[Process]]) -> str:
    """The list of the pages."""
    rows = [f"| [{one.label}]({one.key}.md) | {_first_line(one)} | `{one.prefix}-` |" for one in processes]
    about = (
        "Made from the declarations by `make docs`, and kept current by a test. Do not edit these pages: edit the "
        "declaration."
    )
    return "\n\n".join(["# Processes", about, _table(("Process", "What it is", "References"), rows)]) + "\n"


def pages() -> dict[str, str]:
    """Every page by its file name."""
    shipped = [PROCESSES[key] for key in sorted(PROCESSES) if PROCESSES[key].__module__.startswith("sightline.")]
    about = {"README.md": index_page(shipped), "registers.md": registers_page()}
    return about | {f"{one.key}.md": process_page(one) for one in shipped}


def _first_line(process: type[Process]) -> str:
    return (getdoc(process) or "").partition("\n")[0]


def _where(process: type[Process]) -> str:
    file = "src/" + process.__module__.replace(".", "/") + ".py"
    answers = f" Each one answers part of a {PROCESSES[process.child_of].label.lower()}." if process.child_of else ""
    return (
        f"References begin with `{process.prefix}-`. Declared in `{file}`, version {process.version}.{answers} "
        "This page is made from the declaration by `make docs`."
    )


def _diagram(process: type[Process]) -> str:
    lines = [f'    state "{stage.label}" as {stage.key}' for stage in process.stages.values()]
    lines += [f"    {start} --> {end}: {' / '.join(steps)}" for (start, end), steps in _moves(process).items()]
    lines += [f"    {stage.key} --> [*]" for stage in process.stages.values() if stage.final]
    return "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```"])


def _moves(process: type[Process]) -> dict[tuple[str, str], list[str]]:
    moves: dict[tuple[str, str], list[str]] = {}
    for step in process.steps.values():
        for start in [stage.key for stage in step.at] or ["[*]"]:
            if step.to and step.to.key != start:
                moves.setdefault((start, step.to.key), []).append(step.label.replace(":", ","))
    return moves


def _steps(process: type[Process]) -> str:
    rows = [
        _row(
            step.label,
            ", ".join(stage.label for stage in step.at) or "opens the matter",
            step.to.label if step.to else "the same stage",
            ", ".join(role.name for role in step.by),
            _remarks(process, step),
        )
        for step in process.steps.values()
    ]
    return _table(("Step", "Stage", "Leads to", "Who", "Rules"), rows)


def _remarks(process: type[Process], step: Step) -> str:
    said = []
    if step.protective:
        said.append("protective: held up by nothing")
    elif step.protective_when is not never:
        said.append("protective where the answer protects")
    if step.steps_back is not never:
        said.append("the conditions below apply where it steps back" if step.gates else "steps back")
    if step.endorses:
        made = " or ".join(f"“{process.steps[key].label}”" for key in step.endorses)
        said.append(f"not by whoever last took {made}")
    if step.only_when:
        said.append("the record decides whether it can be taken")
    if step.only_for:
        said.append("the record decides for whom of them it is")
    return "; ".join(said)


def _clocks(process: type[Process]) -> str:
    rows = [_clock(process, clock, rule) for clock in process.clocks.values() for rule in _rules_of(process, clock)]
    heads = ("Clock", "Starts", "Stops", "Limit", "Class", "Source", "Edition", "Rule")
    return _table(heads, rows) if rows else "None."


def _clock(process: type[Process], clock: Clock, rule: Rule) -> str:
    starts = _named(process, clock.starts)
    if clock.counts_from:
        starts += f", counted from {_named(process, (clock.counts_from,))}"
    variant = f" ({rule.variant})" if rule.variant else ""
    limit = (words(clock.key) + variant, starts, _named(process, clock.stops), rule.in_words)
    edition = guidance()[rule.guidance].edition if rule.guidance else ""
    return _row(*limit, CLASS_WORDS[rule.clock_class], rule.source, edition, f"`{rule.id}`")


def _named(process: type[Process], steps: Iterable[str]) -> str:
    return ", ".join(f"“{process.steps[key].label}”" for key in steps)


def _rules_of(process: type[Process], clock: Clock) -> list[Rule]:
    """The rule, or one for each variant that the record offers; of each, the newest edition."""
    rule_id, _, fixed = clock.rule.partition("/")
    offered = process.record._meta.get_field(clock.variant).choices if clock.variant else [(fixed, "")]
    newest = {row.variant: row for row in sorted(rules(), key=_edition) if row.id == rule_id}
    return [newest[variant] for variant, _ in offered if variant in newest]


def _edition(row: Rule) -> str:
    return row.effective_from.isoformat()


def _gates(process: type[Process]) -> str:
    held = {gate: step for step in process.steps.values() for gate in step.gates}
    rows = [_gate(gate, step) for gate, step in held.items()]
    return _table(("Condition", "Holds back", "Who may override, with a reason"), rows) if rows else "None."


def _gate(gate: Gate, step: Step) -> str:
    return _row(gate.label, step.label, ", ".join(role.name for role in gate.override_by))


def _links(process: type[Process]) -> str:
    lines = [
        f"* “{step.label}” opens {_link(link.process)}" + (", one for each row" if link.each else "")
        for step in process.steps.values()
        for link in step.opens
    ]
    return "\n".join(lines) or "Nothing."


def _link(key: str) -> str:
    return f"[{PROCESSES[key].label.lower()}]({key}.md)"


def _roles(process: type[Process]) -> str:
    steps = process.steps.values()
    roles = {role.key: role for step in steps for role in step.by}
    rows = [
        _row(role.name, role.description, ", ".join(step.label for step in steps if role in step.by))
        for role in roles.values()
    ]
    return _table(("Role", "What it is", "Steps"), rows)


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell or NOTHING for cell in cells) + " |"


def _table(heads: tuple[str, ...], rows: list[str]) -> str:
    return "\n".join([_row(*heads), "|" + "---|" * len(heads), *rows])

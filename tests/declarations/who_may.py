"""Who may do what, as a table that a practice lead can read and approve."""

from sightline.vocabulary.process import PROCESSES, Process, Step, never

HEAD = (
    "| Step | When | Leads to | Who may | Not whoever last did | Held back by (who may override) | Waits for nothing |"
)
RULE = "|---|---|---|---|---|---|---|"
INTRODUCTION = """# Who may do what

Made from the declarations and compared by every test run. A change here is a change of practice: the practice lead
reads the difference before `make snapshots` approves it. A protective step is held up by nothing; conditions hold back
only a step that lowers or ends protection.
"""


def table() -> str:
    """Every process, step by step."""
    return INTRODUCTION + "".join(_process(PROCESSES[key]) for key in sorted(PROCESSES) if _ours(PROCESSES[key]))


def _ours(process: type[Process]) -> bool:
    return process.__module__.startswith("sightline.")


def _process(process: type[Process]) -> str:
    rows = "\n".join(_row(process, step) for step in process.steps.values())
    return f"\n## {process.label}\n\n{HEAD}\n{RULE}\n{rows}\n"


def _row(process: type[Process], step: Step) -> str:
    stages = list(process.stages.values())
    when = ", ".join(stage.label for stage in stages if stage in step.at) or "opens the matter"
    gates = "; ".join(f"{gate.label} ({', '.join(role.name for role in gate.override_by)})" for gate in step.gates)
    cells = (
        step.label,
        when,
        step.to.label if step.to else "the same stage",
        ", ".join(role.name for role in step.by),
        ", ".join(process.steps[key].label for key in step.endorses),
        gates,
        _protective(step),
    )
    return "| " + " | ".join(cell or "–" for cell in cells) + " |"


def _protective(step: Step) -> str:
    if step.protective:
        return "always"
    if step.protective_when is not never:
        return "by its answer"
    return "steps back" if step.steps_back is not never else ""

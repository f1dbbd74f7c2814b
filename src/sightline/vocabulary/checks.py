"""Is a declaration sound? Every fault is named at once, in words that point at the line to mend."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from .roles import SCRUTINEER

if TYPE_CHECKING:
    from .process import Process, Step


class DeclarationFault(TypeError):
    """A declaration contradicts itself; the message lists every fault."""


def refuse(name: str, faults: Iterable[str]) -> None:
    """Raise DeclarationFault listing the faults, where there are any."""
    found = list(faults)
    if found:
        raise DeclarationFault(f"{name} cannot be used:\n" + "\n".join(f"  - {fault}" for fault in found))


def faults_of(process: "type[Process]") -> list[str]:
    """Faults that one declaration shows by itself."""
    return [
        *_title_faults(process),
        *_stage_faults(process),
        *(fault for step in process.steps.values() for fault in _step_faults(process, step)),
        *_clock_faults(process),
    ]


def link_faults(processes: "dict[str, type[Process]]", rules: Iterable[str]) -> list[str]:
    """Faults between declarations: opened processes, parents and clock rules that do not exist."""
    known = set(rules)
    faults = []
    for process in processes.values():
        for step in process.steps.values():
            faults += [
                f"{process.key}: {step.key} opens {link.process!r}, which no process declares"
                for link in step.opens
                if link.process not in processes
            ]
        if process.child_of and process.child_of not in processes:
            faults.append(f"{process.key}: answers {process.child_of!r}, which no process declares")
        faults += [
            f"{process.key}: clock {clock.key} follows rule {clock.rule!r}, which rules.toml does not hold"
            for clock in process.clocks.values()
            if clock.rule.partition("/")[0] not in known
        ]
    return faults


def _columns(process: "type[Process]") -> set[str]:
    return {column.name for column in process.record._meta.fields} if process.record else set()


def _title_faults(process: "type[Process]") -> list[str]:
    if process.concerns not in ("child", "partnership"):
        return [f"it concerns {process.concerns!r}: say child or partnership"]
    if process.concerns == "child" or process.title in _columns(process):
        return []
    return ["it concerns the partnership: name the record's column that titles it"]


def _stage_faults(process: "type[Process]") -> list[str]:
    steps = process.steps.values()
    faults = [] if any(step.opening for step in steps) else ["no step opens it: one step must have no `at`"]
    reached = {step.to.key for step in steps if step.to}
    for stage in process.stages.values():
        leaves = any(stage in step.at and step.to not in (None, stage) for step in steps)
        if stage.key not in reached:
            faults.append(f"stage {stage.key} is never reached")
        if not stage.final and not leaves:
            faults.append(f"stage {stage.key} is not final and has no way out")
    return faults


def _step_faults(process: "type[Process]", step: "Step") -> list[str]:
    columns = _columns(process)
    faults = []
    if not step.by:
        faults.append(f"nobody may do {step.key}")
    if step.opening and step.to is None:
        faults.append(f"{step.key} opens the matter but leads to no stage")
    faults += [f"{step.key} asks for {ask}, which the record does not hold" for ask in step.asks if ask not in columns]
    faults += [
        f"{step.key} needs {need}, which it does not ask for"
        for need in (*step.needs, *step.needs_to_step_back)
        if need not in step.asks
    ]
    for stage in (*step.at, *((step.to,) if step.to else ())):
        if stage.key not in process.stages:
            faults.append(f"{step.key} uses stage {stage.key}, which {process.__name__} does not declare")
    faults += [
        f"{step.key} endorses {made}, which is not a step" for made in step.endorses if made not in process.steps
    ]
    if SCRUTINEER in step.by and (step.endorses or (step.to is not None and not step.opening)):
        faults.append(f"{step.key} decides, and the scrutineer may take it: the scrutineer never approves or endorses")
    if step.happened and step.happened not in step.asks:
        faults.append(f"{step.key} happened at {step.happened}, which it does not ask for")
    if step.protective and step.gates:
        faults.append(f"{step.key} is protective and has gates: nothing may hold up a protective step")
    return faults


def _clock_faults(process: "type[Process]") -> list[str]:
    faults = []
    for clock in process.clocks.values():
        named = (*clock.starts, *clock.stops, *((clock.counts_from,) if clock.counts_from else ()))
        faults += [f"clock {clock.key} waits for unknown step {name}" for name in named if name not in process.steps]
        faults += [
            f"clock {clock.key} {verb} {column}, which the record does not hold"
            for verb, column in (("varies by", clock.variant), ("counts to", clock.until))
            if column and column not in _columns(process)
        ]
    return faults

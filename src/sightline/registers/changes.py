"""The small process through which a register is changed, made from the register's declaration.

A change is a matter like any other: proposed, approved by somebody else where the register says so, and then in force.
So it has who, when and why, its audit row and its timeline without anything of its own.
"""

from typing import Any

from sightline.platform import calendar
from sightline.vocabulary.checks import refuse
from sightline.vocabulary.process import Answers, Process, Stage, Step
from sightline.vocabulary.register import Register

from .entries import Change
from .proposal import Proposal, hold

WHICH = ("kind", "entry")
WHEN_AND_WHY = ("effective_from", "reason", "backdated")
FROM_WHEN = "From when, and why"


def change_process(register: type[Register]) -> type[Process]:
    """Declare the process of one register; `change-to-<key>`. Raises DeclarationFault."""
    taken = {column.name for column in Change._meta.local_fields} & set(register.columns)
    refuse(register.__name__, (f"{name} is asked of every change: call the column something else" for name in taken))
    in_force = Stage("In force", final=True)
    body: dict[str, Any] = {
        "__module__": register.__module__,
        "__doc__": f"A change to the register of {register.label.lower()}: who, when and why.",
        "key": register.process_key(),
        "label": f"Change to {register.label.lower()}",
        "record": register.change,
        "prefix": register.prefix,
        "version": register.version,
        "sources": register.sources,
        "concerns": "partnership",
        "title": "about",
        # A correction would change what is recorded of the change and leave the register as it is.
        "fixed": frozenset((*WHICH, *register.columns, *WHEN_AND_WHY)),
    }
    at_once = {"in_force": in_force, "propose": _proposing(register, in_force)}
    body.update(_approved(register, in_force) if register.approved_by else at_once)
    name = "".join(word.capitalize() for word in f"change to {register.label}".replace("-", " ").split())
    return type(name, (Process,), body)


def _approved(register: type[Register], in_force: Stage) -> dict[str, Any]:
    """Stages and steps where another person has to agree."""
    proposed = Stage("Proposed")
    refused, withdrawn = Stage("Not approved", final=True), Stage("Withdrawn", final=True)
    ending: dict[str, Any] = {"at": (proposed,), "asks": ("why_not",), "needs": ("why_not",)}
    return {
        "proposed": proposed,
        "in_force": in_force,
        "refused": refused,
        "withdrawn": withdrawn,
        "propose": _proposing(register, proposed),
        "approve": Step(
            "Approve the change",
            by=register.approved_by,
            at=(proposed,),
            to=in_force,
            asks=("note",),
            endorses=("propose",),
            checks=lambda matter, answers: _now_wrong(register, matter),
            then=lambda deed: take_effect(register, deed),
            done="Approved the change",
            help="From its day the register holds what is proposed. What it holds until then is kept.",
        ),
        "refuse": Step(
            "Do not approve the change",
            by=register.approved_by,
            to=refused,
            done="Did not approve the change",
            next_up=False,
            **ending,
        ),
        "withdraw": Step(
            "Withdraw the proposal",
            by=register.changed_by,
            to=withdrawn,
            done="Withdrew the proposal",
            next_up=False,
            **ending,
        ),
    }


def _proposing(register: type[Register], to: Stage) -> Step:
    at_once = not register.approved_by
    what = f"a change to {register.label.lower()}"
    return Step(
        f"Change {register.label.lower()}" if at_once else f"Propose {what}",
        by=register.changed_by,
        to=to,
        asks=(*WHICH, *register.columns, *WHEN_AND_WHY),
        needs=("kind", "effective_from"),
        checks=lambda matter, answers: _wrong(register, matter, answers),
        sections=(*register.sections, *(((FROM_WHEN, WHEN_AND_WHY),) if register.sections else ())),
        settles=lambda matter, answers: _settled(register, matter, answers),
        then=(lambda deed: take_effect(register, deed)) if at_once else None,
        tells=register.approved_by,
        done=f"Made {what}" if at_once else f"Proposed {what}",
    )


def _wrong(register: type[Register], matter: Any, answers: Answers) -> dict[str, str]:
    """While no day is given, what is missing is said all the same."""
    if not register.approved_by:
        hold(matter.case.partnership)
    proposed = Proposal.of(register, matter, answers)
    if proposed is not None:
        return proposed.faults()
    today = calendar.local_date(matter.case.opened_at)
    undated = Proposal.of(register, matter, {**answers, "effective_from": today})
    return undated.incomplete() if undated else {}


def _now_wrong(register: type[Register], matter: Any) -> dict[str, str]:
    """The register may have moved on since it was proposed. Another approval waits until this one is done."""
    hold(matter.case.partnership)
    proposed = Proposal.of(register, matter, {})
    found = {**proposed.clash(), **({} if proposed.ends else proposed.unfit())} if proposed else {}
    said = " ".join(f"{message}." for message in found.values())
    return (
        {"changed": f"The register has changed since this was proposed. {said} Do not approve this one."}
        if said
        else {}
    )


def _settled(register: type[Register], matter: Any, answers: Answers) -> Answers:
    proposed = Proposal.of(register, matter, answers)
    if proposed is None:
        return {}
    what = {"new": "New {}", "change": "Change to {}", "end": "End of {}"}[proposed.kind].format(register.one)
    kept = {name: proposed.values[name] for name in register.identified_by() if name in register.columns}
    about = f"{what}: {proposed.title()}"[:200]
    return {**kept, "entry": proposed.address, "about": about}


def take_effect(register: type[Register], deed: Any) -> None:
    """End the version in force on the day, and begin the new one. Nothing is overwritten."""
    change: Change = deed.record
    proposed = Proposal.of(register, deed.matter, {})
    assert proposed is not None  # noqa: S101 - the step needs the day
    row, before = proposed.row(), proposed.before
    if before is not None:
        before.valid_to = proposed.effective_from
        change.ended = before.pk
        deed.change(before)
    if not proposed.ends:
        change.made = row.pk
        register.then(deed, row)
        deed.add(row)

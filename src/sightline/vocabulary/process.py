"""How is a matter that moves through stages declared?

A process is a class whose body names its stages, steps and clocks. It is checked when Python loads it: a
contradictory declaration cannot start the server. Labels, form, pages, timeline wording and the documentation page come
from the names unless they are given.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar

from .clock import Clock, always
from .compartments import FRONT_DOOR, PARTNERSHIP
from .meeting import Quorum
from .roles import Role

Answers = dict[str, Any]


def never(matter: Any, answers: Answers) -> bool:
    return False


def words(name: str) -> str:
    """`start_enquiry` or `StrategyDiscussion` as a label: "Start enquiry", "Strategy discussion"."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).replace("_", " ").lower()
    return spaced[:1].upper() + spaced[1:]


@dataclass(frozen=True, eq=False)
class Stage:
    """Where a matter stands. A final stage takes no more steps but corrections."""

    label: str = ""
    final: bool = False
    key: str = ""

    def __set_name__(self, owner: type, name: str) -> None:
        if not self.key:
            object.__setattr__(self, "key", name)
            object.__setattr__(self, "label", self.label or words(name))


@dataclass(frozen=True, eq=False)
class Gate:
    """A condition on stepping back. `unmet` returns one sentence for each thing that is missing (none: met)."""

    key: str
    label: str
    unmet: Callable[[Any, Answers], list[str]]
    override_by: tuple[Role, ...]


@dataclass(frozen=True)
class Opens:
    """Another matter that a step opens, named by key so that areas of work need not know one another.

    each: an answer holding rows; one child case is opened for each row (parallel answers).
    answers: from (matter, answers[, row]) the answers to the opened process's first step.
    """

    process: str
    answers: Callable[..., Answers]
    when: Callable[[Any, Answers], bool] = always
    each: str = ""


@dataclass(frozen=True, eq=False)
class Step:
    """Something a person does to a matter, recorded once and never edited.

    by: roles that may; at: stages at which (none: it opens the matter); to: the stage after (none: unchanged).
    asks: columns of the record; needs: those without which the step means nothing;
    needs_to_step_back: those that stepping back also requires, and that a protective step may leave for later.
    steps_back: of (matter, answers), whether this lowers or ends protection. Gates bite only then.
    protective: never held up by version conflict, gate or missing answer.
    parts: shared parts of the answer, each a list of rows (people, attendance, actions, ...).
    endorses: steps of which whoever took the latest may not also take this one.
    happened: the asked column that says when it really happened, where that is not now.
    next_up: whether it is what the stage waits for, and so shows in the worklist; others may be taken any time.
    once_each: each agency takes it once, and it leaves that agency's worklist.
    only_when: of (matter), an empty string where the step makes sense now, else why it does not.
    only_for: of (matter, somebody in one of the roles), an empty string where it is theirs to take, else why not.
    checks: of (matter, answers), messages by column for answers that contradict each other.
    choices: of (matter), limits on the choices of asked columns: {column: [values]}.
    sections: headings and the columns or parts under each, where the page has more than one.
    reveals: {column: {value: (columns shown when it is chosen, ...)}}.
    settles: of (matter, answers), columns this step sets by itself.
    done: past tense for the timeline; help: one sentence on the page.
    then: of (deed), what else follows; may only use the deed's own verbs.
    """

    label: str = ""
    by: tuple[Role, ...] = ()
    at: tuple[Stage, ...] = ()
    to: Stage | None = None
    asks: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    needs_to_step_back: tuple[str, ...] = ()
    steps_back: Callable[[Any, Answers], bool] = never
    protective: bool = False
    protective_when: Callable[[Any, Answers], bool] = never
    gates: tuple[Gate, ...] = ()
    parts: tuple[str, ...] = ()
    endorses: tuple[str, ...] = ()
    opens: tuple[Opens, ...] = ()
    tells: tuple[Role, ...] = ()
    happened: str = ""
    next_up: bool = True
    once_each: bool = False
    only_when: Callable[[Any], str] | None = None
    only_for: Callable[[Any, Any], str] | None = None
    checks: Callable[[Any, Answers], dict[str, str]] | None = None
    choices: Callable[[Any], dict[str, list[str]]] | None = None
    settles: Callable[[Any, Answers], Answers] | None = None
    reveals: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    then: Callable[[Any], None] | None = None
    sections: tuple[tuple[str, tuple[str, ...]], ...] = ()
    done: str = ""
    help: str = ""
    key: str = ""

    def __set_name__(self, owner: type, name: str) -> None:
        if not self.key:
            object.__setattr__(self, "key", name)
            object.__setattr__(self, "label", self.label or words(name))
            object.__setattr__(self, "done", self.done or self.label)

    @property
    def opening(self) -> bool:
        return not self.at

    def is_protective(self, matter: Any, answers: Answers) -> bool:
        return self.protective or self.protective_when(matter, answers)


class Process:
    """A matter that moves through stages against clocks. Subclass it, name a record, stages, steps and clocks.

    record: the Django model that holds its typed columns. prefix: first letters of its references.
    version: the declaration's own version, kept on every case opened under it.
    fixed: columns that settle a decision, which no correction may change.
    child_of: key of the process whose cases it answers, where it does.
    quorum: who must take part in its meeting. sources: law, guidance and local rules it rests on.
    concerns: "child", or "partnership" for a matter about how the partners work, which names no child.
    title: the record's column that names such a matter in lists.
    compartment: which roles read it (`compartments.toml`); by what it concerns where not given.
    """

    abstract: ClassVar[bool] = True
    key: ClassVar[str] = ""
    label: ClassVar[str] = ""
    record: ClassVar[Any] = None
    prefix: ClassVar[str] = "X"
    version: ClassVar[str] = "1"
    child_of: ClassVar[str] = ""
    quorum: ClassVar[Quorum | None] = None
    concerns: ClassVar[str] = "child"
    compartment: ClassVar[str] = ""
    title: ClassVar[str] = ""
    sources: ClassVar[tuple[str, ...]] = ()
    fixed: ClassVar[frozenset[str]] = frozenset({"decision"})
    stages: ClassVar[dict[str, Stage]]
    steps: ClassVar[dict[str, Step]]
    clocks: ClassVar[dict[str, Clock]]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        from .checks import faults_of, refuse

        cls.abstract = False
        cls.key = cls.__dict__.get("key") or words(cls.__name__).lower().replace(" ", "-")
        cls.label = cls.__dict__.get("label") or words(cls.__name__)
        cls.stages = {n: v for n, v in vars(cls).items() if isinstance(v, Stage) and v.key == n}
        cls.steps = {n: v for n, v in vars(cls).items() if isinstance(v, Step) and v.key == n}
        cls.clocks = {n: v for n, v in vars(cls).items() if isinstance(v, Clock)}
        cls.compartment = cls.__dict__.get("compartment") or (FRONT_DOOR if cls.concerns == "child" else PARTNERSHIP)
        refuse(cls.__name__, faults_of(cls))
        PROCESSES[cls.key] = cls

    @classmethod
    def opening_step(cls) -> Step:
        return next(step for step in cls.steps.values() if step.opening)

    @classmethod
    def steps_at(cls, stage: str) -> list[Step]:
        return [step for step in cls.steps.values() if any(at.key == stage for at in step.at)]


PROCESSES: dict[str, type[Process]] = {}


def process_named(key: str) -> type[Process]:
    """The declared process with this key. Raises LookupError naming the key and what there is."""
    try:
        return PROCESSES[key]
    except KeyError:
        raise LookupError(f"There is no process {key!r}. Processes: {', '.join(sorted(PROCESSES))}.") from None

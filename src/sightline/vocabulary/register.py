"""How is a list declared that is kept true, with the dates from and to which each entry holds?

A register says what it lists, what identifies an entry, who may change it and who approves. Its pages, its forms, its
history and the matter through which each change goes follow from that. It is checked when Python loads it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from .checks import refuse
from .process import words
from .roles import SCRUTINEER, Role

Values = Mapping[str, Any]
Messages = dict[str, str]


def not_known(partnership: Any, values: Values) -> str:
    return ""


def nothing_wrong(values: Values, before: Any) -> Messages:
    return {}


def nothing_more(deed: Any, row: Any) -> None:
    return None


class Register:
    """A list kept true. Subclass it, name the entry's model and the model that holds a proposed change.

    one: what an entry is called inside a sentence. says: what the list is for, in a sentence or two.
    entry: the model of dated rows; change: the record of a change to one (None: rows come only by loading a file).
    columns: what is asked of an entry, in the order of the form, each with a word or two for lists and history;
    questions and help are the model's own.
    needs: those that an entry may not be without. listed: those that the list shows beside its name.
    identity: look-ups whose values tell one entry from another, and make its address. named_from: the column from
    whose words the identity of a new entry is made; known_as: of (partnership, values), the key that it has already, if
    any. called: of a row, what the entry is called.
    belongs_to: the column that holds the partnership, or its key where the name ends with `_key`; "" for a list that is
    the same for every partnership.
    changed_by: roles that propose a change; approved_by: roles of which another person agrees (none: at once).
    state: the column that holds where an entry is in its life; moves: from each state ("" before there is an entry)
    to which others; over: states in which the entry is past. A register with such states has no other end.
    sections: headings of the form with the columns under each, where one list of questions is too long.
    checks: of (values, the row in force or None), messages by column. then: of (deed, the new row), what else follows.
    """

    key: ClassVar[str] = ""
    label: ClassVar[str] = ""
    one: ClassVar[str] = "entry"
    says: ClassVar[str] = ""
    entry: ClassVar[Any] = None
    change: ClassVar[Any] = None
    columns: ClassVar[Mapping[str, str]] = {}
    needs: ClassVar[tuple[str, ...]] = ()
    listed: ClassVar[tuple[str, ...]] = ()
    identity: ClassVar[tuple[str, ...]] = ("key",)
    named_from: ClassVar[str] = ""
    known_as: ClassVar[staticmethod[[Any, Values], str]] = staticmethod(not_known)
    called: ClassVar[staticmethod[[Any], str]] = staticmethod(str)
    belongs_to: ClassVar[str] = "partnership"
    changed_by: ClassVar[tuple[Role, ...]] = ()
    approved_by: ClassVar[tuple[Role, ...]] = ()
    state: ClassVar[str] = ""
    moves: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    over: ClassVar[tuple[str, ...]] = ()
    sections: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]] = ()
    prefix: ClassVar[str] = "G"
    version: ClassVar[str] = "1"
    sources: ClassVar[tuple[str, ...]] = ()
    checks: ClassVar[staticmethod[[Values, Any], Messages]] = staticmethod(nothing_wrong)
    then: ClassVar[staticmethod[[Any, Any], None]] = staticmethod(nothing_more)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.label = cls.__dict__.get("label") or words(cls.__name__)
        cls.key = cls.__dict__.get("key") or cls.label.lower().replace(" ", "-")
        refuse(cls.__name__, faults_of(cls))
        REGISTERS[cls.key] = cls

    @classmethod
    def process_key(cls) -> str:
        """Key of the process through which the register is changed."""
        return f"change-to-{cls.key}"

    @classmethod
    def identified_by(cls) -> tuple[str, ...]:
        """The columns that identify an entry: the heads of its look-ups."""
        return tuple(lookup.partition("__")[0] for lookup in cls.identity)


REGISTERS: dict[str, type[Register]] = {}


def register_named(key: str) -> type[Register]:
    """The declared register with this key. Raises LookupError naming the key and what there is."""
    try:
        return REGISTERS[key]
    except KeyError:
        raise LookupError(f"There is no register {key!r}. Registers: {', '.join(sorted(REGISTERS))}.") from None


def faults_of(register: type[Register]) -> list[str]:
    """What a declaration contradicts or leaves out, in words that point at the line to mend."""
    if register.entry is None:
        return ["it lists nothing: name the model of its entries"]
    return [*_column_faults(register), *_change_faults(register), *_life_faults(register)]


def _held(model: Any) -> set[str]:
    return {column.name for column in model._meta.fields}


def _column_faults(register: type[Register]) -> list[str]:
    held, asked = _held(register.entry), set(register.columns)
    wanted = (*register.columns, *register.identified_by(), register.belongs_to, "valid_from", "valid_to")
    faults = [f"the entry holds no {name}" for name in dict.fromkeys(wanted) if name and name not in held]
    faults += [f"{name} is needed, but it is not asked for" for name in register.needs if name not in asked]
    faults += [f"{name} is listed, but it is not asked for" for name in register.listed if name not in asked]
    if register.named_from and register.named_from not in asked:
        faults.append(f"entries are named from {register.named_from}, which is not asked for")
    return faults


def _change_faults(register: type[Register]) -> list[str]:
    if register.change is None:
        return ["its rows come from files: nobody may change or approve them"] if register.changed_by else []
    faults = [] if register.changed_by else ["nobody may change it: name the roles that propose a change"]
    if SCRUTINEER in register.approved_by:
        faults.append("the scrutineer never approves: name another role")
    missing = [name for name in register.columns if name not in _held(register.change)]
    return [*faults, *(f"the record of a change holds no {name}" for name in missing)]


def _life_faults(register: type[Register]) -> list[str]:
    if not register.state:
        return ["it names moves between states, but no column that holds the state"] if register.moves else []
    if register.state not in register.columns:
        return [f"the state is in {register.state}, which is not asked for"]
    choices = register.entry._meta.get_field(register.state).choices or ()
    known = {code for code, _ in choices}
    reached = {state for states in register.moves.values() for state in states}
    named = (set(register.moves) - {""}) | reached | set(register.over)
    faults = [f"{state} is not a state of the entry" for state in sorted(named - known)]
    return [*faults, *(f"state {state} is never reached" for state in sorted(known - reached))]

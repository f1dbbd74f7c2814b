"""A proposed change held against the register as it stands: can it be made, and if not, why not?"""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.text import slugify

from sightline.people.models import Partnership
from sightline.platform import calendar
from sightline.platform.calendar import plain_date
from sightline.vocabulary.register import Messages, Register

from .entries import Change

BETWEEN = "~"
"""Stands between the parts of an entry's address."""


def hold(partnership: Partnership) -> None:
    """Let nobody else change this partnership's registers until the transaction ends; reading goes on."""
    Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)


def address_of(register: type[Register], row: Any) -> str:
    """How an entry is named in an address: the values that identify it."""
    return BETWEEN.join(str(_attribute(row, lookup)) for lookup in register.identity)


def rows_of(register: type[Register], partnership: Partnership) -> QuerySet[Any]:
    """Every version of every entry of one partnership, oldest first."""
    rows: QuerySet[Any] = register.entry.objects.order_by("valid_from")
    if not register.belongs_to:
        return rows
    owner = partnership.key if register.belongs_to.endswith("_key") else partnership
    return rows.filter(**{register.belongs_to: owner})


def versions(register: type[Register], rows: QuerySet[Any], address: str) -> list[Any]:
    """The versions of the entry at an address, oldest first."""
    parts = address.split(BETWEEN)
    if len(parts) != len(register.identity):
        return []
    return list(rows.filter(**dict(zip(register.identity, parts, strict=True))))


def _attribute(row: Any, lookup: str) -> Any:
    for name in lookup.split("__"):
        row = getattr(row, name)
    return row


@dataclass
class Proposal:
    """What is proposed: of which entry, from when, with which values. `today` is the day on which it is proposed."""

    register: type[Register]
    partnership: Partnership
    kind: str
    address: str
    effective_from: date
    today: date
    values: dict[str, Any] = field(default_factory=dict)
    backdated: str = ""
    reason: str = ""

    @classmethod
    def of(cls, register: type[Register], matter: Any, answers: dict[str, Any]) -> "Proposal | None":
        """From a matter and the answers to its step; None while no day is given."""

        def said(name: str) -> Any:
            return answers.get(name, getattr(matter.record, name))

        if not said("effective_from"):
            return None
        proposed = cls(
            register,
            matter.case.partnership,
            said("kind"),
            said("entry"),
            said("effective_from"),
            calendar.local_date(matter.case.opened_at),
            {name: said(name) for name in register.columns},
            said("backdated"),
            said("reason"),
        )
        if proposed.kind == Change.Kind.NEW:
            proposed._name_new_entry()
        else:
            proposed._keep_identity()
        return proposed

    def _name_new_entry(self) -> None:
        if self.register.named_from:
            made = slugify(self.values[self.register.named_from] or "")[:80].strip("-")
            self.values["key"] = self.register.known_as(self.partnership, self.values) or made
        self.address = ""
        try:
            self.address = address_of(self.register, self.row())
        except (AttributeError, ValueError):  # what identifies it is not given; `missing` says so
            self.address = ""

    def _keep_identity(self) -> None:
        """What identifies an entry stays as it is, whatever was sent."""
        for name in self.register.identified_by():
            if self.versions:
                self.values[name] = getattr(self.versions[-1], name)

    @cached_property
    def versions(self) -> list[Any]:
        """Those that the entry has, oldest first."""
        rows = rows_of(self.register, self.partnership)
        return versions(self.register, rows, self.address) if self.address else []

    @property
    def before(self) -> Any:
        """The version in force on the day that the change takes effect; None where there is none."""
        day = self.effective_from
        return next(
            (r for r in self.versions if r.valid_from <= day and (r.valid_to is None or day < r.valid_to)), None
        )

    @property
    def ends(self) -> bool:
        return self.kind == Change.Kind.END

    def row(self) -> Any:
        """The version that the change would begin; nothing is saved."""
        owner = self.partnership.key if self.register.belongs_to.endswith("_key") else self.partnership
        values = {self.register.belongs_to: owner, **self.values, "valid_from": self.effective_from}
        row = self.register.entry(**values)
        before = self.before if self.address else None
        row.valid_to = before.valid_to if before else None
        return row

    def title(self) -> str:
        """What the entry is called."""
        rows = self.versions
        named = rows[-1] if self.ends and rows else self.row()
        return self.register.called(named)

    def faults(self) -> Messages:
        """Why it cannot be made, by column; nothing where it can."""
        wrong = self.incomplete()
        if not set(wrong) - {"reason"}:
            wrong |= self.clash() or ({} if self.ends else self.unfit())
        if self.effective_from < self.today and not self.backdated.strip():
            wrong["backdated"] = f"{plain_date(self.effective_from)} has passed. Say why it is recorded only now"
        return wrong

    def incomplete(self) -> Messages:
        """Everything that is not answered: needed columns, and why where something there is changed."""
        wrong = {} if self.ends else self.missing()
        if not self.reason.strip() and self.kind != Change.Kind.NEW:
            wrong["reason"] = Change.messages["reason"]
        return wrong

    def missing(self) -> Messages:
        """Needed columns that are empty."""
        said = getattr(self.register.change, "messages", {})
        labels = {column.name: column.verbose_name for column in self.register.change._meta.fields}
        empty = [name for name in self.register.needs if self.values.get(name) in (None, "", [])]
        return {name: said.get(name) or f"Answer “{labels[name]}”" for name in empty}

    def clash(self) -> Messages:
        """Why the day does not fit the versions that there are."""
        one, day = self.register.one, self.effective_from
        if self.ends and self.register.over:
            return {"kind": f"A {one} ends by where it stands in its life. Change that instead"}
        coming = next((row for row in self.versions if row.valid_from > day and row.valid_to != row.valid_from), None)
        if self.kind == Change.Kind.NEW:
            there = self.before or coming
            name = self.register.named_from or self.register.identified_by()[0]
            return {name: f"This {one} is in the register already. Change that one instead"} if there else {}
        if self.before is None and coming and coming is self.versions[0]:
            said = f"The {one} begins on {plain_date(coming.valid_from)}. Give that day or a later one"
            return {"effective_from": said}
        if coming:
            said = f"A change from {plain_date(coming.valid_from)} is recorded already. Give that day or a later one"
            return {"effective_from": said}
        if self.before is None:
            return {"effective_from": f"The {one} is not in force on {plain_date(day)}. Give a day on which it is"}
        if self.before.valid_from == day and not self._may_replace():
            return {"effective_from": f"The {one} has been as it is since {plain_date(day)}. Give a later day"}
        return {} if self.ends else self._unchanged()

    def _may_replace(self) -> bool:
        """Whether a version can be replaced from its first day; models with stricter dates of their own refuse."""
        ended = self.register.entry.objects.get(pk=self.before.pk)
        ended.valid_to = ended.valid_from
        try:
            ended.validate_constraints()
        except ValidationError:
            return False
        return True

    def _unchanged(self) -> Messages:
        same = all(getattr(self.before, name) == value for name, value in self.values.items())
        return (
            {"unchanged": f"Nothing is different from the {self.register.one} in force. Change an answer"}
            if same
            else {}
        )

    def unfit(self) -> Messages:
        """Values that contradict one another, the life cycle or the model's own rules."""
        row, register = self.row(), self.register
        try:
            row.full_clean(exclude=self._not_asked(), validate_unique=False, validate_constraints=False)
        except ValidationError as refused:
            return {name: " ".join(messages) for name, messages in refused.message_dict.items()}
        return {**register.checks(self.values, self.before), **self._wrong_move(), **self._strangers()}

    def _strangers(self) -> Messages:
        """Groups of another partnership, which a form never offers."""
        elsewhere = {
            name: value
            for name, value in self.values.items()
            if getattr(value, "partnership_id", self.partnership.pk) != self.partnership.pk
        }
        return {name: f"{value} does not belong to {self.partnership.name}" for name, value in elsewhere.items()}

    def _not_asked(self) -> set[str]:
        return {column.name for column in self.register.entry._meta.fields} - set(self.register.columns)

    def _wrong_move(self) -> Messages:
        state = self.register.state
        if not state:
            return {}
        was = getattr(self.before, state) if self.before else ""
        to = self.values[state]
        if to == was or to in self.register.moves.get(was, ()):
            return {}
        labels = dict(self.register.entry._meta.get_field(state).flatchoices)
        can = [labels[code].lower() for code in self.register.moves.get(was, ())]
        said = " or ".join(can) or "nothing else"
        if not was:
            return {state: f"A new {self.register.one} begins as: {said}"}
        return {state: f"From “{labels[was].lower()}” it can only become {said}"}

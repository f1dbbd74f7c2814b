"""The professional form in its seven sections: what each asks, what is known already, and how far it has got."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from sightline.engine.answers import column_form
from sightline.engine.matter import begin, registers_of
from sightline.parts.people import PEOPLE, PersonTold
from sightline.people.actor import Actor
from sightline.platform import calendar
from sightline.processes.front_door import codes
from sightline.processes.front_door.contact import OFFICERS, TOLD, TOLD_REVEALS, Contact
from sightline.web.components.inputs import govuk_widgets
from sightline.web.components.rows import rows_of
from sightline.web.models import Draft

STEP = "contact/tell"
CHILDREN, OTHERS = "children", "others"
WHO, WORRY, HOME, YOU = 1, 2, 4, 7
_OFFICER_ALSO = ("channel", "received_at")

SOURCE_OF_KIND = {
    "edu": codes.Source.SCHOOL,
    "pol": codes.Source.POLICE,
    "gp": codes.Source.GP,
    "hth": codes.Source.OTHER_HEALTH,
    "icb": codes.Source.OTHER_HEALTH,
    "amb": codes.Source.OTHER_HEALTH,
    "cmh": codes.Source.OTHER_HEALTH,
    "eh": codes.Source.EARLY_HELP,
    "edt": codes.Source.SOCIAL_CARE,
    "ola": codes.Source.OTHER_COUNCIL,
    "hou": codes.Source.HOUSING,
    "csc": codes.Source.SOCIAL_CARE,
    "asc": codes.Source.COUNCIL,
    "pro": codes.Source.LEGAL,
    "yjs": codes.Source.LEGAL,
    "vcs": codes.Source.OTHER,
    "das": codes.Source.OTHER,
    "sub": codes.Source.OTHER,
}
"""How the children in need census codes a referral from each kind of agency, where that is certain."""


class ChildTold(PersonTold):
    """A child, as the referrer knows them."""

    person = None  # type: ignore[assignment]
    kind = None  # type: ignore[assignment]
    relation = None  # type: ignore[assignment]


class OtherTold(PersonTold):
    """Somebody who lives with, visits or looks after the child."""

    person = None  # type: ignore[assignment]
    kind = forms.ChoiceField(
        label="Child or adult",
        choices=[("adult", "Adult"), ("child", "Child")],
        initial="adult",
        widget=forms.RadioSelect,
        required=False,
    )


ROWS: dict[int, tuple[str, type[forms.Form], str]] = {
    WHO: (CHILDREN, ChildTold, "child"),
    HOME: (OTHERS, OtherTold, "person"),
}


@dataclass
class Section:
    """One section as its page draws it. `state` is one of the three words of the task list."""

    number: int
    heading: str
    form: forms.Form
    rows: Any
    state: str

    @property
    def one(self) -> str:
        return ROWS[self.number][2] if self.number in ROWS else ""

    @property
    def forms(self) -> tuple[Any, ...]:
        return (self.rows, self.form) if self.rows is not None else (self.form,)

    def is_valid(self) -> bool:
        return all([form.is_valid() for form in self.forms])


def is_officer(actor: Actor) -> bool:
    """Whether this person logs what others tell the front door, by telephone or in person."""
    return any(actor.holds(role.key) for role in OFFICERS)


def begun(actor: Actor) -> dict[str, list[str]]:
    """What a form starts with: everything that the account already tells, so that it is never asked."""
    if is_officer(actor):
        return {}
    worker, agency = actor.worker, actor.agency
    known = {
        "source": SOURCE_OF_KIND.get(agency.kind, "") if agency else "",
        "referrer_name": actor.name,
        "referrer_job": worker.job_title if worker else "",
        "referrer_contact": (worker.email if worker else "") or actor.account.email,
    }
    return {**{name: [str(value)] for name, value in known.items() if value}, f"done-{YOU}": ["from your account"]}


def draft_of(actor: Actor, *, lock: bool = False) -> tuple[dict[str, list[str]], Draft | None]:
    """What this person has typed so far, and where it is kept. `lock`: for whoever adds a section to it."""
    draft = Draft.begun(actor, STEP, lock=lock)
    return (dict(draft.data) if draft else begun(actor)), draft


def query_of(data: dict[str, list[str]]) -> QueryDict:
    made = QueryDict(mutable=True)
    for name, values in data.items():
        made.setlist(name, values)
    return made


def section(number: int, actor: Actor, data: dict[str, list[str]], *, quiet: bool = True) -> Section:
    """A section holding what was typed. `quiet` shows it without its mistakes."""
    heading, names = TOLD[number - 1]
    typed = query_of(data)
    form = _columns(actor, typed, _names(number, names, actor))
    rows = None
    if number in ROWS:
        prefix, row, _ = ROWS[number]
        rows = rows_of(row, prefix, data=typed if f"{prefix}-TOTAL_FORMS" in typed else None)
        rows.quiet = quiet  # type: ignore[attr-defined]
        for each in rows.forms:
            each.quiet = quiet
    form.quiet = quiet  # type: ignore[attr-defined]
    made = Section(number, heading, form, rows, "")
    made.state = _state(made, data)
    return made


def every_section(actor: Actor, data: dict[str, list[str]]) -> list[Section]:
    return [section(number, actor, data) for number in range(1, len(TOLD) + 1)]


def _names(number: int, names: tuple[str, ...], actor: Actor) -> tuple[str, ...]:
    columns = tuple(name for name in names if name != PEOPLE)
    if number != YOU:
        return columns
    # Anonymity is for the public; who called and how is for whoever answered.
    return (*_OFFICER_ALSO, *columns) if is_officer(actor) else tuple(n for n in columns if n != "stay_anonymous")


def _columns(actor: Actor, typed: QueryDict, names: tuple[str, ...]) -> forms.Form:
    partnership = actor.partnership
    assert partnership is not None  # noqa: S101 - whoever may tell holds a role in a partnership
    matter = begin(Contact, partnership, calendar.now(), "", registers=registers_of(partnership))
    form = column_form(Contact.tell, matter, data=typed, auto_id="%s")
    form.fields = {name: form.fields[name] for name in names}
    shown = {name: answers for name, answers in TOLD_REVEALS.items() if name in names}
    form.reveals = shown  # type: ignore[attr-defined]
    return govuk_widgets(form)


def _state(made: Section, data: dict[str, list[str]]) -> str:
    prefix = ROWS[made.number][0] if made.number in ROWS else "\0"
    touched = any(
        any(values) for name, values in data.items() if _belongs(name, made.form, prefix) and "_FORMS" not in name
    )
    if touched and f"done-{made.number}" in data and made.is_valid():
        return "Completed"
    return "In progress" if touched else "Not yet started"


def _belongs(name: str, form: forms.Form, prefix: str) -> bool:
    return name.startswith(f"{prefix}-") or any(name == one or name.startswith(f"{one}-") for one in form.fields)


def posted_names(made: Section, posted: QueryDict) -> dict[str, list[str]]:
    """What was posted for a section, and nothing else."""
    prefix = ROWS[made.number][0] if made.number in ROWS else "\0"
    return {name: values for name, values in posted.lists() if _belongs(name, made.form, prefix)}


def without(made: Section, data: dict[str, list[str]]) -> dict[str, list[str]]:
    """The data with everything of one section taken out, so that what was cleared stays cleared."""
    prefix = ROWS[made.number][0] if made.number in ROWS else "\0"
    return {name: values for name, values in data.items() if not _belongs(name, made.form, prefix)}

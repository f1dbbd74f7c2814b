"""Actions: agreed, and later done or dropped."""

import re
from typing import Any

from django import forms

from sightline.engine.models import Action
from sightline.engine.part import Part, Rows, declare
from sightline.engine.refusals import AnswersRefused
from sightline.people.models import Agency
from sightline.platform.calendar import plain_date
from sightline.vocabulary.roles import role_named

NOBODY = re.compile(
    r"^\s*(all|everyone|everybody|all professionals|professionals|family|the family|tbc|n/?a)\s*$", re.I
)
HARD_TO_CHECK = re.compile(r"^\s*(monitor|support|liaise|engage|encourage)\b", re.I)


class AgencyField(forms.ModelChoiceField):
    """One agency, offered by name."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("queryset", Agency.objects.prefetch_related("names"))
        super().__init__(**kwargs)


class ActionAgreed(forms.Form):
    """What, who, by when, and what if not."""

    what = forms.CharField(label="What will be done", max_length=500, required=False)
    who = forms.CharField(label="Who will do it", help_text="A named person", max_length=120, required=False)
    agency = AgencyField(label="Their agency", required=False)
    due_on = forms.DateField(label="By when", required=False)
    if_not = forms.CharField(label="If it is not done by then, what happens?", max_length=500, required=False)
    measure = forms.CharField(label="How will we see that it is done?", max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not any(given.values()):
            return {}
        wanted = {
            "what": "Say what will be done",
            "who": "Name a person for this action",
            "agency": "Select the agency of the person who will do it",
            "due_on": "Enter a date for this action",
            "if_not": "Say what happens if it is not done by then",
        }
        for name, message in wanted.items():
            if not given.get(name) and name not in self.errors:
                self.add_error(name, message)
        if NOBODY.match(given.get("who") or ""):
            self.add_error("who", f"Name a person. '{given['who']}' is not a person")
        return given


def hint_for(what: str) -> str:
    """A nudge, never a refusal, where the wording cannot be checked later."""
    found = HARD_TO_CHECK.match(what)
    return f"'{found.group(1).capitalize()}' is hard to check. Say what will be seen or done." if found else ""


class Actions(Part):
    """What was agreed to be done."""

    key = "actions"
    label = "Actions"
    adds = "Add another action"
    row = ActionAgreed

    def apply(self, deed: Any, rows: Rows) -> None:
        for row in rows:
            action = Action(case=deed.case, meeting=deed.matter.meeting, position=len(deed.matter.actions) + 1, **row)
            deed.matter.actions.append(action)
            deed.add(action)
            deed.tell(f"Action to do: by {plain_date(action.due_on)}", agency=action.agency)


class ActionEnded(forms.Form):
    """That one action was done, with its evidence, or dropped, with the reason."""

    action = forms.UUIDField(widget=forms.HiddenInput, required=False)  # a row left as it is says nothing at all
    evidence = forms.CharField(
        label="How do you know it is done?", widget=forms.Textarea, max_length=5000, required=False
    )
    dropped = forms.CharField(label="If it will not be done, why?", max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        return given if given.get("evidence") or given.get("dropped") else {}


class FinishedActions(Part):
    """Which of the agreed actions have ended, and how that is known."""

    key = "finished_actions"
    label = "Actions done or dropped"
    row = ActionEnded

    def initial(self, matter: Any) -> Rows:
        return [
            {"action": a.pk, "called": a.what, "who": a.who, "due_on": a.due_on}
            for a in matter.actions
            if not a.done_at and not a.dropped
        ]

    def apply(self, deed: Any, rows: Rows) -> None:
        open_actions = {a.pk: a for a in deed.matter.actions if not a.done_at and not a.dropped}
        for row in rows:
            action = open_actions.get(row["action"])
            if action is None:
                continue
            if role_named(deed.role).by_agency and action.agency_id != deed.by.agency.pk:
                raise AnswersRefused({self.key: [f"Action {action.position} is {action.agency.name}'s to end"]})
            action.evidence, action.dropped = row["evidence"], row["dropped"]
            action.done_at = None if action.dropped else deed.at
            action.ended_by = deed.row
            deed.change(action)


ACTIONS = declare(Actions)
FINISHED_ACTIONS = declare(FinishedActions)

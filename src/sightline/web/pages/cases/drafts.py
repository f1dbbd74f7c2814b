"""What somebody typed into a step of a case and has not recorded: kept until the step is taken."""

from typing import Any

from django.http import QueryDict

from sightline.vocabulary.process import Step
from sightline.web.models import Draft
from sightline.web.pages.cases.opening import Opened

NOT_KEPT = ("csrfmiddlewaretoken", "written_by", "draft", "ask")


def find(opened: Opened, step: Step) -> Draft | None:
    """This person's own draft of the step."""
    own = Draft.visible_to(opened.actor).filter(case_id=opened.case.pk, step=step.key)
    return own.first()


def keep(opened: Opened, step: Step, data: QueryDict) -> Draft:
    """Save what was typed, over what was saved before."""
    typed = {name: values for name, values in data.lists() if name not in NOT_KEPT}
    posted = number(data.get("version"))
    version = opened.case.revision if posted is None else posted
    return Draft.keep(opened.actor, step.key, typed, opened.case, version)


def forget(opened: Opened, step: Step) -> None:
    """The step is taken: nothing is left to keep."""
    draft = find(opened, step)
    if draft:
        draft.delete()


def typed(draft: Draft) -> QueryDict:
    """What was typed, as it was posted."""
    data = QueryDict(mutable=True)
    for name, values in draft.data.items():
        data.setlist(name, values)
    return data


def number(text: Any) -> int | None:
    """The whole number that a hidden field holds, None when it holds something else."""
    return int(text) if str(text or "").isdecimal() else None

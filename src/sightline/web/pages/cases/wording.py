"""Recorded values, buttons and outcomes in words."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sightline.engine.models import CaseClock, CaseStep
from sightline.vocabulary.process import Step
from sightline.web.components import words
from sightline.web.components.check_answers import in_words
from sightline.web.components.clock_words import CLASS_WORDS

_MOMENT = re.compile(r"^\d{4}-\d\d-\d\dT")
_DAY = re.compile(r"^\d{4}-\d\d-\d\d$")


def recorded_words(value: Any, offered: Iterable[tuple[Any, Any]] = ()) -> str:
    """A column's value, live or as a step's answers keep it (dates as ISO text), in words; codes by `offered`."""
    if isinstance(value, str) and _MOMENT.match(value):
        return words.date_and_time(datetime.fromisoformat(value))
    if isinstance(value, str) and _DAY.match(value):
        return words.plain_date(date.fromisoformat(value))
    return in_words(value, {str(code): text for code, text in offered})


def when_words(when: datetime) -> str:
    """Inside a sentence: "today at 4:39pm", "Monday 24 November at 9am"."""
    return f"{words.day_name(when)} at {words.clock_time(when)}"


BUTTONS = {
    "propose": "Propose this decision for {who}",
    "hold_strategy_now": "Start a strategy discussion now for {who}",
    "endorse": "Endorse this decision for {who}",
    "change_to_more_protective": "Change to this decision for {who}",
    "return_with_question": "Return the decision with this question",
    "record_meeting": "Finish and record the decision for {who}",
    "send_minutes": "Confirm the minutes and send them",
    "ask_agencies": "Ask these agencies about {who}",
    "reply": "Send what we hold about {who}",
    "reply_nothing_held": "Reply that nothing is held about {who}",
    "refuse": "Refuse to share about {who}",
    "close": "Close this for {who}",
}
"""What the button says, where the step's own label would not say all of it."""

HEADINGS = {"propose": "Decide what happens next", "endorse": "Endorse this decision?"}


def button_words(step: Step, who: str) -> str:
    """What pressing the button does, and to whom."""
    return BUTTONS.get(step.key, step.label + ": {who}").format(who=who)


def heading_words(step: Step) -> str:
    """The page's heading."""
    return HEADINGS.get(step.key, step.label)


def done_words(step: Step, row: CaseStep, started: list[CaseClock]) -> str:
    """What just happened, what clocks it started and what is left: for the banner. No name in it."""
    said = [f"{step.done} at {words.clock_time(row.recorded_at)}.", *map(_started, started)]
    left = len(row.left_for_later)
    if left:
        said.append(f"You can add the rest later: {words.plural(left, 'thing is', 'things are')} still to do.")
    return " ".join(said)


def _started(clock: CaseClock) -> str:
    due = words.by_time(clock.due_at) if clock.by_the_minute else words.by_end_of(clock.due_at)
    binding = CLASS_WORDS.get(clock.clock_class, clock.clock_class)
    return f"{clock.name}: due {due} ({clock.limit}, {binding})."

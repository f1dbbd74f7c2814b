"""Section 11 cycle: which agencies are asked this time, by when, and what came of it?

Children Act 2004, section 11; two years between cycles is custom.
"""

from datetime import date
from typing import Any

from django.db import models

from sightline.engine.models import Record
from sightline.instruments.asking import ASKED
from sightline.instruments.catalogue import version_on
from sightline.instruments.standing import SECTION_11
from sightline.platform.calendar import plain_date
from sightline.platform.columns import day, prose
from sightline.platform.settings.due import due
from sightline.vocabulary import roles
from sightline.vocabulary.clock import Clock
from sightline.vocabulary.process import Answers, Opens, Process, Stage, Step

HUB = (roles.SUPPORT_HUB,)
NOT_SENT = ("invited", "in_progress", "signed_off")
"""Stages of a return before its agency has sent it."""
NOT_MODERATED = ("submitted", "clarification")


class Section11CycleRecord(Record):
    """One cycle."""

    title = models.CharField("What is this cycle called?", max_length=120, help_text="For example, Section 11 2026")
    instrument = models.CharField(max_length=40, default=SECTION_11)
    instrument_version = models.CharField(max_length=20, blank=True)
    opens_on = day("When can agencies begin?")
    closes_on = day("When do answers close?")
    themes = prose("What themes run through the returns?")
    report_says = prose("What will the yearly report say?", "A paragraph, with what changes because of it.")
    ended_says = prose("What was learned for the next cycle?")

    messages = {
        "title": "Say what this cycle is called",
        "opens_on": "Enter the day that agencies can begin",
        "closes_on": "Enter the day that answers close",
        "themes": "Say what themes run through the returns",
        "report_says": "Write what the yearly report will say",
    }

    class Meta:
        verbose_name = "section 11 cycle"
        verbose_name_plural = "section 11 cycles"


def _time_to_answer(matter: Any, answers: Answers) -> dict[str, str]:
    """Agencies have long enough, and not so long that it is put off: the partnership may change both limits."""
    opens, closes = answers.get("opens_on"), answers.get("closes_on")
    if not opens or not closes:
        return {}
    least, most = (matter.rules("S11-WINDOW", variant, opens) for variant in ("least", "most"))
    if due(least, opens).on <= closes <= due(most, opens).on:
        return {}
    first, last = (plain_date(d) for d in (due(least, opens).on, due(most, opens).on))
    between = f"{least.limit} to {most.amount}"
    return {"closes_on": f"Agencies need {between} to answer: choose a day from {first} to {last}"}


def _questions(matter: Any, answers: Answers) -> Answers:
    opens: date | None = answers.get("opens_on")
    version = version_on(SECTION_11, opens).version if opens else ""
    return {"instrument": SECTION_11, "instrument_version": version}


def _own(deed: Any) -> None:
    deed.own(deed.by.worker)


def _return_of(matter: Any, answers: Answers, row: dict[str, Any]) -> Answers:
    record, agency = matter.record, row["agency"]
    return {
        "title": f"{record.title}: {agency.name}"[:200],
        "agency": agency,
        "instrument": record.instrument,
        "instrument_version": record.instrument_version,
        "due_on": record.closes_on,
    }


def not_sent(matter: Any) -> list[Any]:
    """Returns that their agencies have not sent, by agency."""
    rows = [child for child in matter.children if child.stage in NOT_SENT]
    return sorted(rows, key=lambda child: child.answering.name)


def _chase(deed: Any) -> None:
    for child in not_sent(deed.matter):
        deed.tell("Reminder: your Section 11 return is not sent yet", agency=child.answering)


def _nobody_to_chase(matter: Any) -> str:
    return "" if not_sent(matter) else "Every agency that was asked has sent its return."


def _still_to_moderate(matter: Any) -> str:
    """Late returns do not hold up the others; what was sent has to be moderated."""
    left = [child for child in matter.children if child.stage in NOT_MODERATED]
    if not any(child.stage not in (*NOT_SENT, "withdrawn") for child in matter.children):
        return "No agency has sent its return."
    names = sorted(child.answering.name for child in left)
    return f"Still to be moderated: {', '.join(names)}." if names else ""


def _still_open(matter: Any) -> str:
    left = [child for child in matter.unanswered() if child.stage not in NOT_SENT]
    names = sorted(child.answering.name for child in left)
    return f"Returns still open: {', '.join(names)}." if names else ""


class Section11Cycle(Process):
    """A cycle of returns: designed, sent out, gathered, moderated, reported, followed until the actions are done."""

    record = Section11CycleRecord
    key = "section-11-cycle"
    label = "Section 11 cycle"
    prefix = "Y"
    version = "2026-11"
    concerns = "partnership"
    title = "title"
    fixed = frozenset({"opens_on", "closes_on"})
    sources = ("Children Act 2004, section 11", "Custom: every two years, 8 to 10 weeks to answer")

    designed, issued = Stage(), Stage()
    open = Stage()
    answering_closed = Stage("Closed to answers")
    moderated, reported = Stage(), Stage()
    action_tracking = Stage()
    closed = Stage(final=True)

    design = Step(
        "Start a Section 11 cycle",
        by=HUB,
        to=designed,
        asks=("title", "opens_on", "closes_on"),
        needs=("title", "opens_on", "closes_on"),
        checks=_time_to_answer,
        settles=_questions,
        then=_own,
        done="Started the cycle",
    )
    issue = Step(
        "Ask agencies for their returns",
        by=HUB,
        at=(designed,),
        to=issued,
        parts=(ASKED,),
        opens=(Opens("section-11-return", _return_of, each=ASKED),),
        done="Asked agencies for their returns",
        help="Agencies come from the register. Schools are not listed: they answer for sections 157 and 175.",
    )
    ask_more = Step(
        "Ask another agency",
        by=HUB,
        at=(issued, open, answering_closed),
        parts=(ASKED,),
        opens=(Opens("section-11-return", _return_of, each=ASKED),),
        next_up=False,
        done="Asked more agencies",
    )
    begin = Step(
        "Open the cycle",
        by=HUB,
        at=(issued,),
        to=open,
        done="Opened the cycle",
    )
    chase = Step(
        "Remind agencies that have not sent theirs",
        by=HUB,
        at=(open, answering_closed),
        only_when=_nobody_to_chase,
        next_up=False,
        then=_chase,
        done="Reminded agencies",
    )
    close_answers = Step(
        "Close to answers",
        by=HUB,
        at=(open,),
        to=answering_closed,
        done="Closed to answers",
        help="Agencies that are late can still send theirs; they stay on the late list.",
    )
    finish_moderation = Step(
        "Say that moderation is finished",
        by=HUB,
        at=(answering_closed,),
        to=moderated,
        only_when=_still_to_moderate,
        done="Moderation finished",
    )
    report = Step(
        "Report the cycle",
        by=HUB,
        at=(moderated,),
        to=reported,
        asks=("themes", "report_says"),
        needs=("themes", "report_says"),
        done="Reported the cycle",
    )
    follow_actions = Step(
        "Follow the actions",
        by=HUB,
        at=(reported,),
        to=action_tracking,
        done="Began to follow the actions",
    )
    end = Step(
        "End the cycle",
        by=HUB,
        at=(action_tracking,),
        to=closed,
        asks=("ended_says",),
        only_when=_still_open,
        done="Ended the cycle",
    )

    closed_in_time = Clock("S11-CLOSE", starts=("issue",), stops=("close_answers",), until="closes_on")
    next_cycle_due = Clock("S11-CYCLE", starts=("begin",), stops=("end",))

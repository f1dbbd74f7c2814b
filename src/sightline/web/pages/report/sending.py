"""Handing a concern over: to the database, else to the spool. Whatever goes wrong, the sender learns which."""

import json
import logging
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from sightline.platform import calendar
from sightline.platform.sealed import keyed_digest
from sightline.platform.settings.due import due
from sightline.platform.settings.rules import opening_hours, rule_for
from sightline.processes.front_door.intake import Concern, keep, take_in, waits
from sightline.processes.front_door.receipts import Receipt, receipt_for, receipt_from
from sightline.web.components import words

from . import limits
from .carried import Carried

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Sent:
    """What the sender is told. state: "received", "saved" (waits on the disk), "held", "repeated" or "lost"."""

    state: str
    receipt: Receipt
    at: datetime


def send(request: HttpRequest, carried: Carried, answers: dict[str, Any]) -> Sent:
    """Send once: the same answers from the same person have the same reference however often they are sent."""
    content = json.dumps(answers, sort_keys=True)
    seed = f"{carried.id}:{content}"
    receipt, now = receipt_from(seed), calendar.now()
    before = limits.sent_before(request, content)
    if before and before[0] == receipt.reference:
        return Sent("received", receipt, before[1])
    concern = Concern(
        partnership=carried.area,
        answers=answers,
        at=now,
        key=UUID(keyed_digest(seed, "public form key")[:32]),
        reference=receipt.reference,
        digest=receipt.digest,
        held=limits.too_fast(request),
        repeats=before[0] if before else "",
    )
    state, reference = _handed_over(concern)
    if before and reference == before[0]:
        return Sent("repeated", receipt_for(before[0]), before[1])
    if state == "received":
        limits.note_sent(request, content, receipt.reference, now)
    return Sent(state, receipt, now)


def _handed_over(concern: Concern) -> tuple[str, str]:
    """What became of it, and the reference it now has."""
    if not concern.held:
        try:
            return "received", take_in(concern).case.reference
        except Exception as fault:
            # Whatever the fault, the concern comes first. Its words stay out of the log.
            log.error("A concern from the public waits on the disk: %s", type(fault).__name__)
    try:
        if not waits(concern.digest):
            keep(concern)
    except OSError:
        log.critical("A concern from the public could be kept neither in the database nor on the disk")
        return "lost", ""
    return "held" if concern.held else "saved", concern.repeats or concern.reference


def decided_by(at: datetime) -> date:
    """The day by whose end the front door decides what happens next (CK-01), from the moment of receipt."""
    return due(rule_for("CK-01", on=calendar.local_date(at)), at).on


def opening_words() -> str:
    """When the front door answers its telephone: "9am to 5pm, Monday to Friday"."""
    opening, today = opening_hours(), calendar.today()
    opens, closes = (calendar.at_local(today, at) for at in (opening.opens, opening.closes))
    return f"{words.clock_time(opens)} to {words.clock_time(closes)}, Monday to Friday but not on bank holidays"


def read_when(at: datetime) -> tuple[bool, str]:
    """Whether the front door is open, and when it opens next: "9am on Monday 23 November"."""
    opening, here = opening_hours(), calendar.local(at)
    if calendar.is_working_day(here.date()) and opening.opens <= here.time() < opening.closes:
        return True, ""
    day = here.date()
    if not calendar.is_working_day(day) or here.time() >= opening.closes:
        day = calendar.next_working_day(day)
    opens = calendar.at_local(day, opening.opens)
    near = words.day_name(opens, here.date())
    return False, f"{words.clock_time(opens)} {near if near in ('today', 'tomorrow') else 'on ' + near}"

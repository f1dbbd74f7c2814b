"""The front door's words: the sentence above the queue, how a contact is named in a row, who has it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sightline.engine.models import Case
from sightline.engine.worklist import next_clock
from sightline.people.models import Agency
from sightline.platform import calendar
from sightline.processes.front_door.agency_enquiry import AgencyEnquiry
from sightline.processes.front_door.queue import DECISION_CLOCKS, Waiting
from sightline.web.case_links import age_words, case_href, children_of, initialled
from sightline.web.components import words
from sightline.web.components.clock_words import clock_words

NOTHING_WAITS = "New ones appear here as soon as they are sent."


def summary(contacts: list[Waiting], now: datetime) -> str:
    """ "31 waiting · 3 late · 12 not yet taken (with Priya Shah) · oldest 1 working day"."""
    if not contacts:
        return f"No contacts are waiting. {NOTHING_WAITS}"
    late = sum(one.late(now) for one in contacts)
    free = [one for one in contacts if not one.taken]
    holders = sorted({one.owner for one in free if one.owner})
    held = f" (with {words.joined(holders)})" if free and holders else ""
    oldest = min(one.received_at for one in contacts)
    return (
        f"{len(contacts):,} waiting · {late:,} late · {len(free):,} not yet taken{held} · "
        f"oldest {longest_wait(oldest, now)}"
    )


def longest_wait(since: datetime, now: datetime) -> str:
    """ "3 hours", "1 working day": whole working days once there is one."""
    days = calendar.working_days_between(calendar.local_date(since), calendar.local_date(now))
    return words.plural(days, "working day") if days >= 1 else words.length_of_time(now - since)


def row_of(case: Case, waiting: Waiting, in_a_year: int) -> dict[str, Any]:
    """One contact as the queue draws it, from what `queue.in_full` loaded."""
    decisive = [clock for clock in case.clocks.all() if clock.key in DECISION_CLOCKS and clock.stopped_at is None]
    clock = min(decisive, key=lambda one: one.due_at) if decisive else next_clock(case)
    return {
        "id": str(case.pk),
        "reference": case.reference,
        "href": case_href(case.pk),
        "rag": waiting.rag,
        "danger": waiting.danger and not waiting.rag,
        "received": short_day_and_time(case.opened_at),
        "children": children_words(case),
        "stage": case.at_stage.label,
        "due": clock_words(clock) if clock else None,
        "owner": owner_words(waiting),
        "under": " · ".join(part for part in (_source(case), _checks(case, waiting), _repeats(in_a_year)) if part),
    }


def short_day_and_time(when: datetime) -> str:
    """ "Today 8:52am", "20 Nov 2026 4:26pm"."""
    near = words.day_name(when).capitalize()
    day = near if near in ("Today", "Yesterday") else words.short_date(when)
    return f"{day} {words.clock_time(when)}"


def children_words(case: Case) -> str:
    """ "2: Maya D, 8 years; Leo D, 13 months"."""
    children = children_of(case)
    if not children:
        return "No child is named yet"
    return f"{len(children)}: " + "; ".join(f"{initialled(child)}, {age_words(child)}" for child in children)


def owner_words(waiting: Waiting) -> str:
    """ "Kay Obi", "Not yet taken (with Priya Shah)", "Nobody owns this"."""
    if waiting.taken:
        return waiting.owner
    return f"Not yet taken (with {waiting.owner})" if waiting.owner else "Nobody owns this"


def _source(case: Case) -> str:
    agencies = [part.agency.name for part in case.involvements.all() if part.agency]
    if agencies:
        return f"From {agencies[0]}"
    record = case.contactrecord
    return f"From: {record.get_source_display()}" if record.source else f"By {_channel(record)}"


def _channel(record: Any) -> str:
    label = record.get_channel_display() or "a way not recorded"
    return label[:1].lower() + label[1:] if record.channel != "portal" else "Sightline form"


def _checks(case: Case, waiting: Waiting) -> str:
    asked = [child for child in case.children.all() if child.stage != AgencyEnquiry.withdrawn.key]
    if not asked:
        return ""
    back = sum(child.stage != AgencyEnquiry.asked.key for child in asked)
    late = late_names(asked, waiting.late_agencies)
    return f"checks {back} of {len(asked)} back" + (f", {words.joined(late)} late" if late else "")


def late_names(enquiries: list[Case], late: tuple[UUID, ...]) -> list[str]:
    """Names of the agencies asked whose reply is overdue, each once."""
    agencies: dict[UUID, Agency] = {child.answering.pk: child.answering for child in enquiries if child.answering}
    return sorted(agency.name for key, agency in agencies.items() if key in late)


def _repeats(in_a_year: int) -> str:
    if in_a_year < 2:
        return ""
    ordinal = {2: "2nd", 3: "3rd"}.get(in_a_year, f"{in_a_year}th")
    return f"{ordinal} contact in 12 months"

"""The front door's own figures, from its cases: how soon it decides, hears from agencies, and meets."""

from __future__ import annotations

from sightline.vocabulary.indicator import Cell, Example, Indicator, Measure, Row

FRONT_DOOR = "Front door (local authority children's social care)"
OWN_CASES = "Cases of the front door, as recorded"
NO_COMPARISON = "Nobody publishes it, so a partnership compares itself with its own past."


def _in_time(done: Cell, due: Cell) -> Cell:
    """Done by its limit; what was never done, once the limit is past, was not."""
    return (done <= due).fill_null(False)


def _row(due_on: str, due_at: str, done_at: str | None, **more: object) -> Row:
    return {"due_on": due_on, "due_at": f"{due_at}Z", "done_at": f"{done_at}Z" if done_at else None, **more}


decisions_in_time = Indicator(
    key="contact_decisions_within_one_working_day",
    number=3,
    name="Contacts decided within one working day",
    says="{value} of contacts in {area}{counts} were decided within one working day",
    population="Contacts received, but for those that repeat another; each in the period in which its day ran out",
    event="Day on which the limit ran out",
    numerator_words="Those with a manager's decision by the end of the working day after they came (rule CK-01)",
    denominator_words="Contacts whose limit ran out",
    unit="%",
    per=100,
    better="higher",
    owner=FRONT_DOOR,
    source=OWN_CASES,
    quality=f"A decision is the manager's endorsement, or the known worker's acknowledgement. {NO_COMPARISON}",
    measure=Measure(
        source="cases",
        population=lambda tables: tables.contacts.filter(~tables.contacts.repeats_another),
        on=lambda contact: contact.due_on,
        numerator=lambda contact: _in_time(contact.done_at, contact.due_at),
        examples=(
            Example(
                "decided by the last second of its day, one second after, and never",
                {
                    "contacts": [
                        _row("2026-02-03", "2026-02-03T23:59:59", "2026-02-03T23:59:59", repeats_another=False),
                        _row("2026-02-03", "2026-02-03T23:59:59", "2026-02-04T00:00:00", repeats_another=False),
                        _row("2026-02-03", "2026-02-03T23:59:59", None, repeats_another=False),
                        _row("2026-02-03", "2026-02-03T23:59:59", "2026-02-03T12:00:00", repeats_another=False),
                    ]
                },
                gives="50.0",
            ),
            Example(
                "a contact that repeats another needs no decision of its own",
                {
                    "contacts": [
                        _row("2026-02-03", "2026-02-03T23:59:59", "2026-02-03T12:00:00", repeats_another=False),
                        _row("2026-02-03", "2026-02-03T23:59:59", None, repeats_another=True),
                    ]
                },
                gives="100.0",
            ),
        ),
    ),
)

enquiries_in_time = Indicator(
    key="enquiries_returned_on_time",
    number=4,
    name="Agency enquiries returned on time",
    says="{value} of the front door's enquiries in {area}{counts} were answered in time",
    population="Enquiries to agencies, but for those withdrawn; each in the period in which its time ran out",
    event="Day on which the time for the contact's priority ran out",
    numerator_words="Those answered in time: a reply, nothing held, or a refusal with its reason",
    denominator_words="Enquiries whose time ran out",
    unit="%",
    per=100,
    better="higher",
    owner="Each agency that is asked",
    source=OWN_CASES,
    quality=f"The times are local, by priority. No reply is never taken as nothing held. {NO_COMPARISON}",
    breakdowns={"agency": "Agency asked"},
    measure=Measure(
        source="cases",
        population=lambda tables: tables.enquiries.filter(~tables.enquiries.withdrawn),
        on=lambda enquiry: enquiry.due_on,
        numerator=lambda enquiry: _in_time(enquiry.done_at, enquiry.due_at),
        by={"agency": lambda enquiry: enquiry.agency},
        examples=(
            Example(
                "answered in time, late, not at all; what was withdrawn is left out",
                {
                    "enquiries": [
                        _row("2026-02-03", "2026-02-03T15:00:00", "2026-02-03T15:00:00", withdrawn=False),
                        _row("2026-02-03", "2026-02-03T15:00:00", "2026-02-03T15:00:01", withdrawn=False),
                        _row("2026-02-03", "2026-02-03T15:00:00", None, withdrawn=False),
                        _row("2026-02-03", "2026-02-03T15:00:00", None, withdrawn=True),
                    ]
                },
                gives="33.3",
            ),
        ),
    ),
)

strategies_in_time = Indicator(
    key="strategy_discussions_within_3_working_days",
    number=6,
    name="Strategy discussions within 3 working days",
    says="{value} of strategy discussions in {area}{counts} were held within 3 working days",
    population="Strategy discussions that were needed, but for those that a manager decided not to hold",
    event="Day on which the limit ran out",
    numerator_words="Those held by the end of the third working day after the need was seen (rule CK-06S, local)",
    denominator_words="Strategy discussions whose limit ran out",
    unit="%",
    per=100,
    better="higher",
    owner=FRONT_DOOR,
    source=OWN_CASES,
    quality=f"Guidance says promptly; three working days is an outer limit and local. {NO_COMPARISON}",
    breakdowns={"venue": "Where it was held from"},
    measure=Measure(
        source="cases",
        population=lambda tables: tables.strategy_discussions.filter(~tables.strategy_discussions.not_held),
        on=lambda discussion: discussion.due_on,
        numerator=lambda discussion: _in_time(discussion.done_at, discussion.due_at),
        by={"venue": lambda discussion: discussion.venue},
        examples=(
            Example(
                "held on the last day, on the day after, and decided not to be held",
                {
                    "strategy_discussions": [
                        _row("2026-02-05", "2026-02-05T23:59:59", "2026-02-05T16:00:00", not_held=False),
                        _row("2026-02-05", "2026-02-05T23:59:59", "2026-02-06T09:00:00", not_held=False),
                        _row("2026-02-05", "2026-02-05T23:59:59", None, not_held=True),
                    ]
                },
                gives="50.0",
            ),
        ),
    ),
)

INDICATORS = (decisions_in_time, enquiries_in_time, strategies_in_time)

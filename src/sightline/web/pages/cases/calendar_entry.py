"""A planned meeting for one's own calendar, which colleagues may read: when it is, and never who it is about."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from sightline.outgoing.calendar_file import CALENDAR_TYPE, Planned, calendar_file
from sightline.outgoing.fragments import Fragment, Outgoing, Recipient, Standing
from sightline.outgoing.gate import passed_or_kept_in
from sightline.platform import calendar
from sightline.web.leaving import file_answer
from sightline.web.pages.cases.opening import Opened, View, case_file

KIND = "calendar-entry"
SIGN_IN = "Sign in to read what it is about and how to join"


def may_be_entered(opened: Opened) -> bool:
    """Whether a meeting is planned, not yet held, and this viewer is one of those who come or record it."""
    meeting = opened.matter.meeting
    ahead = meeting is not None and meeting.held_at is None and opened.record.planned_for is not None
    return ahead and opened.case.open and opened.view in (View.WHOLE, View.INVITED, View.PARTY) and not opened.glass


@require_safe
@case_file
def calendar_entry(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The file. Taken again after the meeting has moved, it moves the entry."""
    meeting = opened.matter.meeting
    if meeting is None or not may_be_entered(opened):
        raise Http404
    passed = passed_or_kept_in(_outgoing(opened))
    title, *where = passed.texts
    address = f"{settings.SIGHTLINE_BASE_URL}{opened.address()}"
    planned = Planned(
        uid=f"{meeting.pk}@{request.get_host()}",
        revision=opened.case.revision,
        starts_at=opened.record.planned_for,
        title=title or "",
        place=", ".join(filter(None, where)),
        says=f"{SIGN_IN}: {address}",
        address=address,
    )
    body = calendar_file(planned, calendar.now())
    return file_answer(passed, body, CALENDAR_TYPE, f"{opened.case.reference}.ics")


def _outgoing(opened: Opened) -> Outgoing:
    """Of a child's matter no more than its kind and reference; a group's meeting says where it is and how to join."""
    record, case = opened.record, opened.case
    of_nobody = case.concerns == "partnership"
    fragments = [Fragment(f"{opened.label} {case.reference}", where="Calendar entry")]
    fragments.append(Fragment(record.get_mode_display(), where="How it is held"))
    if of_nobody:
        fragments[0] = Fragment(f"{case.title} ({case.reference})", where="Name of the group")
        fragments.append(Fragment(record.venue, where="Where is it held?"))
        fragments.append(Fragment(record.joining, where="How do people join?"))
    return Outgoing(
        KIND,
        Recipient(Standing.BY_EMAIL, "whoever reads the calendar"),
        "to come to the meeting",
        tuple(fragments),
        frozenset(one.person_id for one in opened.matter.subjects if one.person_id),
        (case.pk,),
        everybody_of=case.partnership_id if of_nobody else None,
    )

"""An email about a matter says nothing personal; the gate makes sure of places before each one goes."""

from sightline.engine.models import CaseSubject
from sightline.platform.notices.models import Notice

from .fragments import Fragment, Outgoing, Recipient, Standing
from .gate import Passed, pass_out

KIND = "notice-email"


def may_be_sent(notice: Notice) -> bool:
    """Whether its words may go by email. Where not, it stays to be read by whoever signs in."""
    people = CaseSubject.objects.filter(case_id=notice.case_id, person__isnull=False).values_list(
        "person_id", flat=True
    )
    about = frozenset(filter(None, people))
    fragment = Fragment(notice.says, about=about, where=f"Notice of {notice.reference}")
    to = Recipient(Standing.BY_EMAIL, "whoever reads the email")
    return isinstance(pass_out(Outgoing(KIND, to, "to tell", (fragment,), about, (notice.pk,))), Passed)

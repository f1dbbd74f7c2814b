"""The words for where a recommendation stands, in every list: what was done is never called a difference made."""

from enum import StrEnum

from .recommendation import Recommendation

R = Recommendation


class Status(StrEnum):
    """The only words. "Complete" is none of them."""

    RECEIVED = "Received"
    ACCEPTED = "Accepted"
    IN_PROGRESS = "In progress"
    DONE = "Done, impact not yet shown"
    SHOWN = "Impact shown, waiting for sign-off"
    CLOSED = "Closed"
    REOPENED = "Reopened"
    NOT_ACCEPTED = "Not accepted"
    IN_ERROR = "Entered in error"


_STAGES = {
    Status.RECEIVED: (R.received,),
    Status.ACCEPTED: (R.accepted, R.part_accepted, R.planned),
    Status.IN_PROGRESS: (R.in_progress,),
    Status.DONE: (R.delivered, R.reviewed),
    Status.SHOWN: (R.impact_shown,),
    Status.CLOSED: (R.closed, R.still_true, R.sustained),
    Status.REOPENED: (R.reopened,),
    Status.NOT_ACCEPTED: (R.not_accepted,),
    Status.IN_ERROR: (R.in_error,),
}
STATUS: dict[str, Status] = {stage.key: status for status, stages in _STAGES.items() for stage in stages}
"""By key of the stage."""

WITH_IMPACT = frozenset({Status.SHOWN, Status.CLOSED})
ENDED = frozenset({Status.NOT_ACCEPTED, Status.IN_ERROR})
WITHOUT_IMPACT = frozenset(Status) - WITH_IMPACT - ENDED - {Status.RECEIVED}
"""Accepted in whole or part, and no difference for children is shown yet."""

"""What a referrer was told beside the outcome, wherever it is shown to them: only what the gate passes now."""

from sightline.engine.models import Case
from sightline.outgoing.fragments import Fragment, Outgoing, Recipient, Standing
from sightline.outgoing.gate import Passed, pass_out
from sightline.outgoing.protected import CannotLook, everybody_in
from sightline.people.actor import Actor

NOT_HERE = "What was said more cannot be shown here. Phone the front door and give the reference."


def shown_to_referrer(actor: Actor, case: Case, told: str) -> str:
    """The words, or that they cannot be shown: a place may have become protected since they were written."""
    if not told:
        return ""
    try:
        about = everybody_in(case.pk)
    except CannotLook:
        return NOT_HERE
    fragment = Fragment(told, about=about, where="Tell the referrer")
    to = Recipient(Standing.REFERRER, actor.name)
    verdict = pass_out(Outgoing("outcome-told", to, "to tell the outcome", (fragment,), about, (case.pk,)))
    return (verdict.texts[0] or "") if isinstance(verdict, Passed) else NOT_HERE

"""What a referrer is shown of what was told, to them or by them: only what the gate passes now."""

from sightline.engine.models import Case
from sightline.outgoing.fragments import Fragment, Outgoing, Recipient, Standing
from sightline.outgoing.gate import Passed, pass_out, would_pass
from sightline.outgoing.protected import CannotLook, everybody_in
from sightline.people.actor import Actor

NOT_HERE = "What was said more cannot be shown here. Phone the front door and give the reference."


def shown_to_referrer(actor: Actor, case: Case, told: str) -> str:
    """The words, or that they cannot be shown: a place may have become protected since they were written."""
    if not told:
        return ""
    outgoing = _to_referrer(actor, case, told)
    verdict = pass_out(outgoing) if outgoing else None
    return (verdict.texts[0] or "") if isinstance(verdict, Passed) else NOT_HERE


def says_no_protected_place(actor: Actor, case: Case, told: str) -> bool:
    """Whether a referrer may go on reading where they said that somebody lives or learns."""
    outgoing = _to_referrer(actor, case, told)
    return outgoing is not None and isinstance(would_pass(outgoing), Passed)


def _to_referrer(actor: Actor, case: Case, told: str) -> Outgoing | None:
    """None where nobody can look whose places are protected."""
    try:
        about = everybody_in(case.pk)
    except CannotLook:
        return None
    fragment = Fragment(told, about=about, where="Tell the referrer")
    to = Recipient(Standing.REFERRER, actor.name)
    return Outgoing("outcome-told", to, "to tell the outcome", (fragment,), about, (case.pk,))

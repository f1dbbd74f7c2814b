"""What follows from a contact's steps: who owns it, who is told, what may be told."""

from typing import Any

from sightline.engine.models import Action
from sightline.outgoing.fragments import Fragment, Outgoing, Recipient, Standing
from sightline.outgoing.gate import Passed, would_pass
from sightline.platform.calendar import local_date
from sightline.platform.columns import Known
from sightline.platform.notices.models import Notice
from sightline.vocabulary import roles
from sightline.vocabulary.process import Answers

from . import codes

NEEDS_A_NAMED_WORKER = (codes.Decision.STRATEGY, codes.Decision.ASSESSMENT)


def accept_receipt(deed: Any) -> None:
    """From the moment of receipt the contact has an owner: the duty manager, until a named worker takes it."""
    owner = deed.holder(roles.DUTY_MANAGER.key) or deed.holder(roles.FRONT_DOOR_MANAGER.key)
    deed.own(owner, named=False)
    if deed.by.agency and deed.role in (roles.AGENCY_LEAD.key, roles.AGENCY_DECISION_MAKER.key):
        deed.involve(agency=deed.by.agency, part="referrer", basis="Your agency told the front door")
    urgent = deed.answers.get("in_danger") == "yes"
    says = "New contact: a child may be in danger now" if urgent else "New contact"
    if owner:
        deed.tell(says, worker=owner)
    else:
        deed.tell(says, role=roles.FRONT_DOOR_MANAGER.key)


FIND_WHO_IS_AROUND = "Find out whether a parent has a new partner, or anyone stays or visits often"


def begin_work(deed: Any) -> None:
    """Whoever first works on a contact that nobody has taken becomes its named worker, if they may decide about it.

    Not knowing who else is around the child is allowed, and is somebody's job to put right.
    """
    if not deed.case.named_owner and deed.role != roles.CONTACT_OFFICER.key:
        deed.own(deed.by.worker)
    clock = next(iter(deed.matter.running("decide_and_tell")), None)
    to_find_out = deed.record.partner_or_visitors in ("", Known.UNKNOWN)
    already_asked = any(action.what == FIND_WHO_IS_AROUND for action in deed.matter.actions)
    if to_find_out and not already_asked and clock and deed.by.agency:
        action = Action(
            case=deed.case,
            position=len(deed.matter.actions) + 1,
            what=FIND_WHO_IS_AROUND,
            who=deed.by.name,
            agency=deed.by.agency,
            due_on=local_date(clock.due_at),
            if_not="The duty manager decides what to assume",
        )
        deed.matter.actions.append(action)
        deed.add(action)


def endorsed_now(deed: Any) -> None:
    deed.record.endorsed_at = deed.at
    if deed.case.owner and deed.case.owner.pk != deed.row.worker_id:
        deed.tell("Decision endorsed: tell the referrer", worker=deed.case.owner)


def passed_on(matter: Any, answers: Answers) -> dict[str, str]:
    """Telling the referrer needs a way and an outcome, or a recorded reason why there is no way."""
    if answers.get("told_route") == codes.TellingRoute.NO_ROUTE:
        return {} if answers.get("no_route") else {"no_route": "Select why there is no route to reply"}
    if not answers.get("told_outcome"):
        return {"told_outcome": "Select what they are told"}
    return _may_be_told(matter, answers.get("told_words") or "")


def _may_be_told(matter: Any, said: str) -> dict[str, str]:
    """What is told to a referrer says no protected place. A matter made in memory has nobody's address."""
    if not said or matter.case._state.adding:
        return {}
    about = frozenset(s.person_id for s in matter.subjects if s.person_id)
    fragment = Fragment(said, about=about, where="Anything more that they may be told")
    to = Recipient(Standing.REFERRER, "the referrer")
    verdict = would_pass(Outgoing("outcome-told", to, "to tell the outcome", (fragment,), about))
    return {} if isinstance(verdict, Passed) else {"told_words": f"{verdict.reasons[0].says}. Take the place out"}


def tell_those_asked(deed: Any) -> None:
    """The referrer's agency hears through Sightline, and agencies that were asked, on what asked them."""
    deed.record.told_at = deed.at
    for part in deed.matter.involvements:
        if part.part == "referrer" and part.agency_id:
            deed.tell("The front door has decided about your contact", agency=part.agency)
    for child in deed.matter.children:
        if child.answering_id:
            deed.add(_decided(child, deed.row.recorded_at))


def _decided(enquiry: Any, at: Any) -> Notice:
    """To an agency that was asked. It is about what asked them, because the contact is not theirs to see."""
    return Notice(
        partnership_id=enquiry.partnership_id,
        agency_id=enquiry.answering_id,
        case_id=enquiry.pk,
        reference=enquiry.reference,
        concerns=enquiry.concerns,
        says="A contact you were asked about has been decided",
        created_at=at,
    )


def named_worker(matter: Any) -> str:
    """A child who goes on to social work is never without a named worker."""
    if matter.record.decision in NEEDS_A_NAMED_WORKER and not matter.case.named_owner:
        return "Allocate it to a named worker first."
    return ""

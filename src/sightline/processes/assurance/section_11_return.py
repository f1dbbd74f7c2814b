"""Section 11 return: how does one agency show that it keeps children safe, and how far does a moderator agree?

Children Act 2004, section 11. The stages, the second signature and the moderated score beside the agency's own are
custom among partnerships; the self score is never overwritten.
"""

from typing import Any

from sightline.instruments.answering import CONFIRMED, ITEM_ANSWERS, ITEM_EVIDENCE, SHARED, evidence_missing
from sightline.instruments.moderating import MODERATED
from sightline.instruments.standing import numbered, standing_of, why_not_complete
from sightline.parts.declared import ACTIONS, FINISHED_ACTIONS
from sightline.vocabulary import roles
from sightline.vocabulary.clock import Clock
from sightline.vocabulary.process import Process, Stage, Step

from .second_person import by_a_second_person, by_another_agency, there_is_a_moderator
from .section_11_return_record import Section11ReturnRecord

MODERATORS = (roles.MODERATOR, roles.SUPPORT_HUB)
ANSWERERS = (roles.ASSURANCE_LEAD, roles.AGENCY_LEAD)


def _invited(deed: Any) -> None:
    deed.case.answering = deed.answers["agency"]
    deed.own(deed.by.worker)
    clock = deed.matter.running("return_in_time")
    _tell_lead(deed, "Section 11 return to answer", due_at=clock[0].due_at if clock else None)


def _tell_lead(deed: Any, says: str, **more: Any) -> None:
    """Told to whoever answers for how the agency works, and not to whoever answers for it at the front door."""
    deed.tell(says, agency=deed.case.answering, **more)


def _tell_agency(deed: Any) -> None:
    _tell_lead(deed, deed.step.done)


def _ready_to_sign(deed: Any) -> None:
    """Whoever signs hears once the last question is answered."""
    added = [row for row in standing_of(deed.matter).every if row.step_id == deed.row.pk]
    if any(row.version == 1 for row in added) and not why_not_complete(deed.matter):
        deed.tell("A return is ready for you to sign", role=roles.AGENCY_SIGNATORY.key, agency=deed.case.answering)


def _signed(deed: Any) -> None:
    by_a_second_person(deed)
    _tell_lead(deed, "Your return is signed and can be sent")


def _sent(deed: Any) -> None:
    if deed.case.owner:
        deed.tell(f"{deed.case.answering.name}: {deed.step.done.lower()}"[:200], worker=deed.case.owner)


def _sent_back(deed: Any) -> None:
    by_a_second_person(deed)
    _sent(deed)


def _not_all_moderated(matter: Any) -> str:
    standing = standing_of(matter)
    left = standing.not_moderated()
    if not standing.answers:
        return "No question is answered yet."
    return f"Not moderated yet: {numbered(left)}." if left else ""


def _actions_open(matter: Any) -> str:
    left = [action for action in matter.actions if not action.done_at and not action.dropped]
    return f"{len(left)} of its actions {'is' if len(left) == 1 else 'are'} still open." if left else ""


class Section11Return(Process):
    """One agency's return: answered by one person, signed by another, moderated by a third."""

    record = Section11ReturnRecord
    key = "section-11-return"
    label = "Section 11 return"
    prefix = "R"
    version = "2026-11"
    concerns = "partnership"
    title = "title"
    child_of = "section-11-cycle"
    fixed = frozenset({"title", "agency", "instrument", "instrument_version", "due_on"})
    sources = (
        "Children Act 2004, section 11",
        "Working Together to Safeguard Children 2023, chapter 4",
        "Custom: two-year cycles, self scores of 0 to 3, moderation, peer challenge",
    )

    invited, in_progress = Stage(), Stage()
    signed_off = Stage("Internally signed off")
    submitted, clarification = Stage("Sent"), Stage()
    moderated = Stage()
    peer_challenge_held = Stage()
    final = Stage()
    actions_open = Stage()
    complete, withdrawn = Stage(final=True), Stage(final=True)

    invite = Step(
        "Ask an agency for its return",
        by=(roles.SUPPORT_HUB,),
        to=invited,
        asks=("title", "agency", "instrument", "instrument_version", "due_on"),
        needs=("title", "agency", "due_on"),
        then=_invited,
        done="Asked the agency for its return",
    )
    answer = Step(
        "Answer the questions",
        by=ANSWERERS,
        at=(invited, in_progress),
        to=in_progress,
        parts=(ITEM_ANSWERS, ITEM_EVIDENCE),
        checks=evidence_missing,
        then=_ready_to_sign,
        done="Saved answers",
        help="It takes about 3 hours; you can stop at any time.",
    )
    confirm_last = Step(
        "Use and confirm last time's answer",
        by=ANSWERERS,
        at=(invited, in_progress),
        to=in_progress,
        parts=(CONFIRMED,),
        next_up=False,
        then=_ready_to_sign,
        done="Confirmed last time's answer to a question",
    )
    use_shared = Step(
        "Use the answers given for another partnership",
        by=ANSWERERS,
        at=(invited, in_progress),
        to=in_progress,
        parts=(SHARED,),
        next_up=False,
        then=_ready_to_sign,
        done="Used the regional answers given for another partnership",
    )
    sign_off = Step(
        "Sign this return",
        by=(roles.AGENCY_SIGNATORY,),
        at=(in_progress,),
        to=signed_off,
        asks=("statement",),
        only_when=why_not_complete,
        then=_signed,
        done="Signed the return",
        help="You sign that these answers are your agency's, after reading them.",
    )
    take_back = Step(
        "Go back to the answers",
        by=(*ANSWERERS, roles.AGENCY_SIGNATORY),
        at=(signed_off,),
        to=in_progress,
        asks=("back_because",),
        next_up=False,
        done="Went back to the answers; the signature no longer counts",
    )
    submit = Step(
        "Send the return",
        by=(*ANSWERERS, roles.AGENCY_SIGNATORY),
        at=(signed_off,),
        to=submitted,
        only_when=why_not_complete,
        then=_sent,
        done="Sent the return",
        help="After this your scores stay as they are. A clarification adds a new version and keeps the old one.",
    )
    ask_to_clarify = Step(
        "Ask the agency to clarify",
        by=MODERATORS,
        at=(submitted,),
        to=clarification,
        asks=("clarification",),
        needs=("clarification",),
        next_up=False,
        then=_tell_agency,
        done="Asked the agency to clarify",
    )
    clarify = Step(
        "Change an answer",
        by=ANSWERERS,
        at=(clarification,),
        parts=(ITEM_ANSWERS, ITEM_EVIDENCE),
        checks=evidence_missing,
        done="Gave a new version of an answer",
    )
    send_clarified = Step(
        "Sign the clarification and send it",
        by=(roles.AGENCY_SIGNATORY,),
        at=(clarification,),
        to=submitted,
        asks=("clarified",),
        needs=("clarified",),
        only_when=why_not_complete,
        then=_sent_back,
        done="Signed the clarification and sent it",
    )
    moderate = Step(
        "Moderate the scores",
        by=(roles.MODERATOR,),
        at=(submitted, peer_challenge_held),
        parts=(MODERATED,),
        then=by_another_agency,
        done="Moderated scores",
    )
    moderate_as_hub = Step(
        "Moderate the scores where there is no moderator",
        by=(roles.SUPPORT_HUB,),
        at=(submitted, peer_challenge_held),
        parts=(MODERATED,),
        next_up=False,
        only_when=there_is_a_moderator,
        done="Moderated scores",
    )
    finish_moderation = Step(
        "Finish moderating",
        by=MODERATORS,
        at=(submitted,),
        to=moderated,
        only_when=_not_all_moderated,
        next_up=False,
        then=_tell_agency,
        done="Finished moderating",
    )
    hold_peer_challenge = Step(
        "Record the peer challenge",
        by=MODERATORS,
        at=(moderated,),
        to=peer_challenge_held,
        asks=("challenge_on", "challenge_with", "challenge_says"),
        needs=("challenge_on", "challenge_with"),
        done="Recorded the peer challenge",
    )
    make_final = Step(
        "Make the scores final",
        by=MODERATORS,
        at=(peer_challenge_held,),
        to=final,
        asks=("final_says",),
        only_when=_not_all_moderated,
        then=_tell_agency,
        done="Made the scores final",
    )
    update_actions = Step(
        "Say how the actions are going",
        by=ANSWERERS,
        at=(actions_open,),
        asks=("update_says",),
        needs=("update_says",),
        parts=(FINISHED_ACTIONS,),
        then=_sent,
        done="Said how the actions are going",
    )
    agree_actions = Step(
        "Agree actions",
        by=(roles.SUPPORT_HUB, roles.MODERATOR, *ANSWERERS),
        at=(final, actions_open),
        to=actions_open,
        parts=(ACTIONS,),
        done="Agreed actions",
    )
    finish = Step(
        "Complete the return",
        by=(roles.SUPPORT_HUB,),
        at=(final, actions_open),
        to=complete,
        only_when=_actions_open,
        next_up=False,
        done="Completed the return",
    )
    withdraw = Step(
        "Withdraw the request for a return",
        by=(roles.SUPPORT_HUB,),
        at=(invited, in_progress, signed_off),
        to=withdrawn,
        asks=("withdrawn_because",),
        needs=("withdrawn_because",),
        next_up=False,
        then=_tell_agency,
        done="Withdrew the request for a return",
    )

    return_in_time = Clock("S11-RETURN", starts=("invite",), stops=("submit", "withdraw"), until="due_on")
    peer_challenge_in_time = Clock("S11-CHALLENGE", starts=("submit",), stops=("hold_peer_challenge",), until="due_on")
    actions_updated = Clock(
        "S11-UPDATE", starts=("agree_actions", "update_actions"), stops=("update_actions", "finish")
    )

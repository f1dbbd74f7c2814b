"""Today's work: matters at every stage, counted back from now, so that each sign-in has something true to do.

Half of them are late or nearly; who is late follows the same faults as the history.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sightline.platform import calendar

from .acting_out import CONTACT, Story
from .agencies import ICB, MILLBROOK, POLICE
from .contact_story import ContactTold, add_known_worker, contact_story, log_answers
from .deciding import proposal
from .families import Family, a_family
from .hours import wait
from .kinship import Kinship
from .live_meetings import meetings
from .outline import Outline
from .seeding import chance
from .standing import Standing
from .telling import referral
from .walk_through import walk_through
from .words import RAG_REASONS

NUMBERS_FROM = 60_000
SIGNS_IN, EVERY = "front-door-worker", 4
"""Every so many of today's contacts are the work of whom a visitor signs in as."""
GP, HOUSING, TOLLGATE = "larch-lane-surgery", "ardenvale-homes", "tollgate-academy"


@dataclass(frozen=True)
class Stands:
    """Where one contact stands. `ago`: hours since it was told, or working days where negative."""

    stage: str
    ago: float
    source: str
    outline: Outline
    asked: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()
    school: str = ""
    repeated: int = 0


def _o(rag: str, decision: str = "advice", concern: str = "neglect") -> Outline:
    return Outline(rag, decision, decision, concern, to_known_worker=False)


_S = Stands
CONTACTS: tuple[Stands, ...] = (
    *(
        _S("new", ago, source, _o(rag, concern=concern))
        for ago, source, rag, concern in (
            (0.2, "police", "amber", "domestic-abuse"),
            (0.6, "school", "green", "neglect"),
            (1.1, "hospital", "red", "physical"),
            (1.8, "family-member", "green", "neglect"),
            (2.6, "police", "green", "missing"),
            (4.5, "housing", "green", "housing"),
            (7.0, "public", "green", "neglect"),
            (11.0, "police", "amber", "domestic-abuse"),
            (-2, "anonymous", "green", "other"),
            (-3, "police", "green", "substance"),
        )
    ),
    _S("new", 0.9, "school", _o("amber", concern="physical"), school=MILLBROOK),
    *(
        _S("logged", ago, source, _o("amber", concern=concern))
        for ago, source, concern in (
            (2.2, "gp", "mental-health"),
            (3.1, "police", "domestic-abuse"),
            (5.0, "school", "self-harm"),
            (8.0, "health-visitor", "neglect"),
            (-1, "police", "missing"),
            (-3, "probation", "substance"),
        )
    ),
    *(
        _S("priority", ago, source, _o(rag, concern=concern))
        for ago, source, rag, concern in (
            (3.5, "police", "red", "exploitation"),
            (4.0, "school", "amber", "physical"),
            (6.0, "mental-health", "amber", "mental-health"),
            (9.0, "police", "green", "substance"),
            (-2, "recovery-service", "green", "substance"),
            (-1, "police", "amber", "domestic-abuse"),
        )
    ),
    *(
        _S("checking", ago, source, _o(rag), asked, answered)
        for ago, source, rag, asked, answered in (
            (2.0, "school", "red", (POLICE, ICB), ()),
            (3.0, "police", "amber", (ICB, GP), ()),
            (5.0, "hospital", "amber", (POLICE, ICB, HOUSING), (ICB,)),
            (7.0, "school", "green", (POLICE, HOUSING), ()),
            (-1, "police", "amber", (ICB, TOLLGATE), (TOLLGATE,)),
            (-2, "domestic-abuse-service", "amber", (POLICE, ICB), (ICB,)),
            (-2, "school", "amber", (POLICE, TOLLGATE), ()),
            (-3, "family-member", "amber", (POLICE, ICB, GP), (ICB, GP)),
            (-3, "gp", "amber", (POLICE, HOUSING), (HOUSING,)),
            (-4, "health-visitor", "amber", (POLICE, ICB), (ICB,)),
        )
    ),
    _S("checking", 4.0, "police", _o("amber", "advice", "domestic-abuse"), (MILLBROOK, ICB), (), school=MILLBROOK),
    *(
        _S("proposed", ago, source, _o(rag, decision), (POLICE, ICB), (POLICE, ICB))
        for ago, source, rag, decision in (
            (5.0, "school", "amber", "assessment"),
            (7.5, "police", "amber", "nfa"),
            (9.0, "police", "green", "early-help"),
            (-1, "hospital", "green", "advice"),
            (-2, "school", "green", "nfa"),
            (-3, "police", "amber", "assessment"),
        )
    ),
    _S("proposed", -1, "family-member", _o("green", "nfa"), repeated=3),
    *(
        _S("endorsed", ago, source, _o("green", decision), school=school)
        for ago, source, decision, school in (
            (8.0, "school", "early-help", MILLBROOK),
            (10.0, "police", "nfa", ""),
            (-1, "gp", "advice", ""),
            (-2, "anonymous", "advice", ""),
        )
    ),
    *(
        _S("told", ago, source, _o("green", decision), school=school)
        for ago, source, decision, school in (
            (-1, "school", "assessment", MILLBROOK),
            (-2, "police", "nfa", ""),
            (-2, "gp", "early-help", ""),
        )
    ),
    *(_S("known", ago, "school", replace(_o("amber"), to_known_worker=True)) for ago in (3.0, -1)),
)


def live_stories(standing: Standing, until: datetime) -> Iterator[tuple[Kinship | None, Story]]:
    """Each story of today with the family that has to be there before it."""
    for place, stands in enumerate(CONTACTS):
        yield from _contact(standing, until, stands, place)
    yield from meetings(standing, until)
    yield from walk_through(standing, until)


def back(until: datetime, ago: float) -> datetime:
    """So many hours before; or so many working days before, at half past ten."""
    if ago >= 0:
        return until - timedelta(hours=ago)
    day = calendar.add_working_days(calendar.local_date(until), int(ago))
    return calendar.at_local(day, datetime.min.time().replace(hour=10, minute=30))


def live_family(name: str, until: datetime, *, known: bool, school: str = "") -> Family:
    """A family of today's work; with a school, its children of any age go there."""
    family = a_family(name, calendar.local_date(until) - timedelta(days=1), known=known)
    for child in family.here:
        if school and child.is_child:
            child.school = school
    return family


def _contact(standing: Standing, until: datetime, stands: Stands, place: int) -> Iterator[tuple[Kinship | None, Story]]:
    name = f"today {place}"
    known = stands.repeated > 0 or chance(name).random() < 0.35
    family = live_family(name, until, known=known, school=stands.school)
    kinship = Kinship(family, standing.partnership.id) if known else None
    for nth in range(stands.repeated):
        before = ContactTold(
            f"{name} before {nth}",
            NUMBERS_FROM + 500 + place * 8 + nth,
            family,
            back(until, -25 * (stands.repeated - nth)),
            "family-member",
            _o("green", "nfa"),
            standing,
        )
        before.story.earlier = ["nfa"] * nth
        yield (kinship if nth == 0 else None), contact_story(before)
    at = back(until, stands.ago)
    told = ContactTold(name, NUMBERS_FROM + place, family, at, stands.source, stands.outline, standing)
    if place % EVERY == 0:
        told.worker = SIGNS_IN
    told.story.earlier = ["nfa"] * stands.repeated
    yield (None if stands.repeated else kinship), _as_far_as(told, stands, until)


STAGES = ("new", "logged", "priority", "checking", "proposed", "endorsed", "told")


def _as_far_as(told: ContactTold, stands: Stands, until: datetime) -> Story:
    """The acts that bring a contact to where it stands, spread over the time since it was told."""
    minutes = min((until - told.at).total_seconds() / 60, 9 * 60)

    def at(share: float) -> datetime:
        return wait(told.at, minutes * share)

    story, by = told.story, told.sends or told.officer
    story.add(told.at, CONTACT, "tell", by, referral(told, by_phone=not told.sends))
    if stands.stage == "known":
        story.add(at(0.2), CONTACT, "log", told.officer, log_answers(told))
        add_known_worker(told, at(0.4))
        story.acts = [act for act in story.acts if act.step in ("tell", "log", "route_to_known_worker")]
        return story
    _walk(told, stands, at)
    return story


def _walk(told: ContactTold, stands: Stands, at: Callable[[float], datetime]) -> None:
    """Acts up to the stage at which the contact stands."""
    story, reached = told.story, STAGES.index(stands.stage)
    rag = {"rag": stands.outline.rag, "rag_reason": RAG_REASONS[stands.outline.rag]}
    if reached >= STAGES.index("logged"):
        story.add(at(0.2), CONTACT, "log", told.officer, log_answers(told))
    if reached >= STAGES.index("priority"):
        story.add(at(0.35), CONTACT, "set_priority", told.worker, lambda matter: rag)
    if reached >= STAGES.index("checking"):
        _ask(told, stands, at(0.45), at(0.75))
    if reached >= STAGES.index("proposed"):
        story.add(at(0.85), CONTACT, "propose", told.worker, proposal(told, stands.outline.proposed))
    if reached >= STAGES.index("endorsed"):
        story.add(at(0.9), CONTACT, "endorse", told.manager, lambda matter: {"endorsement": "Agreed"})
    if reached >= STAGES.index("told"):
        _tell(told, stands, at(0.96))


def _ask(told: ContactTold, stands: Stands, at: datetime, answered: datetime) -> None:
    if not stands.asked:
        return
    rows = [
        {"agency": told.standing.agencies[key], "why_asked": "Anything that bears on these children's safety"}
        for key in stands.asked
    ]
    told.story.add(at, CONTACT, "ask_agencies", told.worker, lambda matter: {"agencies": rows})
    for key in stands.answered:
        _answer(told, key, answered)


def _answer(told: ContactTold, key: str, at: datetime) -> None:
    who = told.standing.person_at(key)
    given = {"searched_by": told.standing.worker(who).display_name, "cannot_match": "no"}
    told.story.add(at, key, "reply_nothing_held", who, lambda matter: given, "police-capacity")


def _tell(told: ContactTold, stands: Stands, at: datetime) -> None:
    given = {"told_route": "sightline", "told_outcome": stands.outline.decision, "outcome_family_told": "yes"}
    told.story.add(at, CONTACT, "tell_referrer", told.officer, lambda matter: given)

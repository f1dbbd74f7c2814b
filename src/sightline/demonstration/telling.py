"""What the referrer says: the answers to the form, as agencies, families and neighbours really fill it in."""

from datetime import timedelta
from hashlib import sha256
from random import Random
from typing import TYPE_CHECKING, Any

from .families import Family, Member
from .words import CHILD_WORDS, VISITORS, narrative

if TYPE_CHECKING:
    from .acting_out import Answering
    from .contact_story import ContactTold

RELATIONS = {"mother": "mother", "father": "father", "partner": "mother's partner"}


def referral(told: "ContactTold", *, by_phone: bool) -> "Answering":
    """Answers to "Tell the front door about a child"; drawn once, so that they are the same however often asked."""
    given = {**_who_tells(told, by_phone=by_phone), **_worry(told), **_family(told)}
    given["people"] = [_person(told, member) for member in told.told]
    return lambda matter: dict(given)


def _who_tells(told: "ContactTold", *, by_phone: bool) -> dict[str, Any]:
    given: dict[str, Any] = {"channel": "phone" if by_phone else told.sender.channel, "source": told.sender.code}
    if by_phone:
        given["received_at"] = told.at - timedelta(minutes=told.pick.randrange(3, 25))
    if told.agency and told.sends:
        worker = told.standing.worker(told.sends)
        given |= {"referrer_name": worker.display_name, "referrer_job": worker.job_title}
        given["referrer_contact"] = worker.email
    elif told.source != "anonymous":
        given["referrer_contact"] = f"07700 900{told.pick.randrange(1000):03d}"
        given["stay_anonymous"] = told.pick.choice(("yes", "no", "no"))
    if told.sends == "public-intake":
        given["receipt_digest"] = sha256(told.name.encode()).hexdigest()
    return given


def _worry(told: "ContactTold") -> dict[str, Any]:
    pick, child, concern = told.pick, told.child.given, told.outline.concern
    mother = next(member.given for member in told.told if not member.is_child)
    words = pick.choice(CHILD_WORDS) if _talks(told) else ""
    given: dict[str, Any] = {
        "in_danger": "yes"
        if told.outline.rag == "red" and pick.random() < 0.5
        else pick.choice(("no", "no", "unknown")),
        "concerns": [concern, *(["mental-health"] if concern != "mental-health" and pick.random() < 0.15 else [])],
        "narrative": narrative(concern, child, mother, pick),
        "child_seen": pick.choices(("yes", "no", "unknown"), (70, 22, 8))[0],
        "child_words": words,
    }
    given["domestic_abuse"] = "yes" if concern == "domestic-abuse" else pick.choice(("no", "unknown", "unknown"))
    if concern == "physical":
        walks = _talks(told)
        given |= {"injury": "yes" if walks else "unknown", "mobility": "walking" if walks else ""}
        given |= {"injury_described": "A mark on the upper arm", "injury_adult_says": "A fall"} if walks else {}
    return given


def _talks(told: "ContactTold") -> bool:
    return (told.day - told.child.born).days > 3 * 365


def _family(told: "ContactTold") -> dict[str, Any]:
    pick = told.pick
    visitors = any(member.part == "partner" for member in told.told)
    given: dict[str, Any] = {
        "partner_or_visitors": "yes" if visitors else pick.choice(("no", "unknown", "")),
        "alcohol": pick.choices(("asked-none", "asked-present", "not-asked"), (45, 15, 40))[0],
        "drugs": pick.choices(("asked-none", "asked-present", "not-asked"), (45, 12, 43))[0],
        "prison": pick.choices(("no", "unknown", "yes"), (55, 42, 3))[0],
        "family_told": pick.choices(("yes", "no-unsafe", "no-not-practicable"), (62, 14, 24))[0],
        "agreement": pick.choices(("given", "refused", "not-sought", "not-needed"), (48, 8, 34, 10))[0],
    }
    if visitors:
        given["partner_or_visitors_who"] = pick.choice(VISITORS)
    if given["family_told"] == "no-unsafe":
        given["family_told_reason"] = "It could put the child or the mother at more risk."
    if given["alcohol"] == "not-asked":
        given["alcohol_reason"] = "There was no chance to ask."
    return given


def _person(told: "ContactTold", member: Member) -> dict[str, Any]:
    row = person_told(told.pick, member, told.family)
    if "date_of_birth" not in row and member.is_child:
        row["age"] = str((told.day - member.born).days // 365)
    if member.school and told.pick.random() < 0.8:
        row["school"] = told.standing.agencies[member.school].name_on(told.day)
    if member.nhs_number and told.sender.kind == "health":
        row["nhs_number"] = member.nhs_number
    return row


def person_told(pick: Random, member: Member, family: Family) -> dict[str, Any]:
    """One row of "Who is this about?", with what a referrer happens to know."""
    row: dict[str, Any] = {"kind": member.kind, "given_names": member.given, "family_name": member.family}
    row["relation"] = "" if member.is_child else RELATIONS.get(member.part, "")
    if pick.random() < (0.8 if member.is_child else 0.35):
        row["date_of_birth"] = member.born
    if pick.random() < 0.7:
        row["address"], row["postcode"] = family.address
    return row

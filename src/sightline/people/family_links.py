"""The reasoning behind `families.ties`: from rows to links between two people, and from a link to words. No queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from uuid import UUID

from django.db.models import Q

from sightline.people.codes import code_list
from sightline.people.models import HouseholdMembership, Relationship
from sightline.platform.calendar import plain_date

SIBLING, HALF, UNSURE = "sibling", "half-sibling", "sibling or half-sibling"


@dataclass(frozen=True)
class Period:
    """The days from `since` to `on`; a row touches it when it was in force on any of them."""

    since: date
    on: date

    def touched(self) -> Q:
        started = Q(valid_from__isnull=True) | Q(valid_from__lte=self.on)
        return started & (Q(valid_to__isnull=True) | Q(valid_to__gt=self.since))


@dataclass(frozen=True)
class Link:
    """`other` is to `person` what the words of `code` say ("is" side or "has" side), perhaps through `via`."""

    person: UUID
    other: UUID
    kind: str
    code: str
    side: str
    valid_from: date | None
    valid_to: date | None
    source: str = ""
    confidence: str = ""
    via: UUID | None = None
    via_code: str = ""

    @property
    def people(self) -> set[UUID]:
        """Everybody who must be visible for this link to be told."""
        return {self.person, self.other} | ({self.via} if self.via else set())


def direct(given: set[UUID], rows: Iterable[Relationship]) -> list[Link]:
    """Links that a row records, one for each end that was asked about."""
    links = []
    for row in rows:
        line = line_of(row.type)
        ends = (
            (row.person_b_id, row.person_a_id, "is", line),
            (row.person_a_id, row.person_b_id, "has", "child" if line == "parent" else line),
        )
        links += [_recorded(row, person, other, side, kind) for person, other, side, kind in ends if person in given]
    return links


def line_of(relationship: str) -> str:
    """What a type of relationship does when families are followed: parent, sibling, partner or other."""
    known = code_list("relationship").codes.get(relationship)
    return str(known.words["line"]) if known else "other"


def _recorded(row: Relationship, person: UUID, other: UUID, side: str, kind: str) -> Link:
    return Link(person, other, kind, row.type, side, row.valid_from, row.valid_to, row.source, row.confidence)


def further(
    given: set[UUID], links: Sequence[Link], far: Sequence[Relationship], parents: Sequence[Relationship]
) -> list[Link]:
    """Links one step on: a parent's other children, a parent's partner, a partner's children."""
    parents_of: dict[UUID, set[UUID]] = defaultdict(set)
    for row in parents:
        if line_of(row.type) == "parent":
            parents_of[row.person_b_id].add(row.person_a_id)
    steps = direct({link.other for link in links if link.kind in {"parent", "partner"}}, far)
    recorded = {(link.person, link.other) for link in links}
    siblings = {(link.person, link.other) for link in links if link.kind == "sibling"}
    found: dict[tuple[UUID, UUID], Link] = {}
    for first, step in product(links, steps):
        pair = (first.person, step.other)
        if first.other != step.person or first.person == step.other or pair in found:
            continue
        if (first.kind, step.kind) == ("parent", "child") and pair not in siblings:
            found[pair] = _joined(first, step, "sibling", _sibling_code(parents_of, *pair), "is")
        elif (first.kind, step.kind) in {("parent", "partner"), ("partner", "child")} and pair not in recorded:
            found[pair] = _joined(first, step, "other", step.code, step.side)
    return list(found.values())


def _sibling_code(parents_of: Mapping[UUID, set[UUID]], one: UUID, another: UUID) -> str:
    """Full when two parents are shared; half when both have two and share one; else nobody has recorded enough."""
    if len(parents_of[one] & parents_of[another]) > 1:
        return SIBLING
    return HALF if len(parents_of[one]) > 1 and len(parents_of[another]) > 1 else UNSURE


def _joined(first: Link, step: Link, kind: str, code: str, side: str) -> Link:
    starts = [day for day in (first.valid_from, step.valid_from) if day]
    ends = [day for day in (first.valid_to, step.valid_to) if day]
    disputed = "disputed" if "disputed" in {first.confidence, step.confidence} else ""
    unsure = "reported" if "reported" in {first.confidence, step.confidence} else "verified"
    return Link(
        person=first.person,
        other=step.other,
        kind=kind,
        code=code,
        side=side,
        valid_from=max(starts, default=None),
        valid_to=min(ends, default=None),
        source="; ".join(dict.fromkeys(source for source in (first.source, step.source) if source)),
        confidence=disputed or unsure,
        via=first.other,
        via_code=first.code,
    )


def household(given: set[UUID], rows: Iterable[HouseholdMembership], period: Period) -> list[Link]:
    """Links between people who were in one household on the same days; one a pair, the latest."""
    members: dict[UUID, list[HouseholdMembership]] = defaultdict(list)
    for row in rows:
        members[row.household_id].append(row)
    found: dict[tuple[UUID, UUID], Link] = {}
    for together in members.values():
        for mine, theirs in product(together, together):
            link = _shared(mine, theirs) if mine.person_id in given and mine.person_id != theirs.person_id else None
            if link and (link.valid_to is None or link.valid_to > period.since):
                earlier = found.get((link.person, link.other))
                found[link.person, link.other] = max(filter(None, (earlier, link)), key=_ends)
    return list(found.values())


def _ends(link: Link) -> date:
    return link.valid_to or date.max


def _shared(mine: HouseholdMembership, theirs: HouseholdMembership) -> Link | None:
    start = max((day for day in (mine.valid_from, theirs.valid_from) if day), default=None)
    end = min((day for day in (mine.valid_to, theirs.valid_to) if day), default=None)
    if start and end and start >= end:
        return None
    basis = theirs.basis if theirs.basis != "lives-here" else mine.basis
    return Link(mine.person_id, theirs.person_id, "household", basis, "", start, end, "household record")


def words_of(link: Link, sex: Mapping[UUID, str], on: date) -> str:
    """ "half-brother (same mother)", "mother's partner until 3 March 2026", "lives in the same household"."""
    ended = link.valid_to if link.valid_to and link.valid_to <= on else None
    until = f" until {plain_date(ended)}" if ended else ""
    if link.kind == "household":
        unsure = {"not-confirmed": " (not confirmed)", "part-time": " part of the time", "stays-often": " often"}
        verb = "stayed" if ended else "stays"
        if link.code != "stays-often":
            verb = "lived" if ended else "lives"
        return f"{verb} in the same household{unsure.get(link.code, '')}{until}"
    own = sex[link.other]
    if link.via is None:
        return _word(link.code, link.side, own) + until
    through = _word(link.via_code, "is", sex[link.via])
    if link.kind == "sibling":
        codes = (SIBLING, HALF) if link.code == UNSURE else (link.code,)
        same = "" if link.code == SIBLING else f" (same {through})"
        return " or ".join(_word(code, "is", own) for code in codes) + same + until
    return f"{through}'s {_word(link.code, link.side, own)}{until}"


def _word(code: str, side: str, sex: str) -> str:
    known = code_list("relationship").codes.get(code)
    if known is None:
        return code
    given = known.words[side]
    return given if isinstance(given, str) else str(given.get(sex, given["U"]))

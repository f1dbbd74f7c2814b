"""Who may see and do what? A second model, written from the documents alone, against which the site is compared.

It imports nothing of the site's own rules. Its sources: the classes of record A to H and the tiers of the design (role
x live part x tier x class of record, less any conflict of interest), the glossary's roles, and the decision records
0003, 0015, 0025 and 0026. Facts go in, a word comes out; nothing here knows a table, a query or a page.
"""

from dataclasses import dataclass

MANAGERS = frozenset(["front-door-manager", "duty-manager", "service-manager", "team-manager"])
FRONT_DOOR = MANAGERS | {"contact-officer", "front-door-worker", "emergency-duty-worker", "business-support"}
"""Work at the front door for the whole partnership, and read its children's cases."""
STATUTORY = frozenset(["safeguarding-partner", "lead-partner", "support-hub", "scrutineer"])
GOVERNING = STATUTORY | {"data-analyst", "group-chair", "moderator"}
"""See how the partnership works, and no child's case."""
FOR_OWN_AGENCY = frozenset(["agency-lead", "agency-decision-maker", "lead-worker"])
OWN_RETURNS = frozenset(["agency-signatory", "assurance-lead"])
"""See only what their own agency is asked as a matter of the partnership: never a child's case."""
WATCHING = frozenset(["information-governance"])  # see how records were opened, and no record
ROLES = tuple(sorted(FRONT_DOOR | GOVERNING | FOR_OWN_AGENCY | OWN_RETURNS | WATCHING))
READ_BY_ROLE = {
    "front-door": FRONT_DOOR,
    "partnership": GOVERNING,
    **dict.fromkeys(("statutory-partners", "serious-incidents"), STATUTORY),
    **dict.fromkeys(("allegations", "child-deaths"), frozenset()),
    **{"audit-samples": frozenset(["support-hub"]), "scrutineer": frozenset(["scrutineer"])},
}
COMPARTMENTS = tuple(READ_BY_ROLE)
OPENED_BY_GLASS = frozenset(["front-door", "serious-incidents", "allegations", "child-deaths"])
READ_TEAM_TIER = MANAGERS | {"emergency-duty-worker"}
SAY_HOW_CLOSELY = frozenset(["front-door-manager", "service-manager", "support-hub"])
TIERS = ("open", "team", "restricted", "sealed")

NAMED = frozenset(["owner", "named", "named-until", "kept-away-though-named", "elsewhere-but-named"])
"""Have a part themselves, now: with no end, or with one that is still to come. Another owns the open ones only."""
ASKED = frozenset(["asked", "asked-and-glass"])
BY_AGENCY = ASKED | {"told", "invited", "invited-until", "invited-and-glass", "invited-to-open"}
"""Their agency has a part, now; one of them in the open ones only."""
GLASS = frozenset(["glass-open", "asked-and-glass", "invited-and-glass"])
NO_ROLE_NOW = frozenset(["role-ended", "role-to-come", "cover-of-ended", "cover-of-one-to-come", "account-closed"])
"""Whatever they were or will be, today they work for nobody; each owns every record, too, and has it open by glass."""
RELATIONS = (
    "none", *sorted(BY_AGENCY | NAMED | GLASS | NO_ROLE_NOW), "invitation-over", "invitation-to-come", "part-ended",
    "part-to-come", "glass-over", "glass-to-come", "kept-away", "kept-away-cleared", "elsewhere", "of-no-agency",
    "covering", "covering-until", "owner-of-open",
)  # fmt: skip
"""What somebody is to every record beside their role. "elsewhere": their role is in another partnership."""

SHOWN, REFUSED, DOOR, NOTHING = "shown", "refused", "told that it is there", "not there"
WHAT_FOR, NO_METHOD, NOT_SHOWN, SIGN_IN = "asked what for", "no such method", "anything but shown", "asked to sign in"


@dataclass(frozen=True)
class Person:
    """One role held, and what its holder is to every record of the world."""

    role: str
    relation: str

    @property
    def here(self) -> bool:
        return self.relation not in NO_ROLE_NOW and not self.relation.startswith("elsewhere")


@dataclass(frozen=True)
class Record:
    """A case: about a child or about the partnership, of a class, held so closely. `answers`: it asks one agency."""

    kind: str
    compartment: str
    tier: str
    open: bool
    stage: str
    child: bool
    answers: bool = False


@dataclass(frozen=True)
class Step:
    """A declared step: whose it is, when, that it endorses what another proposed, or is `of_another` of its role."""

    key: str
    by: frozenset[str]
    at: frozenset[str]
    endorses: bool = False
    of_another: bool = False
    protects: bool = False


@dataclass(frozen=True)
class Group:
    """Fields with a rule of their own: by role, by a part, and for the agency that gave them."""

    roles: frozenset[str]
    parts: frozenset[str]
    giver: bool


EVERY_MANAGER_BUT_DUTY = MANAGERS - {"duty-manager"}
GROUPS = {
    "protected-place": Group(EVERY_MANAGER_BUT_DUTY | {"emergency-duty-worker"}, frozenset(["owner"]), giver=False),
    "who-told": Group(FRONT_DOOR - {"business-support"}, frozenset(["owner"]), giver=True),
    "police-sensitive": Group(READ_TEAM_TIER | {"front-door-worker"}, frozenset(["owner"]), giver=True),
    "sexual-health": Group(EVERY_MANAGER_BUT_DUTY, frozenset(["owner"]), giver=True),
}


def kept_away(person: Person, record: Record) -> bool:
    """Nobody sees a record of their own family's, by its person or as told; the sealed child is not every one's."""
    named = person.relation == "kept-away-though-named" and record.tier != "sealed"
    return record.child and (named or person.relation == "kept-away")


def reads_by_role(person: Person, record: Record) -> bool:
    """Their class of record, in their own partnership, as closely as their role reads."""
    as_closely = record.tier == "open" or (record.tier == "team" and person.role in READ_TEAM_TIER)
    return person.here and person.role in READ_BY_ROLE[record.compartment] and as_closely


def in_person(person: Person, record: Record) -> bool:
    """Named one by one: that opens any tier."""
    theirs = NAMED | {"owner-of-open"} if record.tier == "open" else NAMED
    return person.relation in theirs and not kept_away(person, record)


def by_glass(person: Person, record: Record) -> bool:
    """Opened for four hours. What is sealed stays shut."""
    return person.relation in GLASS and record.tier != "sealed"


def by_agency(person: Person, record: Record) -> bool:
    """Their agency has a live part, and their role speaks for it in matters of this sort; not what is held closely."""
    speaks = person.role in FOR_OWN_AGENCY or (person.role in OWN_RETURNS and not record.child)
    close = record.tier == "team" and person.relation != "invited-to-open"
    return speaks and person.relation in BY_AGENCY and (record.tier == "open" or close)


def sees(person: Person, record: Record) -> bool:
    """Whether the record is there for this person at all, and what they were told of it or asked for from it."""
    ways = (reads_by_role, in_person, by_glass, by_agency)
    return not kept_away(person, record) and any(way(person, record) for way in ways)


def sees_within(person: Person, record: Record) -> bool:
    """Whether they see more than that their agency told of it."""
    return sees(person, record) and (person.relation != "told" or reads_by_role(person, record))


def because(person: Person, record: Record) -> str:
    """What they are told they see it by; glass only where nothing else shows it."""
    if reads_by_role(person, record):
        return "role"
    if by_agency(person, record) and record.answers and person.relation in ASKED:
        return "asked"
    if in_person(person, record) or (by_agency(person, record) and person.role in FOR_OWN_AGENCY):
        return "part"
    return "glass" if by_glass(person, record) else "agency"


def is_told_of(person: Person, record: Record) -> bool:
    """Whether somebody who does not see it is told that it is there: the front door, of a child's not sealed."""
    told = record.tier != "sealed" and record.child and not kept_away(person, record)
    return person.role in FRONT_DOOR and person.here and told and not sees(person, record)


def at_record(person: Person, record: Record) -> str:
    """What the page of a record answers."""
    return SHOWN if sees(person, record) else DOOR if is_told_of(person, record) else NOTHING


def _if_seen(person: Person, record: Record, may: bool) -> str:
    return REFUSED if sees(person, record) and not may else at_record(person, record)


def may_take(person: Person, record: Record, step: Step, proposed_by: str = "nobody") -> bool:
    """Whether the step is theirs now: by its role here, at its stage, speaking in the matter unless it begins there."""
    now = not step.at or (record.stage in step.at and _speaks_in(person, record))
    theirs = person.here and person.role in step.by and not step.of_another
    return theirs and now and (not step.endorses or proposed_by == "another")


def takes(person: Person, record: Record, step: Step, proposed_by: str = "nobody") -> str:
    """What asking for the step's page answers; what is open by glass alone is read, but for what protects at once."""
    may = may_take(person, record, step, proposed_by) and (step.protects or because(person, record) != "glass")
    return _if_seen(person, record, may)


def _speaks_in(person: Person, record: Record) -> bool:
    """What asks one agency is answered by that agency alone; in anything else a live part is enough."""
    by_part = person.relation in BY_AGENCY | NAMED or in_person(person, record)
    return person.role not in FOR_OWN_AGENCY | OWN_RETURNS or (person.relation in ASKED if record.answers else by_part)


def takes_away(person: Person, record: Record) -> str:
    """Whether it may be exported: seen, and not only by glass."""
    return _if_seen(person, record, because(person, record) != "glass")


def reads_group(person: Person, record: Record, key: str, *, given_by_own: bool) -> str:
    """Whether a group of fields is shown. Seeing the record is not enough, and by glass alone none is."""
    group, part = GROUPS[key], person.relation.partition("-of-")[0]
    may = (person.here and person.role in group.roles) or (part in group.parts and in_person(person, record))
    may = (may or (group.giver and given_by_own)) and because(person, record) != "glass"
    return _if_seen(person, record, may)


def sees_person(person: Person, records: list[Record], *, sealed: bool) -> bool:
    """Whether they know a child of these records: the front door all not sealed, others by one that they see into."""
    by_role = person.role in FRONT_DOOR and person.here and not sealed
    return not _close_to(person, records) and (by_role or any(sees_within(person, one) for one in records))


def _close_to(person: Person, records: list[Record]) -> bool:
    return person.relation == "kept-away" or any(kept_away(person, one) for one in records)


def sees_who_looked_at(person: Person, records: list[Record], *, sealed: bool) -> str:
    """The same of a child, whom information governance is told no name of."""
    return _looks_back(
        person, sees_person(person, records, sealed=sealed), not sealed and not _close_to(person, records)
    )


def opens_by_glass(person: Person, record: Record) -> str:
    """The page that opens a record for a time: for whoever is told of it, where its class may be, or sees it."""
    told = is_told_of(person, record) and record.compartment in OPENED_BY_GLASS
    return SHOWN if told or sees(person, record) else NOTHING


def says_how_closely(person: Person, record: Record) -> str:
    """The page that says how closely it is held."""
    return _if_seen(
        person, record, person.here and person.role in SAY_HOW_CLOSELY and because(person, record) != "glass"
    )


def sees_who_looked(person: Person, record: Record) -> str:
    """Who has looked: managers and information governance of the partnership."""
    return _looks_back(person, sees(person, record), record.tier != "sealed" and not kept_away(person, record))


def _looks_back(person: Person, seen: bool, told: bool) -> str:
    if not seen:
        return SHOWN if person.role in WATCHING and person.here and told else NOTHING
    return SHOWN if person.here and person.role in MANAGERS | WATCHING else REFUSED


def attaches(person: Person, record: Record, takers: frozenset[str]) -> str:
    """A file is attached to what is open, by whoever takes steps in such matters and sees within it."""
    may = record.open and person.here and person.role in takers and sees_within(person, record)
    return _if_seen(person, record, may)


def in_role(person: Person, record: Record, roles: frozenset[str]) -> str:
    """A page of a record for some roles of its own partnership: who overrides a condition, who corrects an entry."""
    return takes(person, record, Step("", roles, frozenset([record.stage])))


def says_what_for(person: Person, record: Record) -> str:
    """An independent scrutineer says what they read a matter for before any page of it opens; nobody else is asked."""
    return SHOWN if person.role == "scrutineer" and sees(person, record) else NOTHING


def says_what_lists_are_for(person: Person) -> bool:
    """And before any page of no one matter, but for figures and what anybody may read."""
    return person.role == "scrutineer" and person.relation not in NO_ROLE_NOW


SENDERS = FRONT_DOOR - {"duty-manager", "service-manager", "business-support"} | FOR_OWN_AGENCY
PLACES = {
    **dict.fromkeys(("everybody", "groups", "registers"), frozenset(ROLES)),
    "tell of a child": SENDERS,
    "front door": FRONT_DOOR - {"duty-manager", "team-manager"},
    "own figures too": GOVERNING
    | {"front-door-manager", "service-manager", "agency-lead", "assurance-lead", "agency-decision-maker"},
    "files of figures": frozenset(["data-analyst", "support-hub"]),
    "oversight": WATCHING,
    "statements": GOVERNING,
    "recommendations": frozenset(ROLES) - FRONT_DOOR,
    "find a record": frozenset(ROLES) - GOVERNING,
    **{"minutes sent": FOR_OWN_AGENCY, "what for": frozenset(["scrutineer"])},
}
"""Pages that show no one record, by whose they are. Which rows a page then lists is the matter of what each sees."""


def at_place(person: Person, place: str) -> str:
    if says_what_lists_are_for(person) and not place.endswith(("figures too", "of figures")):
        return SHOWN if place == "what for" else WHAT_FOR
    works = place == "everybody" or person.relation not in NO_ROLE_NOW
    theirs = person.role in PLACES[place] and (place != "minutes sent" or person.relation != "of-no-agency")
    return SHOWN if works and theirs else NOTHING if place in ("groups", "minutes sent", "what for") else REFUSED


def sent_it(person: Person, record: Record) -> str:
    """What an agency told, and what came of it: for those who speak for that agency."""
    if person.role not in SENDERS or person.relation in NO_ROLE_NOW:
        return REFUSED
    speaks = person.role in ("agency-lead", "agency-decision-maker") and person.relation == "told"
    return SHOWN if speaks and sees(person, record) else NOTHING

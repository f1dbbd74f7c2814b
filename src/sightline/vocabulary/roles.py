"""Which roles are there, what is each for, and how far does each see?

Roles are the partnership's, not Django's. A worker holds a role at an agency, in a partnership, from a date to a date
(`people.RoleHeld`). Authority follows the custom set out for front doors in England (who may screen, endorse, chair).
Words and reach are data (`roles.toml`), read by practice leads with the approved list of who may do what.
"""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files


class Reach(StrEnum):
    """How far a role sees before any live relationship to a record is considered.

    partnership: every open record of the partnership's front door. agency: what the worker's agency sent, was asked
    about or was invited to. governance: no child's record; figures, and matters that concern the partnership itself.
    returns: no child's record; of how the partners work, what the worker's agency is asked about or has a part in.
    oversight: no child's record and no matter of the partnership; how records were opened, and by whom.
    """

    PARTNERSHIP = "partnership"
    AGENCY = "agency"
    GOVERNANCE = "governance"
    RETURNS = "returns"
    OVERSIGHT = "oversight"


@dataclass(frozen=True)
class Role:
    """A named set of duties. `qualified` means a registered social worker must hold it.

    whole_agency: speaks for the agency about children and about how it works.
    one: what a holder is called, where that is not the name with an article.
    never_with: keys of roles that nobody holds beside it in one partnership.
    """

    key: str
    name: str
    description: str
    reach: Reach
    qualified: bool = False
    whole_agency: bool = False
    one: str = ""
    never_with: tuple[str, ...] = ()

    @property
    def holder(self) -> str:
        """Somebody who holds it, inside a sentence: "an emergency duty social worker"."""
        return self.one or f"{'an' if self.name[:1] in 'AEIOU' else 'a'} {self.name[:1].lower()}{self.name[1:]}"

    @property
    def by_agency(self) -> bool:
        """Whether a holder acts for their own agency only."""
        return self.reach in (Reach.AGENCY, Reach.RETURNS)

    @property
    def told_of(self) -> frozenset[str]:
        """What kinds of matter a holder is told of when their agency is told: of a child, of the partnership."""
        told = {"child"} if self.of_children else set()
        return frozenset(told | {"partnership"} if self.whole_agency or self.reach is Reach.RETURNS else told)

    @property
    def of_children(self) -> bool:
        """Whether a holder may be shown any child's record at all."""
        return self.reach in (Reach.PARTNERSHIP, Reach.AGENCY)

    def __str__(self) -> str:
        return self.key


def _read() -> dict[str, Role]:
    rows = tomllib.loads(files(__package__).joinpath("roles.toml").read_text("utf-8"))
    return {
        key: Role(key, **{**row, "reach": Reach(row["reach"]), "never_with": tuple(row.get("never_with", ()))})
        for key, row in rows.items()
    }


ROLES = _read()
PUBLIC_INTAKE = ROLES["public-intake"]
CLOCKWORK = ROLES["clockwork"]
AGENCY_LEAD = ROLES["agency-lead"]
AGENCY_DECISION_MAKER = ROLES["agency-decision-maker"]
CONTACT_OFFICER = ROLES["contact-officer"]
FRONT_DOOR_WORKER = ROLES["front-door-worker"]
EMERGENCY_DUTY_WORKER = ROLES["emergency-duty-worker"]
FRONT_DOOR_MANAGER = ROLES["front-door-manager"]
DUTY_MANAGER = ROLES["duty-manager"]
SERVICE_MANAGER = ROLES["service-manager"]
TEAM_MANAGER = ROLES["team-manager"]
LEAD_WORKER = ROLES["lead-worker"]
BUSINESS_SUPPORT = ROLES["business-support"]
DATA_ANALYST = ROLES["data-analyst"]
SAFEGUARDING_PARTNER = ROLES["safeguarding-partner"]
LEAD_PARTNER = ROLES["lead-partner"]
SCRUTINEER = ROLES["scrutineer"]
SUPPORT_HUB = ROLES["support-hub"]
GROUP_CHAIR = ROLES["group-chair"]
MODERATOR = ROLES["moderator"]
AGENCY_SIGNATORY = ROLES["agency-signatory"]
ASSURANCE_LEAD = ROLES["assurance-lead"]
INFORMATION_GOVERNANCE = ROLES["information-governance"]


def role_named(key: str) -> Role:
    """The role with this key. Raises LookupError naming the key and the roles there are."""
    try:
        return ROLES[key]
    except KeyError:
        raise LookupError(f"There is no role {key!r}. Roles: {', '.join(sorted(ROLES))}.") from None

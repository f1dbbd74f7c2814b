"""Which roles are there, what is each for, and how far does each see?

Roles are the partnership's, not Django's. A worker holds a role at an agency, in a partnership, from a date to a date
(`people.RoleHeld`). Authority follows the custom set out for front doors in England (who may screen, endorse, chair);
a partnership changes it here, in review, because the approved list of who may do what is read by practice leads.
"""

from dataclasses import dataclass
from enum import StrEnum


class Reach(StrEnum):
    """How far a role sees before any live relationship to a record is considered."""

    PARTNERSHIP = "partnership"
    """Every open record of the partnership's front door."""
    AGENCY = "agency"
    """Records that the worker's agency sent, was asked about or was invited to."""
    FIGURES = "figures"
    """No child's record: published figures, notices and counts only."""


@dataclass(frozen=True)
class Role:
    """A named set of duties. `qualified` means a registered social worker must hold it."""

    key: str
    name: str
    description: str
    reach: Reach
    qualified: bool = False

    def __str__(self) -> str:
        return self.key


def _roles(*roles: Role) -> dict[str, Role]:
    return {role.key: role for role in roles}


PUBLIC_INTAKE = Role(
    "public-intake",
    "Public referral form",
    "The service account that receives what the public sends. Nobody signs in with it.",
    Reach.PARTNERSHIP,
)
CLOCKWORK = Role(
    "clockwork",
    "Scheduled work",
    "The service account of background jobs. Nobody signs in with it.",
    Reach.PARTNERSHIP,
)
AGENCY_LEAD = Role(
    "agency-lead",
    "Agency safeguarding lead",
    "Sends concerns, answers what the front door asks, goes to meetings. School leads, named nurses, officers, GPs.",
    Reach.AGENCY,
)
AGENCY_DECISION_MAKER = Role(
    "agency-decision-maker",
    "Agency decision maker at the front door",
    "Decides what their own agency shares and says how their agency sees the risk.",
    Reach.AGENCY,
)
CONTACT_OFFICER = Role(
    "contact-officer",
    "Contact officer",
    "Logs contacts and gathers information. May not set a priority, decide or close.",
    Reach.PARTNERSHIP,
)
FRONT_DOOR_WORKER = Role(
    "front-door-worker",
    "Front-door social worker",
    "Sets priority, asks agencies, proposes the decision.",
    Reach.PARTNERSHIP,
    qualified=True,
)
EMERGENCY_DUTY_WORKER = Role(
    "emergency-duty-worker",
    "Emergency duty social worker",
    "Does the front door's urgent work at night and at weekends and hands over by 9am.",
    Reach.PARTNERSHIP,
    qualified=True,
)
FRONT_DOOR_MANAGER = Role(
    "front-door-manager",
    "Front-door manager",
    "Owns new contacts by default, endorses every decision, may override a gate with a reason.",
    Reach.PARTNERSHIP,
    qualified=True,
)
DUTY_MANAGER = Role(
    "duty-manager",
    "Duty manager",
    "On the rota: owns every new contact until a named worker takes it.",
    Reach.PARTNERSHIP,
    qualified=True,
)
SERVICE_MANAGER = Role(
    "service-manager",
    "Service manager",
    "Decides disputed thresholds and whether a strategy discussion is not held.",
    Reach.PARTNERSHIP,
    qualified=True,
)
TEAM_MANAGER = Role(
    "team-manager",
    "Social care team manager",
    "Chairs strategy discussions, authorises enquiries, allocates to a named social worker.",
    Reach.PARTNERSHIP,
    qualified=True,
)
LEAD_WORKER = Role(
    "lead-worker",
    "Lead social worker",
    "Holds the child's work after the front door.",
    Reach.AGENCY,
    qualified=True,
)
BUSINESS_SUPPORT = Role(
    "business-support",
    "Business support",
    "Takes notes, sends minutes, chases who has not opened them.",
    Reach.PARTNERSHIP,
)
DATA_ANALYST = Role("data-analyst", "Data analyst", "Loads returns and looks after figures.", Reach.FIGURES)
SAFEGUARDING_PARTNER = Role(
    "safeguarding-partner",
    "Delegated safeguarding partner",
    "Reads figures and assurance for the council, police or NHS and signs what is published.",
    Reach.FIGURES,
)
SCRUTINEER = Role(
    "scrutineer",
    "Independent scrutineer",
    "Asks and is answered. Never chairs, approves or endorses.",
    Reach.FIGURES,
)

ROLES: dict[str, Role] = _roles(
    PUBLIC_INTAKE,
    CLOCKWORK,
    AGENCY_LEAD,
    AGENCY_DECISION_MAKER,
    CONTACT_OFFICER,
    FRONT_DOOR_WORKER,
    EMERGENCY_DUTY_WORKER,
    FRONT_DOOR_MANAGER,
    DUTY_MANAGER,
    SERVICE_MANAGER,
    TEAM_MANAGER,
    LEAD_WORKER,
    BUSINESS_SUPPORT,
    DATA_ANALYST,
    SAFEGUARDING_PARTNER,
    SCRUTINEER,
)


def role_named(key: str) -> Role:
    """The role with this key. Raises LookupError naming the key and the roles there are."""
    try:
        return ROLES[key]
    except KeyError:
        raise LookupError(f"There is no role {key!r}. Roles: {', '.join(sorted(ROLES))}.") from None

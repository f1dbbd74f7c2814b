"""The rows of the people layer, one file a subject."""

from sightline.people.models.agencies import Agency, AgencyName, AgencySuccession
from sightline.people.models.families import Household, HouseholdMembership, Relationship
from sightline.people.models.groups import Group, GroupMembership
from sightline.people.models.held import HeldText
from sightline.people.models.partnerships import Partnership, PartnershipMembership
from sightline.people.models.persons import Identifier, Person, PersonAddress, PersonName, ProtectedFrom
from sightline.people.models.workers import Account, RoleHeld, Worker

__all__ = [
    "Account",
    "Agency",
    "AgencyName",
    "AgencySuccession",
    "Group",
    "GroupMembership",
    "HeldText",
    "Household",
    "HouseholdMembership",
    "Identifier",
    "Partnership",
    "PartnershipMembership",
    "Person",
    "PersonAddress",
    "PersonName",
    "ProtectedFrom",
    "Relationship",
    "RoleHeld",
    "Worker",
]

"""Invented families with protected places, for tests of what may leave."""

from datetime import date
from uuid import UUID

from sightline.people.models import (
    Household,
    HouseholdMembership,
    Person,
    PersonAddress,
    PersonName,
    ProtectedFrom,
)


def person(partnership, given, family="Dunne", kind="adult"):
    """A person with a name."""
    made = Person.objects.create(partnership=partnership, kind=kind, sex="U")
    PersonName.objects.create(person=made, given_names=given, family_name=family, valid_from=date(2020, 1, 1))
    return made


def lives(who, lines, postcode, **more):
    """An address of a person since 2020."""
    return PersonAddress.objects.create(
        person=who, lines=lines, postcode=postcode, **{"valid_from": date(2020, 1, 1), **more}
    )


def together(partnership, *persons):
    """These people live in one household."""
    home = Household.objects.create(partnership=partnership, label="A home")
    for who in persons:
        HouseholdMembership.objects.create(household=home, person=who, valid_from=date(2020, 1, 1))
    return home


class Fled:
    """Maya and her mother Kim live in a refuge kept from Dan, who lives with his sister Ada. Gran knows nothing."""

    LINES, POSTCODE = "Flat 4, 12 Larkmoor Road\nArdenvale", "AV7 4QX"
    PHONE, SCHOOL = "07700 900123", "Larkmoor Primary"

    def __init__(self, partnership, *, named=True):
        self.partnership = partnership
        self.maya = person(partnership, "Maya", kind="child")
        self.kim, self.dan = person(partnership, "Kim"), person(partnership, "Dan", "Marsh")
        self.ada, self.gran = person(partnership, "Ada", "Marsh"), person(partnership, "Joy")
        together(partnership, self.maya, self.kim)
        kept = {"kind": "refuge", "protected": True, "gives_away": [self.PHONE, self.SCHOOL]}
        self.refuge = lives(self.kim, self.LINES, self.POSTCODE, **kept)
        lives(self.dan, "3 Quarry Lane", "AV1 1AA")
        lives(self.ada, "3, quarry lane", "AV11AA")
        lives(self.gran, "90 Hill Street", "AV2 2BB")
        if named:
            ProtectedFrom.objects.create(address=self.refuge, person=self.dan, basis="refuge")

    @property
    def about(self) -> frozenset[UUID]:
        return frozenset({self.maya.pk, self.kim.pk, self.dan.pk})

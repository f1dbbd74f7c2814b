"""The family for a first walk-through: a child at Millbrook School with a half-sister who lives with their father.

Nobody has told the front door of today's worry yet: the visitor does, as the school's lead.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sightline.platform import calendar

from .acting_out import Story
from .agencies import MILLBROOK
from .contact_story import ContactTold, contact_story
from .families import Family, Member, nhs_number
from .kinship import Kinship
from .names import COMMUNITIES
from .outline import Outline
from .seeding import chance, key_of
from .standing import Standing

NUMBER = 64_000
NAME = "walk-through"
CHILD = {"given_names": "Maya", "family_name": "Ormerod-Vale", "date_of_birth": date(2018, 2, 8)}


def the_family() -> Family:
    """Maya, a baby brother, their mother and her partner; elsewhere Maya's father, his partner and a half-sister."""

    def one(part: str, kind: str, given: str, family: str, sex: str, born: date, school: str = "") -> Member:
        number = nhs_number(chance(NAME, part)) if kind == "child" else ""
        return Member(part, kind, given, family, sex, born, school, number, key_of("person", NAME, part))

    maya = str(CHILD["given_names"]), str(CHILD["family_name"])
    return Family(
        number=NAME,
        community=COMMUNITIES[0],
        here=[
            one("mother", "adult", "Leanne", "Ormerod", "F", date(1992, 5, 17)),
            one("child 0", "child", *maya, "F", date(2018, 2, 8), MILLBROOK),
            one("child 1", "child", "Reuben", "Ormerod", "M", date(2025, 9, 3)),
            one("partner", "adult", "Craig", "Tattersfield", "M", date(1990, 11, 30)),
        ],
        elsewhere=[
            one("father", "adult", "Jerome", "Vale", "M", date(1991, 8, 2)),
            one("other mother", "adult", "Sunita", "Bhogle", "F", date(1994, 1, 21)),
            one("half 0", "child", "Isla", "Bhogle-Vale", "F", date(2021, 6, 14), "beacon-rise-primary-school"),
        ],
        address=("14 Tanyard Lane, Ardenvale", "AV3 4QT"),
        other_address=("7 Quince Avenue, Ardenvale", "AV6 2LN"),
        partner_since=date(2026, 1, 10),
        known=True,
    )


def walk_through(standing: Standing, until: datetime) -> Iterator[tuple[Kinship | None, Story]]:
    """The family, and the one contact before: last spring, answered with advice."""
    family = the_family()
    day = calendar.add_working_days(calendar.local_date(until - timedelta(days=190)), 1)
    at = calendar.at_local(day, datetime.min.time().replace(hour=14, minute=20))
    outline = Outline("green", "advice", "advice", "neglect", to_known_worker=False)
    told = ContactTold(f"{NAME} before", NUMBER, family, at, "health-visitor", outline, standing)
    yield Kinship(family, standing.partnership.id), contact_story(told)

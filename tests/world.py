"""A small invented partnership for tests: its agencies, a worker in each role, and their accounts."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.contrib.auth.hashers import make_password

from sightline.people.actor import Actor, actor_for
from sightline.people.models import (
    Account,
    Agency,
    AgencyName,
    Partnership,
    PartnershipMembership,
    RoleHeld,
    Worker,
)

START = date(2020, 1, 1)
ANSWERED = datetime(2020, 1, 1, 9, tzinfo=UTC)
"""When everybody here said that they have nobody to tell of; a test about that takes it away."""

AGENCIES = {
    "ardenvale-council": ("csc", "Ardenvale Council"),
    "ardenvale-police": ("pol", "Ardenvale Police"),
    "ardenvale-icb": ("icb", "NHS Ardenvale Integrated Care Board"),
    "millbrook-school": ("edu", "Millbrook School"),
    "tollgate-school": ("edu", "Tollgate Academy"),
}
WORKERS = {
    "intake": ("", "Public referral form", "ardenvale-council", ["public-intake"]),
    "clockwork": ("", "Scheduled work", "ardenvale-council", ["clockwork"]),
    "officer": ("Asha", "Lorne", "ardenvale-council", ["contact-officer"]),
    "worker": ("Kay", "Obi", "ardenvale-council", ["front-door-worker"]),
    "second_worker": ("Ivo", "Brand", "ardenvale-council", ["front-door-worker"]),
    "manager": ("Priya", "Shah", "ardenvale-council", ["front-door-manager", "duty-manager"]),
    "second_manager": ("Tom", "Reid", "ardenvale-council", ["front-door-manager"]),
    "service_manager": ("Edda", "Marsh", "ardenvale-council", ["service-manager"]),
    "team_manager": ("Noor", "Kell", "ardenvale-council", ["team-manager"]),
    "lead_worker": ("Sol", "Ames", "ardenvale-council", ["lead-worker"]),
    "support": ("Jo", "Bell", "ardenvale-council", ["business-support"]),
    "police": ("Rae", "Cox", "ardenvale-police", ["agency-decision-maker"]),
    "health": ("Nia", "Alder", "ardenvale-icb", ["agency-decision-maker"]),
    "school": ("Dee", "Cole", "millbrook-school", ["agency-lead"]),
    "other_school": ("Una", "Frey", "tollgate-school", ["agency-lead"]),
    "analyst": ("Bo", "Tarn", "ardenvale-council", ["data-analyst"]),
    "scrutineer": ("Gil", "Hask", "ardenvale-council", ["scrutineer"]),
    "hub": ("Wyn", "Ash", "ardenvale-council", ["support-hub"]),
    "second_hub": ("Lou", "Penn", "ardenvale-council", ["support-hub"]),
    "chair": ("Max", "Orr", "ardenvale-police", ["group-chair"]),
    "moderator": ("Fay", "Lund", "ardenvale-icb", ["moderator"]),
    "ig": ("Ida", "Quant", "ardenvale-icb", ["information-governance"]),
    "council_partner": ("Hel", "Stur", "ardenvale-council", ["safeguarding-partner"]),
    "police_partner": ("Dun", "Acht", "ardenvale-police", ["safeguarding-partner"]),
    "nhs_partner": ("Obi", "Hart", "ardenvale-icb", ["safeguarding-partner"]),
    "council_chief": ("Bea", "Wold", "ardenvale-council", ["lead-partner"]),
    "police_chief": ("Ken", "Ivory", "ardenvale-police", ["lead-partner"]),
    "nhs_chief": ("Sal", "Munro", "ardenvale-icb", ["lead-partner"]),
    "council_lead": ("Ann", "Tor", "ardenvale-council", ["assurance-lead"]),
    "police_lead": ("Cy", "Dale", "ardenvale-police", ["assurance-lead"]),
    "council_signatory": ("Eve", "Rook", "ardenvale-council", ["agency-signatory"]),
    "police_signatory": ("Art", "Voss", "ardenvale-police", ["agency-signatory"]),
}
PASSWORD = "a long invented password"


@dataclass
class World:
    """`world.worker`, `world.police` ... are Actors; `world.agency("ardenvale-police")` an agency."""

    partnership: Partnership
    agencies: dict[str, Agency] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Actor:
        try:
            return actor_for(self.accounts[name])
        except KeyError:
            raise AttributeError(name) from None

    def agency(self, key: str) -> Agency:
        return self.agencies[key]


def make_world(**extra: Any) -> World:
    """Rows of the small partnership; call inside a transaction or a throw-away database."""
    partnership = Partnership.objects.create(
        key="ardenvale",
        name="Ardenvale Safeguarding Children Partnership",
        invented=True,
        front_door_phone="01632 960 101",
        out_of_hours_phone="01632 960 102",
    )
    world = World(partnership)
    for key, (kind, name) in AGENCIES.items():
        agency = Agency.objects.create(key=key, kind=kind)
        AgencyName.objects.create(agency=agency, name=name, valid_from=START)
        PartnershipMembership.objects.create(partnership=partnership, agency=agency, valid_from=START)
        world.agencies[key] = agency
    password = make_password(PASSWORD)
    held, workers = [], []
    for username, (given, family, agency_key, roles) in WORKERS.items():
        worker = Worker(given_name=given, family_name=family, email=f"{username}@ardenvale.example")
        worker.own_details_answered_at = ANSWERED
        workers.append(worker)
        held += [
            RoleHeld(
                worker=worker, role=role, agency=world.agencies[agency_key], partnership=partnership, valid_from=START
            )
            for role in roles
        ]
        kind = "service" if username in ("intake", "clockwork") else "person"
        world.accounts[username] = Account(username=username, worker=worker, kind=kind, password=password)
    # All at once: thousands of tests begin with this.
    Worker.objects.bulk_create(workers)
    RoleHeld.objects.bulk_create(held)
    Account.objects.bulk_create(world.accounts.values())
    return world

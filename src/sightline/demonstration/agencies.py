"""The invented agencies of Ardenvale and of Thornmere next door, with the names they have gone by."""

from dataclasses import dataclass
from datetime import date

START = date(2015, 4, 1)
ICB_BEGAN = date(2022, 7, 1)
POLICE_RENAMED = date(2024, 10, 1)


@dataclass(frozen=True)
class AgencyCast:
    """`names`: (name, first day), oldest first. `left`: the day it ceased. `thornmere`: also in that partnership."""

    key: str
    kind: str
    names: tuple[tuple[str, date], ...]
    left: date | None = None
    ardenvale: bool = True
    thornmere: bool = False


def _one(key: str, kind: str, name: str, *, thornmere: bool = False, ardenvale: bool = True) -> AgencyCast:
    return AgencyCast(key, kind, ((name, START),), thornmere=thornmere, ardenvale=ardenvale)


COUNCIL, POLICE, ICB = "ardenvale-council", "ardenvale-police", "ardenvale-icb"
OLD_COMMISSIONERS = "ardenvale-ccg"

AGENCIES: tuple[AgencyCast, ...] = (
    _one(COUNCIL, "csc", "Ardenvale Council"),
    _one("ardenvale-early-help", "eh", "Ardenvale Early Help"),
    _one("ardenvale-emergency-duty", "edt", "Ardenvale and Thornmere Emergency Duty Team", thornmere=True),
    AgencyCast(
        POLICE,
        "pol",
        (("Ardenvale and Thornmere Constabulary", START), ("Ardenvale Police", POLICE_RENAMED)),
        thornmere=True,
    ),
    AgencyCast(OLD_COMMISSIONERS, "icb", (("NHS Ardenvale Clinical Commissioning Group", START),), left=ICB_BEGAN),
    AgencyCast(ICB, "icb", (("NHS Ardenvale Integrated Care Board", ICB_BEGAN),)),
    _one("ardenvale-hospitals", "aht", "Ardenvale Hospitals NHS Trust"),
    _one("ardenvale-community-health", "cht", "Ardenvale Community Health"),
    _one("ardenvale-mental-health", "cmh", "Ardenvale Mental Health Trust"),
    _one("larch-lane-surgery", "gp", "Larch Lane Surgery"),
    _one("cobblers-yard-surgery", "gp", "Cobblers Yard Surgery"),
    _one("quillfield-medical", "gp", "Quillfield Medical Practice"),
    _one("sandpit-hill-surgery", "gp", "Sandpit Hill Surgery"),
    _one("threewaters-ambulance", "amb", "Threewaters Ambulance Service", thornmere=True),
    _one("ardenvale-homes", "hou", "Ardenvale Homes"),
    _one("ardenvale-probation", "pro", "Ardenvale and Thornmere Probation", thornmere=True),
    _one("ardenvale-youth-justice", "yjs", "Ardenvale Youth Justice Service"),
    _one("ardenvale-adult-care", "asc", "Ardenvale Adult Social Care"),
    _one("lantern-house", "das", "Lantern House Domestic Abuse Service"),
    _one("waymark-recovery", "sub", "Waymark Recovery Service"),
    _one("ardenvale-voluntary-alliance", "vcs", "Ardenvale Voluntary Alliance"),
    _one("kitefield-family-centre", "vcs", "Kitefield Family Centre"),
    _one("ardenvale-scrutiny", "ind", "Independent scrutiny of the Ardenvale partnership"),
    _one("thornmere-council", "csc", "Thornmere Council", thornmere=True, ardenvale=False),
)

_PRIMARIES = (
    *("Alderpool", "Ambergate Green", "Applecroft", "Barleymow", "Beacon Rise", "Beechmast", "Bellcast", "Birchover"),
    *("Bramblegate", "Bridle Path", "Brookmead", "Cartwheel Lane", "Chalkhollow", "Cherrybank", "Clayfold"),
    *("Clockhouse", "Coopers Field", "Copperleaf", "Cuckoo Hill", "Daisybrook", "Dovecroft", "Elderbrook"),
    *("Fallowfern", "Featherstone Row", "Fernhollow", "Fiddlers Green", "Foxcombe Vale", "Gatehouse Lane", "Goldfinch"),
    *("Greyfold", "Hartsease", "Hawkmoth Lane", "Hazelbank Row", "Hedgerow", "Honeywell Lane", "Jackdaw Hill"),
    *(
        "Kestrel Bank",
        "Kingcup",
        "Lambswell",
        "Larkrise Vale",
        "Limekiln",
        "Linnet Field",
        "Maltings Lane",
        "Mayblossom",
    ),
    *("Meadowbridge", "Merrydown", "Millrace", "Mulberry Row", "Nettlebed Lane", "Oakapple", "Orchard Gate"),
    *("Otterbrook", "Paddock Hill", "Pearmain", "Plumtree Vale", "Quarry Top"),
)
_SECONDARIES = (
    *("Tollgate Academy", "Ardenvale High School", "Ropewalk Academy", "Northlea School", "Weavers Academy"),
    *("Saltway School", "Thistledown School", "Wharfside Academy", "Ironbark Row School", "Kilnhurst Vale School"),
    *("Harrowfold Lane School", "The Lyceum at Ardenvale", "Viaduct School"),
)
_FAITH = (
    *("Holy Well Catholic Primary School", "Saint Werian's Catholic School", "Saint Odo's Church of England School"),
    *("All Hallows Vale Church of England School", "Al Noor Vale Primary School", "Kirat Vale School"),
)
_OTHERS = (
    *("Stepping Stones Special School", "Harbour Light Special School", "Willowrush Vale Special School"),
    *("Larkspur Pupil Referral Unit", "Ardenvale Virtual School", "Ardenvale Sixth Form College"),
    *("Ardenvale College", "Little Acorns Vale Nursery", "Puddleduck Lane Nursery", "Sunnyside Row Nursery School"),
    *("Bluebell Yard Nursery", "Rowan House School", "Castlemount Independent School"),
)
MILLBROOK = "millbrook-school"
_SCHOOLS = ("Millbrook School", *(f"{name} Primary School" for name in _PRIMARIES), *_SECONDARIES, *_FAITH, *_OTHERS)


def _key(name: str) -> str:
    return name.lower().replace("'", "").replace(" ", "-")


SCHOOLS: tuple[AgencyCast, ...] = tuple(_one(_key(name), "edu", name) for name in _SCHOOLS)
PRIMARIES = tuple(_key(f"{name} Primary School") for name in _PRIMARIES)
SECONDARIES = tuple(_key(name) for name in _SECONDARIES)
WITHOUT_ROUTE = frozenset({"bluebell-yard-nursery", "castlemount-independent-school", "puddleduck-lane-nursery"})
"""Schools with nobody who can be sent anything: minutes for them wait, in sight."""

"""The invented people who work for Ardenvale's children, and the roles they hold."""

from dataclasses import dataclass
from datetime import date

from .agencies import COUNCIL, ICB, MILLBROOK, POLICE, SCHOOLS, WITHOUT_ROUTE
from .names import a_community, a_family_name, a_given_name
from .seeding import chance

HELD_SINCE = date(2021, 9, 1)


@dataclass(frozen=True)
class WorkerCast:
    """`roles` are held at `agency` in Ardenvale; an empty agency means nobody's (independent)."""

    username: str
    given: str
    family: str
    job: str
    agency: str
    roles: tuple[str, ...]
    service: bool = False
    thornmere: bool = False


def _cast(agency: str, role: str, *people: str) -> tuple[WorkerCast, ...]:
    """People as "user name: given names: family name: job title"."""
    split = (person.split(": ") for person in people)
    return tuple(WorkerCast(user, given, family, job, agency, (role,)) for user, given, family, job in split)


SERVICES = (
    WorkerCast("public-intake", "", "Public referral form", "", COUNCIL, ("public-intake",), service=True),
    WorkerCast("clockwork", "", "Scheduled work", "", COUNCIL, ("clockwork",), service=True),
)
CONTACT_OFFICERS = _cast(
    COUNCIL,
    "contact-officer",
    "contact-officer: Asha: Lorne: Contact officer",
    "dev.okell: Dev: Okell: Contact officer",
    "mina.sorrel: Mina: Sorrel: Senior contact officer",
    "pat.quill: Pat: Quillan: Contact officer",
)
FRONT_DOOR_WORKERS = _cast(
    COUNCIL,
    "front-door-worker",
    "front-door-worker: Kay: Obi: Social worker, front door",
    "ivo.brand: Ivo: Brandish: Social worker, front door",
    "lena.holm: Lena: Czajka-Holm: Senior social worker, front door",
    "femi.ade: Femi: Adewole: Social worker, front door",
    "harpreet.jl: Harpreet: Jhutti: Social worker, front door",
    "rosa.tey: Rosa: Teyford: Social worker, front door",
    "callum.wray: Callum: Wraysbury: Social worker, front door",
    "nadia.im: Nadia: Imtiaz: Advanced practitioner, front door",
)
EMERGENCY = _cast(
    "ardenvale-emergency-duty",
    "emergency-duty-worker",
    "emergency-duty: Owen: Starling: Emergency duty social worker",
    "bea.lunt: Bea: Luntley: Emergency duty social worker",
)
MANAGERS = _cast(
    COUNCIL,
    "front-door-manager",
    "front-door-manager: Priya: Shahane: Front-door manager",
    "tom.reid: Tom: Reidel: Front-door manager",
    "grace.nd: Grace: Ndlovu-Pell: Front-door manager",
)
DUTY = (WorkerCast("duty-manager", "Marcus", "Fennimore", "Duty manager, front door", COUNCIL, ()),)
"""Holds the role by the rota of duty managers, not for good."""
SERVICE_MANAGERS = _cast(
    COUNCIL,
    "service-manager",
    "service-manager: Edda: Marshgate: Service manager, front door and assessment",
)
TEAM_MANAGERS = _cast(
    COUNCIL,
    "team-manager",
    "team-manager: Noor: Kellaway: Team manager, assessment",
    "siobhan.rt: Siobhán: Rathmore: Team manager, assessment",
    "ade.fol: Adé: Folarin: Team manager, children in need",
    "wen.har: Wen: Harrowby: Team manager, court and protection",
    "josie.pk: Josie: Peckover: Team manager, exploitation",
)
LEAD_WORKERS = _cast(
    COUNCIL,
    "lead-worker",
    "lead-worker: Sol: Amesbury: Social worker, assessment",
    "yara.h: Yara: Haddadin: Social worker, assessment",
    "conor.d: Conor: Devereaux: Social worker, assessment",
    "thandi.m: Thandi: Mokoena: Social worker, children in need",
    "peter.v: Peter: Vantage: Social worker, children in need",
    "aneesa.k: Aneesa: Kapadia: Social worker, court and protection",
    "lowri.j: Lowri: Jenkyn: Social worker, exploitation",
    "matt.o: Matt: Oakenfold: Social worker, children in need",
)
SUPPORT = _cast(
    COUNCIL,
    "business-support",
    "business-support: Jo: Bellweather: Business support officer",
    "irena.s: Irena: Sobotka: Minute taker",
)
POLICE_DECIDERS = _cast(
    POLICE,
    "agency-decision-maker",
    "police: Rae: Coxwold: Detective sergeant, multi-agency safeguarding hub",
    "sgt.vale: Hamish: Valentine-Orr: Detective sergeant, multi-agency safeguarding hub",
    "dc.aziz: Samira: Azizi: Detective constable, multi-agency safeguarding hub",
)
HEALTH_DECIDERS = _cast(
    ICB,
    "agency-decision-maker",
    "health: Nia: Alderton: Named nurse, front door",
    "chukwu.e: Chukwuma: Ekeh: Designated doctor",
)
AGENCY_LEADS = (
    *_cast("larch-lane-surgery", "agency-lead", "gp-lead: Mira: Thackeray: GP safeguarding lead"),
    *_cast("cobblers-yard-surgery", "agency-lead", "dr.lim: Wei: Limb: GP safeguarding lead"),
    *_cast("quillfield-medical", "agency-lead", "dr.oduya: Tunde: Oduya: GP safeguarding lead"),
    *_cast("sandpit-hill-surgery", "agency-lead", "dr.roy: Anjali: Roychester: GP safeguarding lead"),
    *_cast("ardenvale-hospitals", "agency-lead", "hospital: Ruth: Penhallow: Named nurse, emergency department"),
    *_cast("ardenvale-community-health", "agency-lead", "visitors: Carys: Tremont: Lead health visitor"),
    *_cast("ardenvale-mental-health", "agency-lead", "mental-health: Idris: Caulfield: Safeguarding lead"),
    *_cast("threewaters-ambulance", "agency-lead", "ambulance: Kim: Latchford: Safeguarding lead"),
    *_cast("ardenvale-homes", "agency-lead", "housing: Dawn: Ollerton: Tenancy safeguarding lead"),
    *_cast("ardenvale-probation", "agency-lead", "probation: Leon: Sandiford: Senior probation officer"),
    *_cast("ardenvale-youth-justice", "agency-lead", "youth-justice: Zoe: Harbottle: Practice manager"),
    *_cast("ardenvale-adult-care", "agency-lead", "adult-care: Femke: Vries-Long: Safeguarding adults lead"),
    *_cast("ardenvale-early-help", "agency-lead", "early-help: Gita: Bannerjea: Early help manager"),
    *_cast("lantern-house", "agency-lead", "lantern-house: Carmel: Dunleavy: Service manager"),
    *_cast("waymark-recovery", "agency-lead", "waymark: Abdi: Warfa: Family worker lead"),
    *_cast("kitefield-family-centre", "agency-lead", "kitefield: Ros: Underhay: Centre manager"),
)
PARTNERS = (
    *_cast(COUNCIL, "safeguarding-partner", "partner-council: Helena: Sturrock: Director of children's services"),
    WorkerCast(
        *("partner-police", "Duncan", "Achterberg", "Assistant chief constable", POLICE, ("safeguarding-partner",)),
        thornmere=True,
    ),
    *_cast(ICB, "safeguarding-partner", "partner-health: Obi: Ezenwa-Hart: Chief nurse"),
    *_cast(COUNCIL, "lead-partner", "chief-council: Beatrix: Woldingham: Chief executive"),
    WorkerCast(
        *("chief-police", "Kenver", "Ivorson", "Chief constable", POLICE, ("lead-partner",)),
        thornmere=True,
    ),
    *_cast(ICB, "lead-partner", "chief-health: Salma: Munroe-Tait: Chief executive, integrated care board"),
    *_cast(COUNCIL, "data-analyst", "analyst: Bo: Tarnowska: Partnership data analyst"),
    *_cast(ICB, "information-governance", "governor: Idabel: Quantrell: Head of information governance"),
    *_cast("ardenvale-scrutiny", "scrutineer", "scrutineer: Gil: Haskell-Roe: Independent scrutineer"),
)
HUB = (
    WorkerCast("hub", "Wyn", "Ashgrove", "Partnership manager", COUNCIL, ("support-hub",), thornmere=True),
    *_cast(COUNCIL, "support-hub", "hub.two: Lou: Pennick: Partnership business officer"),
    WorkerCast("moderator", "Fay", "Lundqvist", "Designated nurse", ICB, ("moderator",), thornmere=True),
    *_cast(POLICE, "group-chair", "steering-chair: Maxine: Orrell: Superintendent, vulnerability"),
    *_cast(ICB, "group-chair", "executive-chair: Ottilie: Brandreth: Director of nursing"),
)
"""Who runs the partnership's own work: the Support Hub, who chairs groups, who moderates returns."""
RETURNS = (
    *_cast(COUNCIL, "assurance-lead", "council-lead: Annika: Torrance: Head of safeguarding and quality"),
    WorkerCast(
        *("police-lead", "Cyrus", "Daleham", "Detective inspector, safeguarding", POLICE, ("assurance-lead",)),
        thornmere=True,
    ),
    *_cast(ICB, "assurance-lead", "health-lead: Perpetua: Adeyinka: Head of safeguarding"),
    *_cast(COUNCIL, "agency-signatory", "council-signs: Eve: Rookwood: Director of people"),
    WorkerCast(
        *("police-signs", "Arthur", "Vossler", "Deputy chief constable", POLICE, ("agency-signatory",)),
        thornmere=True,
    ),
    *_cast(ICB, "agency-signatory", "health-signs: Marit: Olufsen: Executive nurse"),
    *_cast("ardenvale-homes", "agency-signatory", "housing-signs: Denzil: Trewhella: Managing director"),
    *_cast("ardenvale-hospitals", "agency-signatory", "hospital-signs: Joyce: Akintola: Chief nurse"),
    *_cast("ardenvale-probation", "agency-signatory", "probation-signs: Rupert: Lascelles: Head of area"),
    *_cast("ardenvale-community-health", "agency-signatory", "community-signs: Nerys: Caradog: Director of nursing"),
    *_cast("ardenvale-youth-justice", "agency-signatory", "youth-justice-signs: Emeka: Obiora: Head of service"),
)
"""Who answers for an agency how it keeps children safe, and who signs that answer."""
SCHOOL_LEADS_NAMED = {
    MILLBROOK: ("school-lead", "Dee", "Colefax"),
    "tollgate-academy": ("other-school", "Una", "Freyling"),
}


def _school_lead(key: str) -> WorkerCast:
    job = "Designated safeguarding lead"
    if key in SCHOOL_LEADS_NAMED:
        return WorkerCast(*SCHOOL_LEADS_NAMED[key], job, key, ("agency-lead",))
    pick = chance("school lead", key)
    community, sex = a_community(pick), pick.choice("FFM")
    given = a_given_name(community, sex, pick)
    family = a_family_name(community, sex, pick.choice(community.surnames or ("Rahimi",)), pick) or "Rahimi"
    return WorkerCast(f"lead.{key}", given, family, job, key, ("agency-lead",))


SCHOOL_LEADS = tuple(_school_lead(school.key) for school in SCHOOLS if school.key not in WITHOUT_ROUTE)

WORKERS: tuple[WorkerCast, ...] = (
    *SERVICES,
    *CONTACT_OFFICERS,
    *FRONT_DOOR_WORKERS,
    *EMERGENCY,
    *MANAGERS,
    *DUTY,
    *SERVICE_MANAGERS,
    *TEAM_MANAGERS,
    *LEAD_WORKERS,
    *SUPPORT,
    *POLICE_DECIDERS,
    *HEALTH_DECIDERS,
    *AGENCY_LEADS,
    *PARTNERS,
    *HUB,
    *RETURNS,
    *SCHOOL_LEADS,
)

"""Who tells the front door, how, and how their agency answers when it is asked in turn."""

from dataclasses import dataclass

from .agencies import ICB, POLICE


@dataclass(frozen=True)
class Sender:
    """`kind` picks the worries; `users` are who may send it; empty users: taken by telephone by a contact officer."""

    kind: str
    code: str
    channel: str
    users: tuple[str, ...] = ()
    agency: str = ""


SENDERS = {
    "police": Sender("police", "6", "police-notification", ("police", "sgt.vale", "dc.aziz"), POLICE),
    "school": Sender("school", "2A", "portal"),
    "health-visitor": Sender("health", "3B", "portal", ("visitors",), "ardenvale-community-health"),
    "gp": Sender("health", "3A", "portal", ("gp-lead", "dr.lim", "dr.oduya", "dr.roy")),
    "hospital": Sender("health", "3E", "portal", ("hospital",), "ardenvale-hospitals"),
    "mental-health": Sender("health", "3F", "portal", ("mental-health",), "ardenvale-mental-health"),
    "ambulance": Sender("health", "3F", "portal", ("ambulance",), "threewaters-ambulance"),
    "housing": Sender("council", "4", "portal", ("housing",), "ardenvale-homes"),
    "early-help": Sender("council", "5D", "portal", ("early-help",), "ardenvale-early-help"),
    "adult-care": Sender("council", "5B", "email", ("adult-care",), "ardenvale-adult-care"),
    "probation": Sender("justice", "7", "portal", ("probation",), "ardenvale-probation"),
    "youth-justice": Sender("justice", "7", "portal", ("youth-justice",), "ardenvale-youth-justice"),
    "domestic-abuse-service": Sender("help", "8", "portal", ("lantern-house",), "lantern-house"),
    "recovery-service": Sender("help", "8", "portal", ("waymark",), "waymark-recovery"),
    "family-centre": Sender("help", "8", "portal", ("kitefield",), "kitefield-family-centre"),
    "other-council": Sender("public", "5C", "other-area"),
    "family-member": Sender("public", "1A", "public", ("public-intake",)),
    "public": Sender("public", "1B", "public", ("public-intake",)),
    "anonymous": Sender("public", "9", "public", ("public-intake",)),
}
LATE = {POLICE: 0.37, ICB: 0.15, "ardenvale-mental-health": 0.27, "ardenvale-probation": 0.24, "ardenvale-homes": 0.2}
"""Share of each agency's answers that come after the window; the police are the slowest."""
LATE_OTHERWISE = 0.1
LATE_SCHOOL_IN_HOLIDAYS = 0.55
LATE_BECAUSE = {POLICE: "police-capacity", ICB: "health-capacity", "ardenvale-mental-health": "health-capacity"}
WINDOW_HOURS = {"red": 2, "amber": 6, "green": 18, "blue": 8}
"""Working hours in which an answer is wanted, roughly: the clock itself is the rule's."""
OTHERS_ASKED = ("ardenvale-community-health", "ardenvale-homes", "ardenvale-mental-health", "ardenvale-probation")

"""The spine that every process shares."""

from .actions import Action
from .cases import Case, CaseClock, CaseStep, CaseSubject, Involvement, Link, Record
from .meetings import Circulation, HarmView, Meeting, Seat

__all__ = [
    "Action",
    "Case",
    "CaseClock",
    "CaseStep",
    "CaseSubject",
    "Circulation",
    "HarmView",
    "Involvement",
    "Link",
    "Meeting",
    "Record",
    "Seat",
]

# ruff: noqa: F401
"""The spine that every process shares."""

from .actions import Action
from .cases import Case, CaseClock, CaseStep, CaseSubject, Involvement, Link, Record
from .meetings import Circulation, HarmView, Meeting, Seat

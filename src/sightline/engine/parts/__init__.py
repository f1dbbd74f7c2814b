"""Shared parts of a step's answers: lists of rows that more than one process asks for in the same way."""

from .actions import ACTIONS, FINISHED_ACTIONS
from .base import PARTS, Part
from .circulation import WITHHELD
from .meeting import ATTENDANCE, DISSENT, INVITED, VIEWS
from .people import IDENTIFIED, OTHER_CHILDREN, PEOPLE

__all__ = [
    "ACTIONS",
    "ATTENDANCE",
    "DISSENT",
    "FINISHED_ACTIONS",
    "IDENTIFIED",
    "INVITED",
    "OTHER_CHILDREN",
    "PARTS",
    "PEOPLE",
    "VIEWS",
    "WITHHELD",
    "Part",
]

"""Shared parts of a step's answers: lists of rows that more than one process asks for in the same way.

Meeting, Action, circulation, people as told, and every other child. A part is a row form and what its rows become;
the engine knows only that (`engine/part.py`). A new one needs three processes that ask for it.
"""

from sightline.engine.part import PARTS, Part

from .actions import ACTIONS, FINISHED_ACTIONS
from .circulation import WITHHELD
from .invitation import ANSWERED
from .meeting import ATTENDANCE, DISSENT, INVITED, VIEWS
from .people import IDENTIFIED, OTHER_CHILDREN, PEOPLE, WRONG_MATCHES

__all__ = [
    "ACTIONS",
    "ANSWERED",
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
    "WRONG_MATCHES",
    "Part",
]

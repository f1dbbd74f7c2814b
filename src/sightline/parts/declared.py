"""Keys of the shared parts, for a Step's `parts`."""

from sightline.engine.part import PARTS, Part

from .actions import ACTIONS, FINISHED_ACTIONS
from .circulation import WITHHELD
from .evidence import EVIDENCE
from .invitation import ANSWERED
from .meeting import ATTENDANCE, DISSENT, INVITED, VIEWS
from .people import IDENTIFIED, OTHER_CHILDREN, PEOPLE, WRONG_MATCHES

__all__ = [
    "ACTIONS",
    "ANSWERED",
    "ATTENDANCE",
    "DISSENT",
    "EVIDENCE",
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

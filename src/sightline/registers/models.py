"""Tables of the registers; importing the declarations registers their processes."""

from .groups import ChangeToGroups, GroupLife, GroupLifeChange, Groups
from .limits import ChangeToLocalLimits, LimitChange, LocalLimits
from .priorities import ChangeToPriorities, Priorities, Priority, PriorityChange
from .targets import ChangeToTargets, Target, TargetChange, Targets
from .terms import ChangeToTerms, Terms, TermsChange, TermsOfReference

__all__ = [
    "ChangeToGroups",
    "ChangeToLocalLimits",
    "ChangeToPriorities",
    "ChangeToTargets",
    "ChangeToTerms",
    "GroupLife",
    "GroupLifeChange",
    "Groups",
    "LimitChange",
    "LocalLimits",
    "Priorities",
    "Priority",
    "PriorityChange",
    "Target",
    "TargetChange",
    "Targets",
    "Terms",
    "TermsChange",
    "TermsOfReference",
]

"""Records of child protection, for Django's migrations; importing the declarations registers the processes."""

from .strategy_discussion import StrategyDiscussion
from .strategy_record import StrategyDiscussionRecord

__all__ = ["StrategyDiscussion", "StrategyDiscussionRecord"]

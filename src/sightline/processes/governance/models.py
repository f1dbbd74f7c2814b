"""Tables of groups' meetings, for Django's migrations; importing the declaration registers the process."""

from .agenda_items import AgendaItem, Decision, Interest, PaperRead
from .group_meeting import GroupMeeting
from .meeting_record import GroupMeetingRecord

__all__ = ["AgendaItem", "Decision", "GroupMeeting", "GroupMeetingRecord", "Interest", "PaperRead"]

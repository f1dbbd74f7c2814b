"""A case page is made of panels. Which ones depends on how far the viewer sees, never on the process's own code."""

from collections.abc import Callable

from sightline.web.pages.cases.opening import Opened, View

from .agencies import asked_panel, involved_panel
from .base import Panel
from .chain import chain_panel, entered_panel
from .clocks import clocks_panel
from .evidence import evidence_panel
from .files import files_panel
from .group_meeting import group_meeting_panels
from .happened import drafts_panel, linked_panel, still_to_do_panel, timeline_panel
from .meeting import actions_panel, circulation_panel, meeting_panel
from .people import people_panel, tied_panel
from .places import places_panel
from .register_change import register_change_panel
from .said import childs_words_panel, summary_panels
from .sent import sent_panels

type Maker = Callable[[Opened], list[Panel]]

WHOLE: tuple[Maker, ...] = (
    *(chain_panel, entered_panel, clocks_panel, summary_panels, childs_words_panel, asked_panel, meeting_panel),
    *(group_meeting_panels, register_change_panel, actions_panel, evidence_panel, files_panel),
    *(timeline_panel, people_panel, places_panel, tied_panel, still_to_do_panel, drafts_panel),
    *(involved_panel, circulation_panel, linked_panel),
)
ABOUT_CHILDREN: tuple[Maker, ...] = (people_panel, places_panel, tied_panel, childs_words_panel)
MAKERS: dict[View, tuple[Maker, ...]] = {
    View.WHOLE: WHOLE,
    View.ASKED: (clocks_panel, summary_panels, evidence_panel, files_panel, timeline_panel, people_panel),
    View.INVITED: (
        *(clocks_panel, summary_panels, childs_words_panel, meeting_panel, group_meeting_panels, actions_panel),
        *(files_panel, timeline_panel, people_panel, circulation_panel, linked_panel),
    ),
    View.PARTY: (
        *(chain_panel, entered_panel, clocks_panel, summary_panels, meeting_panel, actions_panel, evidence_panel),
        *(files_panel, timeline_panel, involved_panel, circulation_panel, linked_panel),
    ),
    View.SENT: (sent_panels,),
}


def panels_for(opened: Opened) -> list[Panel]:
    """The panels of the page for this viewer, in reading order."""
    makers = MAKERS[opened.view]
    if opened.case.concerns == "partnership":
        makers = tuple(make for make in makers if make not in ABOUT_CHILDREN)
    return [panel for make in makers for panel in make(opened)]


__all__ = ["Panel", "panels_for"]

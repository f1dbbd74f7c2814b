"""The partnership's own work: registers, figures, recommendations, meetings, returns and statements."""

from collections.abc import Callable

from .figures import load_figures
from .group_meetings import load_group_meetings
from .long_ago import read_long_ago
from .recommendations import load_recommendations
from .registers import load_registers
from .section_11 import load_section_11
from .statements import load_statements

Progress = Callable[[str], None]

LOADED_IN_ORDER: tuple[tuple[str, Callable[[], None]], ...] = (
    ("Loading the partnership's registers.", load_registers),
    ("Loading recommendations and what came of them.", load_recommendations),
    ("Loading meetings of the partnership's groups.", load_group_meetings),
    ("Loading agencies' Section 11 returns.", load_section_11),
    ("Putting a position statement together.", load_statements),
)
"""Each is done once, and needs what stands before it."""


def load_own_work(tell: Progress) -> None:
    """Everything about how the partnership itself works; what is there is left alone."""
    load_figures(tell)
    for says, load in LOADED_IN_ORDER:
        tell(says)
        load()
        read_long_ago()

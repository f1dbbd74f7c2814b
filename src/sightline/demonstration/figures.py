"""The invented partnership's figures: three invented censuses, an invented number of children, and what follows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from sightline.datasets.extract import load_shipped_extract
from sightline.datasets.intake import Asked, Origin, load_file
from sightline.demonstration.agencies import COUNCIL
from sightline.demonstration.cast import KEY
from sightline.demonstration.census import invent_census
from sightline.indicators.models import ChildPopulation
from sightline.indicators.refreshing import refresh
from sightline.people.models import Partnership
from sightline.platform.jobs import clockwork

Progress = Callable[[str], None]

YEARS = {"2023-24": 3_190, "2024-25": 3_245, "2025-26": 3_300}
"""Census years, and how many invented children are in each."""

CHILDREN = {2023: 47_600, 2024: 47_800, 2025: 48_000}
INVENTED = "Invented for the demonstration: nobody counted them"
SEED = 7


def load_figures(progress: Progress | None = None) -> None:
    """Load the published extract, the invented censuses and population, then work out what the censuses give.

    The front door's figures wait for its history (`refresh_figures`): from a few days they would only be corrected.
    May be called again: what is held already is left alone, and a figure that has not changed keeps its revision.
    """
    tell = progress or _silent
    tell("Loading published figures.")
    load_shipped_extract()
    partnership = Partnership.objects.get(key=KEY)
    for middle_of, children in CHILDREN.items():
        ChildPopulation.objects.get_or_create(
            partnership=partnership,
            middle_of=middle_of,
            defaults={"children": children, "source": INVENTED, "invented": True},
        )
    with TemporaryDirectory() as folder:
        for year, children in YEARS.items():
            tell(f"Loading the invented census of {year}.")
            load_census(Path(folder), year, children)
    tell("Working out what the censuses say.")
    with clockwork():
        refresh(partnership, "the demonstration's censuses were loaded", only="census")


def refresh_figures(tell: Progress) -> None:
    """Work every figure out from what is there by now."""
    tell("Working figures out.")
    with clockwork():
        refresh(Partnership.objects.get(key=KEY), "the demonstration was loaded")


def load_census(folder: Path, year: str, children: int) -> None:
    """Invent one year's census and load it as the invented council's."""
    path = folder / f"Ardenvale_CIN_{year}.xml"
    invent_census(path, year, children=children, seed=SEED, changes=year == max(YEARS))
    load_file(path, Origin(COUNCIL, "the demonstration"), Asked(year=year))


def _silent(message: str) -> None:
    """Nobody is listening."""

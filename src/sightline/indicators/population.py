"""How many children live in a partnership's area: taken from what is published, never typed."""

from __future__ import annotations

from django.db import transaction

from sightline.datasets.areas import areas_by_code, present_code
from sightline.datasets.figures import CHILDREN, area_years
from sightline.datasets.published import population
from sightline.indicators.models import ChildPopulation
from sightline.people.models import Partnership
from sightline.platform import audit


@transaction.atomic
def take_population(partnership: Partnership, area_code: str) -> int:
    """Keep the published children of an area, each 30 June, as those of the partnership; how many years there are.

    A newer estimate of a year takes the place of an older one. Raises LookupError for an area that there is not or of
    which nothing is held, and ValueError for an invented partnership, whose figures never rest on a real place's.
    """
    if partnership.invented:
        raise ValueError(f"{partnership} is invented, so no real area's children can be its own.")
    area = areas_by_code().get(present_code(area_code))
    rows = area_years(population, [area.code], [CHILDREN]) if area else []
    given = [(row.year, row.figures[CHILDREN].value, row.source) for row in rows]
    if area is None or not given:
        raise LookupError(f"No population is held for “{area_code}”. Give an area's code, like E08000029.")
    held = {row.middle_of: row for row in ChildPopulation.visible_to(None, working_out=partnership)}
    for year, children, source in given:
        if children is not None:
            row = held.get(year) or ChildPopulation(partnership=partnership, middle_of=year)
            row.children = int(children)
            row.source = f"{source.publisher}, {area.name}, {source.file_name}"[:200]
            row.save()
    audit.record(
        "take population",
        subject="child population",
        detail={"partnership": partnership.key, "area": area.code, "years": len(given)},
    )
    return len(given)

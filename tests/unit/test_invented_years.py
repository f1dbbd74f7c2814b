"""Several invented years stand side by side: one of them changes, and nothing piles up where one ends."""

import random
import re
from collections import Counter
from datetime import date
from pathlib import Path

from sightline.demonstration.census import invent_census
from sightline.demonstration.census_shape import IN_TIME_AFTER, IN_TIME_BEFORE, Year


def test_assessments_take_longer_in_the_year_that_changes_and_in_no_other() -> None:
    winter = date(2025, 1, 15)
    assert Year("2024-25", random.Random(7)).in_time(winter) == IN_TIME_AFTER
    assert Year("2024-25", random.Random(7), changes=False).in_time(winter) == IN_TIME_BEFORE


def test_enquiries_do_not_pile_up_on_the_last_day_of_the_year(tmp_path: Path) -> None:
    path = tmp_path / "census.xml"
    invent_census(path, "2025-26", children=1500)
    days = re.findall(r"<S47ActualStartDate>([\d-]+)<", path.read_text())
    by_day = Counter(day for day in days if day >= "2025-04-01")
    assert by_day["2026-03-31"] <= max(count for day, count in by_day.items() if day != "2026-03-31")

"""Make the extracts of published figures that ship with Sightline, from the publications themselves.

    python -m tools.published_extract FOLDER

FOLDER holds `dfe/` (files of the release on children in need, the population estimates and the statistical
neighbours, as the Department for Education's statistics service gives them out) and `lait/` (the store of the
department's Local Authority Interactive Tool). Figures are facts; they are laid out afresh, each under the source that
extracts.toml names beside them. Codes that an area had before are written as its present one.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from sightline.datasets.areas import LOCAL, NATIONAL, REGIONAL
from sightline.datasets.neighbours.checking import NeighboursOf
from sightline.datasets.neighbours.checking import check as check_neighbours
from sightline.datasets.published.children_in_need import (
    children_in_need_extract,
    plan_durations_extract,
    referrals_extract,
    repeat_plans_extract,
)
from sightline.datasets.published.interactive_tool import PLAN_RATE, interactive_tool_extract, plan_rates
from sightline.datasets.published.population import population_extract
from sightline.vocabulary.dataset import Dataset

EXTRACTS = Path(__file__).parents[1] / "src" / "sightline" / "datasets" / "extracts"
EXAMPLE = "334"  # Solihull, by the department's number
RELEASES = {
    "referrals": ("c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv", referrals_extract),
    "children_in_need": ("b1_children_in_need_2013_to_2025.csv", children_in_need_extract),
    "repeat_plans": ("d3_cpps_subsequent_plan_2013_to_2025.csv", repeat_plans_extract),
    "plan_durations": ("d5_cpps_at31march_by_duration_2013_to_2025.csv", plan_durations_extract),
}
POPULATION = "ons_mid-year_population_estimates_2012_to_2024.csv"
NEIGHBOUR_FILES = {
    "neighbours_2021_04": "New_Statistical_Neighbour_Groupings_April_2021.csv",
    "neighbours_2025_05": "sn_model_2025_wide.csv",
}
# Numbers that only the interactive tool gives: England and the regions. London is its own two halves as well.
TOOLS_NUMBERS = {
    **{"E92000001": "970", "E12000001": "980", "E12000002": "981", "E12000003": "982", "E12000004": "983"},
    **{"E12000005": "984", "E12000006": "985", "E12000007": "986", "E13000001": "987", "E13000002": "988"},
    **{"E12000008": "989", "E12000009": "990"},
}
Row = dict[str, str]


def main(arguments: list[str]) -> int:
    """Write every extract. 0 when done, 2 when no folder is named."""
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    dfe, lait = Path(arguments[0]) / "dfe", Path(arguments[0]) / "lait" / "bds_long_0.parquet"
    _write_areas([dfe / name for name, _ in RELEASES.values()] + [dfe / POPULATION])
    near = {name: _write_neighbours(name, dfe / source) for name, source in NEIGHBOUR_FILES.items()}
    beside = _beside(near.values())
    for name, (source, dataset) in RELEASES.items():
        _write_figures(f"{name}_2013_2025", dataset, _release(dfe / source), beside.__contains__)
    _write_figures("population_2012_2024", population_extract, _release(dfe / POPULATION), lambda code: True)
    _write_tool(lait, beside)
    _write_plan_rates(lait, _release(dfe / RELEASES["plan_durations"][0]))
    return 0


def _release(path: Path) -> Iterator[Row]:
    """The rows of a release, each with its area's code, name and level."""
    columns = {NATIONAL: "country", REGIONAL: "region"}
    with path.open(encoding="utf-8-sig", newline="") as opened:
        for row in csv.DictReader(opened):
            kind = columns.get(row["geographic_level"])
            code, name = (f"{kind}_code", f"{kind}_name") if kind else ("new_la_code", "la_name")
            yield {**row, "area_code": row[code], "area_name": row[name]}


def _write_areas(releases: Iterable[Path]) -> None:
    newest: dict[str, Row] = {}
    codes: dict[str, set[str]] = {}
    for row in sorted((row for path in releases for row in _release(path)), key=lambda row: row["time_period"]):
        number = row["old_la_code"] or TOOLS_NUMBERS[row["area_code"]]
        newest[number] = row
        codes.setdefault(number, set()).add(row["area_code"])
    rows = [
        (
            *(number, row["area_code"], " ".join(sorted(codes[number] - {row["area_code"]}))),
            *(row["area_name"], row["geographic_level"], row["region_code"]),
        )
        for number, row in sorted(newest.items())
    ]
    _write("areas", ("number", "area_code", "former_codes", "area_name", "area_level", "region_code"), rows)


def _write_neighbours(name: str, source: Path) -> dict[str, list[str]]:
    """Write a set; return the codes of each area's neighbours by the area's code."""
    from sightline.datasets.areas import areas_by_number
    from sightline.datasets.intake import Asked

    numbers = {area.code: number for number, area in areas_by_number().items()}
    kept: list[NeighboursOf] = []
    checked = check_neighbours(source, Asked(), keep=kept.append)
    if checked.errors:
        raise SystemExit("\n".join(fault.message for fault in checked.errors))
    ranks = range(1, 11)
    header = ("area_number", "edition", *(f"{word}_{rank}" for rank in ranks for word in ("neighbour", "closeness")))
    rows = [
        (
            *(numbers[each.area.code], checked.label),
            *(cell for near in each.near for cell in (numbers[near.area.code], near.closeness)),
        )
        for each in kept
    ]
    _write(name, header, rows)
    return {each.area.code: [near.area.code for near in each.near] for each in kept}


def _beside(sets: Iterable[dict[str, list[str]]]) -> set[str]:
    """The example area, its neighbours in every set, its region and England."""
    from sightline.datasets.areas import areas_by_code, areas_by_number

    example = areas_by_number()[EXAMPLE]
    england = next(area.code for area in areas_by_code().values() if area.level == NATIONAL)
    return {example.code, example.region_code, england}.union(*(each[example.code] for each in sets))


def _write_figures(name: str, dataset: Dataset, rows: Iterable[Row], wanted: Callable[[str], bool]) -> None:
    from sightline.datasets.areas import present_code

    header = [column.name for column in dataset.tables[0].columns]
    kept = [{**row, "area_code": present_code(row["area_code"])} for row in rows]
    found = ([row[column] for column in header] for row in kept if wanted(row["area_code"]))
    _write(name, header, sorted(found))


def _tool(path: Path) -> dict[tuple[str, str], Row]:
    """The measures of the interactive tool that ship, by area and year, in digits that a person would write."""
    from sightline.datasets.lait.store import rows

    found: dict[tuple[str, str], Row] = {}
    measures = {column.name for column in interactive_tool_extract.tables[0].figures}
    for measure, label, area, year, figure in rows(path):
        if measure in measures and label == str(year):
            row = found.setdefault(
                (area.code, label), {"area_code": area.code, "time_period": label, "level": area.level}
            )
            row[measure] = "x" if figure.value is None else f"{figure.value.normalize():f}"
    return found


def _write_tool(path: Path, beside: set[str]) -> None:
    rows = _tool(path).values()
    _write_figures("interactive_tool_2016_2025", interactive_tool_extract, rows, beside.__contains__)


def _write_plan_rates(path: Path, durations: Iterable[Row]) -> None:
    """Every local authority's year that has a published rate, with its count of plans."""
    from sightline.datasets.areas import present_code

    plans = {(present_code(row["area_code"]), row["time_period"]): row["CPP_At31"] for row in durations}
    rows = [
        {**row, "CPP_At31": plans[key]}
        for key, row in _tool(path).items()
        if row["level"] == LOCAL and row[PLAN_RATE] != "x"
    ]
    _write_figures("plan_rates_2016_2025", plan_rates, rows, lambda code: True)


def _write(name: str, header: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    with (EXTRACTS / f"{name}.csv").open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

"""`sightline spc`: an XmR chart of any series of figures, as numbers."""

import argparse
import json
import math
import sys
from pathlib import Path

from sightline.indicators.series import UnreadableSeries, read_series
from sightline.indicators.spc import Chart, Point, xmr

COLUMNS = ("period", "value", "mean", "lower", "upper", "reasons", "point type")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE.csv", help="columns period and value; rebase, 1 where a segment begins")
    parser.add_argument(
        "--improvement",
        choices=("increase", "decrease", "neutral"),
        default="neutral",
        help="which way is better (neutral when left out: nothing is then called better or worse)",
    )
    parser.add_argument("--fix-after", metavar="N", type=_points, help="work the limits out from the first N points")
    parser.add_argument("--screen-outliers", action="store_true", help="drop moving ranges that are far too large")
    parser.add_argument("--target", metavar="X", type=_figure, help="say whether this figure can be relied on")
    parser.add_argument("--format", choices=("table", "json"), default="table")


def run(args: argparse.Namespace) -> int:
    """Print the chart on standard output; 2, with every fault on standard error, when the file is no series."""
    try:
        series = read_series(Path(args.file).read_bytes())
    except OSError as wrong:
        return _refuse([f"{args.file} cannot be read: {wrong.strerror}. Check the name and try again."])
    except UnreadableSeries as wrong:
        return _refuse([f"{args.file}: {fault}" for fault in wrong.faults])
    chart = xmr(
        series.values,
        series.periods,
        improvement=args.improvement,
        rebase=series.rebase,
        fix_after=args.fix_after,
        screen_outliers=args.screen_outliers,
        target=args.target,
    )
    print(json.dumps(chart.as_json(), ensure_ascii=False) if args.format == "json" else _table(chart))
    if args.target is not None and args.improvement == "neutral":
        print("The target was not judged: say which way is better with --improvement.", file=sys.stderr)
    if any(chart.trial):
        print("Some limits are trial limits: fewer than 13 points, so each new point moves them.", file=sys.stderr)
    return 0


def _refuse(faults: list[str]) -> int:
    for fault in faults:
        print(f"sightline spc: {fault}", file=sys.stderr)
    return 2


def _table(chart: Chart) -> str:
    rows = [COLUMNS, *(_row(point) for point in chart.points)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(COLUMNS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([*lines, "", f"variation  {_words(chart.variation)}", f"assurance  {_words(chart.assurance)}"])


def _row(point: Point) -> tuple[str, ...]:
    figures = (point.value, point.mean, point.lower, point.upper)
    written = ["" if figure is None else f"{figure:.6g}" for figure in figures]
    return (point.period, *written, ", ".join(_words(reason) for reason in point.reasons), _words(point.point_type))


def _words(key: str) -> str:
    return key.replace("_", " ")


def _points(text: str) -> int:
    if not text.isdecimal() or int(text) < 2:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number of points. Type 2 or more, for example 12")
    return int(text)


def _figure(text: str) -> float:
    try:
        figure = float(text)
    except ValueError:
        figure = math.nan
    if not math.isfinite(figure):
        raise argparse.ArgumentTypeError(f"“{text}” is not a figure. Type one like 12.5")
    return figure

"""`sightline scorecard`: a partnership's figures as they may leave the secure group, small counts hidden."""

from __future__ import annotations

import argparse
import json
import sys
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sightline.indicators.results import Reading, ScoreRow
    from sightline.outgoing.gate import Asked, Blocked, Passed
    from sightline.people.models import Partnership

COLUMNS = ("No", "Measure", "Period", "Figure", "Change", "Target")
STYLE = (
    "body{font:1rem/1.5 arial,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#0b0c0c}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.5rem;"
    "border-bottom:1px solid #b1b4b6}caption{text-align:left;font-weight:bold;padding:.5rem}"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words that `scorecard` takes."""
    parser.add_argument("--partnership", metavar="KEY", help="whose scorecard; needed where there are several")
    parser.add_argument("--period", metavar="PERIOD", help="the last month, like 2026-09, or a year, like 2025-26")
    parser.add_argument("--format", choices=("table", "json", "html"), default="table")
    parser.add_argument("--refresh", action="store_true", help="work the figures out again first")
    parser.add_argument(
        "--children-of",
        metavar="AREA",
        help="divide rates by the published children of this area, like E08000029",
    )


def run(args: argparse.Namespace) -> int:
    """Print the scorecard on standard output; 2 where the partnership or the period is not one that there is."""
    from sightline.cli.database import database_ready

    with database_ready():
        return _print(args)


def _print(args: argparse.Namespace) -> int:
    from sightline.indicators.board import released_scorecard
    from sightline.indicators.periods import period_named
    from sightline.indicators.refreshing import refresh
    from sightline.outgoing.gate import Passed
    from sightline.platform import audit

    try:
        partnership = _partnership(args.partnership)
        period = period_named(args.period) if args.period else None
        if args.children_of:
            _take_population(partnership, args.children_of)
    except (LookupError, ValueError) as refused:
        print(f"sightline scorecard: {refused}", file=sys.stderr)
        return 2
    with audit.command_line():
        if args.refresh or args.children_of:
            done = refresh(partnership, "asked for at the command line")
            print(f"Worked out again. Figures that are new or have changed: {done.changed}.", file=sys.stderr)
        rows = released_scorecard(partnership, period.kind if period else "month", period.end if period else None)
        audit.record("read", subject="scorecard", detail={"partnership": partnership.key, "rows": len(rows)})
        writers = {"table": _as_table, "json": _as_json, "html": _as_html}
        verdict = released(partnership, writers[args.format](partnership, rows))
    if not isinstance(verdict, Passed):
        print(f"sightline scorecard: {' '.join(map(str, verdict.reasons))}", file=sys.stderr)
        return 2
    print(verdict.texts[0])
    if not rows:
        print("There are no figures for that yet. Load a census, or ask again with --refresh.", file=sys.stderr)
    return 0


def released(partnership: Partnership, text: str) -> Passed | Asked | Blocked:
    """What the gate says of the text: anybody may come to read it, so it says no protected place of anybody."""
    from sightline.outgoing.fragments import PUBLIC, Fragment, Outgoing
    from sightline.outgoing.gate import pass_out

    fragment = Fragment(text, where="Names of measures, agencies and sources")
    return pass_out(Outgoing("scorecard", PUBLIC, "to report", (fragment,), everybody_of=partnership.pk))


def _take_population(partnership: Partnership, area: str) -> None:
    from sightline.indicators.population import take_population
    from sightline.platform import audit

    with audit.command_line():
        years = take_population(partnership, area)
    print(f"The published children of {area} are taken for {years} years.", file=sys.stderr)


def _partnership(key: str | None) -> Partnership:
    """The partnership with this key, or the only one. Raises LookupError naming those that there are."""
    from sightline.people.hosted import hosted_partnerships

    hosted = hosted_partnerships()
    named = [one for one in hosted if key in (None, one.key)]
    if len(named) == 1:
        return named[0]
    keys = ", ".join(one.key for one in hosted) or "none yet"
    said = f"There is no partnership “{key}”." if key else "Say which partnership, with --partnership."
    raise LookupError(f"{said} Partnerships: {keys}.")


def _cells(row: ScoreRow) -> tuple[str, ...]:
    from sightline.indicators.words import counts_words, plain, reading_words, signal_words

    latest, indicator = row.series.latest, row.indicator
    if latest is None:
        return (str(row.number), indicator.name, "", "Not provided", "", "")
    figure = reading_words(latest, indicator.unit) + (
        counts_words(indicator, latest) if latest.value is not None else ""
    )
    given = row.chart and latest.value is not None
    change = signal_words(row.chart.points[-1], indicator.better) if row.chart and given else "No limits"
    target = "No target" if row.series.target is None else f"{plain(row.series.target)}{indicator.unit}"
    return (str(row.number), indicator.name, latest.period.label, figure, change, target)


def _as_table(partnership: Partnership, rows: list[ScoreRow]) -> str:
    cells = [COLUMNS, *map(_cells, rows)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(COLUMNS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells]
    return "\n".join([_heading(partnership), *_notes(partnership, rows), "", *lines])


def _heading(partnership: Partnership) -> str:
    return f"Scorecard of {partnership}"


def _notes(partnership: Partnership, rows: list[ScoreRow]) -> list[str]:
    from sightline.indicators.suppression import hides

    notes = ["Invented: a demonstration. It says nothing of a real place."] if partnership.invented else []
    if hides(row.series for row in rows):
        notes.append("c: hidden, because it is a small number or would give one away.")
    return notes


def _as_json(partnership: Partnership, rows: list[ScoreRow]) -> str:
    held = {
        "partnership": partnership.key,
        "name": str(partnership),
        "invented": partnership.invented,
        "notes": _notes(partnership, rows),
        "measures": [_measure(row) for row in rows],
    }
    return json.dumps(held, ensure_ascii=False, indent=1)


def _measure(row: ScoreRow) -> dict[str, Any]:
    indicator, series = row.indicator, row.series
    return {
        "number": row.number,
        "measure": indicator.key,
        "name": indicator.name,
        "unit": indicator.unit.strip(),
        "better": indicator.better,
        "definition": indicator.version,
        "target": _number(series.target),
        "variation": row.variation,
        "assurance": row.assurance,
        "limits": _limits(row),
        "words": row.words,
        "readings": [_reading(reading) for reading in series.readings],
    }


def _limits(row: ScoreRow) -> dict[str, float | None] | None:
    """The newest point's average and limits, worked out from what is shown here; None where there are none."""
    if row.chart is None:
        return None
    last = row.chart.points[-1]
    return {"average": last.mean, "lower": last.lower, "upper": last.upper}


def _reading(reading: Reading) -> dict[str, Any]:
    return {
        "period": reading.period.key,
        "value": _number(reading.value),
        "numerator": _number(reading.numerator),
        "denominator": _number(reading.denominator),
        "state": reading.state.value,
        "revision": reading.revision,
        "source": reading.source,
        "as_at": reading.as_at.isoformat(),
    }


def _number(value: Any) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def _as_html(partnership: Partnership, rows: list[ScoreRow]) -> str:
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in COLUMNS)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in _cells(row))}</tr>" for row in rows)
    said = "".join(f"<p><strong>{escape(row.indicator.name)}.</strong> {escape(row.words)}</p>" for row in rows)
    notes = "".join(f"<p>{escape(note)}</p>" for note in _notes(partnership, rows))
    sources = sorted({row.series.latest.source for row in rows if row.series.latest})
    return (
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{escape(_heading(partnership))}</title>'
        f"<style>{STYLE}</style></head><body><h1>{escape(_heading(partnership))}</h1>{notes}"
        f"<table><caption>Newest figure of each measure</caption><thead><tr>{heads}</tr></thead>"
        f"<tbody>{body}</tbody></table>"
        f"<h2>In words</h2>{said}<p>Sources: {escape('; '.join(sources))}</p></body></html>"
    )

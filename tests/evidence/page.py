"""The evidence as one page to read, that needs nothing but itself."""

from collections.abc import Iterable
from html import escape

from .equivalent_mutants import EQUIVALENT
from .row import Row

HEAD = """<!doctype html>
<html lang="en-GB">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Evidence - Sightline</title>
<style>
body { font: 1rem/1.4 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #b1b4b6; padding: .5rem; text-align: left; vertical-align: top; }
td.figure { text-align: right; white-space: nowrap; }
.missed { font-weight: bold; }
</style>
<h1>Evidence</h1>
"""


def page(rows: Iterable[Row]) -> str:
    """A table of every figure: what was measured, what came out, what was wanted, and whether it is so."""
    every = list(rows)
    met = sum(row.met for row in every)
    said = f"<p>{met} of {len(every)} targets are met. The same seed draws the same trials again.</p>"
    heads = "".join(f'<th scope="col">{name}</th>' for name in COLUMNS)
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{''.join(map(_line, every))}</tbody></table>"
    return f"{HEAD}{said}\n{table}\n{_not_counted()}</html>\n"


def _not_counted() -> str:
    """The mutants that `policy-mutants` does not count, each with the reason."""
    if not EQUIVALENT:
        return ""
    lines = "".join(f"<dt><code>{escape(one)}</code></dt><dd>{escape(why)}</dd>\n" for one, why in EQUIVALENT.items())
    return f"<h2>Mutants of the policies that are not counted, for they change no answer</h2>\n<dl>\n{lines}</dl>\n"


COLUMNS = ("What", "Measure", "Value", "Target", "Met", "Trials", "Seed")


def _line(row: Row) -> str:
    value = "none" if row.value is None else f"{row.value:,.6g} {row.unit}".strip()
    met = "Yes" if row.met else '<span class="missed">No</span>'
    words = f'<th scope="row">{escape(row.id)}</th><td>{escape(row.measure)}</td>'
    figures = f'<td class="figure">{escape(value)}</td><td>{escape(row.target)}</td><td>{met}</td>'
    return f'<tr>{words}{figures}<td class="figure">{row.n:,}</td><td class="figure">{row.seed}</td></tr>\n'

"""`sightline invent-census`: a wholly invented census, clean or with faults planted in it, for trials and tests."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

MOST_CHILDREN = 1_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words that `invent-census` takes."""
    from sightline.cli.typed import whole_number
    from sightline.datasets.cin_census.layout import YEARS

    parser.add_argument("--year", choices=YEARS, required=True, help="the census year")
    parser.add_argument("--children", type=_count, default=3300, metavar="N", help="how many children (3,300)")
    parser.add_argument("--seed", type=whole_number, default=7, help="the same seed gives the same file")
    parser.add_argument("--plant", type=_count, default=0, metavar="N", help="faults to plant, at most one a child")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="the file to write")


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > MOST_CHILDREN:
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number up to {MOST_CHILDREN:,}")
    return int(text)


def run(args: argparse.Namespace) -> int:
    """Write the file, and the planted faults on stdout as JSON. 0: written. 2: it could not be."""
    from sightline.cli.writing import cannot_be_written
    from sightline.demonstration.census import invent_census

    try:
        invented = invent_census(args.out, args.year, children=args.children, seed=args.seed, plant_faults=args.plant)
    except (OSError, ValueError) as refused:
        said = cannot_be_written(args.out, refused) if isinstance(refused, OSError) else refused
        print(f"sightline invent-census: {said}", file=sys.stderr)
        return 2
    json.dump([asdict(planted) for planted in invented.planted], sys.stdout, ensure_ascii=False, indent=2)
    print()
    said = f"{invented.rows.get('ChildIdentifiers', 0):,} invented children, {len(invented.planted)} planted faults"
    print(f"{args.out.name}: {said}.", file=sys.stderr)
    return 0

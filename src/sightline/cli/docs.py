"""`sightline docs`: writes the pages that are made from the declarations."""

import argparse
import os
import sys
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the pages go."""
    parser.add_argument("--out", type=Path, default=Path("docs/processes"), help="the folder (docs/processes)")


def run(args: argparse.Namespace) -> int:
    """Write every page; needs no database. 1 where the folder cannot be written to."""
    import django

    from sightline.cli.writing import cannot_be_written

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sightline.platform.settings.django")
    django.setup()
    from sightline.publications.process_page import pages

    try:
        args.out.mkdir(parents=True, exist_ok=True)
        for name, page in pages().items():
            (args.out / name).write_text(page, encoding="utf-8")
            print(f"Written: {args.out / name}", file=sys.stderr)
    except OSError as refused:
        print(cannot_be_written(args.out, refused), file=sys.stderr)
        return 1
    return 0

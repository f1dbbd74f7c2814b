"""`sightline serve`: the site, on the database that the environment names."""

import argparse
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen, and how many workers to run."""
    from sightline.cli.typed import whole_number

    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=whole_number, help="the port (PORT, or 8000)")
    parser.add_argument("--workers", type=whole_number, default=2, help="worker processes, of four threads each (2)")


def run(args: argparse.Namespace) -> int:
    """Serve pages until told to stop; the exit status is the web server's."""
    from sightline.cli.children import Children, gunicorn
    from sightline.cli.database import database_ready
    from sightline.platform.settings.environment import environment

    with database_ready():
        port = args.port or environment().port
        site = Children()
        try:
            site.start("web", gunicorn(args.host, port, args.workers), {"SIGHTLINE_WEB_PROCESS": "1"})
            print(f"Sightline answers at http://{args.host}:{port}", file=sys.stderr, flush=True)
            return site.started["web"].wait()
        except KeyboardInterrupt:
            return 0
        finally:
            site.stop()

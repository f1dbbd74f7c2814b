"""How sign-in slows guesses, from `sign_in.toml`."""

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Pace:
    """So many failures are free; each further one doubles the wait, from one second up to `longest`.

    Failures stop counting when none has come for `forgotten_after`.
    """

    free: int
    longest: timedelta
    forgotten_after: timedelta


@cache
def pace(name: str) -> Pace:
    """The pace of this name that ships. Raises KeyError for one that is not there."""
    row = tomllib.loads(files(__package__).joinpath("sign_in.toml").read_text("utf-8"))[name]
    return Pace(
        row["free"],
        timedelta(seconds=row["longest_seconds"]),
        timedelta(minutes=row["forgotten_after_minutes"]),
    )

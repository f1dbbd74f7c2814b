"""The public form's limits, from `public_form.toml`."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class PublicFormLimits:
    """Rates are counts within `window`; sizes are bytes of a whole request and characters of one answer."""

    window: timedelta
    from_one_address: int
    from_everybody: int
    status_tries_from_one_address: int
    held_taken_in_each_time: int
    repeats_within: timedelta
    body_bytes: int
    characters_of_an_answer: int
    source: str
    decided_on: date


@cache
def public_form_limits() -> PublicFormLimits:
    """The limits that ship."""
    data = tomllib.loads(files(__package__).joinpath("public_form.toml").read_text("utf-8"))
    rates, sizes = data["rates"], data["sizes"]
    return PublicFormLimits(
        window=timedelta(minutes=rates["window_minutes"]),
        from_one_address=rates["from_one_address"],
        from_everybody=rates["from_everybody"],
        status_tries_from_one_address=rates["status_tries_from_one_address"],
        held_taken_in_each_time=data["held"]["taken_in_each_time"],
        repeats_within=timedelta(hours=data["repeats"]["within_hours"]),
        body_bytes=sizes["body_bytes"],
        characters_of_an_answer=sizes["characters_of_an_answer"],
        source=data["source"],
        decided_on=data["decided_on"],
    )

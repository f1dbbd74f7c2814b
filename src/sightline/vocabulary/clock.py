"""What is a duty with a time limit, and which steps start and stop it?

The limit itself (how many days, under which guidance, from when) is data: a rule in `platform/settings/rules.toml`,
which a partnership may tighten where the rule is local. A declaration only names the rule.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


def always(matter: Any, answers: dict[str, Any]) -> bool:
    return True


@dataclass(frozen=True, eq=False)
class Clock:
    """A time limit on a matter.

    rule: id of the rule that gives limit, unit, class and source, with `/variant` where the variant is always the same.
    starts, stops: names of steps of the same process; the moment is when the step happened, never a typed date.
    variant: the record's column whose value picks a variant of the rule (a priority, say); no value, no clock.
    counts_from: the step whose moment is day 0, where that is not the starting step itself.
    until: the record's date column that the limit counts from or back from, where a date set beforehand decides (a
    meeting's day, a source's own deadline); no date, no clock.
    when: asked of (matter, answers) at the starting step; the clock starts only where true.
    """

    rule: str
    starts: tuple[str, ...]
    stops: tuple[str, ...]
    variant: str = ""
    counts_from: str = ""
    until: str = ""
    when: Callable[[Any, dict[str, Any]], bool] = always
    key: str = ""

    def __set_name__(self, owner: type, name: str) -> None:
        object.__setattr__(self, "key", name)

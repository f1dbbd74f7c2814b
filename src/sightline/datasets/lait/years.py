"""In which year does a period of the interactive tool's end? Publishers write "2025", "2023/24", "2014-16 (prov)"."""

from __future__ import annotations

import re

_PART = re.compile(r"(?<!\d)(20\d{2}|\d{2})(?!\d)")
_WHOLE = re.compile(r"20\d{2}([/-]\d{2})?([/-](20)?\d{2}([/-]\d{2})?)?( \([A-Za-z]+\))?", re.ASCII)


def last_year(label: str) -> int | None:
    """The year in which the period ends: 2016 for "2013/14-15/16". None for what is no period."""
    if not _WHOLE.fullmatch(label):
        return None
    last = _PART.findall(label)[-1]
    return int(last) if len(last) == 4 else 2000 + int(last)


def label_beside(label: str, year: int) -> str:
    """The publisher's words for a period, unless they are simply its year."""
    return "" if label == str(year) else label

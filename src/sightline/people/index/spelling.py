"""How alike are two names, whatever the order, the accents, the hyphens and the apostrophes?"""

import re
import unicodedata
from collections import Counter

_LETTERS = str.maketrans(
    {
        **dict.fromkeys("łŁ", "l"),
        **dict.fromkeys("øØ", "o"),
        **dict.fromkeys("đĐðÐ", "d"),
        "ı": "i",
        **dict.fromkeys("æÆ", "ae"),
        **dict.fromkeys("œŒ", "oe"),
        **dict.fromkeys("þÞ", "th"),
        "ß": "ss",
    }
)
_SILENT = re.compile("['’‘ʼ`´ʻ\u0300-\u036f]")
_BREAK = re.compile(r'[-‐‑–—.,/()"_\s]+')


def plain(text: str) -> str:
    """The name without capitals, accents, apostrophes, hyphens or doubled spaces.

    The SQL function `people_plain_name` is the same rule inside the database; a test holds the two equal.
    """
    bare = _SILENT.sub("", unicodedata.normalize("NFD", text)).translate(_LETTERS).lower()
    return _BREAK.sub(" ", bare).strip()


def parts(text: str) -> list[str]:
    return plain(text).split()


def edits(one: str, another: str) -> int:
    """Letters added, lost, changed or swapped with a neighbour to get from one to the other."""
    before: list[int] = []
    above = list(range(len(another) + 1))
    for row, letter in enumerate(one, start=1):
        line = [row]
        for column, other in enumerate(another, start=1):
            best = min(above[column] + 1, line[-1] + 1, above[column - 1] + (letter != other))
            swapped = row > 1 and column > 1 and letter == another[column - 2] and one[row - 2] == other
            line.append(min(best, before[column - 2] + 1) if swapped else best)
        before, above = above, line
    return above[-1]


def near(one: str, another: str) -> bool:
    """The same word, or a slip away from it: one letter in four or more, two in eight or more."""
    if one == another:
        return True
    shorter = min(len(one), len(another))
    allowed = 2 if shorter >= 8 else 1 if max(len(one), len(another)) >= 4 and shorter >= 3 else 0
    return abs(len(one) - len(another)) <= allowed and edits(one, another) <= allowed


def paired(some: list[str], others: list[str]) -> int:
    """How many of `some` have a near word of their own among `others`; exact words are paired first."""
    exact = Counter(some) & Counter(others)
    left, waiting = list((Counter(others) - exact).elements()), (Counter(some) - exact).elements()
    matched = exact.total()
    for word in waiting:
        partner = next((other for other in left if near(word, other)), None)
        if partner:
            left.remove(partner)
            matched += 1
    return matched

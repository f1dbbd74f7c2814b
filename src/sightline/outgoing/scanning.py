"""Finds known protected words in free text, however they are spaced, capitalised, punctuated or shortened."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

SHORT = {
    **{"rd": "road", "st": "street", "str": "street", "ave": "avenue", "av": "avenue", "cl": "close", "dr": "drive"},
    **{"ln": "lane", "ct": "court", "cres": "crescent", "cr": "crescent", "pl": "place", "gdns": "gardens"},
    **{"sq": "square", "ter": "terrace", "tce": "terrace", "hse": "house", "apt": "flat", "apartment": "flat"},
    **{
        "gr": "grove",
        "pk": "park",
        "grn": "green",
        "ho": "house",
        "sch": "school",
        "pri": "primary",
        "acad": "academy",
    },
    **{"no": "", "the": "", "saint": "street", "mt": "mount"},
}
"""Words of addresses that people shorten, each with one form for all of them ("St" is Street and Saint alike)."""
TITLES = ("Mr", "Mrs", "Ms", "Miss", "Mx", "Dr", "Auntie", "Aunt", "Uncle")
LEAST = 5
"""Characters without spaces below which a text is too common to look for."""
_WORD = re.compile(r"[a-z]+|[0-9]+")
_JOINS = str.maketrans("", "", "'’‘`")
_LIKE_DIGITS = str.maketrans("oil", "011")
_PHONE_DIGITS = 10


@dataclass(frozen=True)
class Known:
    """A text that gives a protected place away. `whose`: of the person who lives there."""

    text: str
    what: str
    whose: UUID

    @cached_property
    def plain(self) -> str:
        return plain(self.text)

    @cached_property
    def digits(self) -> str:
        """The end of a phone number, which is the same with +44 and without; empty for anything else."""
        found = re.sub(r"\D", "", self.text)
        return found[-_PHONE_DIGITS:] if len(found) >= _PHONE_DIGITS and not re.search("[A-Za-z]", self.text) else ""

    @cached_property
    def worth_looking_for(self) -> bool:
        return len(self.plain) >= LEAST


def plain(text: str) -> str:
    """Without accents, capitals, spaces and punctuation, each word of an address in one form: "12highroad"."""
    return "".join(SHORT.get(word, word) for word in _WORD.findall(_bare(text)))


def _bare(text: str) -> str:
    """Small letters without accents, and without marks that nobody sees."""
    apart = unicodedata.normalize("NFKD", text.translate(_JOINS))
    return "".join(one for one in apart if unicodedata.category(one) not in ("Mn", "Cf")).casefold()


class Scan:
    """A text made ready once, and asked for any number of known words."""

    def __init__(self, text: str) -> None:
        self.plain = plain(text)
        self.like_digits = self.plain.translate(_LIKE_DIGITS)
        self.spelled = "".join(_WORD.findall(_bare(text)))

    def has(self, known: Known) -> bool:
        """Whether the text says it. A number within a longer number is another number."""
        if known.digits and known.digits in self.spelled:
            return True
        if not known.worth_looking_for:
            return False
        texts = (self.plain, self.spelled, self.like_digits)
        wanted = (known.plain, known.plain, known.plain.translate(_LIKE_DIGITS))
        return any(_stands_in(word, text) for word, text in zip(wanted, texts, strict=True))


def _stands_in(word: str, text: str) -> bool:
    at = text.find(word)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(word) : at + len(word) + 1]
        if not (word[0].isdigit() and before.isdigit()) and not (word[-1].isdigit() and after.isdigit()):
            return True
        at = text.find(word, at + 1)
    return False


def found_in(text: str, known: Iterable[Known]) -> list[Known]:
    """Those of the known words that the text says."""
    scan = Scan(text)
    return [one for one in known if scan.has(one)] if scan.plain else []


def names_of(full: str, whose: UUID, what: str = "who told us") -> tuple[Known, ...]:
    """What names a person in writing: the name, the name turned round, and the family name with a title."""
    words = full.split()
    if len(words) < 2:
        return (Known(full, what, whose),) if words else ()
    turned = [f"{words[-1]} {' '.join(words[:-1])}", *(f"{title} {words[-1]}" for title in TITLES)]
    return tuple(Known(text, what, whose) for text in (full, *turned))

"""Answers that their giver marked as of a special sort: what is made from them elsewhere is of that sort, too."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from .fragments import Sort
from .protected import CannotLook, as_scheduled_work
from .scanning import Known, found_in

FEWEST_WORDS = 3
"""Of a sentence that is looked for: fewer are said by anybody (judgement)."""


@dataclass(frozen=True)
class MarkedIn:
    """Where a process keeps such answers: free text of its record, and which of its matters are marked."""

    record: type[Model]
    columns: tuple[str, ...]
    when: Q


@dataclass(frozen=True)
class Marked:
    """Who gave such an answer (ids, and names in small letters), and its sentences."""

    agencies: frozenset[UUID] = frozenset()
    names: tuple[str, ...] = ()
    known: tuple[Known, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.agencies)

    def said_in(self, text: str) -> bool:
        """Whether the text says a sentence of such an answer."""
        return bool(self.known and found_in(text, self.known))


_kept: dict[Sort, list[MarkedIn]] = {}


def marked_in(sort: Sort, record: type[Model], *, columns: tuple[str, ...], when: Q) -> None:
    """Say where answers stand that an agency marked as of this sort."""
    _kept.setdefault(sort, []).append(MarkedIn(record, columns, when))


def answers_marked(sort: Sort, about: Collection[UUID], case_id: UUID) -> Marked:
    """Answers of a sort about these persons, or in the check that led to this case, whoever reads.

    None where nobody can look: the gate keeps in whatever is about anybody then.
    """
    here = Q(case__subjects__person__in=about) | Q(case__parent__links_out__target=case_id)
    agencies, known = {}, []
    try:
        with as_scheduled_work():
            for where in _kept.get(sort, ()):
                rows: QuerySet[Any] = where.record._default_manager.filter(where.when & here)
                for row in rows.select_related("case__answering"):
                    agencies[row.case.answering_id] = row.case.answering.name.casefold()
                    known += [one for name in where.columns for one in _sentences(getattr(row, name), row.pk)]
    except CannotLook:
        return Marked()
    return Marked(frozenset(agencies), tuple(agencies.values()), tuple(dict.fromkeys(known)))


def _sentences(text: str, whose: UUID) -> list[Known]:
    found = [one.strip() for one in re.split(r"[.;!?\n]+", text)]
    return [Known(one, "an answer", whose) for one in found if len(one.split()) >= FEWEST_WORDS]

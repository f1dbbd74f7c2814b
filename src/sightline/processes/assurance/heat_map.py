"""The heat map of a cycle: each agency on each standard, now and last time, as numbers and words.

A standard's score is the lowest of its items that apply: one weak arrangement is not made up for by a strong one (our
judgement; a mean would hide it).
"""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sightline.engine.models import Case
from sightline.instruments.standing import instrument_of
from sightline.people.actor import Actor
from sightline.vocabulary.instrument import Instrument, Scores, Standard, applies, lowest

from .returning import agency_of, before, moderated_scores, returns_in, self_scores
from .section_11_cycle import NOT_SENT, Section11CycleRecord
from .section_11_return import Section11Return

type Whose = Literal["self", "moderated"]

NOT_APPLICABLE, NOT_MODERATED, NOT_SENT_YET = "Not applicable", "Not moderated yet", "Not sent yet"


@dataclass(frozen=True)
class Cell:
    """One agency on one standard.

    now: its score, None where `words` say why there is none. last: its score in the cycle before.
    """

    standard: Standard
    now: int | None
    last: int | None
    words: str

    @property
    def text(self) -> str:
        """ "2 → 3", "3" where there was no last time, or why there is no score."""
        if self.now is None:
            return self.words
        return f"{self.now}" if self.last is None else f"{self.last} → {self.now}"

    @property
    def movement(self) -> int | None:
        return None if self.now is None or self.last is None else self.now - self.last


@dataclass(frozen=True)
class HeatRow:
    agency: str
    case_id: UUID
    cells: list[Cell]


@dataclass(frozen=True)
class HeatMap:
    """instrument: the questions of this cycle. last: the title of the cycle compared with, empty where there is none.

    The rows are agencies by name.
    """

    instrument: Instrument
    whose: Whose
    last: str
    rows: list[HeatRow]

    def scored(self, standard: Standard) -> list[int]:
        """The scores that agencies have on a standard now."""
        cells = (cell for row in self.rows for cell in row.cells if cell.standard == standard)
        return [cell.now for cell in cells if cell.now is not None]


def heat_map(actor: Actor, cycle: Case, whose: Whose = "self") -> HeatMap:
    """Agency by standard for whatever returns of the cycle this person sees. A constant number of queries."""
    earlier = before(actor, cycle)
    instruments = _instruments(actor, [cycle, *([earlier] if earlier else [])])
    found = returns_in(actor, list(instruments))
    cases = [case for rows in found.values() for case in rows]
    own = self_scores(actor, cases)
    shown = moderated_scores(actor, cases) if whose == "moderated" else own
    last: dict[UUID, dict[str, int | None]] = {}
    if earlier:
        last = {
            agency_of(case).pk: _by_standard(instruments[earlier.pk], case, shown) for case in found.get(earlier.pk, [])
        }
    rows = []
    for case in found.get(cycle.pk, []):
        if case.stage != Section11Return.withdrawn.key:
            theirs = last.get(agency_of(case).pk, {})
            standards = instruments[cycle.pk].standards
            cells = [_cell(one, case, shown, own, theirs.get(one.key)) for one in standards]
            rows.append(HeatRow(agency_of(case).name, case.pk, cells))
    return HeatMap(instruments[cycle.pk], whose, earlier.title if earlier else "", rows)


def _instruments(actor: Actor, cases: list[Case]) -> dict[UUID, Instrument]:
    records = Section11CycleRecord.visible_to(actor).filter(pk__in=[case.pk for case in cases])
    return {record.pk: instrument_of(record) for record in records}


def _by_standard(instrument: Instrument, case: Case, shown: dict[UUID, Scores]) -> dict[str, int | None]:
    if case.stage in NOT_SENT:
        return {}
    return {one.key: lowest(one, shown.get(case.pk, {})) for one in instrument.standards}


def _cell(standard: Standard, case: Case, shown: dict[UUID, Scores], own: dict[UUID, Scores], last: int | None) -> Cell:
    if case.stage in NOT_SENT:
        return Cell(standard, None, last, NOT_SENT_YET)
    scores = shown.get(case.pk, {})
    asked = [item.key for item in standard.items if applies(item, own.get(case.pk, {}))]
    if any(key not in scores for key in asked):
        return Cell(standard, None, last, NOT_MODERATED)
    now = lowest(standard, scores)
    return Cell(standard, now, last, NOT_APPLICABLE if now is None else "")

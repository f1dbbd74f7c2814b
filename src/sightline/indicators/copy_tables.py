"""The tables of the analytics copy: nothing in them names anybody, says where they live, or finds them anywhere.

Each comes from one view of the database, which only the reporting role may read (migration `0002_analytics_copy`). A
child is a number that means something within one run alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Type = Literal["date", "timestamp", "int64", "boolean", "string", "decimal(18, 6)"]


@dataclass(frozen=True, slots=True)
class CopyTable:
    """One table: its columns and their types, the view that it is read from, and whether that has a partnership."""

    columns: Mapping[str, Type]
    view: str = ""
    of_partnership: bool = True


_CENSUS: dict[str, Type] = {"census_year": "int64", "child": "int64"}
_CLOCKED: dict[str, Type] = {"due_on": "date", "due_at": "timestamp", "done_at": "timestamp"}

COPY_TABLES: Mapping[str, CopyTable] = MappingProxyType(
    {
        "census_referrals": CopyTable({**_CENSUS, "referred_on": "date", "held_from": "date"}, "report_referral"),
        "census_assessments": CopyTable(
            {**_CENSUS, "referred_on": "date", "authorised_on": "date"}, "report_assessment"
        ),
        "census_section_47": CopyTable({**_CENSUS, "started_on": "date", "conference_on": "date"}, "report_section_47"),
        "census_plans": CopyTable(
            {
                **_CENSUS,
                "started_on": "date",
                "ended_on": "date",
                "category": "string",
                "earlier_plans": "int64",
            },
            "report_plan",
        ),
        "contacts": CopyTable({**_CLOCKED, "repeats_another": "boolean"}, "report_contact"),
        "enquiries": CopyTable({**_CLOCKED, "agency": "string", "withdrawn": "boolean"}, "report_enquiry"),
        "strategy_discussions": CopyTable(
            {**_CLOCKED, "venue": "string", "not_held": "boolean"}, "report_strategy_discussion"
        ),
        "children": CopyTable({"mid_year": "int64", "children": "int64"}, "report_children"),
        "published_figures": CopyTable(
            {
                "dataset": "string",
                "area": "string",
                "area_level": "string",
                "year": "int64",
                "measure": "string",
                "value": "decimal(18, 6)",
            },
            "report_published_figure",
            of_partnership=False,
        ),
        "working_days": CopyTable({"day": "date", "number": "int64"}, of_partnership=False),
        "periods": CopyTable(
            {"period_key": "string", "period_start": "date", "period_end": "date", "middle": "int64"},
            of_partnership=False,
        ),
    }
)
"""Every table by its name in a declaration. Those without a view are made by the run itself."""

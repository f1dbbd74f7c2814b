"""Which published files do we take, what is in them, and how do we tell them from others?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType

from sightline.vocabulary.dataset import Column, Dataset, Kind, State, Table

COUNTRY = r"E92\d{6}"
REGION = r"E1[23]\d{6}"
LOCAL_AUTHORITY = r"E(06|07|08|09|10)\d{6}"

# The marks that government statisticians use in place of a figure, and an empty cell.
MARKS = MappingProxyType(
    {
        "x": State.NOT_AVAILABLE,
        ":": State.NOT_AVAILABLE,
        "z": State.NOT_APPLICABLE,
        "c": State.HIDDEN,
        "u": State.UNRELIABLE,
        "low": State.LOW,
        "": State.BLANK,
    }
)


def _count(name: str, description: str) -> Column:
    return Column(name, Kind.WHOLE_NUMBER, description)


def _percent(name: str, description: str, of: tuple[str, str]) -> Column:
    return Column(name, Kind.PERCENT, description, high=100, share_of=of)


def _area_code(name: str, shape: str, words: str, description: str) -> Column:
    return Column(name, Kind.CODE, description, shape=shape, shape_words=words)


YEAR = Column("time_period", Kind.YEAR, "Year ending 31 March", required=True, low=2000, high=2099)

REFERRAL_FIGURES = (
    _count("referral_count", "Referrals to children's social care in the year"),
    _count("rereferral_count", "Referrals within 12 months of an earlier referral of the same child"),
    _percent("rereferral_percent", "Re-referrals as a share of referrals", ("rereferral_count", "referral_count")),
    _count("no_further_action_count", "Referrals that led to no further action"),
    _percent(
        "no_further_action_percent",
        "Referrals with no further action as a share of referrals",
        ("no_further_action_count", "referral_count"),
    ),
    _count("not_in_need_count", "Referrals assessed and found not in need"),
    _percent(
        "not_in_need_percent", "Found not in need as a share of referrals", ("not_in_need_count", "referral_count")
    ),
    _count("referral_child_count", "Children referred in the year, each counted once"),
    _count("rereferral_child_count", "Children referred more than once within 12 months"),
    _percent(
        "rereferral_child_percent",
        "Children re-referred as a share of children referred",
        ("rereferral_child_count", "referral_child_count"),
    ),
)

referrals = Dataset(
    key="dfe_referrals",
    title="Referrals and re-referrals to children's social care",
    publisher="Department for Education",
    owner="Data analyst",
    due="When the department publishes, each autumn",
    licence="Open Government Licence v3.0",
    missing=MARKS,
    tables=(
        Table(
            "referrals",
            (
                YEAR,
                Column("time_identifier", Kind.CODE, "Kind of period", required=True, codes=("Reporting year",)),
                Column(
                    "geographic_level",
                    Kind.CODE,
                    "Kind of area",
                    required=True,
                    codes=("National", "Regional", "Local authority"),
                ),
                _area_code("country_code", COUNTRY, "E92 and six digits", "Country code"),
                Column("country_name", Kind.TEXT, "Country", required=True),
                _area_code("region_code", REGION, "E12 or E13 and six digits", "Region code"),
                Column("region_name", Kind.TEXT, "Region"),
                _area_code("old_la_code", r"\d{3}", "three digits", "The department's own local authority number"),
                _area_code("new_la_code", LOCAL_AUTHORITY, "E06 to E10 and six digits", "Local authority code"),
                Column("la_name", Kind.TEXT, "Local authority"),
                Column("category", Kind.CODE, "What is counted", required=True, codes=("Referrals and Re-referrals",)),
                *REFERRAL_FIGURES,
            ),
        ),
    ),
)

referrals_extract = Dataset(
    key="referrals_extract",
    title="Referral figures, compact extract",
    publisher=referrals.publisher,
    owner=referrals.owner,
    due=referrals.due,
    licence=referrals.licence,
    missing=MARKS,
    extract_of=referrals.key,
    tables=(
        Table(
            "referrals",
            (
                YEAR,
                Column(
                    "area_level",
                    Kind.CODE,
                    "Kind of area",
                    required=True,
                    codes=("National", "Regional", "Local authority"),
                ),
                Column(
                    "area_code",
                    Kind.CODE,
                    "Area code",
                    required=True,
                    shape=f"{COUNTRY}|{REGION}|{LOCAL_AUTHORITY}",
                    shape_words="E and eight digits",
                ),
                Column("area_name", Kind.TEXT, "Area", required=True),
                _area_code("region_code", REGION, "E12 or E13 and six digits", "Region that the area lies in"),
                *REFERRAL_FIGURES,
            ),
        ),
    ),
)

DATASETS = MappingProxyType({dataset.key: dataset for dataset in (referrals, referrals_extract)})


@dataclass(frozen=True, slots=True)
class Area:
    """The area a row is about. `region_code` is empty for the country."""

    level: str
    code: str
    name: str
    region_code: str


def area_of(row: dict[str, str]) -> Area:
    """The area of a row in either layout; its code is empty when the row does not give it."""
    if "area_code" in row:
        return Area(row["area_level"], row["area_code"], row["area_name"], row["region_code"])
    level = row["geographic_level"]
    code, name = area_columns(level)
    return Area(level, row[code], row[name], row["region_code"])


def area_columns(level: str) -> tuple[str, str]:
    """The columns that hold the code and name of an area of this level, in the department's layout."""
    return {
        "National": ("country_code", "country_name"),
        "Regional": ("region_code", "region_name"),
    }.get(level, ("new_la_code", "la_name"))


# Other files of the same release, told apart by columns that only they have.
OTHER_PUBLICATIONS = MappingProxyType(
    {
        "Children in need, episodes at any point in the year": {"Anypoint_episodes", "Started_episodes"},
        "Factors identified at the end of assessment": {"Episodes_with_assessment_factor"},
        "Child protection plans that are a second or later plan": {"CPP_start", "CPP_subsequent"},
        "Child protection plans at 31 March by how long they have lasted": {"CPP_At31"},
        "Population estimates of children": {"population_estimate", "age_group"},
        "Children looked after, numbers and rates": {"population_type", "children_count"},
        "Children's social work workforce": {"inpost_fte", "turnover_rate_fte"},
    }
)

ENOUGH_COLUMNS = 0.6


def other_publication(header: Iterable[str]) -> str | None:
    """The title of the other publication that this header belongs to, if we know it."""
    names = set(header)
    return next((title for title, marks in OTHER_PUBLICATIONS.items() if marks <= names), None)


def recognise(header: Iterable[str]) -> Dataset | None:
    """The dataset that most of these columns belong to.

    All files of a release share their area columns, so most of the columns have to be there.
    """
    names = set(header)

    def found(dataset: Dataset) -> float:
        declared = {column.name for table in dataset.tables for column in table.columns}
        return len(declared & names) / len(declared)

    best = max(DATASETS.values(), key=found)
    return best if found(best) >= ENOUGH_COLUMNS else None

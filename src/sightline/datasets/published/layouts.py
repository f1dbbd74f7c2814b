"""What the files of a government release have in common: marks for missing, area columns, kinds of column."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sightline.datasets.areas import LEVELS, LOCAL, NATIONAL, REGIONAL, Area, areas_by_code, present_code
from sightline.vocabulary.dataset import Column, Dataset, Kind, State, Table

COUNTRY = r"E92\d{6}"
REGION = r"E1[23]\d{6}"
LOCAL_AUTHORITY = r"E(06|07|08|09|10)\d{6}"
LICENCE = "Open Government Licence v3.0"

# The marks that government statisticians use in place of a figure, and an empty cell.
MARKS: Mapping[str, State] = MappingProxyType(
    {
        "x": State.NOT_AVAILABLE,
        ":": State.NOT_AVAILABLE,
        "z": State.NOT_APPLICABLE,
        "c": State.HIDDEN,
        "u": State.UNRELIABLE,
        "k": State.LOW,  # not nought, and rounds to nought
        "low": State.LOW,
        "": State.BLANK,
    }
)


def count(name: str, description: str) -> Column:
    """A whole number, 0 or more."""
    return Column(name, Kind.WHOLE_NUMBER, description)


def percent(name: str, description: str, of: tuple[str, str] | None = None) -> Column:
    """A number from 0 to 100; `of` names the columns of the two counts that it is worked out from."""
    return Column(name, Kind.PERCENT, description, high=100, share_of=of)


def rate(name: str, description: str) -> Column:
    """So many for each 10,000 children. An area with few children can have more than 10,000."""
    return Column(name, Kind.RATE, description, high=100_000)


def area_code(name: str, shape: str, words: str, description: str) -> Column:
    """A code of the Office for National Statistics, or of the department."""
    return Column(name, Kind.CODE, description, shape=shape, shape_words=words)


YEAR = Column("time_period", Kind.YEAR, "Year ending 31 March", required=True, low=2000, high=2099)
LEVEL = Column("geographic_level", Kind.CODE, "Kind of area", required=True, codes=LEVELS)

# The columns that every file of the department's statistics service begins with.
AREA_COLUMNS = (
    Column("time_identifier", Kind.CODE, "Kind of period", required=True, codes=("Reporting year",)),
    LEVEL,
    area_code("country_code", COUNTRY, "E92 and six digits", "Country code"),
    Column("country_name", Kind.TEXT, "Country", required=True),
    area_code("region_code", REGION, "E12 or E13 and six digits", "Region code"),
    Column("region_name", Kind.TEXT, "Region"),
    area_code("old_la_code", r"\d{3}", "three digits", "The department's own local authority number"),
    area_code("new_la_code", LOCAL_AUTHORITY, "E06 to E10 and six digits", "Local authority code"),
    Column("la_name", Kind.TEXT, "Local authority"),
)

# The columns that every extract of ours begins with. Names and regions are in areas.csv beside them.
CODE = Column(
    "area_code",
    Kind.CODE,
    "Area code",
    required=True,
    shape=f"{COUNTRY}|{REGION}|{LOCAL_AUTHORITY}",
    shape_words="E and eight digits",
)

SHARED = frozenset({YEAR.name, CODE.name, *(column.name for column in AREA_COLUMNS)})


def release_file(
    key: str,
    title: str,
    table: str,
    figures: tuple[Column, ...],
    *,
    category: Column,
    year: Column = YEAR,
    publisher: str = "Department for Education",
    due: str = "When the department publishes, each autumn",
) -> Dataset:
    """A file in the layout of the department's statistics service; `category` says what its rows count."""
    return Dataset(
        key=key,
        title=title,
        publisher=publisher,
        owner="Data analyst",
        due=due,
        licence=LICENCE,
        missing=MARKS,
        tables=(Table(table, (year, *AREA_COLUMNS, category, *figures)),),
    )


def extract_of(source: Dataset, key: str, title: str, *figures: str) -> Dataset:
    """Some of a dataset's figures, by column name, in our own compact layout."""
    table = source.tables[0]
    named = {column.name: column for column in table.columns}
    return Dataset(
        key=key,
        title=title,
        publisher=source.publisher,
        owner=source.owner,
        due=source.due,
        licence=source.licence,
        missing=MARKS,
        extract_of=source.key,
        tables=(Table(table.key, (CODE, named[YEAR.name], *(named[name] for name in figures))),),
    )


def area_of(row: Mapping[str, str]) -> Area | None:
    """The area of a row in either layout, under its present code; None for a code in an extract that is no area.

    The code is empty when a row of a release does not give it.
    """
    if CODE.name in row:
        return areas_by_code().get(present_code(row[CODE.name]))
    level = row[LEVEL.name]
    code, name = area_columns(level)
    return Area(level, present_code(row[code]), row[name], row["region_code"])


def area_columns(level: str) -> tuple[str, str]:
    """The columns of a release that hold the code and name of an area of this level."""
    columns = {
        NATIONAL: ("country_code", "country_name"),
        REGIONAL: ("region_code", "region_name"),
        LOCAL: ("new_la_code", "la_name"),
    }
    return columns.get(level, columns[LOCAL])

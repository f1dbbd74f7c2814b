"""How a figure is worked out: every indicator's own worked examples, and its agreement with what is published."""

import csv
from decimal import Decimal

import pytest

from sightline.datasets.areas import areas_by_code
from sightline.datasets.extract import REFERRALS
from sightline.datasets.rounding import percent_agrees
from sightline.indicators.referrals import INDICATORS, re_referrals_within_12_months
from sightline.indicators.run import measure
from sightline.vocabulary.indicator import Example, Indicator, this, total

EXAMPLES = [(indicator, example) for indicator in INDICATORS for example in indicator.examples]


@pytest.mark.parametrize(("indicator", "example"), EXAMPLES, ids=[example.says for _, example in EXAMPLES])
def test_a_worked_example_gives_what_it_says(indicator: Indicator, example: Example) -> None:
    expected = None if example.gives is None else Decimal(example.gives)
    assert measure(indicator, example.rows).value == expected


def test_no_rows_give_no_figure() -> None:
    assert measure(re_referrals_within_12_months, []).value is None


def test_a_percentage_agrees_when_unrounded_counts_could_give_it() -> None:
    assert percent_agrees(Decimal(15980), Decimal(77010), Decimal("20.7"), "Regional")
    assert not percent_agrees(Decimal(15980), Decimal(77010), Decimal("20.5"), "Regional")


def test_a_local_authority_s_counts_are_not_rounded_so_neither_is_their_percentage_excused() -> None:
    assert percent_agrees(Decimal(795), Decimal(3022), Decimal("26.3"), "Local authority")
    assert not percent_agrees(Decimal(795), Decimal(3022), Decimal("26.4"), "Local authority")


def test_every_published_re_referral_percentage_agrees_with_its_counts() -> None:
    with REFERRALS.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    levels = areas_by_code()
    agrees = [
        percent_agrees(*(Decimal(row[name]) for name in COUNTS_AND_PERCENT), levels[row["area_code"]].level)
        for row in rows
    ]
    assert agrees == [True] * 221


COUNTS_AND_PERCENT = ("rereferral_count", "referral_count", "rereferral_percent")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"numerator": total(this.no_such_column)}, "no column"),
        ({"better": "up"}, "better is"),
        ({"examples": ()}, "worked example"),
    ],
)
def test_a_faulty_indicator_is_refused_when_it_is_declared(change: dict[str, object], words: str) -> None:
    from dataclasses import replace

    with pytest.raises(ValueError, match=words):
        replace(re_referrals_within_12_months, **change)

"""Figures about referrals to children's social care."""

from __future__ import annotations

from decimal import Decimal

from sightline.datasets.published import referrals
from sightline.vocabulary.indicator import Example, Indicator, Suppression, this, total

re_referrals_within_12_months = Indicator(
    key="re_referrals_within_12_months",
    name="Re-referrals within 12 months",
    says="{value} of referrals in {area}{counts} came within 12 months of an earlier referral of the same child",
    period="the year ending 31 March {when}",
    population="Referrals to children's social care in the year",
    of=referrals,
    when=this.time_period,
    numerator=total(this.rereferral_count),
    denominator=total(this.referral_count),
    by=(this.new_la_code, this.region_code),
    unit="%",
    per=100,
    better="lower",
    owner="Local authority children's social care",
    source="Department for Education, Children in need",
    published_as=this.rereferral_percent,
    suppression=Suppression(below=0, why="The department hides small numbers before it publishes (shown as c)."),
    quality=(
        "A child referred again to the same local authority counts; a child who moved from another does not. "
        "Counts for England and the regions are rounded to the nearest 10, so a percentage worked out from them "
        "can differ from the published one by a tenth. Authorities do not all record a referral at the same point."
    ),
    examples=(
        Example(
            "one area",
            [{"rereferral_count": Decimal(795), "referral_count": Decimal(3022)}],
            gives="26.3",
        ),
        Example(
            "two areas are added before dividing, never averaged",
            [
                {"rereferral_count": Decimal(10), "referral_count": Decimal(20)},
                {"rereferral_count": Decimal(10), "referral_count": Decimal(180)},
            ],
            gives="10.0",
        ),
        Example(
            "no re-referrals is nil, which is a figure",
            [{"rereferral_count": Decimal(0), "referral_count": Decimal(40)}],
            gives="0.0",
        ),
        Example(
            "a hidden count leaves no figure, not a smaller one",
            [
                {"rereferral_count": Decimal(10), "referral_count": Decimal(20)},
                {"rereferral_count": None, "referral_count": Decimal(180)},
            ],
            gives=None,
        ),
        Example(
            "no referrals at all gives no figure",
            [{"rereferral_count": Decimal(0), "referral_count": Decimal(0)}],
            gives=None,
        ),
    ),
)

INDICATORS = (re_referrals_within_12_months,)

"""Nothing that belongs to gov.uk alone comes along with the style sheet."""

import pytest

from tools.assets import AssetsRefused, without_gov_uk


def test_the_typeface_the_crest_and_the_source_map_are_taken_out() -> None:
    css = (
        '@font-face{font-family:GDS Transport;src:url(/assets/fonts/light.woff2) format("woff2")}'
        "p{font-family:GDS Transport,arial,sans-serif}"
        "footer{background-image:url(/assets/images/govuk-crest.svg)}\n/*# sourceMappingURL=x.css.map */"
    )
    assert without_gov_uk(css).strip() == "p{font-family:arial,sans-serif}footer{background-image:none}"


def test_a_new_file_of_gov_uks_is_refused_by_name() -> None:
    with pytest.raises(AssetsRefused, match="/assets/images/crown.svg"):
        without_gov_uk("p{background:url(/assets/images/crown.svg)}")

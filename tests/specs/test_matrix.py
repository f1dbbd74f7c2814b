"""A drawn part of the matrix: what the site and the database answer is what the independent oracle says."""

import pytest

from tests.evidence.matrix import SIZES, measure

SEED = 4


@pytest.mark.slow
def test_the_site_and_the_database_alone_answer_as_the_oracle(server_database, capsys):
    rows = {row.id: row for row in measure("small", SEED)}
    said = capsys.readouterr().err
    assert rows["matrix"].value == 0, said
    assert rows["matrix-database-alone"].value == 0, said
    assert rows["matrix"].n == SIZES["small"].pages + SIZES["small"].fields + SIZES["small"].steps
    assert rows["matrix-database-alone"].n > 1500

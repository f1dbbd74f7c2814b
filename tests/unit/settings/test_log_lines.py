"""A log says where something went wrong and never repeats what stood in a record."""

import logging

import pytest
from django.conf import settings
from django.db import IntegrityError, connection

from sightline.platform.settings.log_lines import WithoutRecords

SAID = "Maya Dunne has a bruise"


def written(fault: BaseException) -> str:
    made = logging.LogRecord("web", logging.ERROR, "", 0, "It failed", (), (type(fault), fault, fault.__traceback__))
    return WithoutRecords().format(made)


def test_the_row_that_the_database_refused_is_not_in_the_log(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("create temporary table told (what text, constraint short check (length(what) < 5))")
        with pytest.raises(IntegrityError) as refused:
            cursor.execute("insert into told values (%s)", [SAID])
    assert SAID in str(refused.value), "the database did repeat it"
    line = written(refused.value)
    assert SAID not in line
    assert "CheckViolation (23514, short)" in line
    assert "It came of:" in line
    assert "test_log_lines.py" in line


def test_every_line_of_the_site_is_written_so() -> None:
    given = dict(settings.LOGGING)
    assert given["formatters"]["line"]["()"] == "sightline.platform.settings.log_lines.WithoutRecords"
    assert {handler["formatter"] for handler in given["handlers"].values()} == {"line"}

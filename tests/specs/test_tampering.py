"""Whatever a superuser changes in the sealed audit is found, the row named; an untouched log raises no alarm."""

import random

import psycopg
import pytest
from evidence.tamper import TAMPERINGS, Log, run

SEED = 4
TRIALS = 153


@pytest.fixture
def log(server_database, database_server):
    with psycopg.connect(database_server, dbname=server_database, autocommit=True) as superuser:
        log = Log(superuser, random.Random(SEED))
        log.fill(120)
        yield log


def test_every_random_change_is_found_and_its_row_named(log):
    outcome = run(log, TRIALS)
    assert outcome.missed == []
    assert outcome.found == outcome.named == outcome.trials >= 150
    assert set(outcome.kinds) == {tampering.__name__ for tampering in TAMPERINGS}
    assert (outcome.untouched, outcome.false_alarms) == (17, 0)
    assert outcome.widest <= 5, "a careful forgery is named within the rows that were sealed with it"

"""Small, seeded sizes of what `python -m tests.evidence` measures in full: every target is met, or the test fails."""

import pytest

from .register import measure_of

SEED = 4
SMALL = ("revocation", "read_audit", "pool_leak")


@pytest.mark.slow
@pytest.mark.parametrize("module", SMALL)
def test_the_small_size_meets_its_targets(module, server_database):
    for row in measure_of(module)("small", SEED):
        assert row.met, row
        assert row.n > 0


@pytest.mark.slow
def test_a_small_audit_is_verified_both_ways(server_database):
    """Found whole, that is: how long it took says nothing on a busy machine."""
    for row in measure_of("verify_time")("small", SEED):
        assert row.value
        assert row.n > 0

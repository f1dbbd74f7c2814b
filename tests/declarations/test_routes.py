"""Every address has a policy: what it shows, and who may see it."""

from tests.evidence import oracle
from tests.evidence.route_cells import RULES
from tests.evidence.routes import KINDS, NOT_COMPARED, ROUTES, named_addresses, of_no_address, without_policy


def test_no_address_is_without_a_policy():
    assert without_policy() == set(), "classify it in tests/evidence/routes.py"
    assert of_no_address() == set()


def test_an_address_that_names_a_case_is_compared_with_the_oracle():
    of_cases = {name for name, parts in named_addresses() if "case_id" in parts}
    assert of_cases - ROUTES.keys() == set()
    assert len(of_cases) > 30


def test_each_policy_is_one_of_the_kinds_and_has_a_rule():
    assert {route.shows for route in (*ROUTES.values(), *NOT_COMPARED.values())} <= set(KINDS)
    assert {route.rule for route in ROUTES.values()} <= RULES.keys() | oracle.PLACES.keys()


def test_a_scrutineer_endorses_approves_and_chairs_nothing():
    from sightline.vocabulary.process import PROCESSES

    endorsing = {
        (process.key, step.key)
        for process in PROCESSES.values()
        for step in process.steps.values()
        if step.endorses and any(role.key == "scrutineer" for role in step.by)
    }
    assert endorsing == set()

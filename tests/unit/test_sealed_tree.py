"""The tree is RFC 6962's, and its proofs prove what they should and nothing else."""

from hashlib import sha256

import pytest

from sightline.platform.audit.verifier import Tree, grew, node_hash, proof_ranges

INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]


def leaves(count):
    return [sha256(b"\0" + str(number).encode()).digest() for number in range(count)]


def root(given):
    tree = Tree()
    for leaf in given:
        tree.append(leaf)
    return tree.root()


def by_definition(given):
    """RFC 6962, 2.1, as it is written."""
    if len(given) < 2:
        return given[0] if given else sha256(b"").digest()
    half = 1 << (len(given) - 1).bit_length() - 1
    return node_hash(by_definition(given[:half]), by_definition(given[half:]))


def proof(given, first):
    return [root(given[low:high]) for low, high in proof_ranges(first, len(given))]


def test_the_root_is_that_of_the_published_example():
    given = [sha256(b"\0" + bytes.fromhex(text)).digest() for text in INPUTS]
    assert root(given).hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    assert root([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize("count", range(70))
def test_a_tree_that_grew_leaf_by_leaf_is_the_tree_of_the_definition(count):
    assert root(leaves(count)) == by_definition(leaves(count))


@pytest.mark.parametrize("second", range(1, 40))
def test_each_smaller_tree_is_proved_to_be_the_beginning_of_a_larger(second):
    given = leaves(second)
    for first in range(1, second + 1):
        nodes = proof(given, first)
        assert grew(first, second, root(given[:first]), root(given), nodes)
        other = [*given[: first - 1], bytes(32)]
        assert not grew(first, second, root(other), root(given), nodes)
        assert not grew(first, second, root(given[:first]), bytes(32), nodes)
        assert not grew(first, second, root(given[:first]), root(given), [*nodes, bytes(32)])
        for place in range(len(nodes)):
            wrong = [*nodes[:place], bytes(32), *nodes[place + 1 :]]
            assert not grew(first, second, root(given[:first]), root(given), wrong)


def test_no_proof_makes_a_log_of_nothing_or_a_shorter_one_grow():
    assert not grew(0, 3, root([]), root(leaves(3)), [])
    assert not grew(3, 2, root(leaves(3)), root(leaves(2)), [])
    assert not grew(3, 5, root(leaves(3)), root(leaves(5)), [])

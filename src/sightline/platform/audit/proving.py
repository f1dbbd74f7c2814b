"""What others may ask of the sealed audit: is it whole, did it only grow, and may they have a copy to check."""

import json
import shutil
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.db import transaction

from sightline.platform import audit
from sightline.platform.audit import verifier
from sightline.platform.audit.reading import NAMES, Connection, connect, heads, leaves, lines, one_state
from sightline.platform.audit.verifier import Check, Head, Tree, proof_ranges


class NoSuchHead(ValueError):
    """No head was signed at the size that was asked for."""


def verify(kept: Iterable[Head], keys: frozenset[str]) -> Check:
    """Check every row and head that the database holds, in one state of it, against kept heads and trusted keys."""
    with connect() as connection, connection.transaction(), one_state(connection) as beside:
        return Check(heads(beside), kept, keys).run(lines(connection))


def prove(connection: Connection, first: int, second: int) -> dict[str, Any]:
    """The two heads, `from` and `to`, and the nodes that prove that the one's tree grew into the other's.

    Reads every leaf up to the second once. Raises `NoSuchHead`.
    """
    with connection.transaction():
        signed = {head.size: head for head in heads(connection, first - 1) if head.size in (first, second)}
        if not 0 < first <= second or not {first, second} <= signed.keys():
            raise NoSuchHead(
                f"There is no signed head of {first} rows, or none of {second}, or the first is the greater. "
                "See the sizes: sightline audit heads"
            )
        ranges = proof_ranges(first, second)
        trees = {low: (Tree(), high) for low, high in ranges}
        tree, upto = Tree(), 0
        for position, leaf in enumerate(leaves(connection, second)):
            tree, upto = trees.get(position, (tree, upto))
            if position < upto:
                tree.append(leaf)
    nodes = [trees[low][0].root().hex() for low, _ in ranges]
    return {"from": asdict(signed[first]), "to": asdict(signed[second]), "proof": nodes}


def export(folder: Path) -> int:
    """Write all rows (`rows.tsv`), the heads (`heads.jsonl`) and the verifier in a new folder; gives how many rows.

    The export is written in the audit first. Raises FileExistsError.
    """
    folder.mkdir(parents=True)
    with transaction.atomic(), audit.command_line():
        audit.record("export the audit", subject="audit.AuditRow")
    count = 0
    with connect() as connection, connection.transaction(), one_state(connection) as beside:
        with (folder / "rows.tsv").open("wb") as rows:
            rows.write(NAMES.encode() + b"\n")
            for line in lines(connection):
                rows.write(line + b"\n")
                count += 1
        with (folder / "heads.jsonl").open("w", encoding="utf-8") as signed:
            signed.writelines(json.dumps(asdict(head)) + "\n" for head in heads(beside))
    shutil.copyfile(verifier.__file__, folder / "verifier.py")
    return count

"""How fast is a large audit sealed and verified?

Writes invented rows into a database of its own, a few under each signed head as in a working day, seals them, and then
verifies them twice: from the database (`sightline audit verify`), and from an export with the stand-alone verifier. The
target is 10 million rows in under two minutes on two cores. Words after the command are the number of rows (300,000)
and of rows under a head (5).
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from psycopg import IsolationLevel

TARGET_ROWS, TARGET_SECONDS = 10_000_000, 120
ROWS = """
insert into audit_auditrow (id, account_id, worker_id, agency, role, action, subject, object_ids, detail, outcome,
  request_id, code_version)
select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'ardenvale-council', 'front-door-worker', 'read',
  'engine.Case', array[gen_random_uuid(), gen_random_uuid()], '{"process": "contact", "step": "tell"}', 'allowed',
  'request-' || n, '0.4'
from generate_series(1, %s) n
"""
BARE = """
alter table audit_auditrow drop constraint audit_auditrow_pkey;
drop index audit_at, audit_account_at, audit_worker_at, audit_objects
"""
"""Takes away the indexes that neither sealing nor verifying reads: they are four fifths of the time of writing rows."""


def main() -> None:
    words = [int(word) for word in sys.argv[1:]]
    rows, under_a_head = words[0] if words else 300_000, words[1] if len(words) > 1 else 5
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_SEALER_URL", "SIGHTLINE_MODE"):
        os.environ.pop(name, None)
    from sightline.platform.database.place import clear

    with tempfile.TemporaryDirectory() as home:
        os.environ["SIGHTLINE_HOME"] = home
        from sightline.platform.database import server

        place = server.start(Path(home), durable=False)
        try:
            from sightline.cli.database import database_ready

            with database_ready():
                measure(server.superuser_address(place), rows, under_a_head, Path(home))
        finally:
            server.stop(Path(home), for_everybody=True)
            clear(Path(home))


def measure(address: str, rows: int, under_a_head: int, home: Path) -> None:
    """Fill, seal, verify, export, verify again; a line for each."""
    from sightline.platform.audit.proving import export, verify

    with psycopg.connect(address, dbname="sightline", autocommit=True) as connection:
        fill(connection, rows)
        key = timed("seal, under one head", rows, lambda: seal(connection))
        heads = more_heads(connection, key, under_a_head)
        connection.execute("vacuum analyze audit_auditrow, audit_leaf, audit_salt, audit_treehead")
    print(f"{rows:,} rows under {heads:,} heads")
    keys = frozenset({public(key)})
    check = timed("verify from the database", rows, lambda: verify([], keys))
    assert not check.count, check.faults
    timed("export", rows, lambda: export(home / "export"))
    words = [sys.executable, "-I", "verifier.py", "heads.jsonl", "rows.tsv", "--key", *keys]
    timed("verify an export, stand-alone", rows, lambda: subprocess.run(words, cwd=home / "export", check=True))


def fill(connection: psycopg.Connection, rows: int) -> None:
    """So many rows, as a superuser on a database that is thrown away afterwards."""
    connection.execute(BARE)
    connection.execute(ROWS, [rows])
    connection.execute("vacuum analyze audit_auditrow")


def seal(connection: psycopg.Connection) -> Ed25519PrivateKey:
    from sightline.platform.audit.sealing import Sealer

    key = Ed25519PrivateKey.generate()
    connection.isolation_level = IsolationLevel.REPEATABLE_READ
    Sealer(connection, key).seal()
    return key


def more_heads(connection: psycopg.Connection, key: Ed25519PrivateKey, under_a_head: int) -> int:
    """Sign the same tree again, as it would have been by a sealer that passed every few rows; gives how many heads."""
    from sightline.platform.audit.reading import leaves, newest_head
    from sightline.platform.audit.verifier import NOTHING_BEFORE, Head, Tree

    newest = newest_head(connection)
    assert newest
    tree, previous, signed = Tree(), NOTHING_BEFORE, []
    for leaf in leaves(connection, newest.size):
        tree.append(leaf)
        if tree.size % under_a_head == 0 or tree.size == newest.size:
            head = Head(tree.size, newest.at, tree.root().hex(), previous, public(key))
            head = Head(*(getattr(head, name) for name in Head.__slots__[:-1]), key.sign(head.text()).hex())
            previous = head.link()
            signed.append(head)
    connection.execute("set session_replication_role = replica")
    connection.execute("truncate audit_treehead")
    columns = "size, at, root, previous, key, signature"
    with connection.cursor() as cursor, cursor.copy(f"copy audit_treehead ({columns}) from stdin") as copy:
        for head in signed:
            hashes = (bytes.fromhex(text) for text in (head.root, head.previous, head.key, head.signature))
            copy.write_row((head.size, head.at, *hashes))
    return len(signed)


def public(key: Ed25519PrivateKey) -> str:
    from sightline.platform.audit.keys import public_key

    return public_key(key)


def timed(what: str, rows: int, work):
    """Do it; print wall time, processor time of Python's and of the database's processes, and what 10 million take."""
    time.sleep(0.5)  # the database's processes are counted once they have ended
    began, own, server = time.perf_counter(), sum(os.times()[:4]), server_seconds()
    result = work()
    wall = time.perf_counter() - began
    time.sleep(0.5)
    own, server = sum(os.times()[:4]) - own, server_seconds() - server
    each = f"{what:<32}{wall:8.2f} s {rows / wall:>9,.0f} rows/s, CPU {own:6.2f} s Python {server:6.2f} s database"
    whole, ours, theirs = (seconds / rows * TARGET_ROWS for seconds in (wall, own, server))
    print(f"{each}; 10 million: {whole:4.0f} s, CPU {ours:4.0f} s and {theirs:4.0f} s", flush=True)
    return result


def server_seconds() -> float:
    """Processor seconds of the database server's processes that have ended."""
    from sightline.platform.database.place import recorded_place

    place = recorded_place(Path(os.environ["SIGHTLINE_HOME"]))
    pid = (place.data / "postmaster.pid").read_text().split()[0] if place else "self"
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()

"""The sealer: about once a second it adds the rows that were committed to the tree and signs the tree's head.

Which rows are new? Not those with a higher number or a later time than the last: a transaction that began early may
commit late. Every row names the transaction that wrote it; all transactions below a snapshot's oldest running one have
ended, and their rows were in that snapshot or never will be. So each pass looks at the rows from that transaction on
which have no leaf. A slow transaction delays nobody's row but its own.
"""

import secrets
import time
from collections.abc import Callable

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sightline.platform.audit.keys import public_key
from sightline.platform.audit.reading import CONTENT, ROW, TIME, Connection, copied, leaves, newest_head
from sightline.platform.audit.verifier import NOTHING_BEFORE, Head, Tree, commitment_hash, leaf_hash

MOST = 50_000
"""Rows that are held at once; a longer backlog is read in stretches."""
LOCK = 7_206_962
"""The advisory lock that the one sealer at work holds."""
PATIENCE = "5s"
EVERY = 1.0
"""Seconds from one pass to the next: how long a row may be changed before anybody can tell."""

# Rows of a later transaction than any of this server's were brought from another server; the first pass takes them in.
WAITING = f"""
copy (
  select {CONTENT}, {ROW} from audit_auditrow r
  where r.written_in >= %(since)s and r.written_in < %(upto)s and r.number > %(after)s
    and not exists (select from audit_leaf l where l.number = r.number and l.number > %(after)s)
  order by r.number limit %(most)s
) to stdout
"""  # noqa: S608 - constants of this module
# Both tables by the index of their numbers, from where the last stretch ended: hashing every leaf for each stretch of a
# long backlog would take the square of it.
IN_ORDER = "set local enable_hashjoin = off; set local max_parallel_workers_per_gather = 0"
SNAPSHOT = f"""
select pg_snapshot_xmin(now.snapshot)::text::bigint, pg_snapshot_xmax(now.snapshot)::text::bigint,
       to_char(clock_timestamp() at time zone 'UTC', {TIME})
from (select pg_current_snapshot() snapshot) now
"""  # noqa: S608 - constants of this module
ADD_HEAD = """
insert into audit_treehead (size, at, root, previous, key, signature) values (%s, %s, %s, %s, %s, %s)
"""
EVER = 2**63 - 1


class SealerRefused(RuntimeError):
    """The sealer will not sign: another is at work, or the tree is not the one that it signed last."""


class Sealer:
    """One sealer on a connection of its own, which no other has while it holds the lock.

    Raises `SealerRefused`.
    """

    def __init__(self, connection: Connection, key: Ed25519PrivateKey) -> None:
        self.connection, self.key, self.public = connection, key, public_key(key)
        _be_the_only_one(connection)
        self.since = 0
        """The oldest transaction whose rows may still be unsealed; 0 makes a pass look at every row."""
        with connection.transaction():
            self.tree, self.newest = _as_signed(connection)

    def seal(self) -> int:
        """Seal all that waits, under one head; gives how many rows.

        One head, however long the backlog: a row that came before the last head was signed is taken for a forged one.
        """
        with self.connection.transaction():
            running, next_one, at = self._snapshot()
            asked = {"since": self.since, "upto": next_one if self.since else EVER, "after": 0, "most": MOST}
            before = self.tree.size
            self.connection.execute(IN_ORDER)
            while waiting := list(copied(self.connection, WAITING, asked)):
                asked["after"] = self._add(waiting)
            sealed = self.tree.size - before
            head = self._sign(at) if sealed else self.newest
        self.newest, self.since = head, running
        return sealed

    def _snapshot(self) -> tuple[int, int, str]:
        running, next_one, at = self.connection.execute(SNAPSHOT).fetchone() or (0, 0, "")
        return int(str(running)), int(str(next_one)), str(at)

    def _add(self, waiting: list[bytes]) -> int:
        """Add a leaf for each line to the tree and to the tables; gives the last row's number."""
        leaves, salts, number = [], [], 0
        for line in waiting:
            objects, detail, row = line.split(b"\t", 2)
            salt = secrets.token_bytes(16)
            commitment = commitment_hash(salt, objects + b"\t" + detail)
            leaf = leaf_hash(commitment, row)
            number = int(row[: row.index(b"\t")])
            leaves.append((self.tree.size, number, leaf, commitment))
            salts.append((number, salt))
            self.tree.append(leaf)
        with self.connection.cursor() as cursor:
            with cursor.copy("copy audit_leaf (position, number, hash, commitment) from stdin") as copy:
                for leaf_row in leaves:
                    copy.write_row(leaf_row)
            with cursor.copy("copy audit_salt (number, salt) from stdin") as copy:
                for salt_row in salts:
                    copy.write_row(salt_row)
        return number

    def _sign(self, at: str) -> Head:
        previous = self.newest.link() if self.newest else NOTHING_BEFORE
        unsigned = Head(self.tree.size, at, self.tree.root().hex(), previous, self.public)
        signature = self.key.sign(unsigned.text())
        hashes = [bytes.fromhex(text) for text in (unsigned.root, previous, self.public)]
        self.connection.execute(ADD_HEAD, [unsigned.size, at, *hashes, signature])
        return Head(unsigned.size, at, unsigned.root, previous, self.public, signature.hex())


def _be_the_only_one(connection: Connection) -> None:
    """Hold the lock as long as the connection lasts; a sealer that was killed may take a moment to let it go."""
    try:
        connection.execute("select set_config('lock_timeout', %s, false)", [PATIENCE])
        connection.execute("select pg_advisory_lock(%s)", [LOCK])
        connection.execute("reset lock_timeout")
    except psycopg.errors.LockNotAvailable as held:
        raise SealerRefused("Another sealer is at work. One is enough; stop the other first.") from held


def _as_signed(connection: Connection) -> tuple[Tree, Head | None]:
    """The tree of the leaves as stored, which must be that of the newest head."""
    tree, newest = Tree(), newest_head(connection)
    for leaf in leaves(connection, EVER):
        tree.append(leaf)
    signed = (newest.size, newest.root) if newest and newest.signed() else (0, Tree().root().hex())
    if (tree.size, tree.root().hex()) != signed:
        raise SealerRefused(
            "The sealed rows are not those of the newest signed head, so nothing more is signed. "
            "Find out what changed: sightline audit verify"
        )
    return tree, newest


def keep_sealing(make: Callable[[], Sealer], said: Callable[[str], None], every: float = EVERY) -> None:
    """Seal about once in `every` seconds for ever; when the database goes away, say so and try again.

    Raises `SealerRefused`, and `KeyRefused` from `make`.
    """
    sealer: Sealer | None = None
    while True:
        began = time.monotonic()
        try:
            sealer = sealer or make()
            sealer.seal()
        except psycopg.OperationalError as away:
            # What was written may or may not be there: the next sealer begins from what is.
            said(f"The database does not answer the sealer: {away}. Trying again.")
            if sealer:
                sealer.connection.close()
            sealer = None
        time.sleep(max(0.0, began + every - time.monotonic()))

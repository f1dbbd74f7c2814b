"""The sealed rows and the signed heads as the database holds them, in the text that is hashed."""

from binascii import unhexlify
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connections
from psycopg import IsolationLevel, sql

from sightline.platform.audit.verifier import Head
from sightline.platform.database.roles import SEALER_ROLE
from sightline.platform.database.routing import OWNER
from sightline.platform.settings.environment import environment

Connection = psycopg.Connection[tuple[object, ...]]

TIME = '\'YYYY-MM-DD"T"HH24:MI:SS.US"Z"\''
CONTENT = "r.object_ids, r.detail"
"""What retention may remove; the leaf holds a salted commitment to it."""
ROW = (
    f"r.number, r.id, to_char(r.at at time zone 'UTC', {TIME}), r.account_id, r.worker_id, r.agency, r.role, r.action, "
    "r.subject, r.outcome, r.request_id, r.code_version"
)
"""What is hashed into the leaf as it stands. To add a column to the audit, add it to the content or make a second form
of leaf: rows sealed before must keep their text."""
NAMES = (
    "position\tnumber\tleaf\tcommitment\tsalt\tobject_ids\tdetail\t"
    "number\tid\tat\taccount\tworker\tagency\trole\taction\tsubject\toutcome\trequest\tversion"
)
"""What the columns of a line are, for whoever reads an export."""

# In order of position, row by row through the indexes: the first row comes at once and nothing is sorted.
STREAMED = "set local enable_hashjoin = off; set local enable_mergejoin = off; set local enable_material = off"
SEALED = f"""
copy (
  select l.position, l.number, encode(l.hash, 'hex'), encode(l.commitment, 'hex'), encode(s.salt, 'hex'),
         {CONTENT}, {ROW}
  from audit_leaf l left join audit_salt s on s.number = l.number left join audit_auditrow r on r.number = l.number
  order by l.position
) to stdout
"""  # noqa: S608 - constants of this module
UNSEALED = f"""
copy (
  select null, r.number, null, null, null, {CONTENT}, {ROW} from audit_auditrow r
  where not exists (select from audit_leaf l where l.number = r.number) order by r.number
) to stdout
"""  # noqa: S608 - constants of this module
LEAVES = "copy (select encode(hash, 'hex') from audit_leaf where position < %s order by position) to stdout"
HEAD = f"""
select size, to_char(at at time zone 'UTC', {TIME}), encode(root, 'hex'), encode(previous, 'hex'),
       encode(key, 'hex'), encode(signature, 'hex')
from audit_treehead
"""  # noqa: S608 - constants of this module
HEADS = f"copy ({HEAD} where size > %s order by size) to stdout"
NEWEST = f"{HEAD} order by size desc limit 1"
# Of the newest rows only, so that it stays quick: a sealer that stopped leaves its gap there.
OVERDUE = """
select count(*) from (select number, at from audit_auditrow order by number desc limit 10000) r
where r.at < statement_timestamp() - interval '2 minutes'
  and not exists (select from audit_leaf l where l.number = r.number)
"""


def connect() -> Connection:
    """A connection of the sealer's: `DATABASE_SEALER_URL`, else the owner's login, as the sealer's role.

    Each transaction on it sees one state of the database from its beginning to its end.
    """
    url = environment().database_sealer_url
    if url:
        connection = psycopg.connect(url, autocommit=True)
    else:
        place = connections.settings[OWNER]
        names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
        given = {name: place[key] for name, key in names.items() if place.get(key)}
        connection = psycopg.connect(**given, autocommit=True)
    connection.isolation_level = IsolationLevel.REPEATABLE_READ
    connection.execute(sql.SQL("set role {}").format(sql.Identifier(SEALER_ROLE)))
    connection.execute("set synchronous_commit = on")
    return connection


def lines(connection: Connection) -> Iterator[bytes]:
    """A line for each sealed row in order of position, then one for each that is not sealed; see `verifier`.

    Must lie inside a transaction, whose plan settings it changes.
    """
    connection.execute(STREAMED)
    yield from copied(connection, SEALED)
    connection.execute("set local enable_hashjoin = on; set local enable_mergejoin = on")
    yield from copied(connection, UNSEALED)


def leaves(connection: Connection, below: int) -> Iterator[bytes]:
    """The leaves as stored, from position 0 to before `below`."""
    for line in copied(connection, LEAVES, (below,)):
        yield unhexlify(line)


def heads(connection: Connection, since: int = 0) -> Iterator[Head]:
    """The signed heads of more than `since` rows, in order of size."""
    for line in copied(connection, HEADS, (since,)):
        size, *rest = line.decode().split("\t")
        yield Head(int(size), *rest)


def newest_head(connection: Connection) -> Head | None:
    """The signed head of the most rows."""
    found = connection.execute(NEWEST.encode()).fetchone()
    return Head(int(str(found[0])), *map(str, found[1:])) if found else None


def overdue(connection: Connection) -> int:
    """How many of the newest 10,000 rows have waited more than two minutes for the sealer."""
    (count,) = connection.execute(OVERDUE).fetchone() or (0,)
    return int(str(count))


def copied(connection: Connection, statement: str, values: tuple[object, ...] | dict[str, int] = ()) -> Iterator[bytes]:
    """The lines of a COPY, without their ends. Read them all: the connection can do nothing else until then."""
    with connection.cursor() as cursor, cursor.copy(statement.encode(), values or None) as copy:
        for block in copy:
            yield bytes(block)[:-1]


@contextmanager
def one_state(beside: Connection) -> Iterator[Connection]:
    """A second connection that sees the database just as `beside` does in its present transaction."""
    (snapshot,) = beside.execute("select pg_export_snapshot()").fetchone() or ("",)
    with connect() as connection, connection.transaction():
        connection.execute(sql.SQL("set transaction snapshot {}").format(sql.Literal(snapshot)))
        yield connection

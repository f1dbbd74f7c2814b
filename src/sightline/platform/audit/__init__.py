"""Who did, read or was refused what? A row for each, in the same transaction as the deed; none written, nothing done.

`request()` binds who is acting. `record()` writes a row at once. `seen()` gathers the ids really read; they are
written, one row a kind of record and a thing relied on, when the binding ends and before the answer leaves. `denied()`
notes a refusal, which is written even where the request is rolled back. Rows never hold content, save the terms of a
search. Keys of a row's `detail`: page, opened, relied_on, purpose, fields, terms, run_by, given_id, and codes and
counts of the action.
"""

from .code_version import CODE_VERSION
from .command_line import command_line
from .log import (
    Acting,
    ReliedOn,
    UnauditedRead,
    acting,
    basis_of,
    denied,
    named,
    read_whole,
    record,
    refusals_noted,
    relied_on_by,
    request,
    revealed,
    seen,
)

__all__ = [
    "CODE_VERSION",
    "Acting",
    "ReliedOn",
    "UnauditedRead",
    "acting",
    "basis_of",
    "command_line",
    "denied",
    "named",
    "read_whole",
    "record",
    "refusals_noted",
    "relied_on_by",
    "request",
    "revealed",
    "seen",
]

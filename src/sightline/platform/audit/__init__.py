"""Who did, read or was refused what? A row for each, in the same transaction as the deed; none written, nothing done.

`request()` binds who is acting. `record()` writes a row at once. `seen()` gathers the ids really read; they are
written, one row a kind of record and a thing relied on, when the binding ends and before the answer leaves. `denied()`
notes a refusal, which is written even where the request is rolled back. Rows never hold content, save the terms of a
search. Keys of a row's `detail`: page, opened, relied_on, purpose, fields, terms, and codes and counts of the action.
"""

from .log import (
    Acting,
    ReliedOn,
    UnauditedRead,
    acting,
    denied,
    read_whole,
    record,
    refusals_noted,
    relied_on_by,
    request,
    revealed,
    seen,
)

__all__ = [
    "Acting",
    "ReliedOn",
    "UnauditedRead",
    "acting",
    "denied",
    "read_whole",
    "record",
    "refusals_noted",
    "relied_on_by",
    "request",
    "revealed",
    "seen",
]

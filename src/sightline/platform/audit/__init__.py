"""Who did, read or was refused what? A row for each, in the same transaction as the deed; none written, nothing done.

`request()` binds who is acting. `record()` writes a row at once. `seen()` gathers the ids really read; they are
written, one row a kind of record, when the binding ends and before the answer leaves. Rows never hold content,
save the terms of a search.
"""

from .log import Acting, UnauditedRead, acting, record, request, seen

__all__ = ["Acting", "UnauditedRead", "acting", "record", "request", "seen"]

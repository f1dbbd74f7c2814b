"""Lines of the server's log: where something went wrong, never what stood in a record.

PostgreSQL repeats the whole failing row in its message, and a form the value it refused. Frames, kinds of fault, and
the database's code and constraint are enough to mend it by.
"""

import logging
import traceback
from types import TracebackType

type Fault = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutRecords(logging.Formatter):
    """Writes a fault and those it came of by their frames and kinds, without their messages."""

    def formatException(self, ei: Fault) -> str:
        told, fault = [], ei[1]
        while fault is not None:
            told.append("".join(traceback.format_tb(fault.__traceback__)) + _kind(fault))
            fault = fault.__cause__ or fault.__context__
        return "\nIt came of:\n".join(told)


def _kind(fault: BaseException) -> str:
    """ "UniqueViolation (23505, case_step_number)"."""
    constraint = getattr(getattr(fault, "diag", None), "constraint_name", None)
    known = ", ".join(str(each) for each in (getattr(fault, "sqlstate", None), constraint) if each)
    return f"{type(fault).__name__} ({known})" if known else type(fault).__name__

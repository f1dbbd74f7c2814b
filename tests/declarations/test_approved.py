"""Who may do what is approved by people: a change of it is seen, read and approved before it is merged."""

import os
from pathlib import Path

from declarations import who_may

APPROVED = Path(__file__).parent / "approved" / "who_may_do_what.md"


def test_who_may_do_what_is_as_approved():
    now = who_may.table()
    if os.environ.get("SIGHTLINE_SNAPSHOTS") == "write":
        APPROVED.write_text(now, "utf-8")
    assert now == APPROVED.read_text("utf-8"), "Who may do what has changed. Read the difference, then: make snapshots"

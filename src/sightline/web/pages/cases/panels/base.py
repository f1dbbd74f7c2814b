"""What a panel of a case page is."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Panel:
    """A headed part of a case page, drawn by one of a few templates shared by every process.

    template: a file of `cases/panels/`; data: what it draws; empty: the one sentence shown where there is nothing.
    side: in the narrow column. links: [{"text", "href"}] under it.
    """

    key: str
    title: str
    template: str
    data: Any
    empty: str
    side: bool = False
    count: int | None = None
    links: list[dict[str, str]] = field(default_factory=list)
    warning: str = ""

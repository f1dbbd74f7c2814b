"""How the door for every file knows a children in need census, and whom it hands one to."""

from __future__ import annotations

from types import MappingProxyType

from sightline.datasets.intake import Intake
from sightline.datasets.reading import BYTE_ORDER_MARK

UTF_16 = (b"\xff\xfe<\x00", b"\xfe\xff\x00<")
KEY, TITLE = "cin_census", "Children in need census"


def _claims(start: bytes, name: str) -> bool:
    """Whatever begins as XML does, and whatever is called XML, so that it is told what it is instead."""
    text = start.removeprefix(BYTE_ORDER_MARK).lstrip()
    return (
        text.startswith(b"<") or start.startswith((b"\xff\xfe<\x00", b"\xfe\xff\x00<")) or name.lower().endswith(".xml")
    )


INTAKE = Intake(
    titles=MappingProxyType({KEY: TITLE}),
    claims=_claims,
    checker="sightline.datasets.cin_census.checking.check_asked",
    loader="sightline.datasets.cin_census.loading.load_asked",
    holder="sightline.datasets.cin_census.loading.censuses_held",
    persons=True,
)

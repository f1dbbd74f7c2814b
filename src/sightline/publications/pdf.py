"""A document as a tagged PDF (PDF/UA-1), drawn by Typst, which is one wheel and needs nothing of the machine."""

import json
from importlib.resources import as_file, files
from typing import Any, Final

from sightline.publications.issue import Issue

STANDARD: Final = "ua-1"


def whole(issue: Issue) -> bytes:
    """The PDF's bytes. Typst is read on first use: it is large, and most pages need none of it."""
    import typst

    with as_file(files(__package__).joinpath("templates", "document.typ")) as template:
        drawn = typst.compile(str(template), sys_inputs={"issue": json.dumps(_inputs(issue))}, pdf_standards=[STANDARD])
    if not isinstance(drawn, bytes):
        raise TypeError("Typst gave no document.")
    return drawn


def _inputs(issue: Issue) -> dict[str, Any]:
    document = issue.document.as_json()
    numbers = [number for number, _ in issue.document.numbered()]
    return {
        "document": document,
        "sections": [{"number": number, **one} for number, one in zip(numbers, document["sections"], strict=True)],
        "reference": issue.reference,
        "state": issue.state,
        "signatures": list(issue.signatures),
        "provenance": issue.provenance,
    }

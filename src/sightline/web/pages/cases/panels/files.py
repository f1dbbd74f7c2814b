"""Files attached to the case: what each is, who attached it, and whether it can be opened."""

from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.utils.http import urlencode
from markupsafe import Markup

from sightline.parts.files import may_attach
from sightline.parts.kept import kept
from sightline.parts.models import File
from sightline.platform.files import kind_named
from sightline.web.components import words
from sightline.web.pages.cases.opening import Opened

from .base import Panel

TAGS = {File.State.QUARANTINED: ("Being checked", "yellow"), File.State.REFUSED: ("Not accepted", "red")}
"""Words and colour of a state's tag; a file that is clean needs none."""
WAITING = "Waiting for the virus check. It can be opened once that has passed it."
UNDER_GLASS = "Nothing of a record that you opened without a part in it can be taken away."


def files_panel(opened: Opened) -> list[Panel]:
    """Newest first. No panel where there is no file and the viewer can attach none."""
    files = kept(opened.matter, File)
    prefetch_related_objects(files, "added_by")
    rows = [file_row(opened, file) for file in files]
    attaches = may_attach(opened.matter, opened.actor)
    if not rows and not attaches:
        return []
    links = [{"text": "Attach a file", "href": attach_address(opened)}] if attaches else []
    return [Panel("files", "Files", "files", rows, "No files yet.", count=len(rows), links=links)]


def file_row(opened: Opened, file: File) -> dict[str, Any]:
    """A file as a list shows it; `href` is empty where it cannot be opened."""
    clean = file.state == File.State.CLEAN
    tag, colour = ("", "") if clean else TAGS[File.State(file.state)]
    reason = WAITING if file.state == File.State.QUARANTINED else file.reason
    if clean and opened.glass:
        clean, tag, colour, reason = False, "Not given out", "grey", UNDER_GLASS
    by, label = f"{file.added_by}, " if file.added_by else "", kind_named(file.kind).label
    return {
        "name": file.name,
        "href": opened.address("case-file", file.pk) if clean else "",
        "about": f"{label[:1].upper()}{label[1:]}, {size_words(file.safe_size or file.size)}",
        "added": f"{by}{words.date_and_time(file.added_at)}",
        "state": tag,
        "colour": colour,
        "reason": reason,
    }


def files_of(opened: Opened, evidence: UUID) -> list[dict[str, Any]]:
    """Files attached to one piece of evidence."""
    return [file_row(opened, file) for file in kept(opened.matter, File) if file.evidence_id == evidence]


def attach_address(opened: Opened, evidence: UUID | None = None, then: str = "") -> str:
    """Where a file is attached to the case, or to one piece of its evidence; `then` is the page to come back to."""
    asked = {name: str(value) for name, value in (("evidence", evidence), ("next", then)) if value}
    return opened.address("case-file-add") + (f"?{urlencode(asked)}" if asked else "")


def attached(opened: Opened, evidence: UUID, says: str, then: str = "") -> Markup:
    """Links to the files of one piece of evidence, and to attach another where the viewer may. Empty for neither."""
    links = [
        Markup('<a class="govuk-link" href="{}">{}</a> ({})').format(row["href"], row["name"], row["about"])
        if row["href"]
        else Markup("{} ({})").format(row["name"], row["state"].lower())
        for row in files_of(opened, evidence)
    ]
    if may_attach(opened.matter, opened.actor):
        adds = Markup(
            '<a class="govuk-link" href="{}">Attach a file<span class="govuk-visually-hidden"> to: {}</span></a>'
        )
        links.append(adds.format(attach_address(opened, evidence, then), says))
    return Markup(" · ").join(links)


def size_words(size: int) -> str:
    """Bytes as people say them: "3.4 MB", "20 KB"."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(size // 1000, 1)} KB"

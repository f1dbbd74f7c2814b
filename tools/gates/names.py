"""A file is named after what it knows, in the field's own words, so that it can be found."""

from pathlib import Path

from tools.gates.sources import written_files

BANNED = {"util", "utils", "helper", "helpers", "common", "misc", "stuff"}


def faults(root: Path) -> list[str]:
    """Files and folders whose names say nothing."""
    return [
        f"{path.relative_to(root)}: {word!r} says nothing about what is inside; name it after what it knows"
        for path in written_files(root)
        for word in [*path.relative_to(root).parts[:-1], path.stem]
        if word in BANNED
    ]

"""How large an attached file may be, and how much work it may make: figures of `settings/rules.toml`."""

from sightline.platform.settings.rules import file_limits

MEGABYTE = 1_000_000


def limit(name: str) -> int:
    """The figure of a limit. Raises KeyError for one that is not there."""
    return file_limits()[name].figure


def in_bytes(name: str) -> int:
    """The figure of a limit in megabytes (of a million bytes), as bytes."""
    return limit(name) * MEGABYTE

"""Templates keep what the content security policy and the escaping of text depend on."""

import re
from pathlib import Path

from tools.gates.sources import written_files

_OWN_OR_DATA = r"src=|nonce=|type=\"application/json\""
STYLE_ELEMENT = r"<style[\s>]"
RULES = {
    r"<[a-z][^>]*\sstyle\s*=": "an inline style, which the content security policy blocks; give it a class",
    r"<[a-z][^>]*\son[a-z]+\s*=": "an inline handler, which the content security policy blocks; use a script file",
    STYLE_ELEMENT: "a style element, which the content security policy blocks; use the style sheet",
    rf"<script(?![^>]*\s(?:{_OWN_OR_DATA}))[^>]*>": "an inline script, which the policy blocks; use a file or a nonce",
    r"<(?:script|link|img|iframe)[^>]*\s(?:src|href)\s*=\s*[\"'](?:https?:)?//": "a third party's file; serve our own",
    r"\|\s*safe\b": "'safe', which switches escaping off; build markup with a macro",
}


LEAVES_THE_SITE = "publications"
"""Templates of files that people take away: they carry their own style, because nothing goes with them."""


def faults(root: Path) -> list[str]:
    """Every breach in the templates, by file and line."""
    found = []
    for path in written_files(root, {".html", ".jinja"}):
        text = path.read_text(encoding="utf-8")
        for pattern, what in RULES.items():
            if pattern == STYLE_ELEMENT and LEAVES_THE_SITE in path.parts:
                continue
            for match in re.finditer(pattern, text, re.IGNORECASE):
                found.append(f"{path.relative_to(root)}:{text.count(chr(10), 0, match.start()) + 1}: {what}")
    return found

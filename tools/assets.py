"""Copies GOV.UK Frontend's built files from node_modules to build/assets, without what belongs to gov.uk alone.

The GDS Transport typeface, the crest and the crown may be used on gov.uk addresses only, so neither the font files, the
images nor any mention of them in the style sheet comes along.
"""

import re
import sys
from pathlib import Path

FRONTEND = Path("node_modules/govuk-frontend/dist/govuk")
TARGET = Path("build/assets/govuk")


class AssetsRefused(RuntimeError):
    """The style sheet still asks for something that is not to be used, after all known mentions were taken out."""


def build(root: Path) -> None:
    """Write the style sheet and the script to `build/assets/govuk` of the checkout `root`."""
    target = root / TARGET
    target.mkdir(parents=True, exist_ok=True)
    for name, mend in [("govuk-frontend.min.css", without_gov_uk), ("govuk-frontend.min.js", without_source_map)]:
        text = (root / FRONTEND / name).read_text(encoding="utf-8")
        (target / name).write_text(mend(text), encoding="utf-8")


def without_gov_uk(css: str) -> str:
    """The style sheet without typeface, crest or any other file of gov.uk's. Raises `AssetsRefused` if one is left."""
    css = re.sub(r"@font-face\s*{[^}]*}", "", without_source_map(css))
    css = re.sub(r"[\"']?GDS Transport[\"']?\s*,\s*", "", css)
    css = re.sub(r"url\([\"']?/assets/images/govuk-crest\.svg[\"']?\)", "none", css)
    if left := re.findall(r"/assets/[\w./-]+|GDS Transport", css):
        raise AssetsRefused(
            f"govuk-frontend's style sheet still mentions {', '.join(sorted(set(left)))}: see tools/assets.py"
        )
    return css


def without_source_map(text: str) -> str:
    """The text without the comment that sends a browser's developer tools to a file that is not served."""
    return re.sub(r"(/\*|//)# sourceMappingURL=\S+( \*/)?\s*$", "", text)


if __name__ == "__main__":
    build(Path(sys.argv[1] if len(sys.argv) > 1 else "."))

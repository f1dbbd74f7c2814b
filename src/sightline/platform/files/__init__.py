"""Files that people attach: what may come in, whether it is safe, and a copy that may be handed out.

`recognised` looks at the name and the first bytes, `scan` asks the virus scanner, `safe_copy` writes the file afresh
without anything that acts or tells more than it shows, and `store` keeps both outside the database.
"""

from sightline.platform.files.kinds import KINDS, Kind, kind_named
from sightline.platform.files.recognising import recognised
from sightline.platform.files.refusals import FileRefused
from sightline.platform.files.safe_copy import safe_copy
from sightline.platform.files.scanning import ScannerAway, scan, scanner_named

__all__ = [
    "KINDS",
    "FileRefused",
    "Kind",
    "ScannerAway",
    "kind_named",
    "recognised",
    "safe_copy",
    "scan",
    "scanner_named",
]

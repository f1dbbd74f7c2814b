"""A picture drawn again from its dots: where it was taken, on what and by whom stays behind."""

import warnings
from pathlib import Path

from PIL import Image, ImageOps

from sightline.platform.files.limits import limit
from sightline.platform.files.refusals import FileRefused

_MODES = {"jpg": ("RGB", "L"), "png": ("RGB", "RGBA", "L", "LA")}
_QUALITY = 90


def write_safe_picture(kind: str, original: Path, safe: Path) -> None:
    """Raises FileRefused for too many dots, and Pillow's own errors for a damaged one."""
    Image.MAX_IMAGE_PIXELS = None  # the limit below is ours, and is asked before a dot is unpacked
    with warnings.catch_warnings(), Image.open(original, formats=["JPEG" if kind == "jpg" else "PNG"]) as given:
        if given.width * given.height > limit("pixels_millions") * 1_000_000:
            raise FileRefused(
                "pixels",
                f"The picture is {given.width:,} by {given.height:,} dots, which is more than "
                f"{limit('pixels_millions')} million. Make a smaller copy and attach that.",
            )
        upright = ImageOps.exif_transpose(given)
        wanted = _MODES[kind]
        drawn = upright if upright.mode in wanted else upright.convert("RGBA" if kind == "png" else "RGB")
        clean = Image.frombytes(drawn.mode, drawn.size, drawn.tobytes())
    if kind == "jpg":
        clean.save(safe, "JPEG", quality=_QUALITY, optimize=False)
    else:
        clean.save(safe, "PNG")

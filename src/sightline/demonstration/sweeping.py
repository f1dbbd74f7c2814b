"""What happens for each child tied to a family whom nobody told of."""

from typing import Any

from sightline.parts.family import every_other_child as tied

from .seeding import chance


def every_other_child(seed: str, matter: Any) -> list[dict[str, Any]]:
    """Rows for "check every other child", the same for the same story."""
    rows = []
    for place, (child, _ties) in enumerate(tied(matter)):
        what = chance("swept", seed, place).choices(("included", "not-affected", "own-record"), (45, 40, 15))[0]
        why = "Lives elsewhere and was seen well this week by the health visitor." if what == "not-affected" else ""
        rows.append({"person": child.pk, "disposition": what, "reason": why})
    return rows

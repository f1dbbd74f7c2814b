"""Who may be the second person for a file: they are told that it waits, and whoever asked is told what they said."""

from collections.abc import Iterable

from sightline.access.told import who_see
from sightline.people.membership import holders
from sightline.people.models import Worker
from sightline.platform import calendar
from sightline.platform.notices.models import Notice

from .kinds import kind_named
from .models import Export

WAITS = "A file waits for a second person: may it be taken away?"
AGREED = "A second person has agreed: you can take the file that you asked for"
REFUSED = "A second person has refused the file that you asked for"


def second_people(export: Export) -> list[Worker]:
    """Who may agree today, other than whoever asked, and sees the case where it is about one; by family name."""
    found = holders(export.partnership, kind_named(export.kind).agreed_by, calendar.today())
    others = [worker for worker in found if worker.pk != export.asked_by.worker_id]
    if export.case_id is None:
        return others
    seeing = who_see([worker.pk for worker in others], export.case_id)
    return [worker for worker in others if worker.pk in seeing]


def tell_second_people(export: Export) -> None:
    """Each of them hears that it waits."""
    _tell(export, WAITS, second_people(export))


def tell_asker(export: Export) -> None:
    """Whoever asked hears the answer."""
    _tell(export, AGREED if export.agreed else REFUSED, filter(None, [export.asked_by.worker]))


def _tell(export: Export, says: str, workers: Iterable[Worker]) -> None:
    """It does not say of which case it is: they read that on the page of the file, while they see the case."""
    Notice.objects.bulk_create(
        Notice(
            partnership_id=export.partnership_id,
            worker_id=worker.pk,
            case_id=export.case_id,
            page=f"/exports/{export.pk}/",
            reference=f"FILE {str(export.pk)[:8].upper()}",
            concerns="partnership",
            says=says,
            created_at=calendar.now(),
        )
        for worker in workers
    )

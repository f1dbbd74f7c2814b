"""Which notices are for this person: those addressed to them, and those to a role or agency that they act for."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from sightline.platform import calendar
from sightline.platform.notices.models import Notice, NoticeRead

type Hat = tuple[str, UUID | None, UUID, Collection[str]]
"""A role held: its key, its agency and its partnership, and what matters of the agency's it may be told of."""


def inbox(worker_id: UUID | None, roles: Iterable[Hat], account_id: UUID) -> QuerySet[Notice]:
    """Notices for this worker and for those roles, newest first, each with `has_been_read` by the account.

    A notice to an agency with no role named is for whoever acts for the agency in such matters; one to a role with no
    agency named is for whoever holds the role in that partnership.
    """
    wanted = Q(worker_id=worker_id) if worker_id else Q(pk__in=[])
    for role, agency_id, partnership_id, told_of in roles:
        here = Q(worker_id__isnull=True, partnership_id=partnership_id)
        wanted |= here & Q(role=role, agency_id__isnull=True)
        if agency_id:
            wanted |= here & Q(agency_id=agency_id) & (Q(role=role) | Q(role="", concerns__in=told_of))
    read = NoticeRead.objects.filter(notice=OuterRef("pk"), account_id=account_id)
    return Notice.objects.filter(wanted).annotate(has_been_read=Exists(read)).order_by("-created_at", "id")


def unread(worker_id: UUID | None, roles: Iterable[Hat], account_id: UUID) -> QuerySet[Notice]:
    """The part of the inbox that this account has not marked as read."""
    read = NoticeRead.objects.filter(account_id=account_id).values("notice_id")
    return inbox(worker_id, roles, account_id).exclude(pk__in=read)


def mark_read(notices: Iterable[Notice], account_id: UUID) -> int:
    """Note that this account has read these notices; returns how many were new to it."""
    at = calendar.now()
    rows = [NoticeRead(notice=notice, account_id=account_id, at=at) for notice in notices]
    already = set(
        NoticeRead.objects.filter(notice__in=[row.notice_id for row in rows], account_id=account_id).values_list(
            "notice_id", flat=True
        )
    )
    new = [row for row in rows if row.notice_id not in already]
    NoticeRead.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)

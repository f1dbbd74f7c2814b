"""Takes up what a worker had begun when it was killed: until somebody does, its lock would stop that duty for ever."""

import logging

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job, Status

from sightline.platform import calendar
from sightline.platform.jobs.schedule import EVERY_MINUTE

NAME = "sightline.take-up-abandoned"
_log = logging.getLogger(__name__)


async def take_up_abandoned(context: JobContext, timestamp: int) -> None:
    """Put back in the queue every job whose worker has given no sign of life for half a minute.

    Where the same duty already waits, once is enough, and the job is given up.
    """
    for job in await context.app.job_manager.get_stalled_jobs():
        _log.warning("The worker that did %s is gone; it is done again", job.task_name)
        await _again(context, job)


async def _again(context: JobContext, job: Job) -> None:
    manager = context.app.job_manager
    try:
        await manager.retry_job(job, calendar.now())
    except UniqueViolation:
        await manager.finish_job(job, Status.FAILED, delete_job=True)


def register() -> None:
    """Have it done every minute. It has no lock of its own, so a worker killed at it holds nothing up."""
    task = app.task(name=NAME, queue="duties", queueing_lock=NAME, pass_context=True)(take_up_abandoned)
    app.periodic(cron=EVERY_MINUTE, periodic_id=NAME)(task)

"""What every layer stands on: the audit, the calendar, the database, jobs, notices and settings.

Nothing here knows what safeguarding is, apart from the statutory and local rules kept as data in `settings`.
"""

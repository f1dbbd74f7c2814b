"""Whether the database is there, for whoever must say so before anything else can be said."""

from django.db import DatabaseError, connections


def database_answers(using: str = "default") -> bool:
    """Whether the site's connection can ask the database anything at all."""
    try:
        with connections[using].cursor() as cursor:
            cursor.execute("select 1")
    except DatabaseError:
        return False
    return True

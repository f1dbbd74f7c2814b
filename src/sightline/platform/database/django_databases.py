"""Django's `DATABASES`: the application's connection as `default`, the owner's as `owner`, the tokens' as `door`."""

from typing import Any

from psycopg.conninfo import conninfo_to_dict

from sightline.platform.database.roles import APP_ROLE, DOOR_ROLE
from sightline.platform.database.urls import connection_urls
from sightline.platform.settings.environment import Environment

# Pages read few rows under policies that look dear to the planner: compiling a plan would cost more than running it.
_NOT_COMPILED = "-c jit=off"
# A query that a connection has sent five times keeps its plan: planning the policies would be half of what it takes.
_PLANNED_ONCE = {"server_side_binding": True, "prepare_threshold": 5}
_POOL = {"min_size": 1, "max_size": 6, "timeout": 10}


def django_databases(environment: Environment) -> dict[str, dict[str, Any]]:
    """The aliases of the one database; only a process that answers pages keeps a pool of connections."""
    urls = connection_urls(environment)
    default, owner, door = _entry(urls.app), _entry(urls.owner), _entry(urls.door)
    # Whoever logs in, the site works as the application role, which row-level security binds.
    _work_as(default, APP_ROLE, _NOT_COMPILED)
    default["OPTIONS"] |= _PLANNED_ONCE
    _work_as(door, DOOR_ROLE)
    if environment.sightline_web_process:
        default["OPTIONS"]["pool"] = dict(_POOL)
    return {"default": default, "owner": owner, "door": door}


def _work_as(entry: dict[str, Any], role: str, *options: str) -> None:
    given = [entry["OPTIONS"].get("options", ""), *options]
    if entry["USER"] != role:
        given.append(f"-c role={role}")
    entry["OPTIONS"]["options"] = " ".join(given).strip()


def _entry(url: str) -> dict[str, Any]:
    parts: dict[str, Any] = dict(conninfo_to_dict(url))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", None) or parts.get("user", ""),
        "USER": parts.pop("user", None) or "",
        "PASSWORD": parts.pop("password", None) or "",
        "HOST": parts.pop("host", None) or "",
        "PORT": str(parts.pop("port", None) or ""),
        "OPTIONS": {"connect_timeout": 5} | parts,
    }

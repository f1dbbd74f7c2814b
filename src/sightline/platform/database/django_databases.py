"""Django's `DATABASES`: the application's connection as `default`, the owner's as `owner`."""

from typing import Any

from psycopg.conninfo import conninfo_to_dict

from sightline.platform.database.roles import APP_ROLE
from sightline.platform.database.urls import connection_urls
from sightline.platform.settings.environment import Environment

# Pages read few rows under policies that look dear to the planner: compiling a plan would cost more than running it.
_NOT_COMPILED = "-c jit=off"
_POOL = {"min_size": 1, "max_size": 6, "timeout": 10}


def django_databases(environment: Environment) -> dict[str, dict[str, Any]]:
    """The two aliases of the one database; only a process that answers pages keeps a pool of connections."""
    urls = connection_urls(environment)
    default, owner = _entry(urls.app), _entry(urls.owner)
    given = [default["OPTIONS"].get("options", ""), _NOT_COMPILED]
    if default["USER"] != APP_ROLE:
        # Whoever logs in, the site works as the application role, which row-level security binds.
        given.append(f"-c role={APP_ROLE}")
    default["OPTIONS"]["options"] = " ".join(given).strip()
    if environment.sightline_web_process:
        default["OPTIONS"]["pool"] = dict(_POOL)
    return {"default": default, "owner": owner}


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

"""What the environment says: every setting that changes from one installation to another, typed in one place.

Read only by code that runs with Django; the plain commands (`due`, `spc` ...) start without it.
"""

from functools import cache
from pathlib import Path
from typing import Literal

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from sightline.platform.settings.file_size import LARGEST_FILE_MB

Mode = Literal["demonstration", "production"]


class Environment(BaseSettings):
    """Environment variables by name (`DATABASE_URL`, `SIGHTLINE_MODE` ...); an empty variable counts as absent.

    Raises pydantic's `ValidationError`, naming the variable, when one cannot be understood.
    """

    model_config = SettingsConfigDict(env_ignore_empty=True, extra="ignore", frozen=True)

    database_url: str | None = None
    database_owner_url: str | None = None
    database_door_url: str | None = None
    """The login that has tokens made, a member of sightline_door and of nothing else; the owner's when absent."""
    database_sealer_url: str | None = None
    """The login of the audit's sealer, a member of sightline_sealer and of nothing else; the owner's when absent."""
    port: int = Field(default=8000, ge=1, le=65535)
    sightline_home: Path = Path(".sightline")
    sightline_mode: Mode = "demonstration"
    sightline_secret_key: str | None = None
    sightline_sealing_key: Path | None = None
    """The file of the private key that the audit's heads are signed with; `sealing/key.pem` in the home when absent."""
    sightline_hosts: str = "localhost,127.0.0.1,[::1]"
    sightline_base_url: str | None = None
    sightline_web_process: bool = False
    """True in the processes that answer pages, which alone keep a pool of database connections."""
    sightline_largest_file_mb: int = Field(default=LARGEST_FILE_MB, ge=1)
    """The largest file of rows that is read, in megabytes; the plain commands ask `file_size.largest_file_mb`."""
    sightline_clamd: str | None = None
    """The virus scanner (ClamAV's clamd): its socket's path, or host:port. Without one no attached file is scanned."""
    sightline_assets: Path | None = None
    """Where the built front-end files are; the checkout's `build/assets` when absent."""

    sightline_partnership_name: str = ""
    sightline_front_door_phone: str = ""
    sightline_out_of_hours_phone: str = ""
    """What pages show of the partnership while it has never yet been read from the database."""

    email_host: str | None = None
    email_port: int = Field(default=587, ge=1, le=65535)
    email_user: str = ""
    email_password: str = ""
    email_from: str = "Sightline <sightline@localhost>"

    oidc_name: str = "Work account"
    oidc_server_url: str | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: str | None = None
    oidc_second_factor: str = "mfa ngcmfa phr phrh https://refeds.org/profile/mfa"
    """Values of `amr` or `acr`, with spaces between them, by which an identity token shows a second factor."""

    @field_validator("database_url", "database_owner_url", "database_door_url", "database_sealer_url")
    @classmethod
    def _names_a_database(cls, url: str | None) -> str | None:
        try:
            conninfo_to_dict(url or "")
        except ProgrammingError:
            # The address may hold a password, so it is not repeated.
            raise ValueError(
                "This is not the address of a PostgreSQL database. Write it like postgresql://name@server:5432/database"
            ) from None
        return url

    @field_validator("sightline_clamd")
    @classmethod
    def _names_a_socket(cls, address: str | None) -> str | None:
        host, _, port = (address or "").rpartition(":")
        if address and not address.startswith("/") and not (host and port.isascii() and port.isdigit()):
            raise ValueError("Write the path of the scanner's socket, or its host and port like 127.0.0.1:3310")
        return address

    @property
    def home(self) -> Path:
        """Where Sightline keeps its state, as an absolute path."""
        return self.sightline_home.expanduser().absolute()

    @property
    def production(self) -> bool:
        """True for a partnership's own site, false for the invented demonstration."""
        return self.sightline_mode == "production"

    @property
    def embedded(self) -> bool:
        """True when the database is the one that Sightline starts for itself."""
        return self.database_url is None

    @property
    def demonstration_sign_in(self) -> bool:
        """Whether a password alone signs an account in: the demonstration on its own database, nowhere else."""
        return self.embedded and not self.production

    @property
    def hosts(self) -> list[str]:
        """The host names that the site answers to."""
        return [host.strip() for host in self.sightline_hosts.split(",") if host.strip()]

    @property
    def base_url(self) -> str:
        """The address put into emails, without a slash at its end."""
        return (self.sightline_base_url or f"http://localhost:{self.port}").rstrip("/")

    @property
    def assets(self) -> Path:
        """The folder of built front-end files that pages are served with."""
        return self.sightline_assets or Path(__file__).parents[4] / "build" / "assets"


def setting_faults(refused: ValidationError) -> list[str]:
    """A sentence for each variable that cannot be understood, with its mend and without its value."""
    return [
        f"{str(error['loc'][0]).upper()}: {error['msg'].removeprefix('Value error, ')}. Correct it, or unset it."
        for error in refused.errors()
    ]


@cache
def environment() -> Environment:
    """The environment as it was when first asked for."""
    return Environment()

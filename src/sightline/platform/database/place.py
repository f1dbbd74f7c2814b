"""Where the embedded server keeps its data, its socket and its programs, and as whom it runs.

PostgreSQL refuses to run as root, so root hands the server to another account. That account cannot look inside a
private home folder: then data and programs live in a folder of their own under /var/tmp, recorded in `SIGHTLINE_HOME`.
"""

import json
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sightline.platform.database.binaries import Binaries

# A Unix socket's path may be 107 bytes; PostgreSQL adds "/.s.PGSQL.5432.lock" to the folder's.
LONGEST_SOCKET_FOLDER = 80
# Folders in these two are made by mkdtemp, and their owner is checked when they are found again.
OUTSIDE = Path("/var/tmp")  # noqa: S108
SHORT = Path("/tmp")  # noqa: S108


class PlaceRefused(RuntimeError):
    """The server's files belong to somebody else, or cannot be kept where they were asked for."""


@dataclass(frozen=True)
class Place:
    """Folders of one embedded server, all absolute. `server` belongs to the account that the server runs as."""

    home: Path
    server: Path
    socket: Path
    programs: Path

    @property
    def data(self) -> Path:
        """PostgreSQL's own data folder."""
        return self.server / "data"

    @property
    def log(self) -> Path:
        """The file that the server writes its messages to."""
        return self.server / "log"

    @property
    def outside(self) -> list[Path]:
        """The folders that lie outside `SIGHTLINE_HOME`, which go when the demonstration is reset."""
        tops = {_top_outside(folder) for folder in (self.server, self.socket, self.programs)}
        return sorted(top for top in tops if top is not None)

    def run_as(self) -> dict[str, Any]:
        """Arguments of `subprocess.run` that drop root; empty for an ordinary user.

        Raises `PlaceRefused` when an ordinary user meets files that belong to somebody else.
        """
        owner = self.server.stat().st_uid
        if os.geteuid() != 0:
            if owner != os.geteuid():
                raise PlaceRefused(
                    f"{self.server} belongs to another user, so the database in it cannot be started. Start it as "
                    "that user, or set SIGHTLINE_HOME to a folder of your own."
                )
            return {}
        account = pwd.getpwuid(owner)
        return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def recorded_place(home: Path) -> Place | None:
    """The place that an earlier start chose for this `SIGHTLINE_HOME`, or None when there is none to trust."""
    try:
        record = json.loads(_record(home).read_text(encoding="utf-8"))
        place = Place(home, *(Path(record[key]) for key in ("server", "socket", "programs")))
    except (OSError, ValueError, KeyError):
        return None
    trusted = all(folder.is_dir() and not folder.is_symlink() for folder in (place.server, place.socket))
    return place if trusted and all(_ours(folder) for folder in place.outside) else None


def settle(home: Path, binaries: Binaries) -> Place:
    """Choose, make and record the server's folders, keeping those that an earlier start chose."""
    locks = home / "database"
    locks.mkdir(parents=True, exist_ok=True)
    account = _server_account(locks / "server")
    earlier = recorded_place(home)
    if earlier and _reaches(account, earlier.server):
        server, socket = earlier.server, earlier.socket
    else:
        server, socket = _fresh_folders(locks, account)
    programs = binaries.folder
    if not _reaches(account, programs / "postgres"):
        programs = _copy_programs(binaries, server.parent)
    place = Place(home, server, socket, programs)
    names = {"server": str(server), "socket": str(socket), "programs": str(programs)}
    draft = _record(home).with_suffix(f".{os.getpid()}")
    draft.write_text(json.dumps(names, indent=1), encoding="utf-8")
    draft.replace(_record(home))
    return place


def clear(home: Path) -> None:
    """Remove a stopped server's folders, those outside `SIGHTLINE_HOME` included."""
    place = recorded_place(home)
    for folder in [*(place.outside if place else []), home / "database"]:
        shutil.rmtree(folder, ignore_errors=True)


def _record(home: Path) -> Path:
    return home / "database" / "place.json"


def _fresh_folders(locks: Path, account: pwd.struct_passwd) -> tuple[Path, Path]:
    base = locks
    if not _reaches(account, locks):
        base = Path(tempfile.mkdtemp(prefix="sightline-", dir=OUTSIDE))
        base.chmod(0o711)
    server = _private(base / "server", account)
    socket = server / "run"
    if len(os.fsencode(socket)) > LONGEST_SOCKET_FOLDER:
        short = Path(tempfile.mkdtemp(prefix="sightline-", dir=SHORT))
        short.chmod(0o711)
        socket = short / "run"
    return server, _private(socket, account)


def _private(folder: Path, account: pwd.struct_passwd) -> Path:
    folder.mkdir(mode=0o700, exist_ok=True)
    if os.geteuid() == 0:
        os.chown(folder, account.pw_uid, account.pw_gid)
    return folder


def _server_account(server: Path) -> pwd.struct_passwd:
    """Who the server runs as: ourselves; for root the files' owner, else `postgres`, else `nobody`."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    if server.exists() and server.stat().st_uid != 0:
        return pwd.getpwuid(server.stat().st_uid)
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise PlaceRefused("PostgreSQL will not run as root, and there is no postgres or nobody account to run it as.")


def _reaches(account: pwd.struct_passwd, path: Path) -> bool:
    """Whether the server's account can get to `path`; asked by trying, because groups and mounts have their say."""
    if os.geteuid() != 0:
        return os.access(path, os.X_OK)
    words = ["/usr/bin/test", "-x", str(path)]
    drop: dict[str, Any] = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    return subprocess.run(words, check=False, cwd="/", **drop).returncode == 0


def _copy_programs(binaries: Binaries, base: Path) -> Path:
    """Copy the programs to where the server's account can run them; a copy made earlier of the same ones is kept."""
    if base.parent != OUTSIDE:
        base = Path(tempfile.mkdtemp(prefix="sightline-", dir=OUTSIDE))
        base.chmod(0o711)
    copied = base / f"postgresql-{binaries.major()}"
    if not copied.exists():
        draft = Path(tempfile.mkdtemp(dir=base)) / "installation"
        shutil.copytree(binaries.installation, draft, symlinks=True)
        subprocess.run(["chmod", "-R", "a+rX", str(draft)], check=True)
        draft.rename(copied)
        draft.parent.rmdir()
    return copied / binaries.folder.name


def _top_outside(folder: Path) -> Path | None:
    return next((top for top in [folder, *folder.parents] if _made_outside(top)), None)


def _made_outside(folder: Path) -> bool:
    return folder.name.startswith("sightline-") and folder.parent in (OUTSIDE, SHORT)


def _ours(folder: Path) -> bool:
    return folder.lstat().st_uid == os.geteuid() and not folder.is_symlink()

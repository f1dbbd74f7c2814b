"""The embedded server: started, joined, left, killed and started again."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from sightline.platform.database import server
from sightline.platform.database.binaries import find_binaries
from sightline.platform.database.place import clear, recorded_place

JOIN_AND_DIE = """
import os, sys
from pathlib import Path
from sightline.platform.database import server
server.start(Path(sys.argv[1]), durable=False)
os.kill(os.getpid(), 9)
"""


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "state"
    server.stop(tmp_path / "state", for_everybody=True)
    clear(tmp_path / "state")


def test_a_server_starts_with_its_roles_and_a_database_that_the_owner_owns(home: Path) -> None:
    place = server.start(home, durable=False)
    with psycopg.connect(server.superuser_address(place)) as connection:
        roles = connection.execute(
            "select rolname, rolsuper, rolbypassrls, rolcreaterole from pg_roles "
            "where rolname like 'sightline%' order by 1"
        ).fetchall()
        owner = connection.execute(
            "select datdba::regrole::text from pg_database where datname = 'sightline'"
        ).fetchone()
    assert roles == [
        ("sightline_app", False, False, False),
        ("sightline_door", False, False, False),
        ("sightline_owner", False, False, True),
        ("sightline_report", False, False, False),
        ("sightline_sealer", False, False, False),
    ]
    assert owner == ("sightline_owner",)


def test_a_server_listens_on_no_port_and_its_socket_is_private(home: Path) -> None:
    place = server.start(home, durable=False)
    with psycopg.connect(server.superuser_address(place)) as connection:
        assert connection.execute("show listen_addresses").fetchone() == ("",)
    assert place.socket.stat().st_mode & 0o077 == 0


def test_data_is_written_safely_unless_the_tests_say_otherwise(home: Path) -> None:
    place = server.start(home)
    with psycopg.connect(server.superuser_address(place)) as connection:
        assert connection.execute("show fsync").fetchone() == ("on",)


def test_the_last_to_leave_stops_the_server(home: Path) -> None:
    place = server.start(home, durable=False)
    server.start(home, durable=False)
    server.stop(home)
    assert server.answers(place)
    server.stop(home)
    assert not server.answers(place)


def test_a_process_that_joined_and_was_killed_does_not_keep_the_server_up(home: Path) -> None:
    place = server.start(home, durable=False)
    subprocess.run([sys.executable, "-c", JOIN_AND_DIE, str(home)], check=False)
    assert server.answers(place)
    server.stop(home)
    assert not server.answers(place)


def test_a_killed_server_starts_again_with_its_data(home: Path) -> None:
    place = server.start(home, durable=False)
    with psycopg.connect(server.superuser_address(place), autocommit=True) as connection:
        connection.execute("create table kept (n int)")
        connection.execute("checkpoint")
    os.kill(_postmaster(place.data), signal.SIGKILL)
    again = server.start(home, durable=False)
    with psycopg.connect(server.superuser_address(again)) as connection:
        assert connection.execute("select count(*) from kept").fetchone() == (0,)


def test_a_pid_file_left_behind_with_a_strangers_number_is_no_obstacle(home: Path) -> None:
    place = server.start(home, durable=False)
    left_behind = (place.data / "postmaster.pid").read_text()
    owner = (place.data / "postmaster.pid").stat()
    server.stop(home)
    stranger = subprocess.Popen(["sleep", "60"], **place.run_as())
    pid_file = place.data / "postmaster.pid"
    pid_file.write_text("\n".join([str(stranger.pid), *left_behind.splitlines()[1:]]) + "\n")
    os.chown(pid_file, owner.st_uid, owner.st_gid)
    try:
        assert server.answers(server.start(home, durable=False))
    finally:
        stranger.kill()
        stranger.wait()


def test_a_home_with_a_very_long_path_still_gets_a_socket_that_fits(tmp_path: Path) -> None:
    home = tmp_path / ("a-very-long-folder-name-" * 5) / "state"
    try:
        place = server.start(home, durable=False)
        assert len(str(place.socket)) <= 80
        assert place.outside
    finally:
        server.stop(home)
        clear(home)
    assert not any(folder.exists() for folder in place.outside)


def test_a_record_that_points_at_a_strangers_folder_is_not_believed(home: Path) -> None:
    first = server.start(home, durable=False)
    server.stop(home)
    elsewhere = dict.fromkeys(("server", "socket", "programs"), "/nowhere")
    (home / "database" / "place.json").write_text(json.dumps(elsewhere))
    assert recorded_place(home) is None
    assert server.answers(server.start(home, durable=False))
    for folder in first.outside:
        shutil.rmtree(folder)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to hand the server to another account")
def test_root_in_a_private_home_keeps_the_server_where_its_account_can_reach_it(tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    home = private / "checkout" / ".sightline"
    try:
        place = server.start(home, durable=False)
        assert server.answers(place)
        assert str(place.server).startswith("/var/tmp/sightline-")
        assert server.recorded_place(home) == place
    finally:
        server.stop(home)
        clear(home)
    assert not place.server.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to hand the server to another account")
def test_programs_inside_a_private_home_are_copied_to_where_the_servers_account_can_run_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    shutil.copytree(find_binaries().installation, private / "environment", symlinks=True)
    monkeypatch.setenv("PG_BINDIR", str(private / "environment" / "bin"))
    home = private / ".sightline"
    try:
        place = server.start(home, durable=False)
        assert server.answers(place)
        assert str(place.programs).startswith("/var/tmp/sightline-")
    finally:
        server.stop(home)
        clear(home)
    assert not place.programs.exists()


def _postmaster(data: Path) -> int:
    return int((data / "postmaster.pid").read_text().splitlines()[0])

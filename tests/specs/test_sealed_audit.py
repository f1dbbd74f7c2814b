"""Every committed row is sealed once, whatever its transaction did; what was sealed can be proved to anybody."""

import ast
import json
import os
import random
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from sightline.platform import audit, calendar
from sightline.platform.audit import reading, sealing, verifier
from sightline.platform.audit.keys import make_key, private_key, published_keys
from sightline.platform.audit.models import AuditRow, Leaf, TreeHead
from sightline.platform.audit.proving import prove, verify
from sightline.platform.audit.retention import remove_content
from sightline.platform.audit.sealing import Sealer, SealerRefused
from sightline.platform.settings.doctor import Fault, audit_sealed
from sightline.platform.settings.environment import Environment

PROGRAM = str(Path(sys.executable).with_name("sightline"))
ROW = (
    "insert into audit_auditrow (id, agency, role, action, subject, object_ids, detail, outcome, request_id, "
    "code_version) values (%s, 'police', 'worker', %s, '', '{}', '{\"rows\": 2}', 'allowed', '', '0.4')"
)


@pytest.fixture
def site(server_database):
    """A connection of the site's own role."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as site:
        yield site


@pytest.fixture
def superuser(server_database, database_server):
    with psycopg.connect(database_server, dbname=server_database, autocommit=True) as superuser:
        superuser.execute("set session_replication_role = replica")
        yield superuser


@pytest.fixture
def key(tmp_path):
    make_key(tmp_path / "sealing" / "key.pem")
    return tmp_path / "sealing" / "key.pem"


@pytest.fixture
def sealer(server_database, key):
    with reading.connect() as own:
        yield Sealer(own, private_key(key))


def write(site, action="read"):
    site.execute(ROW, [uuid4(), action])


def sealed():
    """The actions of the rows in the order in which they were sealed."""
    with reading.connect() as own, own.transaction():
        lines = [line.split(b"\t") for line in reading.lines(own)]
    return [line[14].decode() for line in lines if line[0] != b"\\N"]


def faults(key, kept=()):
    return [str(fault) for fault in verify(kept, frozenset(published_keys(key))).faults]


def kept_heads():
    with reading.connect() as own:
        return list(reading.heads(own))


# ---------------------------------------------------------------- each row once


def test_rows_are_sealed_once_in_whatever_order_their_transactions_end(site, sealer):
    with psycopg.connect(os.environ["DATABASE_URL"]) as slow:
        write(slow, "began first")
        write(site, "ended first")
        assert sealer.seal() == 1, "a slow transaction delays no row but its own"
        assert sealer.seal() == 0
        write(site, "third")
        assert sealer.seal() == 1
    assert sealer.seal() == 1
    assert sealer.seal() == 0
    assert sealed() == ["ended first", "third", "began first"]


def test_a_row_that_is_rolled_back_is_never_sealed(site, sealer):
    with site.transaction(force_rollback=True):
        write(site, "not so")
    write(site, "so")
    sealer.seal()
    assert sealed() == ["so"]


def test_many_writers_that_commit_or_roll_back_at_random_leave_each_committed_row_sealed_once(sealer, key):
    address, stop = os.environ["DATABASE_URL"], threading.Event()

    def work(seed):
        drawn, committed = random.Random(seed), []
        with psycopg.connect(address, autocommit=True) as own:
            for turn in range(40):
                names = [f"{seed}-{turn}-{row}" for row in range(drawn.randint(1, 4))]
                lost = drawn.random() < 0.3
                with own.transaction(force_rollback=lost):
                    for name in names:
                        write(own, name)
                        stop.wait(drawn.random() / 200)
                committed += [] if lost else names
        return committed

    with ThreadPoolExecutor(5) as pool:
        working = [pool.submit(work, seed) for seed in range(5)]
        while not all(one.done() for one in working):
            sealer.seal()
    sealer.seal()
    assert sorted(sealed()) == sorted(name for one in working for name in one.result())
    assert faults(key, kept_heads()) == []


def test_a_new_sealer_goes_on_where_the_last_one_was_killed(site, sealer, key):
    write(site, "first")
    sealer.seal()
    write(site, "second")
    sealer.connection.close()
    with reading.connect() as own:
        assert Sealer(own, private_key(key)).seal() == 1
    assert sealed() == ["first", "second"]
    assert faults(key) == []


def test_rows_brought_from_a_server_that_was_further_on_are_sealed_and_hide_no_later_one(site, superuser, sealer):
    write(site, "brought")
    superuser.execute("update audit_auditrow set written_in = 9000000000")
    assert sealer.seal() == 1
    write(site, "written here")
    assert sealer.seal() == 1


def test_a_long_backlog_is_sealed_under_one_head_and_a_row_that_commits_meanwhile_is_not_lost(
    site, sealer, key, monkeypatch
):
    monkeypatch.setattr(sealing, "MOST", 3)
    write(site, "first")
    assert sealer.seal() == 1
    with psycopg.connect(os.environ["DATABASE_URL"]) as slow:
        write(slow, "slow")
        for number in range(7):
            write(site, str(number))
        assert sealer.seal() == 7
    assert [head.size for head in kept_heads()] == [1, 8]
    with reading.connect() as own, own.transaction():
        heads = list(reading.heads(own))
        check = verifier.Check(heads, keys=frozenset(published_keys(key)), late_after=timedelta(0))
        late = [fault.number for fault in check.run(reading.lines(own)).faults]
    assert late == [2], "with no allowance at all the slow row is late, and none of the backlog is"
    assert sealer.seal() == 1
    assert sorted(sealed()) == ["0", "1", "2", "3", "4", "5", "6", "first", "slow"]


def test_there_is_one_sealer(sealer, key, monkeypatch):
    monkeypatch.setattr(sealing, "PATIENCE", "100ms")
    with reading.connect() as own, pytest.raises(SealerRefused, match="Another sealer is at work"):
        Sealer(own, private_key(key))


def test_rows_of_the_site_s_own_making_are_sealed_with_the_database_s_time(site, sealer, key):
    with transaction.atomic(), audit.request(role="manager"):
        audit.record("look", ids=[uuid4()], detail={"terms": 'a\tb \\ "c"\n é'})
    sealer.seal()
    row = AuditRow.objects.using("owner").get()
    with reading.connect() as own, own.transaction():
        (line,) = reading.lines(own)
    assert line.split(b"\t")[9].decode() == f"{row.at:%Y-%m-%dT%H:%M:%S.%f}Z"
    assert faults(key) == []


# ---------------------------------------------------------------- who may write a seal


@pytest.mark.parametrize(
    "statement",
    [
        "insert into audit_leaf values (0, 1, '', '')",
        "insert into audit_treehead values (1, now(), '', '', '', '')",
        "insert into audit_salt values (1, '')",
        "select salt from audit_salt",
        "delete from audit_salt",
        "set role sightline_sealer",
        "select pg_read_file('/etc/hostname')",
    ],
)
def test_the_site_can_neither_seal_nor_read_a_salt_nor_a_file(db, statement):
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize("table", ["audit_leaf", "audit_salt", "audit_treehead", "audit_auditrow"])
def test_the_sealer_can_change_nothing_that_is_written(sealer, table):
    for statement in (f"delete from {table}", f"truncate {table}"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), sealer.connection.transaction():
            sealer.connection.execute(statement)


def test_the_key_is_its_owner_s_alone(key):
    assert key.stat().st_mode & 0o077 == 0
    key.chmod(0o640)
    with pytest.raises(RuntimeError, match="chmod 600"):
        private_key(key)


def test_no_head_is_signed_on_a_tree_that_was_changed(site, superuser, sealer, key):
    for action in ("one", "two", "three"):
        write(site, action)
        sealer.seal()
    sealer.connection.close()
    superuser.execute("update audit_leaf set hash = sha256(hash) where position = 1")
    with reading.connect() as own, pytest.raises(SealerRefused, match="sightline audit verify"):
        Sealer(own, private_key(key))


# ---------------------------------------------------------------- what an agency can prove


def test_a_log_put_back_to_yesterday_agrees_with_itself_and_not_with_the_heads_that_were_kept(
    site, superuser, sealer, key
):
    for action in ("one", "two", "three"):
        write(site, action)
        sealer.seal()
    kept = kept_heads()
    for table in ("audit_auditrow where number > 1", "audit_leaf where number > 1", "audit_treehead where size > 1"):
        superuser.execute(f"delete from {table}")
    assert faults(key) == []
    (said,) = faults(key, kept)
    assert said.endswith("had 3: among positions 1 to 2 rows are missing")


def test_a_head_signed_with_a_key_that_nobody_gave_out_is_not_believed(site, sealer, key, tmp_path):
    write(site)
    sealer.seal()
    other = make_key(tmp_path / "other.pem")
    (fault,) = verify([], frozenset({other})).faults
    assert "a key that is not trusted" in str(fault)


def test_any_two_heads_are_proved_to_be_of_one_growing_log(site, sealer, key):
    for count in (1, 2, 3, 1, 4):
        for _ in range(count):
            write(site)
        sealer.seal()
    sizes = [head.size for head in kept_heads()]
    assert sizes == [1, 3, 6, 7, 11]
    keys = frozenset(published_keys(key))
    for first, second in [(one, two) for one in sizes for two in sizes if one <= two]:
        proof = prove(sealer.connection, first, second)
        assert verifier.proof_faults(proof, kept_heads(), keys) == []
        if proof["proof"]:
            proof["proof"][0] = "00" * 32
            assert verifier.proof_faults(proof, [], keys) != []


def test_content_that_retention_removed_leaves_the_proof_standing(site, sealer, key):
    for _ in range(3):
        write(site, "search")
    sealer.seal()
    gone = AuditRow.objects.using("owner").order_by("at").values_list("pk", flat=True)[1]
    assert remove_content([gone], why="audit-content-7-years") == 1
    sealer.seal()
    assert AuditRow.objects.using("owner").get(pk=gone).detail == {}
    assert AuditRow.objects.using("owner").get(action="content removed").object_ids == [gone]
    check = verify(kept_heads(), frozenset(published_keys(key)))
    assert (check.faults, list(check.emptied)) == ([], [str(gone)])
    assert remove_content([gone], why="audit-content-7-years") == 0, "it is gone already"


def test_a_command_removes_content_by_a_rule_and_the_proof_still_stands(site, sealer, key, monkeypatch, capsys):
    from contextlib import nullcontext

    from sightline.cli import database
    from sightline.cli.main import main

    monkeypatch.setattr(database, "database_ready", nullcontext)
    write(site, "search")
    sealer.seal()
    tomorrow, today = calendar.today() + timedelta(days=1), calendar.today()
    assert main(["audit", "forget", "--before", str(tomorrow), "--why", "audit-content-7-years"]) == 2
    assert main(["audit", "forget", "--before", str(today), "--why", "audit-content-7-years"]) == 0
    assert "removed: 0." in capsys.readouterr().err
    with calendar.frozen(calendar.now() + timedelta(days=1)):
        assert main(["audit", "forget", "--before", str(tomorrow), "--why", "audit-content-7-years"]) == 0
    assert "removed: 1." in capsys.readouterr().err
    sealer.seal()
    row = AuditRow.objects.using("owner").get(action="content removed")
    assert (row.role, row.detail["why"]) == ("command line", "audit-content-7-years")
    assert verify(kept_heads(), frozenset(published_keys(key))).faults == []


def test_the_verifier_stands_alone():
    tree = ast.parse(Path(verifier.__file__).read_text())
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    beyond = {name.split(".")[0] for name in imported if name} - set(sys.stdlib_module_names)
    assert beyond == {"cryptography"}


# ---------------------------------------------------------------- the commands


def run(key, *words, **variables):
    """The command as the sealer's own account runs it, which starts without the site and so is quick."""
    own = {"SIGHTLINE_SEALING_KEY": str(key), "DATABASE_SEALER_URL": os.environ["DATABASE_OWNER_URL"]}
    environment = {**os.environ, **own, **variables}
    return subprocess.run(
        [PROGRAM, "audit", *map(str, words)], env=environment, capture_output=True, text=True, check=False, timeout=120
    )


def test_an_agency_keeps_heads_and_checks_an_export_without_sightline(site, superuser, key, tmp_path):
    write(site, "one")
    assert run(key, "seal", "--once").stderr == "Rows sealed: 1\n"
    kept, folder = tmp_path / "kept.jsonl", tmp_path / "export"
    kept.write_text(run(key, "heads").stdout)
    write(site, "two")
    run(key, "seal", "--once")
    assert json.loads(run(key, "heads", "--since", 1).stdout)["size"] == 2
    seen = run(key, "verify", "--heads", kept)
    assert (seen.returncode, seen.stdout) == (0, "")
    assert "Checked 2 rows against 1 kept heads: no faults." in seen.stderr

    assert run(key, "export", "--out", folder).returncode == 0
    assert AuditRow.objects.using("owner").filter(action="export the audit").exists()
    public = run(key, "key").stdout.strip()
    words = [sys.executable, "-I", "verifier.py", "heads.jsonl", "rows.tsv", "--kept", kept, "--key", public]
    sound = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    assert (sound.returncode, sound.stdout, sound.stderr) == (0, "", "Checked 2 rows: no faults.\n")
    rows = folder / "rows.tsv"
    rows.write_bytes(rows.read_bytes().replace(b"police\tworker\ttwo", b"police\tworker\tone"))
    changed = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    assert changed.returncode == 1
    assert changed.stdout.startswith("Row 2 (")
    assert changed.stdout.endswith(", position 1, is not as it was sealed\n")


def test_a_proof_is_printed_and_checked_without_sightline(site, key, tmp_path):
    for _ in range(2):
        write(site)
        run(key, "seal", "--once")
    proof = tmp_path / "proof.json"
    proof.write_text(run(key, "prove", "--from", 1, "--to", 2).stdout)
    words = [sys.executable, "-I", verifier.__file__, "--proof", proof]
    assert subprocess.run(words, capture_output=True, check=False).returncode == 0
    assert "There is no signed head of 5 rows" in run(key, "prove", "--from", 5, "--to", 9).stderr


def test_a_row_changed_by_a_superuser_is_named_on_the_command_line(site, superuser, key):
    write(site)
    run(key, "seal", "--once")
    superuser.execute("update audit_auditrow set agency = 'nobody'")
    seen = run(key, "verify", DATABASE_SEALER_URL="")
    assert seen.returncode == 1
    assert "position 0, is not as it was sealed" in seen.stdout


def test_in_production_a_missing_key_is_said_and_none_is_made(server_database, tmp_path):
    seen = run(tmp_path / "none.pem", "seal", "--once", SIGHTLINE_MODE="production")
    assert (seen.returncode, "sightline audit key --make" in seen.stderr) == (2, True)
    assert not (tmp_path / "none.pem").exists()


def test_the_sealer_needs_only_its_own_login_and_its_key(site, superuser, key, server_database):
    superuser.execute("create role sealer_of_a_test login in role sightline_sealer")
    try:
        write(site)
        host = psycopg.conninfo.conninfo_to_dict(os.environ["DATABASE_URL"])["host"]
        url = psycopg.conninfo.make_conninfo(host=host, user="sealer_of_a_test", dbname=server_database)
        alone = {"DATABASE_SEALER_URL": url, "DATABASE_URL": "", "DATABASE_OWNER_URL": "", "SIGHTLINE_HOME": "/nowhere"}
        assert run(key, "seal", "--once", **alone).stderr == "Rows sealed: 1\n"
        assert run(key, "verify", **alone).returncode == 0
    finally:
        superuser.execute("drop role sealer_of_a_test")


# ---------------------------------------------------------------- the doctor


def test_the_doctor_says_that_sealing_fell_behind_or_has_no_key(site, superuser, sealer, key):
    given = Environment(sightline_mode="production", sightline_sealing_key=key)
    assert audit_sealed(Environment()) == "nothing is sealed yet"
    write(site)
    assert audit_sealed(given) == "no row waits to be sealed"
    sealer.seal()
    assert audit_sealed(given).startswith("1 rows sealed, the last at ")
    write(site)
    superuser.execute("update audit_auditrow set at = at - interval '3 minutes' where number = 2")
    with pytest.raises(Fault, match="1 rows of the audit have waited .* Start the sealer"):
        audit_sealed(given)
    key.unlink()
    with pytest.raises(Fault, match="sightline audit key --make"):
        audit_sealed(given)


def test_the_tables_of_the_seal_can_be_named(site, sealer):
    write(site)
    sealer.seal()
    assert str(Leaf.objects.get()) == "position 0: row 1"
    assert str(TreeHead.objects.get()).startswith("1 rows at ")

"""In whose name does a transaction work? By a token that the site's role can neither make nor look up."""

import psycopg
import pytest
from django.db import ProgrammingError, connections, transaction
from story import Story
from walls import asked, tables_with

from sightline.engine.models import Case
from sightline.platform.database import as_account, tokens


@pytest.fixture
def story(world, acting):
    told = Story(world, acting)
    told.first, told.second, told.strategy_discussion = told.several()
    return told


NOBODYS = ["", "garbage", "\\x00", "' or 1 = 1 --", "00000000-0000-0000-0000-000000000000", "é" * 300]


@pytest.mark.parametrize("token", NOBODYS)
def test_a_token_that_is_nobody_s_shows_nothing_and_is_no_error(story, token):
    asked("select set_config('sightline.token', %s, true)", token)
    for table in tables_with("relrowsecurity") - {"audit_auditrow"}:  # rows of this very transaction are its writer's
        assert asked(f"select count(*) from {table}") == [(0,)], table


def test_setting_somebody_s_account_changes_nothing(story, world):
    asked("select set_config('sightline.account', %s, true)", str(world.worker.account.pk))
    asked("select set_config('sightline.token', %s, true)", str(world.worker.account.pk))
    assert Case.objects.count() == 0


@pytest.mark.parametrize(
    "statement",
    [
        "select * from wall_token",
        "insert into wall_token (hash, account_id) values ('x', gen_random_uuid())",
        "update wall_token set account_id = gen_random_uuid()",
        "select sightline_mint(gen_random_uuid(), 'x')",
        "set role sightline_door",
    ],
)
def test_the_site_s_role_cannot_have_a_token_made_nor_read_whose_one_is(db, statement):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        asked(statement)


@pytest.mark.parametrize(
    "statement", ["select * from engine_case", "select * from wall_token", "select sightline_whoami()"]
)
def test_the_door_has_tokens_made_and_does_nothing_else(db, statement):
    with psycopg.connect(**connections["door"].get_connection_params()) as door:
        assert door.execute("select current_user").fetchone() == ("sightline_door",)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            door.execute(statement)


def test_a_token_serves_again_and_after_a_day_another_is_made(story, world, owner_connection):
    account = world.accounts["worker"].pk
    first = tokens.token_for(account)
    with as_account(account):
        assert Case.objects.count() == 4
    assert tokens.token_for(account) == first
    owner_connection.execute(
        "update wall_token set made_at = now() - interval '25 hours' where account_id = %s", [account]
    )
    owner_connection.commit()
    with as_account(account):
        assert Case.objects.count() == 4
    assert tokens.token_for(account) != first


def test_the_token_is_no_part_of_the_words_that_other_sessions_can_read(world):
    account = world.accounts["worker"].pk
    with as_account(account):
        ((said,),) = asked("select query from pg_stat_activity where pid = pg_backend_pid()")
        assert tokens.token_for(account) not in said

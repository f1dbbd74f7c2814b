"""Every kind of file says how it may be taken: asked for with a purpose, or freely for a reason that is written."""

from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from sightline.outgoing.exports import Wanted, ask
from sightline.outgoing.fragments import Outgoing, Recipient, Standing, plain_fragments
from sightline.outgoing.gate import Passed, pass_out
from sightline.outgoing.kinds import KEEPERS, KINDS, Kind, Leaves
from sightline.web.leaving import Lines, NotThroughTheGate, OutputGate, file_answer, taken_answer
from sightline.web.pages.exports.contents import CONTENTS


def test_a_kind_of_file_without_a_policy_is_refused_at_once():
    with pytest.raises(ValueError, match="either it is asked for with a purpose, or say why it need not be"):
        Kind("list", "A list of children", Leaves.FILE, ("web.pages.lists",))


def test_a_kind_of_file_cannot_be_both():
    with pytest.raises(ValueError, match="either it is asked for"):
        Kind("list", "A list", Leaves.FILE, (), KEEPERS, asked_for=True, freely="It is short")


def test_a_kind_that_is_asked_for_says_who_agrees_where_there_are_many_people():
    with pytest.raises(ValueError, match="say whose yes it needs"):
        Kind("list", "A list of children", Leaves.FILE, (), asked_for=True)


def test_what_names_people_or_holds_agencies_answers_is_asked_for():
    assert {kind.key for kind in KINDS.values() if kind.asked_for} == {
        "file-faults",
        "section-11",
        "section-11-heat-map",
    }


def test_every_kind_that_is_asked_for_has_something_that_makes_it():
    assert set(CONTENTS) == {kind.key for kind in KINDS.values() if kind.asked_for}


@pytest.fixture
def passed(world, acting):
    with acting(world.analyst):
        to = Recipient(Standing.STAFF, "an analyst")
        verdict = pass_out(Outgoing("file-faults", to, "to correct", plain_fragments([["1", "a"]], "File")))
        assert isinstance(verdict, Passed)
        yield verdict


def test_a_page_cannot_answer_with_such_a_file_without_a_request(passed):
    with pytest.raises(NotThroughTheGate, match="is given on a request with a purpose"):
        file_answer(passed, b"1,a", "text/csv", "list.csv")


def test_a_request_for_one_kind_does_not_give_another(passed, world):
    export = ask(Wanted("section-11", uuid4(), "Answers", 1), world.analyst, "To work with them", "csv")
    with pytest.raises(NotThroughTheGate, match="section-11 was asked for, and the gate passed file-faults"):
        taken_answer(export, Lines(passed, ("a", "b"), [["1", "a"]], [], "list", 1))


def test_a_request_gives_the_file_marked_with_what_it_is_for(passed, world):
    export = ask(Wanted("file-faults", uuid4(), "Faults", 1), world.analyst, "To work with them", "csv")
    answer = taken_answer(export, Lines(passed, ("a", "b"), [["1", "a"]], [], "list", 1))
    assert "for: To work with them" in answer.content.decode()


def test_a_page_that_forgot_to_ask_gives_nothing_away_of_what_was_opened_by_glass():
    answer = HttpResponse(b"all of it", headers={"Content-Disposition": 'attachment; filename="all.txt"'})
    answer.sightline_kind = "attached-file"
    request = RequestFactory().get("/cases/1/files/1")
    assert OutputGate(lambda given: answer)(request) is answer
    request.read_under_glass = True
    with pytest.raises(NotThroughTheGate, match="gives away what was opened by glass"):
        OutputGate(lambda given: answer)(request)

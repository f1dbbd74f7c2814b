"""The answers of a return as a file: asked for with a purpose, marked, and never with a protected place in it."""

import csv
import io

import pytest
from contacts import signed_in, text_of
from section_11 import a_cycle, home, question, return_of, send

from sightline.platform.audit.models import AuditRow
from tests.families import Fled
from tests.taking import asked_for, taken


@pytest.fixture
def cycle(world, acting):
    return a_cycle(world, acting, "ardenvale-council", "ardenvale-police", "ardenvale-icb")


@pytest.fixture
def police(world, acting, cycle):
    return return_of(world, acting, cycle, "ardenvale-police")


def test_every_answer_can_be_taken_away_and_no_cell_runs(world, police, acting):
    lead = signed_in(world, "police_lead")
    send(lead, question(police, "1.1"), score="1", difference="=HYPERLINK(1)")
    send(lead, question(police, "1.1"), score="2", difference="Second thoughts")
    file = taken(lead, f"{home(police)}answers/take/", purpose="To show our own board what we said")
    *rows, mark = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert [(row["item"], row["self_score"], row["in_force"]) for row in rows] == [
        ("1.1", "1", "no"),
        ("1.1", "2", "yes"),
    ]
    assert rows[0]["how_it_makes_a_difference"] == "'=HYPERLINK(1)"
    assert "for: To show our own board what we said" in mark["agency"]
    row = AuditRow.objects.filter(action="took a file away").latest("at")
    assert (row.subject, row.object_ids, row.detail["people"]) == ("outgoing.section-11", [police.pk], 1)


def test_answers_are_not_taken_away_without_saying_what_for(world, police, acting):
    lead = signed_in(world, "police_lead")
    page, at = asked_for(lead, f"{home(police)}answers/take/", purpose="")
    assert "Say what the file is for" in text_of(page.text)
    assert at == ""


def test_answers_that_say_a_protected_place_are_not_taken_away(world, police, acting):
    with acting(world.worker):
        Fled(world.partnership)
    lead = signed_in(world, "police_lead")
    send(lead, question(police, "1.1"), score="1", difference="As for the family at 12 Larkmoor Rd")
    file = taken(lead, f"{home(police)}answers/take/")
    assert file.status_code == 409
    assert "where somebody whose address is protected lives" in text_of(file.text)
    assert "Larkmoor" not in file.text
    assert not AuditRow.objects.filter(action="took a file away").exists()

"""The heat map says what the answers say: every cell against the smallest number, worked out in another way."""

import csv
import io
import re
from datetime import timedelta

import pytest
from contacts import signed_in
from section_11 import INSTRUMENT, a_cycle, answer, answer_all, moderate_all, return_of, sign_and_send

from sightline.instruments.catalogue import versions
from sightline.instruments.models import Answer
from sightline.platform import calendar
from tests.taking import taken

PEOPLE = {"ardenvale-council": "council", "ardenvale-police": "police"}
NAMES = {"ardenvale-council": "Ardenvale Council", "ardenvale-police": "Ardenvale Police"}
NOW = {"ardenvale-council": {"3.1": 0, "7.2": 1}, "ardenvale-police": {"4.1": 1, "12.1": "na"}}

Given = dict[str, list[tuple[str, int | None]]]


def lowest_by_hand(answers: list[tuple[str, int | None]]) -> dict[str, int]:
    """The smallest number under each standard."""
    found: dict[str, list[int]] = {}
    for item, score in answers:
        if score is not None:
            found.setdefault(item.split(".")[0], []).append(score)
    return {standard: sorted(scores)[0] for standard, scores in found.items()}


def heat_rows(page) -> dict[str, list[str]]:
    """The cells of each agency as they are read."""
    rows = re.findall(r'<th scope="row"><a[^>]*>(.*?)</a></th>(.*?)</tr>', page.content.decode(), re.S)
    return {
        name: [re.sub(r"<span.*?</span>|<[^>]+>", "", cell).strip() for cell in re.findall(r"<td.*?</td>", cells, re.S)]
        for name, cells in rows
    }


def wanted(last: list[tuple[str, int | None]], now: list[tuple[str, int | None]]) -> list[str]:
    before, after = lowest_by_hand(last), lowest_by_hand(now)
    return [
        "Not applicable"
        if one.key not in after
        else f"{after[one.key]}"
        if one.key not in before
        else f"{before[one.key]} → {after[one.key]}"
        for one in INSTRUMENT.standards
    ]


@pytest.fixture
def sent(world, acting):
    """Sends an agency's return once `answering` has answered it; gives its answers."""

    def send(cycle, key: str, answering) -> list[tuple[str, int | None]]:
        case = return_of(world, acting, cycle, key)
        lead, signs = (getattr(world, f"{PEOPLE[key]}_{role}") for role in ("lead", "signatory"))
        answering(case, lead)
        sign_and_send(case, lead, signs, acting)
        with acting(lead):
            return list(Answer.objects.filter(case=case).values_list("item", "score"))

    return send


@pytest.fixture
def cycles(world, acting, sent):
    """The cycle of now, and what each agency answered last time and now."""

    def two_years_ago(case, lead) -> None:
        with acting(lead):
            for number, item in enumerate(versions("section-11")[0].items):
                answer(case, lead, item.key, 1 if number % 3 == 0 else 2, difference="As it was")

    then = calendar.today() - timedelta(days=720)
    with calendar.frozen(then):
        old = a_cycle(world, acting, *PEOPLE, title="Section 11 2024", opens_on=then)
        last: Given = {key: sent(old, key, two_years_ago) for key in PEOPLE}
    new = a_cycle(world, acting, *PEOPLE, "ardenvale-icb")
    now: Given = {
        key: sent(new, key, lambda case, lead, key=key: answer_all(case, lead, acting, NOW[key])) for key in PEOPLE
    }
    return new, last, now


def test_every_cell_is_the_lowest_score_then_and_now(world, cycles):
    new, last, now = cycles
    rows = heat_rows(signed_in(world, "hub").get(f"/section-11/{new.pk}/heat-map/"))
    for key, name in NAMES.items():
        assert rows[name] == wanted(last[key], now[key])
    assert rows["NHS Ardenvale Integrated Care Board"] == ["Not sent yet"]


def test_moderated_scores_stand_apart_from_the_agencies_own(world, acting, cycles):
    new, _, _ = cycles
    hub = signed_in(world, "hub")
    moderated = f"/section-11/{new.pk}/heat-map/?scores=moderated"
    own = heat_rows(hub.get(f"/section-11/{new.pk}/heat-map/"))["Ardenvale Council"]
    assert heat_rows(hub.get(moderated))["Ardenvale Council"] == ["Not moderated yet"]
    moderate_all(return_of(world, acting, new, "ardenvale-council"), world.moderator, acting, {"7.2": 0})
    found = heat_rows(hub.get(moderated))["Ardenvale Council"]
    assert [cell[-1] for cell in found] == [cell[-1] if number != 6 else "0" for number, cell in enumerate(own)]
    assert heat_rows(hub.get(f"/section-11/{new.pk}/heat-map/"))["Ardenvale Council"] == own


def test_the_file_has_a_row_for_each_agency_and_standard(world, cycles):
    new, _, now = cycles
    file = taken(signed_in(world, "hub"), f"/section-11/{new.pk}/heat-map/take/")
    *table, mark = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert mark["agency"].startswith("Taken by ")
    assert len(table) == 2 * 3 * len(INSTRUMENT.standards)
    table = [row for row in table if row["scores"] == "self"]
    council = {row["standard"].split(" ")[0]: row["score"] for row in table if row["agency"] == "Ardenvale Council"}
    by_hand = lowest_by_hand(now["ardenvale-council"])
    assert council == {key: str(score) for key, score in by_hand.items()}

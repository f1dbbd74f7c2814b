"""Any Django form is drawn with GOV.UK components, keeps what was typed and says what is wrong beside it."""

import re
from datetime import UTC, date, datetime

import pytest
from django import forms
from django.http import QueryDict

from sightline.web.components.check_answers import answer_rows
from sightline.web.components.fields import form_fields
from sightline.web.components.filters import Filter, Filters, page_of, page_words, pager
from sightline.web.components.inputs import govuk_widgets
from sightline.web.components.problems import error_summary, problems
from sightline.web.components.rows import rows_changed, rows_of
from sightline.web.templating import macro


class Concern(forms.Form):
    """One field of each kind that an engine-made form can have."""

    what = forms.CharField(label="What has happened?", widget=forms.Textarea, help_text="In your own words.")
    reporter = forms.CharField(label="Your name", max_length=100)
    born = forms.DateField(label="Date of birth", required=False)
    seen_at = forms.DateTimeField(label="When was the child seen?", required=False)
    priority = forms.ChoiceField(
        label="Priority", choices=[("", "---------"), ("red", "Red"), ("amber", "Amber"), ("green", "Green")]
    )
    harms = forms.MultipleChoiceField(
        label="Kinds of harm", choices=[("a", "Neglect"), ("b", "Physical")], required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    safe = forms.BooleanField(label="Is the child safe now?", required=False)
    known = forms.NullBooleanField(label="Is the family known?", required=False)
    school = forms.ChoiceField(label="School", choices=[(str(n), f"School {n}") for n in range(12)], required=False)
    why = forms.CharField(label="Why red?", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reveals = {"priority": {"red": ["why"]}}


def filled(**answers: str) -> Concern:
    data = QueryDict(mutable=True)
    data.update(
        {
            "what": "He was hungry",
            "reporter": "Dee Cole",
            "priority": "amber",
            "safe": "true",
            "version": "3",
            **answers,
        }
    )
    return govuk_widgets(Concern(data))


def test_each_kind_of_field_becomes_its_govuk_component() -> None:
    html = form_fields(govuk_widgets(Concern()))
    for class_name in ("textarea", "input", "date-input", "radios", "checkboxes", "select"):
        assert f'class="govuk-{class_name}' in html, class_name
    assert html.count("<select") == 1, "only the list of more than ten is a select"
    assert 'type="hidden" name="version"' in html
    assert "---------" not in html


def test_nothing_is_chosen_beforehand() -> None:
    assert " checked" not in form_fields(govuk_widgets(Concern()))


def test_yes_no_and_not_known_are_three_different_answers() -> None:
    assert [filled(known=said).fields["known"].clean(said) for said in ("true", "false", "unknown")] == [
        True,
        False,
        None,
    ]
    form = filled(safe="")
    assert form.errors["safe"] == ["Answer “Is the child safe now?”"], "an empty answer may not become No"


def test_a_field_revealed_by_an_answer_is_drawn_under_it() -> None:
    html = form_fields(govuk_widgets(Concern()))
    assert html.count('name="why"') == 1
    assert re.search(
        r'id="conditional-id_priority"[^>]*>\s*<div class="govuk-form-group">\s*<label[^>]*for="id_why"', html
    )


@pytest.mark.parametrize("month", ["3", "03", "Mar", "march", "MARCH"])
def test_a_month_may_be_a_number_or_a_name(month: str) -> None:
    form = filled(**{"born-day": "27", "born-month": month, "born-year": "2018"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["born"] == date(2018, 3, 27)


@pytest.mark.parametrize(
    ("boxes", "said"),
    [
        (("27", "", "2018"), "Date of birth must include a month"),
        (("31", "2", "2018"), "Enter a date of birth, like 27 3 2018"),
        (("27", "3", "18"), "Enter a date of birth, like 27 3 2018"),
        (("x", "y", "z"), "Enter a date of birth, like 27 3 2018"),
    ],
)
def test_a_wrong_date_says_how_a_date_looks_and_is_shown_back_as_typed(boxes: tuple[str, ...], said: str) -> None:
    form = filled(**dict(zip(("born-day", "born-month", "born-year"), boxes, strict=True)))
    assert form.errors["born"] == [said]
    html = form_fields(form, ["born"])
    assert all(f'value="{typed}"' in html for typed in boxes if typed)
    assert said in html
    assert problems(form) == [{"text": said, "href": "#id_born-day"}]


@pytest.mark.parametrize(("typed", "hour"), [("9:30am", 9), ("21:30", 21), ("9.30 pm", 21)])
def test_a_time_is_read_as_people_write_it(typed: str, hour: int) -> None:
    form = filled(**{"seen_at-day": "24", "seen_at-month": "11", "seen_at-year": "2026", "seen_at-time": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["seen_at"].astimezone(UTC) == datetime(2026, 11, 24, hour, 30, tzinfo=UTC)


def test_a_time_that_is_missing_is_asked_for_not_taken_as_midnight() -> None:
    form = filled(**{"seen_at-day": "24", "seen_at-month": "11", "seen_at-year": "2026"})
    assert form.errors["seen_at"] == ["Enter a time, like 9:30am or 14:30"]


def test_the_summary_and_the_field_say_the_same_words_and_every_answer_is_kept() -> None:
    form = filled(reporter="", what="He said “I'm <b>hungry</b>”")
    summary, html = error_summary(form), form_fields(form)
    assert "Enter your name" in summary
    assert "Enter your name" in html
    assert 'href="#id_reporter"' in summary
    assert "&lt;b&gt;hungry" in html, "what was typed is kept, and is never a program"
    assert 'value="amber" checked' in html


def test_a_form_that_is_right_has_no_summary() -> None:
    assert error_summary(filled()) == ""


def test_check_answers_says_each_answer_in_words_and_leaves_out_what_was_not_asked() -> None:
    form = filled(**{"born-day": "27", "born-month": "3", "born-year": "2018"}, why="a leftover")
    assert form.is_valid()
    rows = {row["key"]["text"]: row["value"]["html"] for row in answer_rows(form, "/concern")}
    assert rows["Date of birth"] == "27 March 2018"
    assert rows["Priority"] == "Amber"
    assert rows["Is the child safe now?"] == "Yes"
    assert "Not given" in rows["School"]
    assert "Why red?" not in rows


class Told(forms.Form):
    """Two of the answers ask why."""

    told = forms.ChoiceField(label="Are they told?", choices=[("yes", "Yes"), ("unsafe", "No"), ("later", "Not yet")])
    why = forms.CharField(label="Why not?", max_length=20, required=False)
    when = forms.CharField(label="When?", required=False)
    reveals = {"told": {"unsafe": ("why",), "later": ("why", "when")}}


def test_a_field_that_two_answers_reveal_is_drawn_once_and_keeps_what_was_typed() -> None:
    html = form_fields(govuk_widgets(Told({"told": "later", "why": "Not at home", "when": "Friday"})))
    assert html.count('name="why"') == 1
    assert 'value="Not at home"' in html
    assert 'data-shown-by="told" data-answers="unsafe later"' in html
    assert html.index('name="when"') < html.index("data-shown-by"), "what one answer asks stays under it"


def test_a_mistake_in_it_is_in_sight_whatever_was_answered() -> None:
    html = form_fields(govuk_widgets(Told({"told": "yes", "why": "far too long to be read here"})))
    assert "Cut it to 20" in html
    assert "data-shown-by" not in html


@pytest.mark.parametrize(("answer", "asked"), [("yes", False), ("unsafe", True), ("later", True)])
def test_check_answers_has_it_under_either_answer(answer: str, asked: bool) -> None:
    form = govuk_widgets(Told({"told": answer, "why": "Away"}))
    assert form.is_valid()
    assert ("Why not?" in [row["key"]["text"] for row in answer_rows(form)]) is asked


class Child(forms.Form):
    name = forms.CharField(label="Name")


def posted(**values: str) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update(
        {"people-TOTAL_FORMS": "2", "people-INITIAL_FORMS": "0", "people-0-name": "Maya", "people-1-name": "Leo"}
    )
    data.update(values)
    return data


def test_a_row_is_added_by_a_button_and_what_was_typed_stays() -> None:
    data, changed = rows_changed(posted(**{"add:people": "1"}))
    rows = rows_of(Child, "people", data=data)
    assert changed
    assert [form["name"].value() for form in rows.forms] == ["Maya", "Leo", None]


def test_a_row_is_taken_away_by_its_own_button() -> None:
    data, changed = rows_changed(posted(**{"remove:people:0": "1"}))
    rows = rows_of(Child, "people", data=data)
    assert changed
    assert [form["name"].value() for form in rows.forms] == ["Leo"]


def test_rows_draw_their_buttons() -> None:
    html = macro("components/form.jinja", "rows", rows_of(Child, "people", data=posted()), "child")
    assert 'name="add:people"' in html
    assert 'name="remove:people:1"' in html
    assert "Add another child" in html


@pytest.mark.parametrize("word", ["red", "Amber", "green", "BLUE"])
def test_a_priority_is_a_word_on_its_colour(word: str) -> None:
    html = macro("components/tags.jinja", "priority", word)
    assert f"app-priority--{word.lower()}" in html
    assert f"{word.capitalize()}</strong>" in html


def test_an_empty_table_is_a_sentence_not_a_blank_table() -> None:
    html = macro("components/table.jinja", "ledger", "Sent to", ["Who", "Opened"], [], "Nobody has been sent this yet.")
    assert "<table" not in html
    assert "Nobody has been sent this yet." in html


def test_a_row_has_a_header_and_every_cell_carries_its_label_for_the_card_view() -> None:
    html = macro("components/table.jinja", "ledger", "Sent to", ["Who", "Opened"], [["Dee Cole", "9:02am"]])
    assert '<th scope="row">Dee Cole</th>' in html
    assert '<td data-label="Opened">9:02am</td>' in html


LIST = (
    Filter("rag", "Priority", (("red", "Red"), ("amber", "Amber")), several=True),
    Filter("owner", "Owner", (("me", "Me"),)),
)


def test_filters_live_in_the_address_and_codes_nobody_offers_are_ignored() -> None:
    filters = Filters(QueryDict("rag=red&rag=amber&rag=purple&owner=me"), LIST)
    assert filters.chosen("rag") == ["red", "amber"]
    assert filters.one("owner") == "me"
    assert [chip["text"] for chip in filters.chips] == ["Priority: Red", "Priority: Amber", "Owner: Me"]
    assert filters.chips[0]["href"] == "?rag=amber&owner=me"


def test_a_sorted_column_says_so_and_turns_round_when_pressed_again() -> None:
    filters = Filters(QueryDict("sort=due"), LIST)
    assert filters.column("Due", "due")["sorted"] == "ascending"
    assert filters.column("Due", "due")["href"] == "?sort=-due"


def test_a_long_list_has_pages_that_keep_the_filters() -> None:
    filters = Filters(QueryDict("owner=me"), LIST)
    page = page_of(list(range(60)), "2")
    assert page_words(page) == " (page 2 of 3)"
    shown = pager(page, filters)
    assert shown is not None
    assert shown["next"]["href"] == "?owner=me&page=3"
    assert pager(page_of([1], 1), filters) is None

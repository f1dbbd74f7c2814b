"""NHS numbers and unique pupil numbers: which are well formed, and what is said of one that is not."""

import nhs_number
import pytest

from sightline.people.codes import code_list, code_lists
from sightline.people.identifiers import (
    UPN_LETTERS,
    checked,
    checked_nhs_number,
    checked_upn,
    masked_nhs_number,
    spaced_nhs_number,
    upn_check_letter,
)
from sightline.people.index.spelling import edits, near, paired, plain


def test_an_nhs_number_with_the_right_check_digit_is_stored_without_spaces():
    assert checked_nhs_number(" 943 476-5919 ").value == "9434765919"
    assert checked_nhs_number("943 476 5919").valid


def test_every_single_wrong_digit_in_an_nhs_number_is_noticed():
    right = "9434765919"
    wrong = [right[:i] + d + right[i + 1 :] for i in range(10) for d in "0123456789" if d != right[i]]
    assert [number for number in wrong if checked_nhs_number(number).valid] == []


def test_two_neighbouring_digits_swapped_in_an_nhs_number_are_noticed():
    right = "9434765919"
    swapped = {right[:i] + right[i + 1] + right[i] + right[i + 2 :] for i in range(9)} - {right}
    assert [number for number in swapped if checked_nhs_number(number).valid] == []


@pytest.mark.parametrize("text", ["", "943476591", "94347659190", "943476591X", "0000000000", "٩٤٣٤٧٦٥٩١٩"])
def test_what_is_not_an_nhs_number_is_kept_with_a_sentence_saying_so(text):
    found = checked_nhs_number(text)
    assert not found.valid
    assert found.value == text.replace(" ", "")
    assert found.fault.endswith(("Check the number.", "Check each digit."))


def test_made_up_numbers_of_the_synthetic_range_are_valid():
    for number in nhs_number.generate(for_region=nhs_number.REGION_SYNTHETIC, quantity=20):
        assert checked_nhs_number(number).valid


def test_an_nhs_number_is_printed_three_three_four_and_masked_but_for_the_last_four():
    assert spaced_nhs_number("9434765919") == "943 476 5919"
    assert masked_nhs_number("9434765919").endswith("5919")
    assert "9434" not in masked_nhs_number("9434765919")


def test_the_check_letter_of_a_pupil_number_weighs_each_place_by_two_to_thirteen():
    # 2 x 1 = 2, the letter C; and 13 x 1 = 13, the letter P.
    assert upn_check_letter("100000000000") == "C"
    assert upn_check_letter("000000000001") == "P"
    # 8x2 + 1x4 + 2x5 + 1x10 + 1x13 = 53, and 53 modulo 23 is 7: H.
    assert checked_upn("H801200001001").valid


def test_a_temporary_pupil_number_ends_with_a_letter_that_counts_as_its_place_in_the_list():
    body = "80120000100C"  # the letter C is worth 2: 40 + 2x13 = 66, and 66 modulo 23 is 20: X
    assert upn_check_letter(body) == "X"
    assert checked_upn(f"x{body.lower()}").valid


def test_only_one_of_the_twenty_three_letters_fits_a_pupil_number():
    assert [letter for letter in UPN_LETTERS if checked_upn(f"{letter}801200001001").valid] == ["H"]


@pytest.mark.parametrize("text", ["H80120000100", "H801200001001A", "I801200001001", "H80120000100S", "8801200001001"])
def test_a_pupil_number_of_the_wrong_form_is_refused_in_words(text):
    assert "is a letter then 12 characters" in checked_upn(text).fault


def test_a_local_number_has_no_rule_but_may_not_be_empty():
    local = checked("local_child", " 00123 ")
    assert (local.value, local.valid, local.fault) == ("00123", False, "")
    assert checked("local", " ").fault == "Give the number."
    assert checked("former_upn", "H801200001001").valid
    assert not checked("nhs", "123").valid


def test_every_code_list_names_its_source_and_labels_every_code():
    for codes in code_lists().values():
        assert codes.source
        assert all(code.label for code in codes.codes.values())


def test_every_relationship_has_words_for_both_people_whatever_their_sex():
    for code in code_list("relationship").codes.values():
        for side in ("is", "has"):
            words = code.words[side]
            assert isinstance(words, str) or set(words) == {"F", "M", "U"}, code.code


def test_a_code_that_is_not_in_its_list_is_named():
    from datetime import date

    faults = code_list("ethnicity").faults(["WBRI", "XXXX"], date(2026, 11, 2))
    assert len(faults) == 1
    assert "'XXXX'" in faults[0]
    with pytest.raises(LookupError, match="no code list 'shoe_size'"):
        code_list("shoe_size")


@pytest.mark.parametrize(
    ("one", "another"),
    [
        ("O'Brien", "OBrien"),
        ("O’Brien", "o'brien"),
        ("Siân", "Sian"),
        ("Łukasz", "lukasz"),
        ("Smith-Jones", "Smith  Jones"),
        ("Nguyễn Thị Ánh", "nguyen thi anh"),
        ("D’Souza", "DSouza"),
        ("Zoë", "Zoe"),
        ("Çelik", "celik"),
        ("Þóra", "Thora"),
    ],
)
def test_accents_apostrophes_hyphens_and_capitals_do_not_make_another_name(one, another):
    assert plain(one) == plain(another)


@pytest.mark.parametrize(
    ("one", "another", "count"), [("maya", "maya", 0), ("maya", "myaa", 1), ("dunn", "dunne", 1), ("", "abc", 3)]
)
def test_slips_of_the_pen_are_counted_and_a_swap_of_neighbours_is_one(one, another, count):
    assert edits(one, another) == count


def test_a_short_name_allows_no_slip_and_a_long_one_allows_two():
    assert not near("ali", "aly")
    assert near("dunn", "dunne")
    assert not near("maya", "mina")
    assert near("oluwaseun", "oluwaesun")
    assert near("chukwuemeka", "chukuemekka")


def test_each_part_of_a_name_is_paired_once():
    assert paired(["khan", "khan"], ["khan", "amir"]) == 1
    assert paired(["maya", "dunn"], ["dunne", "maya"]) == 2
